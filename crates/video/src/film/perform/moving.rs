//! The pointer: moves, presses, clicks.

use std::time::Duration;

use browser::{BrowserError, LoadState, MouseButton, Page, Point, Progress};

use super::find::{Found, PATIENCE};
use super::path::Path;
use super::performer::Performer;
use crate::film::error::{FilmError, StepFault};
use crate::film::notes::{Area, Happening};

/// How long a finger stays down.
const HELD: Duration = Duration::from_millis(95);
/// Between the pointer's arrival and the press.
const AIMING: Duration = Duration::from_millis(130);
/// How long a page that a click leads to may take.
const NAVIGATION: Duration = Duration::from_secs(20);

impl Performer {
    /// Moves the pointer to a place of the page, in CSS pixels.
    ///
    /// # Errors
    /// When the page is gone, or it is cancelled or too late.
    pub async fn move_to(&self, progress: &Progress, to: (f64, f64)) -> Result<(), StepFault> {
        let path = {
            let mut hand = self.hand();
            let from = hand.at.unwrap_or_else(|| self.entrance());
            if (from.0 - to.0).hypot(from.1 - to.1) < 0.5 {
                return Ok(());
            }
            Path::new(from, to, &mut hand.chance)
        };
        let began = self.now();
        // It has rested until now: without this it would have been on its way since its last place.
        let start = path.at(Duration::ZERO);
        self.happened(Happening::Pointer(start.0, start.1));
        let mouse = self.page().mouse();
        loop {
            self.craft.time.beat(progress).await?;
            let spent = self.now().saturating_sub(began);
            let place = path.at(spent);
            let written = mouse.move_to(Point::new(place.0, place.1));
            self.happened(Happening::Pointer(place.0, place.1));
            self.hand().at = Some(place);
            if spent >= path.duration {
                return self.handled(progress, written).await;
            }
            self.craft.time.written(written);
        }
    }

    /// Presses and releases where the pointer is, and waits for the page that it leads to.
    pub(super) async fn press(&self, progress: &Progress) -> Result<(), StepFault> {
        let page = self.page();
        let mouse = page.mouse();
        let navigations = page.navigations();
        self.craft.time.written(mouse.down(MouseButton::Left, 1));
        self.happened(Happening::Press);
        self.craft.time.pass(progress, HELD).await?;
        let released = mouse.up(MouseButton::Left, 1);
        self.happened(Happening::Release);
        match self.handled(progress, released).await {
            // It has closed itself.
            Err(_) if self.has_gone(progress, &page).await? => {}
            handled => handled?,
        }
        self.follow(progress, &page, navigations).await
    }

    /// After something that may have led to another page, in the same tab or in another one.
    async fn follow(
        &self,
        progress: &Progress,
        page: &Page,
        navigations: u64,
    ) -> Result<(), StepFault> {
        self.settle(progress).await?;
        let seen = self.page();
        // A page that was just opened is on its way to its first document.
        let before = if seen.id() == page.id() {
            navigations
        } else {
            seen.navigations()
        };
        let limited = progress.within(NAVIGATION);
        let led = seen.navigation_after(&limited, before, LoadState::Load);
        let led = self.craft.time.attend(progress, led).await;
        let dialog = self
            .craft
            .context
            .pages()
            .iter()
            .find_map(Page::open_dialog);
        match (led, dialog) {
            (Err(BrowserError::DialogOpen { dialog }), _) | (_, Some(dialog)) => {
                Err(StepFault::Unsupported(format!(
                    "the page opened a dialog ({:?}), which films do not answer",
                    dialog.message
                )))
            }
            (Ok(has_led), _) => {
                if has_led || seen.id() != page.id() {
                    self.look_wide();
                    self.show_address(progress).await?;
                }
                Ok(())
            }
            (Err(_), _) if self.has_gone(progress, &seen).await? => {
                Ok(self.show_address(progress).await?)
            }
            (Err(source), _) => Err(StepFault::browser(
                "waiting for the page that the click leads to",
                source,
            )),
        }
    }

    /// Whether a page has closed and another one is seen in its place, which is waited for.
    pub(super) async fn has_gone(
        &self,
        progress: &Progress,
        page: &Page,
    ) -> Result<bool, FilmError> {
        if !page.is_closed() {
            return Ok(false);
        }
        self.settle(progress).await?;
        Ok(self.page().id() != page.id())
    }

    /// Goes to an element and clicks it.
    pub(super) async fn click_on(
        &self,
        progress: &Progress,
        found: &Found,
    ) -> Result<(), StepFault> {
        self.approach(progress, found).await?;
        self.craft.time.pass(progress, AIMING).await?;
        let point = self
            .point(progress, &found.selectors, "click", PATIENCE)
            .await?;
        // It may have moved, or only a part of it takes clicks.
        self.move_to(progress, point).await?;
        self.press(progress).await
    }

    /// Goes to a place of what is seen of the page and clicks there, whatever is there.
    pub(super) async fn click_place(
        &self,
        progress: &Progress,
        place: (f64, f64),
    ) -> Result<(), StepFault> {
        self.go_to_place(progress, place).await?;
        self.craft.time.pass(progress, AIMING).await?;
        self.press(progress).await
    }

    /// Moves the pointer to a place of what is seen of the page.
    pub(super) async fn go_to_place(
        &self,
        progress: &Progress,
        place: (f64, f64),
    ) -> Result<(), StepFault> {
        let (width, height) = self.craft.layout.viewport();
        if place.0 >= f64::from(width) || place.1 >= f64::from(height) {
            let (x, y) = place;
            return Err(StepFault::Page(format!(
                "({x}, {y}) is not in the view, which has {width} × {height} CSS px"
            )));
        }
        self.look_near(around(place));
        self.move_to(progress, place).await
    }

    /// Moves the pointer onto an element.
    pub(super) async fn approach(
        &self,
        progress: &Progress,
        found: &Found,
    ) -> Result<(), StepFault> {
        self.look_near(found.area);
        let (width, height) = self.craft.layout.viewport();
        let area = found.area;
        let inside = |start: f64, length: f64, most: u32| {
            let most = f64::from(most);
            let (from, to) = (start.max(1.0), (start + length).min(most - 1.0));
            ((from + to) / 2.0).clamp(1.0, most - 1.0)
        };
        let aim = (
            inside(area.x, area.width, width),
            inside(area.y, area.height, height),
        );
        self.move_to(progress, aim).await
    }

    /// Where the pointer comes from: the lower right, as a hand does.
    fn entrance(&self) -> (f64, f64) {
        let (width, height) = self.craft.layout.viewport();
        (f64::from(width) * 0.72, f64::from(height) * 0.78)
    }

    pub(super) async fn handled(
        &self,
        progress: &Progress,
        written: browser::Receipt,
    ) -> Result<(), StepFault> {
        self.craft
            .time
            .attend(progress, written.done(progress))
            .await
            .map_err(|source| StepFault::browser("waiting for the page to take input", source))
    }
}

/// What is looked at and boxed where there is a place and no element: about as large as a button.
pub(super) fn around((x, y): (f64, f64)) -> Area {
    const SIDE: f64 = 44.0;
    Area {
        x: x - SIDE / 2.0,
        y: y - SIDE / 2.0,
        width: SIDE,
        height: SIDE,
    }
}
