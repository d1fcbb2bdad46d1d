//! Where the player gets the pictures that were approved. It knows nothing of folders or databases.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;

use browser::Engine;
use bytes::Bytes;
use serde::Serialize;

/// The page's size and density when a picture was taken. Another size is another layout, with a baseline of its own.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Screen {
    /// Width of the viewport, in CSS pixels.
    pub width: u32,
    /// Height of the viewport, in CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub scale: f64,
}

impl fmt::Display for Screen {
    /// `1280x720`, or `390x844@3` on a denser screen.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)?;
        if (self.scale - 1.0).abs() > f64::EPSILON {
            write!(f, "@{}", self.scale)?;
        }
        Ok(())
    }
}

/// Which baseline is meant. Whose recording it is, the source knows.
#[derive(Debug, Clone, PartialEq)]
pub struct BaselineKey {
    /// The step's id in the recording; in an included one behind the ids of the steps that include it: `act_004/act_001`.
    pub step_id: String,
    /// The engine that draws: each has letters of its own.
    pub engine: Engine,
    /// What it draws on.
    pub screen: Screen,
}

/// The answer of a source: PNG, nothing when no picture was approved, or why it could not be read.
pub(super) type Found = Result<Option<Bytes>, String>;

/// Gives the approved pictures of one recording.
pub trait Baselines: Send + Sync + fmt::Debug {
    /// The approved picture.
    fn find<'a>(&'a self, key: &'a BaselineKey)
    -> Pin<Box<dyn Future<Output = Found> + Send + 'a>>;
}

/// Nothing was approved.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoBaselines;

impl Baselines for NoBaselines {
    fn find<'a>(
        &'a self,
        _key: &'a BaselineKey,
    ) -> Pin<Box<dyn Future<Output = Found> + Send + 'a>> {
        Box::pin(ready(Ok(None)))
    }
}

/// Who approves a picture that is new or different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Approving {
    /// A person, afterwards; the step fails.
    #[default]
    Later,
    /// Whoever started the run, beforehand; the step passes, and its picture is the new baseline.
    Now,
}
