//! What a visual check leaves.

use browser::Engine;
use bytes::Bytes;
use serde::{Serialize, Serializer};

use super::baseline::Screen;

/// What a visual check found.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Visual {
    /// What its baseline is kept under: the step's id, behind those of the steps that include its recording.
    pub step_id: String,
    /// What became of the comparison.
    pub verdict: VisualVerdict,
    /// The engine that drew the picture.
    #[serde(serialize_with = "name")]
    pub engine: Engine,
    /// What it was drawn on.
    pub screen: Screen,
    /// Size of the picture, in pixels.
    pub width: u32,
    /// Size of the picture, in pixels.
    pub height: u32,
    /// Pixels that differ; nothing when there was nothing to compare with, or its size was another.
    pub differing_pixels: Option<u64>,
    /// Their share of the pixels that were compared.
    pub share: Option<f64>,
    /// The largest share that may differ.
    pub threshold: f64,
    /// Whether the page stood still when the picture was taken.
    pub is_still: bool,
    /// Whether the run itself made the picture the new baseline.
    pub approved: bool,
    /// The pictures; none of a check that passed.
    #[serde(skip)]
    pub pictures: Pictures,
}

/// What became of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisualVerdict {
    /// The picture is the approved one, but for what may differ.
    Same,
    /// More differs than may.
    Different,
    /// It has another size than the approved one.
    OtherSize,
    /// No picture was approved.
    NoBaseline,
}

/// The pictures of a comparison, as PNG. What masks cover is transparent.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// The approved one.
    pub expected: Option<Bytes>,
    /// What the page looked like.
    pub actual: Option<Bytes>,
    /// The page, pale, with what differs in red.
    pub difference: Option<Bytes>,
}

fn name<S: Serializer>(engine: &Engine, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(engine)
}
