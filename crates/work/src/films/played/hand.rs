//! The hand that is seen.

use std::time::Duration;

use browser::{Page, Point, Progress};
use replay::{Manner, Show};
use video::{Performer, StepFault};

/// How long the button stays down in a click.
const HELD: Duration = Duration::from_millis(95);
/// From one key to the next: a fluent typist.
const KEY: Duration = Duration::from_millis(75);
/// Nobody wants to watch a text being typed for longer.
const TYPING: Duration = Duration::from_secs(4);
/// How long a box around what is checked is to be seen.
const CHECKED: Duration = Duration::from_millis(900);

/// Does around each action what a person would do.
pub(super) struct Hand<'a> {
    pub(super) performer: &'a Performer,
}

impl Hand<'_> {
    /// Whether the film's pictures show it: the page in front.
    fn is_filmed(&self, page: &Page) -> bool {
        self.performer.page().id() == page.id()
    }

    fn shown(&self, done: Result<(), StepFault>) {
        if let Err(error) = done {
            tracing::debug!(%error, "the way to an element is not in the film");
        }
    }
}

impl Manner for Hand<'_> {
    fn turn_to<'a>(&'a self, progress: &'a Progress, page: &'a Page) -> Show<'a> {
        Box::pin(async move {
            if let Err(error) = self.performer.turn_to(progress, page).await {
                tracing::debug!(%error, "a tab is not in the film");
            }
        })
    }

    fn bring<'a>(&'a self, progress: &'a Progress, page: &'a Page, area: replay::Area) -> Show<'a> {
        Box::pin(async move {
            if self.is_filmed(page) {
                let brought = self.performer.bring_into_view(progress, area_of(area));
                self.shown(brought.await);
            }
        })
    }

    fn approach<'a>(
        &'a self,
        progress: &'a Progress,
        page: &'a Page,
        area: replay::Area,
        to: Point,
    ) -> Show<'a> {
        Box::pin(async move {
            if self.is_filmed(page) {
                let gone = self.performer.go_to(progress, area_of(area), (to.x, to.y));
                self.shown(gone.await);
            }
        })
    }

    fn scroll<'a>(&'a self, progress: &'a Progress, page: &'a Page, y: f64) -> Show<'a> {
        Box::pin(async move {
            if self.is_filmed(page) {
                self.shown(self.performer.scroll_page(progress, y).await);
            }
        })
    }

    fn checked(&self, page: &Page, area: replay::Area) {
        if self.is_filmed(page) {
            self.performer.draw_box(area_of(area), CHECKED);
        }
    }

    fn pressed(&self) {
        self.performer.pressed();
    }

    fn released(&self, at: Point) {
        self.performer.released((at.x, at.y));
    }

    fn press_time(&self) -> Duration {
        HELD
    }

    fn key_time(&self, letters: usize) -> Duration {
        let letters = u32::try_from(letters.max(1)).unwrap_or(u32::MAX);
        KEY.min(TYPING / letters)
    }
}

fn area_of(area: replay::Area) -> video::Area {
    video::Area {
        x: area.x,
        y: area.y,
        width: area.width,
        height: area.height,
    }
}
