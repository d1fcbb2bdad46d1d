//! The encoder's process: what it takes through its standard input, and its last words.

use std::os::fd::AsFd as _;
use std::process::{ExitStatus, Stdio};

use bytes::Bytes;
use nix::fcntl::{FcntlArg, fcntl};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStderr, ChildStdin};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use crate::error::RenderError;
use crate::tool;

/// The last words of the encoder that are kept, in characters.
const LAST_WORDS: usize = 1000;

/// Bytes of a frame that wait in the pipe: with the usual 64 KiB both sides would take turns fifteen times for each frame
/// of 800 × 800 pixels.
const PIPE_BYTES: i32 = 1 << 20;

/// A running ffmpeg. Dropped, it has been told to end before anything that is dropped after it: an encoder that still
/// starts would make its file anew once that was removed, so the file is always the later one.
pub(crate) struct Process {
    child: Child,
    feeding: AbortOnDropHandle<std::io::Result<String>>,
}

impl Process {
    /// Starts it; what comes through `frames` goes into it, and the end of them is the end of its film.
    pub(crate) fn start<A: AsRef<std::ffi::OsStr>>(
        arguments: impl IntoIterator<Item = A>,
        frames: mpsc::Receiver<Bytes>,
    ) -> Result<Self, RenderError> {
        let program = "ffmpeg";
        let mut child = tool::command(program, arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|source| RenderError::Program { program, source })?;
        let (Some(input), Some(words)) = (child.stdin.take(), child.stderr.take()) else {
            return Err(failed("it has no standard input".to_owned()));
        };
        // A smaller pipe works too.
        let _ = fcntl(input.as_fd(), FcntlArg::F_SETPIPE_SZ(PIPE_BYTES));
        let feeding = AbortOnDropHandle::new(tokio::spawn(feed(input, words, frames)));
        Ok(Self { child, feeding })
    }

    pub(crate) fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits for its end. The error is in its own words.
    pub(crate) async fn ended(&mut self) -> Result<(), RenderError> {
        let said = (&mut self.feeding).await;
        let said = said.map_err(|task| failed(task.to_string()))?;
        let status = self.child.wait().await;
        match (said, status) {
            (Ok(_), Ok(status)) if status.success() => Ok(()),
            (Ok(said), Ok(status)) => Err(failed(last_words(&said, status))),
            (Err(error), _) | (_, Err(error)) => Err(failed(error.to_string())),
        }
    }
}

/// Hands everything over and listens to what it says until it ends.
async fn feed(
    mut input: ChildStdin,
    mut words: ChildStderr,
    mut frames: mpsc::Receiver<Bytes>,
) -> std::io::Result<String> {
    let writing = async move {
        while let Some(frame) = frames.recv().await {
            // An encoder that no longer reads has ended; its words tell more than the broken pipe.
            if input.write_all(&frame).await.is_err() {
                return;
            }
        }
        // The end of its input is the end of the film.
        drop(input);
    };
    let mut said = String::new();
    let (_, read) = tokio::join!(writing, words.read_to_string(&mut said));
    read.map(|_| said)
}

fn last_words(said: &str, status: ExitStatus) -> String {
    let words: Vec<char> = said.trim().chars().collect();
    if words.is_empty() {
        return status.to_string();
    }
    words[words.len().saturating_sub(LAST_WORDS)..]
        .iter()
        .collect()
}

fn failed(said: String) -> RenderError {
    RenderError::Encoder { said }
}
