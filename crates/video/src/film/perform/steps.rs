//! Performs a storyboard.

use std::time::Duration;

use browser::{LoadState, Progress};

use super::find::PATIENCE;
use super::moving::around;
use super::performer::Performer;
use crate::film::error::{FilmError, StepFault};
use crate::film::notes::Happening;
use crate::film::storyboard::{
    Action, Aim, Click, Goto, Highlight, Pause, Scroll, Step, Storyboard, Tab, Title, Type, Wait,
    Zoom,
};

/// How long a title stays.
const TITLE: Duration = Duration::from_millis(2400);
/// Between a title, or the beginning, and the first step.
const BEFORE: Duration = Duration::from_millis(700);
/// After the last step.
const AFTER: Duration = Duration::from_millis(1200);
/// Between two steps, when nobody says.
const BREATH: Duration = Duration::from_millis(320);
/// How long the pointer rests on what it came to.
const RESTING: Duration = Duration::from_millis(700);
/// Anything that is to be seen takes so long.
const SHORTEST: Duration = Duration::from_millis(300);
/// How long a box is to be seen.
const BOXED: Duration = Duration::from_millis(1700);
/// How long the view takes to get near, and stays.
const NEAR: Duration = Duration::from_millis(1600);
/// How long another page may take.
const OPENING: Duration = Duration::from_secs(30);

/// Performs all of it; the film goes on `until` then, if that is later.
pub(crate) async fn perform(
    progress: &Progress,
    performer: &Performer,
    storyboard: &Storyboard,
    until: Duration,
) -> Result<(), FilmError> {
    if let Some(title) = &storyboard.title {
        performer.title(progress, title).await?;
    }
    performer.pause(progress, BEFORE).await?;
    let count = storyboard.steps.len();
    for (index, step) in storyboard.steps.iter().enumerate() {
        let what = step.action.to_string();
        if let Some(at) = step.at {
            performer.craft.time.until(progress, at).await?;
        }
        performer.settle(progress).await?;
        let began = performer.step_begins(index + 1, Some(count), &what);
        performer
            .step(progress, step, began)
            .await
            .map_err(|why| match why {
                StepFault::Film(error)
                    if matches!(*error, FilmError::Cancelled | FilmError::Unsteady(_)) =>
                {
                    *error
                }
                source => FilmError::Step {
                    number: index + 1,
                    what: what.clone(),
                    source,
                },
            })?;
        performer.step_ended(&what, began, step.at, None);
    }
    performer.look_wide();
    performer.pause(progress, AFTER).await?;
    performer.craft.time.until(progress, until).await
}

impl Performer {
    pub(crate) async fn title(&self, progress: &Progress, title: &Title) -> Result<(), FilmError> {
        let subtitle = title.subtitle.as_deref();
        let card = self
            .craft
            .cards
            .title(progress, &title.text, subtitle)
            .await?;
        // From the first frame on: it does not come, it is there.
        self.craft
            .notes
            .happened(Duration::ZERO, Happening::Title(Some(card)));
        let stays = title.duration.unwrap_or(TITLE);
        self.craft.time.until(progress, stays).await?;
        self.happened(Happening::Title(None));
        Ok(())
    }

    async fn step(
        &self,
        progress: &Progress,
        step: &Step,
        began: Duration,
    ) -> Result<(), StepFault> {
        if let Some(words) = &step.caption {
            self.caption(progress, Some(words)).await?;
        }
        self.act(progress, step, began).await?;
        let reading = step.caption.as_deref().map(reading_time);
        let takes = step.duration.max(reading);
        if let Some(takes) = takes {
            self.craft.time.until(progress, began + takes).await?;
        }
        if step.caption.is_some() {
            self.caption(progress, None).await?;
        }
        match step.action {
            // They take no time of their own.
            Action::Chapter(_) | Action::Pause(_) | Action::Wait(Wait::Time(_)) => Ok(()),
            _ => Ok(self.breathe(progress, BREATH).await?),
        }
    }

    async fn act(
        &self,
        progress: &Progress,
        step: &Step,
        began: Duration,
    ) -> Result<(), StepFault> {
        // What is left of the step's own time after the way to its element.
        let left = |usual: Duration| match step.duration {
            Some(takes) => (began + takes).saturating_sub(self.now()).max(SHORTEST),
            None => usual,
        };
        match &step.action {
            Action::Wait(Wait::Time(time)) | Action::Pause(Pause(time)) => {
                Ok(self.craft.time.pass(progress, *time).await?)
            }
            Action::Wait(Wait::Element(target)) => self.find(progress, target).await.map(drop),
            Action::Scroll(scroll) => self.scroll(progress, scroll, step.duration).await,
            Action::Hover(aim) => {
                match aim {
                    Aim::Place { x, y } => self.go_to_place(progress, (*x, *y)).await?,
                    Aim::Element(target) => {
                        let found = self.bring(progress, target).await?;
                        self.approach(progress, &found).await?;
                        let point = self
                            .point(progress, &found.selectors, "hover", PATIENCE)
                            .await?;
                        self.move_to(progress, point).await?;
                    }
                }
                Ok(self.craft.time.pass(progress, left(RESTING)).await?)
            }
            Action::Click(Click { target, highlight }) => {
                self.click(progress, target, *highlight).await?;
                Ok(self.craft.time.pass(progress, left(RESTING)).await?)
            }
            Action::Type(Type { text, into }) => {
                let found = self.bring(progress, into).await?;
                self.type_into(progress, &found, text, step.duration)
                    .await?;
                Ok(self.craft.time.pass(progress, left(RESTING)).await?)
            }
            Action::Highlight(Highlight(target)) => {
                let found = self.bring(progress, target).await?;
                self.look_near(found.area);
                let stays = left(BOXED);
                self.draw_box(found.area, stays);
                Ok(self.craft.time.pass(progress, stays).await?)
            }
            Action::Zoom(Zoom::Out) => {
                self.hand().held_near = None;
                self.happened(Happening::Wide);
                let takes = step.duration.unwrap_or(NEAR / 2);
                Ok(self.craft.time.pass(progress, takes).await?)
            }
            Action::Zoom(Zoom::On(target, factor)) => {
                let found = self.bring(progress, target).await?;
                let factor = factor.unwrap_or_else(|| self.fitting(found.area).clamp(1.2, 2.5));
                let seen = self.page().id();
                self.hand().held_near = Some(seen);
                let center = found.area.center();
                self.happened(Happening::Near { center, factor });
                let takes = left(NEAR);
                Ok(self.craft.time.pass(progress, takes).await?)
            }
            Action::Caption(words) => {
                self.caption(progress, Some(words)).await?;
                let takes = step.duration.unwrap_or_else(|| reading_time(words));
                self.craft.time.pass(progress, takes).await?;
                Ok(self.caption(progress, None).await?)
            }
            Action::Chapter(title) => {
                self.chapter(title);
                Ok(())
            }
            Action::Goto(Goto(url)) => self.open(progress, url).await,
            Action::Tab(tab) => {
                self.change_tab(progress, *tab).await?;
                Ok(self.craft.time.pass(progress, left(RESTING)).await?)
            }
        }
    }

    async fn click(&self, progress: &Progress, aim: &Aim, is_boxed: bool) -> Result<(), StepFault> {
        const STAYS: Duration = Duration::from_millis(1500);
        match aim {
            Aim::Element(target) => {
                let found = self.bring(progress, target).await?;
                if is_boxed {
                    self.draw_box(found.area, STAYS);
                }
                self.click_on(progress, &found).await
            }
            Aim::Place { x, y } => {
                if is_boxed {
                    self.draw_box(around((*x, *y)), STAYS);
                }
                self.click_place(progress, (*x, *y)).await
            }
        }
    }

    async fn scroll(
        &self,
        progress: &Progress,
        scroll: &Scroll,
        takes: Option<Duration>,
    ) -> Result<(), StepFault> {
        self.look_wide();
        match scroll {
            Scroll::By(far) => self.scroll_by(progress, *far, takes).await,
            Scroll::Position(y) => self.scroll_to(progress, *y, takes).await,
            Scroll::Top => self.scroll_to(progress, 0.0, takes).await,
            Scroll::Bottom => {
                let place = self.scrolled(progress).await?;
                self.scroll_to(progress, place.most, takes).await
            }
            Scroll::To(target) => {
                let found = self.find(progress, target).await?;
                let (_, height) = self.craft.layout.viewport();
                let height = f64::from(height);
                let far = if found.area.height > height * 0.8 {
                    found.area.y - height * 0.1
                } else {
                    found.area.center().1 - height * 0.46
                };
                self.scroll_by(progress, far, takes).await
            }
        }
    }

    async fn change_tab(&self, progress: &Progress, tab: Tab) -> Result<(), StepFault> {
        let pages = self.craft.context.pages();
        match tab {
            Tab::Close if pages.len() < 2 => {
                return Err(StepFault::Page("no other tab is open".to_owned()));
            }
            Tab::Close => {
                let closing = self.page().close(progress).await;
                closing.map_err(|source| StepFault::browser("closing the tab", source))?;
                self.settle(progress).await?;
            }
            Tab::Number(number) => {
                let page = number.checked_sub(1).and_then(|index| pages.get(index));
                let page = page.ok_or_else(|| {
                    StepFault::Page(format!("tab {number} is not open, of {}", pages.len()))
                })?;
                self.turn_to(progress, page).await?;
            }
        }
        Ok(self.show_address(progress).await?)
    }

    async fn open(&self, progress: &Progress, url: &str) -> Result<(), StepFault> {
        self.look_wide();
        // Where the storyboard is, links may be written as pages write them.
        let base = url::Url::parse(&self.page().url());
        let address = match base.and_then(|base| base.join(url)) {
            Ok(address) => address.to_string(),
            Err(_) => url.to_owned(),
        };
        let limited = progress.within(OPENING);
        self.page()
            .goto(&limited, &address, LoadState::Load)
            .await
            .map_err(|source| StepFault::browser("opening the address", source))?;
        Ok(self.show_address(progress).await?)
    }
}

/// How long people need for a sentence.
fn reading_time(words: &str) -> Duration {
    let letters = u64::try_from(words.chars().count()).unwrap_or(u64::MAX);
    Duration::from_millis(900 + 45 * letters.min(200))
}
