//! A folder of numbered PNGs.

use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::draft::DraftFolder;
use crate::error::RenderError;
use crate::job::{FrameRate, RenderJob};
use crate::made::{self, Made};

/// The pictures so far.
pub(crate) struct Sequence {
    draft: DraftFolder,
    rate: FrameRate,
    frames: u32,
    bytes: u64,
    most_bytes: u64,
    hash: Sha256,
    size: (u32, u32),
}

impl Sequence {
    pub(super) fn start(job: &RenderJob, target: &Path) -> Result<Self, RenderError> {
        Ok(Self {
            draft: DraftFolder::beside(target)?,
            rate: job.output.rate(),
            frames: 0,
            bytes: 0,
            most_bytes: job.most_bytes,
            hash: Sha256::new(),
            size: job.screen.pixels(),
        })
    }

    pub(super) fn frame(&mut self, png: &[u8]) -> Result<(), RenderError> {
        if self.frames == 0 {
            self.size = made::size(png)?;
        }
        self.frames += 1;
        self.bytes += png.len() as u64;
        if self.bytes > self.most_bytes {
            return Err(RenderError::TooLarge {
                most: self.most_bytes,
            });
        }
        self.hash.update(png);
        self.draft
            .write(&format!("frame-{:05}.png", self.frames), png)
    }

    pub(super) fn finish(self) -> Result<Made, RenderError> {
        self.draft.publish()?;
        Ok(Made {
            width: self.size.0,
            height: self.size.1,
            frames: self.frames,
            duration: Some(self.rate.time_of(self.frames) / 1000.0),
            bytes: self.bytes,
            sha256: HEXLOWER.encode(&self.hash.finalize()),
        })
    }
}
