//! Finds elements, and brings them where they can be seen.

use std::time::Duration;

use browser::{BrowserError, ElementHandle, Progress};
use serde_json::{Value, json};

use super::performer::Performer;
use super::reply::Reply;
use super::time::{Time, Waiting};
use crate::film::error::StepFault;
use crate::film::notes::{Area, Happening};
use crate::film::storyboard::Target;

/// How long a page may take to show an element.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// The page answers at its own deadline; it gets so much longer to do so.
const GRACE: Duration = Duration::from_secs(2);

/// The share of the view that an element fills at most when it is gone near.
const FILLED: f64 = 0.5;
/// From farther than this nothing is gone near: it would only sway.
const WORTH_IT: f64 = 1.12;
/// The nearest that is gone by itself.
const NEAREST: f64 = 1.7;

/// An element of the page.
pub(super) struct Found {
    pub(super) selectors: Value,
    pub(super) area: Area,
    handle: ElementHandle,
}

impl Performer {
    /// Waits for an element.
    pub(super) async fn find(
        &self,
        progress: &Progress,
        target: &Target,
    ) -> Result<Found, StepFault> {
        let selectors = target.selectors();
        let mut waiting = Waiting::new(&self.craft.time, PATIENCE);
        loop {
            let limited = progress.within(PATIENCE + GRACE);
            let page = self.page();
            let frame = page.main_frame();
            let patience = match self.craft.time {
                Time::Real(_) => PATIENCE,
                // It is there or it is not: nothing comes while time stands still.
                Time::Virtual(_) => Duration::ZERO,
            };
            let options = json!({ "timeoutMs": milliseconds(patience) });
            let arguments = json!([selectors, options]);
            let looked = frame.call_handle(&limited, "element", &arguments);
            let handle: Result<Option<ElementHandle>, _> = tokio::select! {
                biased;
                handle = self.craft.time.attend(progress, looked) => handle,
                // It is looked for there.
                () = self.craft.front.changed(&page) => continue,
            };
            let handle = match handle {
                Err(_) if self.has_gone(progress, &page).await? => continue,
                // Another document came: it is looked for there.
                Err(BrowserError::ContextDestroyed) => continue,
                found => {
                    found.map_err(|source| StepFault::browser("looking for the element", source))?
                }
            };
            let Some(handle) = handle else {
                if waiting.goes_on(progress).await? {
                    continue;
                }
                // The page says best what is missing.
                self.point(progress, &selectors, "hover", Duration::ZERO)
                    .await?;
                continue;
            };
            match self.area_of(&limited, &handle).await {
                Err(BrowserError::ContextDestroyed) => {}
                area => {
                    let area =
                        area.map_err(|source| StepFault::browser("measuring the element", source))?;
                    return Ok(Found {
                        selectors,
                        area,
                        handle,
                    });
                }
            }
        }
    }

    /// Finds an element and scrolls to it as a person does.
    pub(super) async fn bring(
        &self,
        progress: &Progress,
        target: &Target,
    ) -> Result<Found, StepFault> {
        let mut found = self.find(progress, target).await?;
        let (_, height) = self.craft.layout.viewport();
        let height = f64::from(height);
        let away = distance(found.area, height);
        if away != 0.0 {
            self.look_wide();
            self.scroll_by(progress, away, None).await?;
            self.measure(progress, &mut found).await?;
        }
        Ok(found)
    }

    /// Where it is now.
    pub(super) async fn measure(
        &self,
        progress: &Progress,
        found: &mut Found,
    ) -> Result<(), StepFault> {
        let area = self.area_of(progress, &found.handle).await;
        found.area = area.map_err(|source| StepFault::browser("measuring the element", source))?;
        Ok(())
    }

    async fn area_of(
        &self,
        progress: &Progress,
        handle: &ElementHandle,
    ) -> Result<Area, BrowserError> {
        handle.call(progress, "box", &()).await
    }

    /// Where to act on an element, once it can be acted on.
    pub(super) async fn point(
        &self,
        progress: &Progress,
        selectors: &Value,
        action: &str,
        patience: Duration,
    ) -> Result<(f64, f64), StepFault> {
        let mut waiting = Waiting::new(&self.craft.time, patience);
        let frame = self.page().main_frame();
        loop {
            let limited = progress.within(patience + GRACE);
            let options = json!({ "action": action, "timeoutMs": milliseconds(waiting.in_page()) });
            let arguments = json!([selectors, options]);
            let asked = frame.call(&limited, "actionable", &arguments);
            let reply: Reply = match self.craft.time.attend(progress, asked).await {
                Err(BrowserError::ContextDestroyed) => continue,
                reply => {
                    reply.map_err(|source| StepFault::browser("waiting for the element", source))?
                }
            };
            let point = reply.point();
            if point.is_ok() || !waiting.goes_on(progress).await? {
                return point;
            }
        }
    }

    /// The view goes near an element when that makes it easier to see.
    pub(super) fn look_near(&self, area: Area) {
        if self.is_held_near() {
            return;
        }
        let factor = self.fitting(area).min(NEAREST);
        if factor < WORTH_IT {
            self.happened(Happening::Wide);
        } else {
            let center = area.center();
            self.happened(Happening::Near { center, factor });
        }
    }

    /// How near the view may go so that there is still something around the element.
    pub(super) fn fitting(&self, area: Area) -> f64 {
        let (width, height) = self.craft.layout.viewport();
        let across = f64::from(width) * FILLED / area.width.max(1.0);
        let down = f64::from(height) * FILLED / area.height.max(1.0);
        across.min(down)
    }
}

/// How far a page has to be scrolled until an element is where one looks; 0 when it is well in view.
pub(super) fn distance(area: Area, height: f64) -> f64 {
    let (top, bottom) = (area.y, area.y + area.height);
    if top >= height * 0.08 && bottom <= height * 0.88 {
        return 0.0;
    }
    if area.height > height * 0.8 {
        // Too tall to be seen whole: its beginning counts, unless it is seen already.
        let is_seen = top <= height * 0.3 && bottom >= height * 0.7;
        return if is_seen { 0.0 } else { top - height * 0.1 };
    }
    (area.y + area.height / 2.0) - height * 0.46
}

pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_well_in_view_is_left_and_the_rest_comes_to_the_middle() {
        let area = |y: f64, height: f64| Area {
            x: 0.0,
            y,
            width: 10.0,
            height,
        };
        let cases = [
            (area(200.0, 100.0), 0.0),
            (area(1000.0, 100.0), 1050.0 - 460.0),
            (area(-300.0, 100.0), -250.0 - 460.0),
            (area(400.0, 2000.0), 300.0),
            (area(-100.0, 2000.0), 0.0),
        ];
        for (area, expected) in cases {
            assert_eq!(distance(area, 1000.0), expected, "{area:?}");
        }
    }
}
