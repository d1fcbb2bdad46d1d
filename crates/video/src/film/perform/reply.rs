//! What the page answers.

use serde::Deserialize;

use crate::film::error::StepFault;
use crate::film::notes::Area;

/// Of `actionable`.
#[derive(Debug, Deserialize)]
pub(super) struct Reply {
    ok: bool,
    point: Option<Place>,
    reason: Option<String>,
    detail: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Reply {
    /// Where to act, or why not.
    pub(super) fn point(self) -> Result<(f64, f64), StepFault> {
        match (self.ok, self.point) {
            (true, Some(place)) => Ok((place.x, place.y)),
            _ => Err(StepFault::Element {
                reason: self.reason.unwrap_or_else(|| "not-found".to_owned()),
                detail: self.detail.unwrap_or_default(),
            }),
        }
    }
}

/// Of `fillVerify`.
#[derive(Debug, Deserialize)]
pub(super) struct Filled {
    pub(super) value: String,
    pub(super) matches: bool,
}

/// How far a page is scrolled, and how far it can be.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Scrolled {
    pub(super) y: f64,
    pub(super) most: f64,
    /// Of the part of the page that scrolls in place of the window, in CSS pixels of the viewport.
    pub(super) area: Option<Area>,
}
