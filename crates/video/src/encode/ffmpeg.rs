//! The encoder's process: frames in through its standard input.

use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use browser::{BrowserError, Interrupted, Progress};
use bytes::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::arguments::{arguments, coded};
use crate::draft::DraftFile;
use crate::error::RenderError;
use crate::job::{FilmFormat, RenderJob};
use crate::label;
use crate::made::{self, Made};

/// Frames that may wait for the encoder while the browser draws the next.
const AHEAD: usize = 4;

/// The file's size is looked at after so many frames.
const WEIGH_EVERY: u32 = 16;

/// The last words of the encoder that are kept, in characters.
const LAST_WORDS: usize = 1000;

/// A running ffmpeg.
pub(crate) struct Ffmpeg {
    draft: DraftFile,
    frames: Option<mpsc::Sender<Bytes>>,
    running: Running,
    sent: u32,
    wanted: u32,
    most_bytes: u64,
    time_limit: Duration,
}

/// The task that owns the process; the process is killed when the task is.
struct Running(JoinHandle<Result<(), RenderError>>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Ffmpeg {
    pub(super) fn start(
        job: &RenderJob,
        (format, frames): (FilmFormat, u32),
        target: &Path,
    ) -> Result<Self, RenderError> {
        let draft = DraftFile::beside(target)?;
        let rate = job.output.rate();
        let frame = (job.transparent, job.screen.pixels());
        let arguments = arguments(format, rate, frame, draft.path());
        Self::spawn(job, frames, draft, arguments)
    }

    /// For what the browser encodes: its chunks come in place of frames.
    pub(super) fn start_coded(job: &RenderJob, target: &Path) -> Result<Self, RenderError> {
        let draft = DraftFile::beside(target)?;
        let arguments = coded(job.output.rate(), draft.path());
        Self::spawn(job, job.output.frames(), draft, arguments)
    }

    fn spawn(
        job: &RenderJob,
        frames: u32,
        draft: DraftFile,
        arguments: Vec<OsString>,
    ) -> Result<Self, RenderError> {
        let child = Command::new("ffmpeg")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            // Ctrl-C is for us: the encoder ends with its input.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| RenderError::Program {
                program: "ffmpeg",
                source,
            })?;
        let (sender, receiver) = mpsc::channel(AHEAD);
        Ok(Self {
            draft,
            frames: Some(sender),
            running: Running(tokio::spawn(feed(child, receiver))),
            sent: 0,
            wanted: frames,
            most_bytes: job.most_bytes,
            time_limit: job.time_limit,
        })
    }

    pub(super) fn sent(&self) -> u32 {
        self.sent
    }

    pub(super) async fn frame(
        &mut self,
        progress: &Progress,
        png: Bytes,
    ) -> Result<(), RenderError> {
        let Some(frames) = &self.frames else {
            return Ok(());
        };
        let sent = progress.race("encoding", frames.send(png)).await;
        if sent.map_err(|why| self.late(&why))?.is_err() {
            // It has ended before its time and says why.
            return self.ended(progress).await;
        }
        self.sent += 1;
        if self.sent.is_multiple_of(WEIGH_EVERY) {
            self.check_size()?;
        }
        Ok(())
    }

    pub(super) async fn finish(mut self, progress: &Progress) -> Result<Made, RenderError> {
        self.frames.take();
        self.ended(progress).await?;
        self.check_size()?;
        let seen = label::read(progress, self.draft.path())
            .await
            .map_err(|error| match error {
                RenderError::Browser {
                    source: BrowserError::Interrupted(why),
                    ..
                } => self.late(&why),
                error => error,
            })?;
        if seen.frames != self.wanted {
            return Err(RenderError::WrongOutput(format!(
                "{} frames in place of {}",
                seen.frames, self.wanted
            )));
        }
        let (bytes, sha256) = made::weigh(self.draft.path())?;
        self.draft.publish()?;
        Ok(Made {
            width: seen.width,
            height: seen.height,
            frames: seen.frames,
            duration: Some(seen.duration),
            bytes,
            sha256,
        })
    }

    /// Waits for the encoder's end.
    async fn ended(&mut self, progress: &Progress) -> Result<(), RenderError> {
        let ended = progress.race("encoding", &mut self.running.0).await;
        match ended.map_err(|why| self.late(&why))? {
            Ok(result) => result,
            Err(task) => Err(RenderError::Encoder {
                said: task.to_string(),
            }),
        }
    }

    fn check_size(&self) -> Result<(), RenderError> {
        let path = self.draft.path();
        let size = std::fs::metadata(path)
            .map_err(|source| RenderError::file("reading", path, source))?
            .len();
        if size > self.most_bytes {
            return Err(RenderError::TooLarge {
                most: self.most_bytes,
            });
        }
        Ok(())
    }

    fn late(&self, why: &Interrupted) -> RenderError {
        match why {
            Interrupted::Cancelled { .. } => RenderError::Cancelled,
            Interrupted::DeadlineExceeded { .. } => RenderError::TimeLimit {
                frame: self.sent,
                frames: self.wanted,
                limit: self.time_limit,
            },
        }
    }
}

/// Hands the frames over and waits for the end. The error is in the encoder's own words.
pub(crate) async fn feed(
    mut child: Child,
    mut frames: mpsc::Receiver<Bytes>,
) -> Result<(), RenderError> {
    let failed = |said: String| RenderError::Encoder { said };
    let (Some(mut input), Some(mut words)) = (child.stdin.take(), child.stderr.take()) else {
        return Err(failed("it has no standard input".to_owned()));
    };
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
    let status = child.wait().await;
    if read.is_ok() && status.as_ref().is_ok_and(|status| status.success()) {
        return Ok(());
    }
    let words: Vec<char> = said.trim().chars().collect();
    let last: String = words[words.len().saturating_sub(LAST_WORDS)..]
        .iter()
        .collect();
    Err(failed(match status {
        Ok(status) if last.is_empty() => status.to_string(),
        Ok(_) => last,
        Err(error) => error.to_string(),
    }))
}
