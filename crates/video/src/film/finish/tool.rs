//! ffmpeg and ffprobe, run to their end.

use std::ffi::OsStr;
use std::process::{Output, Stdio};

use browser::{Interrupted, Progress};
use tokio::process::Command;

use crate::error::RenderError;
use crate::film::error::FilmError;

/// Runs a program; what it says when it fails is the error.
pub(super) async fn run<A: AsRef<OsStr>>(
    progress: &Progress,
    program: &'static str,
    arguments: impl IntoIterator<Item = A>,
) -> Result<Output, FilmError> {
    let running = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .process_group(0)
        .kill_on_drop(true)
        .output();
    let output = match progress.race("finishing the film", running).await {
        Ok(output) => output.map_err(|source| RenderError::Program { program, source })?,
        Err(Interrupted::Cancelled { .. }) => return Err(FilmError::Cancelled),
        Err(late) => return Err(FilmError::browser("finishing the film", late.into())),
    };
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(RenderError::Encoder {
        said: format!("{program}: {said}"),
    }
    .into())
}
