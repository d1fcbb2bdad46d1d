//! Scrolling: the wheel, turned smoothly.

use std::time::Duration;

use browser::{Point, Progress, World};

use super::path::ease;
use super::performer::Performer;
use super::reply::Scrolled;
use crate::film::error::StepFault;
use crate::film::notes::Area;

/// CSS pixels a second.
const SPEED: f64 = 1000.0;
/// The shortest and the longest that scrolling takes by itself.
const TIMES: (f64, f64) = (0.45, 3.5);
/// Near enough: pages round.
const NEAR: f64 = 2.0;
/// How often it is tried again when the page did not get there.
const TRIES: usize = 3;
/// How long a page may take to come to rest after the wheel has.
const SETTLING: Duration = Duration::from_millis(250);

/// How far what scrolls is scrolled: the window, or where that does not the largest part of the page that does, as in most
/// applications. One that takes less than a quarter of the view is a list beside others.
const PLACE: &str = "(() => { \
    const root = document.scrollingElement ?? document.documentElement; \
    const most = Math.max(0, root.scrollHeight - innerHeight); \
    const is_kept = [root, document.body].some((e) => e && /hidden|clip/.test(getComputedStyle(e).overflowY)); \
    if (most > 0 && !is_kept) return { y: scrollY, most }; \
    let [found, largest] = [null, innerWidth * innerHeight / 4]; \
    for (const e of document.querySelectorAll('body *')) { \
        if (e.scrollHeight - e.clientHeight < 2 || !/auto|scroll/.test(getComputedStyle(e).overflowY)) continue; \
        const b = e.getBoundingClientRect(); \
        const [x, y] = [Math.max(0, b.left), Math.max(0, b.top)]; \
        const [width, height] = [Math.min(innerWidth, b.right) - x, Math.min(innerHeight, b.bottom) - y]; \
        if (width > 0 && height > 0 && width * height > largest) \
            [found, largest] = [{ y: e.scrollTop, most: e.scrollHeight - e.clientHeight, area: { x, y, width, height } }, width * height]; \
    } \
    return found ?? { y: scrollY, most } })()";

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
            let usual = (far.abs() / SPEED).clamp(TIMES.0, TIMES.1);
            let takes = duration
                .take()
                .unwrap_or_else(|| Duration::from_secs_f64(usual));
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
