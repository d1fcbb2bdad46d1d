//! What a performance that is no storyboard does around its own actions, so that they can be seen.

use std::time::Duration;

use browser::Progress;

use super::find::distance;
use super::performer::Performer;
use crate::film::error::StepFault;
use crate::film::notes::{Area, Happening};

impl Performer {
    /// Scrolls smoothly until an area of the page's viewport is where one looks.
    ///
    /// # Errors
    /// When the page does not scroll with the wheel, is gone, or it is cancelled or too late.
    pub async fn bring_into_view(&self, progress: &Progress, area: Area) -> Result<(), StepFault> {
        let (_, height) = self.craft.layout.viewport();
        let away = distance(area, f64::from(height));
        if away == 0.0 {
            return Ok(());
        }
        self.look_wide();
        self.scroll_by(progress, away, None).await
    }

    /// Scrolls smoothly until so many CSS pixels of the page are above its viewport.
    ///
    /// # Errors
    /// As [`Performer::bring_into_view`].
    pub async fn scroll_page(&self, progress: &Progress, y: f64) -> Result<(), StepFault> {
        // Another part of the page has a place of its own.
        if self.scrolled(progress).await?.area.is_some() {
            return Ok(());
        }
        self.look_wide();
        self.scroll_to(progress, y, None).await
    }

    /// Moves the pointer to a point of an area, and the view near to it where that makes it easier to see.
    ///
    /// # Errors
    /// As [`Performer::move_to`].
    pub async fn go_to(
        &self,
        progress: &Progress,
        area: Area,
        point: (f64, f64),
    ) -> Result<(), StepFault> {
        self.look_near(area);
        self.move_to(progress, point).await
    }

    /// Somebody else presses the button, where the pointer is.
    pub fn pressed(&self) {
        self.happened(Happening::Press);
    }

    /// The button comes up, and the pointer is there now, in CSS pixels of the viewport.
    pub fn released(&self, at: (f64, f64)) {
        self.happened(Happening::Pointer(at.0, at.1));
        self.hand().at = Some(at);
        self.happened(Happening::Release);
    }

    /// A box is drawn around an area of the page's viewport, for so long.
    pub fn draw_box(&self, area: Area, stays: Duration) {
        let until = self.now() + stays;
        self.happened(Happening::Box { area, until });
    }
}
