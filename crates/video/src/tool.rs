//! ffmpeg and ffprobe, run to their end.

use std::ffi::OsStr;
use std::process::{Output, Stdio};

use browser::Progress;
use tokio::process::Command;

use crate::error::RenderError;

/// The last words of a program that are kept, in bytes.
const LAST_WORDS: usize = 2000;

/// Runs a program; what it says when it fails is the error. `doing` is a participle phrase, for the case that the time is
/// over meanwhile.
pub(crate) async fn run<A: AsRef<OsStr>>(
    progress: &Progress,
    doing: &'static str,
    program: &'static str,
    arguments: impl IntoIterator<Item = A>,
) -> Result<Output, RenderError> {
    let running = command(program, arguments).output();
    let output = progress
        .race(doing, running)
        .await
        .map_err(|why| RenderError::browser(doing, why.into()))?
        .map_err(|source| RenderError::Program { program, source })?;
    if output.status.success() {
        return Ok(output);
    }
    Err(failed(program, &output.stderr))
}

/// A program that ends when it is dropped.
pub(crate) fn command<A: AsRef<OsStr>>(
    program: &str,
    arguments: impl IntoIterator<Item = A>,
) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        // Ctrl-C is for us, and ends it by dropping it.
        .process_group(0)
        .kill_on_drop(true);
    command
}

/// The error in the program's own words.
pub(crate) fn failed(program: &str, words: &[u8]) -> RenderError {
    let last = &words[words.len().saturating_sub(LAST_WORDS)..];
    let said = String::from_utf8_lossy(last).trim().to_owned();
    RenderError::Encoder {
        said: format!("{program}: {said}"),
    }
}
