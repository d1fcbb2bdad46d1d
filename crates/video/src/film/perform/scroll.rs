//! Scrolling: the wheel, turned smoothly.

use std::time::Duration;

use browser::{Point, Progress, World};

use super::path::ease;
use super::performer::Performer;
use super::reply::Scrolled;
use crate::film::error::StepFault;
use crate::film::notes::Area;

/// CSS pixels a second, when nobody says.
const SPEED: f64 = 1000.0;
/// The shortest and the longest that scrolling takes by itself.
const TIMES: (f64, f64) = (0.45, 3.5);
/// Near enough: pages round.
const NEAR: f64 = 2.0;
/// How often it is tried again when the page did not get there.
const TRIES: usize = 3;
/// How long a page may take to come to rest after the wheel has.
const SETTLING: Duration = Duration::from_millis(250);

/// How far what scrolls is scrolled: the window, or where that does not the largest part of the page that does.
const PLACE: &str = concat!(
    "(() => {",
    include_str!("../scroller.js"),
    include_str!("scrolled.js"),
    "return scrolled(); })()"
);

impl Performer {
    /// Scrolls so many CSS pixels down; pages end where they end.
    pub(super) async fn scroll_by(
        &self,
        progress: &Progress,
        far: f64,
        duration: Option<Duration>,
    ) -> Result<(), StepFault> {
        let place = self.scrolled(progress).await?;
        let goal = (place.y + far).clamp(0.0, place.most);
        self.scroll_to(progress, goal, duration).await
    }

    /// Scrolls until so many CSS pixels are above the view.
    pub(super) async fn scroll_to(
        &self,
        progress: &Progress,
        goal: f64,
        duration: Option<Duration>,
    ) -> Result<(), StepFault> {
        let mut duration = duration;
        let mut place = self.scrolled(progress).await?;
        for _ in 0..TRIES {
            let far = goal.min(place.most) - place.y;
            if far.abs() <= NEAR {
                return Ok(());
            }
            let takes = duration.take().unwrap_or_else(|| self.time_for(far));
            self.turn_wheel(progress, far, takes, place.area).await?;
            self.craft.time.pass(progress, SETTLING).await?;
            let before = place;
            place = self.scrolled(progress).await?;
            if (place.y - before.y).abs() < NEAR {
                // What is below the pointer scrolls by itself, or the page keeps the wheel for something else.
                return Err(StepFault::Page(format!(
                    "the page does not scroll with the wheel: it stays at {:.0} of {:.0} px",
                    place.y, place.most
                )));
            }
        }
        Ok(())
    }

    /// How long so many pixels take.
    fn time_for(&self, far: f64) -> Duration {
        let seconds = match self.craft.pace.scroll_speed {
            Some(speed) => far.abs() / speed,
            None => (far.abs() / SPEED).clamp(TIMES.0, TIMES.1),
        };
        Duration::from_secs_f64(seconds)
    }

    async fn turn_wheel(
        &self,
        progress: &Progress,
        far: f64,
        takes: Duration,
        area: Option<Area>,
    ) -> Result<(), StepFault> {
        let (width, height) = self.craft.layout.viewport();
        let (width, height) = (f64::from(width), f64::from(height));
        let area = area.unwrap_or(Area {
            x: 0.0,
            y: 0.0,
            width,
            height,
        });
        // Where the pointer is already, when what scrolls is below it.
        let is_over = |(x, y): &(f64, f64)| {
            (area.x..area.x + area.width).contains(x) && (area.y..area.y + area.height).contains(y)
        };
        let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0);
        let (x, y) = self.hand().at.filter(is_over).unwrap_or(middle);
        let mouse = self.page().mouse();
        let began = self.now();
        let mut turned = 0.0;
        loop {
            self.craft.time.beat(progress).await?;
            let part = self.now().saturating_sub(began).as_secs_f64() / takes.as_secs_f64();
            // Whole pixels: wheels have no others.
            let due = (far * ease(part)).round();
            if due != turned {
                let written = mouse.wheel(Point::new(x, y), 0.0, due - turned);
                self.craft.time.written(written);
                turned = due;
            }
            if part >= 1.0 {
                return Ok(());
            }
        }
    }

    pub(super) async fn scrolled(&self, progress: &Progress) -> Result<Scrolled, StepFault> {
        const DOING: &str = "looking how far the page is scrolled";
        let value = self
            .page()
            .main_frame()
            .evaluate(progress, World::Isolated, PLACE)
            .await
            .map_err(|source| StepFault::browser(DOING, source))?;
        serde_json::from_value(value).map_err(|error| StepFault::Page(error.to_string()))
    }
}
