//! A recording that is performed by the player while it is filmed: whatever a run can do a film shows, and what a run would
//! refuse is in no film either.

use std::pin::Pin;
use std::time::Duration;

use browser::{BrowserError, Page, Point, Progress};
use recording::{CheckType, NavigationTrigger, Recording, StepKind};
use replay::{
    ErrorCode, Manner, Observer, Outcome, PlayEvent, PlayOptions, RunError, RunStatus,
    ScreenshotMode, Seen, Show, StepResult, StepStatus, Timing,
};
use video::{Area, FilmError, Performance, Performer, Performing, StepFault, Title};

use super::from_recording::NotFilmable;

/// Between the beginning, or a title, and the first step.
const BEFORE: Duration = Duration::from_millis(700);
/// After the last step.
const AFTER: Duration = Duration::from_millis(1200);
/// What a step did is looked at for so long.
const RESTING: Duration = Duration::from_millis(750);
/// How long the button stays down in a click.
const HELD: Duration = Duration::from_millis(95);
/// From one key to the next: a fluent typist.
const KEY: Duration = Duration::from_millis(75);
/// Nobody wants to watch a text being typed for longer.
const TYPING: Duration = Duration::from_secs(4);
/// How long a step may take. Nothing is seen of a page that is waited for, so it is less than a run has.
const STEP_LIMIT: Duration = Duration::from_secs(15);
/// How long a box around what is checked is to be seen.
const CHECKED: Duration = Duration::from_millis(900);

/// A recording in front of the camera.
#[derive(Debug)]
pub struct Played {
    recording: Recording,
    /// The recording's own number of each step that is performed, from 1.
    numbers: Vec<usize>,
    options: PlayOptions,
    /// A card before everything else.
    pub title: Option<Title>,
    /// Whether each step's name is written below it.
    pub captions: bool,
}

impl Played {
    /// Prepares a recording. `options` has what a run needs besides: values of variables, files, included recordings. The
    /// answer has what is not performed, a sentence each.
    ///
    /// # Errors
    /// Names the first step that cannot be filmed.
    pub fn new(
        mut recording: Recording,
        options: PlayOptions,
    ) -> Result<(Self, Vec<String>), NotFilmable> {
        let mut numbers = Vec::new();
        let mut left_out = Vec::new();
        let mut steps = Vec::new();
        for (index, step) in std::mem::take(&mut recording.steps).into_iter().enumerate() {
            let number = index + 1;
            let kind = step.kind.type_name().to_owned();
            let why = match &step.kind {
                StepKind::Tab(_) => {
                    let problem = "a film shows one tab".to_owned();
                    return Err(NotFilmable {
                        number,
                        kind,
                        problem,
                    });
                }
                StepKind::Viewport(_) => Some("a film keeps its size"),
                StepKind::Checkpoint(check) if check.check_type == CheckType::Visual => {
                    Some("a film compares no pictures")
                }
                // The film begins there.
                StepKind::Navigation(navigation)
                    if index == 0
                        && navigation.navigation_trigger == NavigationTrigger::Manual
                        && navigation.to == recording.url =>
                {
                    continue;
                }
                _ => None,
            };
            match why {
                Some(why) => left_out.push(format!("step {number} ({kind}): {why}")),
                None => {
                    steps.push(step);
                    numbers.push(number);
                }
            }
        }
        recording.steps = steps;
        let played = Self {
            recording,
            numbers,
            options: PlayOptions {
                timing: Timing::Instant,
                is_open: true,
                screenshots: ScreenshotMode::Never,
                continue_on_error: false,
                step_timeout: STEP_LIMIT,
                ..options
            },
            title: None,
            captions: false,
        };
        Ok((played, left_out))
    }

    /// Where the film begins.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.recording.url
    }

    /// How many steps are performed.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.recording.steps.len()
    }

    fn failure(&self, outcome: &Outcome) -> Option<FilmError> {
        let RunError {
            code,
            message,
            step,
        } = outcome.error.clone()?;
        Some(match (code, step) {
            (ErrorCode::Cancelled, _) => FilmError::Cancelled,
            (ErrorCode::BrowserGone, _) => FilmError::Browser {
                doing: "performing the recording",
                source: BrowserError::Disconnected,
            },
            (code, Some(index)) => FilmError::Step {
                number: self.numbers.get(index).copied().unwrap_or(index + 1),
                what: self
                    .recording
                    .steps
                    .get(index)
                    .map_or_else(String::new, recording::Step::title),
                source: StepFault::Element {
                    reason: code.to_string(),
                    detail: message,
                },
            },
            (_, None) => FilmError::Performance(message.into()),
        })
    }
}

impl Performance for Played {
    fn opening(&self) -> Option<String> {
        Some(self.recording.url.clone())
    }

    fn title(&self) -> Option<Title> {
        self.title.clone()
    }

    fn perform<'a>(&'a self, progress: &'a Progress, performer: &'a Performer) -> Performing<'a> {
        Box::pin(async move {
            performer.pause(progress, BEFORE).await?;
            let mut prompter = Prompter {
                progress,
                performer,
                numbers: &self.numbers,
                captions: self.captions,
                began: None,
            };
            let hand = Hand { performer };
            let outcome = replay::play_seen(
                progress,
                performer.context(),
                &self.recording,
                &self.options,
                (&mut prompter, &hand),
            )
            .await;
            if outcome.status != RunStatus::Passed {
                let failed = self.failure(&outcome);
                return Err(failed.unwrap_or_else(|| {
                    FilmError::Performance("the recording did not pass".into())
                }));
            }
            performer.look_wide();
            performer.pause(progress, AFTER).await
        })
    }
}

/// Tells the film which step it is, and lets what it did be seen.
struct Prompter<'a> {
    progress: &'a Progress,
    performer: &'a Performer,
    numbers: &'a [usize],
    captions: bool,
    began: Option<Duration>,
}

impl Prompter<'_> {
    async fn begins(&mut self, index: usize, title: &str) -> Result<(), FilmError> {
        let number = self.numbers.get(index).copied().unwrap_or(index + 1);
        let of = self.numbers.last().copied();
        self.began = Some(self.performer.step_begins(number, of, title));
        if self.captions {
            self.performer.caption(self.progress, Some(title)).await?;
        }
        Ok(())
    }

    async fn ended(&mut self, result: &StepResult) -> Result<(), FilmError> {
        let began = self.began.take();
        if let StepStatus::Skipped { .. } = result.status
            && began.is_none()
        {
            return Ok(());
        }
        let note = result.healed.as_ref().map(|healed| {
            format!(
                "healed: {} took the place of {}",
                healed.after.description, healed.before.value
            )
        });
        let began = began.unwrap_or_else(|| self.performer.now());
        self.performer.step_ended(&result.title, began, None, note);
        if result.status != StepStatus::Passed {
            return Ok(());
        }
        self.performer.show_address(self.progress).await?;
        self.performer.pause(self.progress, RESTING).await?;
        if self.captions {
            self.performer.caption(self.progress, None).await?;
        }
        Ok(())
    }
}

impl Observer for Prompter<'_> {
    fn event<'a>(&'a mut self, event: PlayEvent) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            let told = match event {
                PlayEvent::StepStarted { index, title, .. } => self.begins(index, &title).await,
                PlayEvent::StepFinished(result) => self.ended(&result).await,
                PlayEvent::Started { .. } | PlayEvent::Finished(_) => Ok(()),
            };
            // Cancelled or too late: the player finds that out at once.
            if let Err(error) = told {
                tracing::debug!(%error, "the film was not told of a step");
            }
        })
    }
}

/// The hand that is seen.
struct Hand<'a> {
    performer: &'a Performer,
}

impl Hand<'_> {
    /// A film has one page, which is what its pictures show.
    fn is_filmed(&self, page: &Page) -> bool {
        self.performer.page().id() == page.id()
    }

    fn shown(&self, done: Result<(), StepFault>) {
        if let Err(error) = done {
            tracing::debug!(%error, "the way to an element is not in the film");
        }
    }
}

impl std::fmt::Debug for Hand<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hand").finish_non_exhaustive()
    }
}

impl Manner for Hand<'_> {
    fn bring<'a>(&'a self, progress: &'a Progress, page: &'a Page, area: Seen) -> Show<'a> {
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
        area: Seen,
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

    fn check<'a>(&'a self, progress: &'a Progress, page: &'a Page, area: Seen) -> Show<'a> {
        Box::pin(async move {
            if self.is_filmed(page) {
                let area = area_of(area);
                let brought = self.performer.bring_into_view(progress, area);
                self.shown(brought.await);
                self.performer.draw_box(area, CHECKED);
            }
        })
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

fn area_of(seen: Seen) -> Area {
    Area {
        x: seen.x,
        y: seen.y,
        width: seen.width,
        height: seen.height,
    }
}
