//! Frames to a film, as they come.

mod arguments;
mod ffmpeg;
mod finished;
mod process;
mod sequence;

use std::path::Path;

use browser::Progress;
use bytes::Bytes;

use crate::canvas;
use crate::error::RenderError;
use crate::job::{FilmFormat, Output, RenderJob};
use crate::made::Made;
use ffmpeg::Ffmpeg;
pub(crate) use process::Process;
use sequence::Sequence;

/// Takes frames as PNG and makes the output of them.
pub(crate) enum Encoder {
    Film(Box<Ffmpeg>),
    Sequence(Sequence),
}

/// Takes what the browser has encoded, and makes a film of it.
pub(crate) struct Coded(Box<Ffmpeg>);

impl Coded {
    pub(crate) fn start(job: &RenderJob, target: &Path) -> Result<Self, RenderError> {
        Ok(Self(Box::new(Ffmpeg::start_coded(job, target)?)))
    }

    /// How many frames it has.
    pub(crate) fn frames(&self) -> u32 {
        self.0.sent()
    }

    /// One frame.
    pub(crate) async fn chunk(
        &mut self,
        progress: &Progress,
        chunk: Bytes,
    ) -> Result<(), RenderError> {
        self.0.frame(progress, chunk).await
    }

    /// As [`Encoder::finish`].
    pub(crate) async fn finish(self, progress: &Progress) -> Result<Made, RenderError> {
        self.0.finish(progress).await
    }
}

impl Encoder {
    /// Starts the encoder of a film whose frames are drawn one by one; none for anything else. It loads its libraries for as
    /// long as a page takes to open, so that it is best started before.
    pub(crate) fn of(job: &RenderJob, target: &Path) -> Result<Option<Self>, RenderError> {
        match job.output {
            Output::Film { format, frames, .. } if !canvas::is_wanted(job) => {
                Self::start(job, (format, frames), target).map(Some)
            }
            Output::Film { .. } | Output::Picture { .. } => Ok(None),
        }
    }

    pub(crate) fn start(
        job: &RenderJob,
        (format, frames): (FilmFormat, u32),
        target: &Path,
    ) -> Result<Self, RenderError> {
        Ok(match format {
            FilmFormat::PngSequence => Self::Sequence(Sequence::start(job, target)?),
            FilmFormat::Mp4 | FilmFormat::Webm(_) | FilmFormat::Gif => {
                Self::Film(Box::new(Ffmpeg::start(job, (format, frames), target)?))
            }
        })
    }

    pub(crate) async fn frame(
        &mut self,
        progress: &Progress,
        png: Bytes,
    ) -> Result<(), RenderError> {
        match self {
            Self::Film(ffmpeg) => ffmpeg.frame(progress, png).await,
            Self::Sequence(sequence) => sequence.frame(&png),
        }
    }

    /// Ends the film, looks whether it is what was asked for, and gives it its name.
    pub(crate) async fn finish(self, progress: &Progress) -> Result<Made, RenderError> {
        match self {
            Self::Film(ffmpeg) => ffmpeg.finish(progress).await,
            Self::Sequence(sequence) => sequence.finish(),
        }
    }
}
