//! A film of a render: frames into its encoder, and what came out of it weighed.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use browser::{BrowserError, Interrupted, Progress};
use bytes::Bytes;
use tokio::sync::mpsc;

use super::arguments::{Feed, arguments, coded};
use super::finished;
use super::process::Process;
use crate::draft::DraftFile;
use crate::error::RenderError;
use crate::job::{FilmFormat, RenderJob};
use crate::made::{self, Made};

/// Frames that may wait for the encoder while the browser draws the next.
const AHEAD: usize = 2;

/// The file's size is looked at after so many frames.
const WEIGH_EVERY: u32 = 16;

/// A running ffmpeg and the file that it writes.
pub(crate) struct Ffmpeg {
    process: Process,
    draft: DraftFile,
    format: FilmFormat,
    feed: Feed,
    size: (u32, u32),
    frames: Option<mpsc::Sender<Bytes>>,
    sent: u32,
    wanted: u32,
    most_bytes: u64,
    time_limit: Duration,
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
        let feed = Feed::of(format, job.screen.pixels());
        Self::spawn(job, (format, frames), draft, feed, arguments)
    }

    /// For what the browser encodes: its chunks come in place of frames.
    pub(super) fn start_coded(job: &RenderJob, target: &Path) -> Result<Self, RenderError> {
        let draft = DraftFile::beside(target)?;
        let arguments = coded(job.output.rate(), draft.path());
        let film = (FilmFormat::Mp4, job.output.frames());
        Self::spawn(job, film, draft, Feed::Pictures, arguments)
    }

    fn spawn(
        job: &RenderJob,
        (format, frames): (FilmFormat, u32),
        draft: DraftFile,
        feed: Feed,
        arguments: Vec<OsString>,
    ) -> Result<Self, RenderError> {
        let (sender, receiver) = mpsc::channel(AHEAD);
        Ok(Self {
            process: Process::start(arguments, receiver)?,
            draft,
            format,
            feed,
            size: job.screen.pixels(),
            frames: Some(sender),
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
        frame: Bytes,
    ) -> Result<(), RenderError> {
        let Some(frames) = &self.frames else {
            return Ok(());
        };
        let frame = match self.feed {
            Feed::Pictures => frame,
            Feed::Planes => planes(frame, self.size).await?,
        };
        let sent = progress.race("encoding", frames.send(frame)).await;
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
        let seen = finished::look(progress, self.draft.path(), self.format)
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
        let ended = progress.race("encoding", self.process.ended()).await;
        ended.map_err(|why| self.late(&why))?
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

/// A drawn frame as the encoder takes it, made while the browser goes on drawing.
async fn planes(png: Bytes, size: (u32, u32)) -> Result<Bytes, RenderError> {
    let said = |said: String| RenderError::Encoder { said };
    let made = tokio::task::spawn_blocking(move || raster::png_to_television(&png, size)).await;
    let made = made.map_err(|task| said(task.to_string()))?;
    made.map(Bytes::from)
        .map_err(|error| said(error.to_string()))
}
