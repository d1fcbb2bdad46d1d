//! Visual checks of a run.

use ids::ArtifactId;
use serde::Serialize;
use store::VisualCheck;
use utoipa::ToSchema;

use super::run::Picture;

/// What a visual check found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VisualStep {
    /// `same`, `different`, `other-size` or `no-baseline`.
    pub(crate) verdict: String,
    /// What the picture was drawn on: `1280x720`, `390x844@3`.
    pub(crate) screen: String,
    /// Size of the picture, in pixels.
    pub(crate) width: u32,
    /// Size of the picture, in pixels.
    pub(crate) height: u32,
    /// Pixels that differ; absent when there was nothing to compare with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) differing_pixels: Option<u64>,
    /// Their share of the pixels that were compared, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) share: Option<f64>,
    /// The largest share that may differ.
    pub(crate) threshold: f64,
    /// Whether the page stood still when the picture was taken.
    pub(crate) is_still: bool,
    /// The approved picture; pictures are kept of checks that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<Picture>,
    /// What the page looked like. What masks cover is transparent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) actual: Option<Picture>,
    /// The page, pale, with what differs in red.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) difference: Option<Picture>,
    /// Whether this step's picture was approved since, and that was not undone.
    pub(crate) approved: bool,
}

impl From<VisualCheck> for VisualStep {
    fn from(check: VisualCheck) -> Self {
        let picture = |id: Option<ArtifactId>| id.map(Picture::from);
        Self {
            verdict: check.verdict,
            screen: check.screen,
            width: check.width,
            height: check.height,
            differing_pixels: check.differing_pixels,
            share: check.share,
            threshold: check.threshold,
            is_still: check.is_still,
            expected: picture(check.expected),
            actual: picture(check.actual),
            difference: picture(check.difference),
            approved: false,
        }
    }
}
