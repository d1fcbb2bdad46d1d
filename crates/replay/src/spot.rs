//! Where on the picture of a failed step its element is.

use browser::{BrowserError, Page, Progress};
use recording::Step;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::frames;
use crate::page_reply::Area;

/// A part of a picture, in shares of its width and height: 0 is the left or upper edge, 1 the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spot {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// Sizes in CSS pixels.
#[derive(Debug, Clone, Copy, Deserialize)]
struct View {
    width: f64,
    height: f64,
}

/// The answer of `spot`.
#[derive(Debug, Deserialize)]
struct Found {
    #[serde(rename = "box")]
    area: Area,
    view: View,
}

impl Spot {
    /// What of the area is in view; nothing when none of it is.
    fn of(area: Area, view: View) -> Option<Self> {
        let clip = |from: f64, length: f64, whole: f64| {
            let (begin, end) = (from.clamp(0.0, whole), (from + length).clamp(0.0, whole));
            (end > begin).then(|| (begin / whole, (end - begin) / whole))
        };
        let (x, width) = clip(area.x, area.width, view.width)?;
        let (y, height) = clip(area.y, area.height, view.height)?;
        Some(Self {
            x,
            y,
            width,
            height,
        })
    }
}

/// The spot of the one element that the step's selectors name, when it has any and the element is in view. A picture
/// without a mark is worth having, so that a page that does not answer is no fault.
pub(crate) async fn of(progress: &Progress, page: &Page, step: &Step) -> Option<Spot> {
    match find(progress, page, step).await {
        Ok(spot) => spot,
        Err(fault) => {
            tracing::debug!(
                message = fault.message(),
                "the element of a failed step is not marked"
            );
            None
        }
    }
}

async fn find(progress: &Progress, page: &Page, step: &Step) -> Result<Option<Spot>, Fault> {
    let selectors = step.locators();
    if selectors.is_empty() {
        return Ok(None);
    }
    let frame = frames::resolve(progress, page, &step.frame_path()).await?;
    let asked = (&selectors, &step.content_signature);
    let Some(found) = frame
        .call::<Option<Found>>(progress, "spot", &asked)
        .await?
    else {
        return Ok(None);
    };
    let corner = frames::offset(progress, &frame).await?;
    let view = match frame.parent() {
        Some(_) => view_of(progress, page).await?,
        None => found.view,
    };
    let area = Area {
        x: found.area.x + corner.x,
        y: found.area.y + corner.y,
        ..found.area
    };
    Ok(Spot::of(area, view))
}

/// The size of what a picture of the page shows.
async fn view_of(progress: &Progress, page: &Page) -> Result<View, BrowserError> {
    let size = "({ width: innerWidth, height: innerHeight })";
    let said = page
        .main_frame()
        .evaluate(progress, browser::World::Isolated, size)
        .await?;
    serde_json::from_value(said).map_err(|error| BrowserError::Invalid(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(x: f64, y: f64, width: f64, height: f64) -> Option<Spot> {
        let area = Area {
            x,
            y,
            width,
            height,
        };
        let view = View {
            width: 200.0,
            height: 100.0,
        };
        Spot::of(area, view)
    }

    #[test]
    fn what_is_in_view_is_marked_in_shares() {
        let whole = Spot {
            x: 0.25,
            y: 0.5,
            width: 0.5,
            height: 0.25,
        };
        assert_eq!(spot(50.0, 50.0, 100.0, 25.0), Some(whole));
        let cut = Spot {
            x: 0.0,
            y: 0.9,
            width: 1.0,
            height: 0.1,
        };
        assert_eq!(spot(-10.0, 90.0, 900.0, 25.0), Some(cut));
    }

    #[test]
    fn what_is_out_of_view_is_not_marked() {
        assert_eq!(spot(50.0, 100.0, 100.0, 25.0), None);
        assert_eq!(spot(-50.0, 10.0, 50.0, 25.0), None);
        assert_eq!(spot(f64::NAN, 10.0, 50.0, 25.0), None);
    }
}
