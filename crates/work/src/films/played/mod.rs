//! A recording that is performed by the player while it is filmed: whatever a run can do a film shows, and what a run would
//! refuse is in no film either.

mod hand;
mod prompter;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::time::Duration;

use browser::{BrowserError, Progress};
use recording::{CheckType, NavigationTrigger, Recording, StepKind, document_address};
use replay::{ErrorCode, Outcome, PlayOptions, RunError, RunStatus, ScreenshotMode, Timing};
use video::{FilmError, Performance, Performer, Performing, StepFault, Title};

use hand::Hand;
use prompter::Prompter;

/// Between the beginning, or a title, and the first step.
const BEFORE: Duration = Duration::from_millis(700);
/// After the last step.
const AFTER: Duration = Duration::from_millis(1200);
/// How long a step may take. Nothing is seen of a page that is waited for, so it is less than a run has.
const STEP_LIMIT: Duration = Duration::from_secs(15);

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
    #[must_use]
    pub fn new(mut recording: Recording, mut options: PlayOptions) -> (Self, Vec<String>) {
        let begins_there = recording.steps.first().is_some_and(|step| {
            matches!(&step.kind, StepKind::Navigation(navigation)
                if navigation.navigation_trigger == NavigationTrigger::Manual
                    && navigation.to == recording.url)
        });
        let (mut numbers, mut left_out) = sift(&mut recording);
        if begins_there {
            // The film does too.
            recording.steps.remove(0);
            numbers.remove(0);
        }
        for inner in options.recordings.values_mut() {
            let name = inner.test_name.clone();
            let (_, of_inner) = sift(inner);
            left_out.extend(of_inner.into_iter().map(|line| format!("“{name}”, {line}")));
        }
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
        (played, left_out)
    }

    /// Where the film begins, with the values that its address has.
    #[must_use]
    pub fn url(&self) -> Cow<'_, str> {
        self.options.variables.substitute_known(&self.recording.url)
    }

    /// The text with the names of variables in place of the values that were given.
    #[must_use]
    pub fn masked(&self, text: String) -> String {
        self.options.variables.mask(&text).into_owned()
    }

    /// How many steps are performed.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.recording.steps.len()
    }

    /// Whether it leads over several pages, each of which is a chapter.
    fn has_pages(&self) -> bool {
        let pages = self
            .recording
            .steps
            .iter()
            .map(|step| document_address(&step.url));
        let pages: BTreeSet<&str> = pages.filter(|page| !page.is_empty()).collect();
        let leads_on = |step: &recording::Step| {
            matches!(step.kind, StepKind::Navigation(_) | StepKind::Tab(_))
        };
        pages.len() > 1 || self.recording.steps.iter().any(leads_on)
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
            (ErrorCode::PageCrashed, _) => FilmError::Browser {
                doing: "performing the recording",
                source: BrowserError::TargetCrashed,
            },
            (code, Some(index)) => FilmError::Step {
                number: self.numbers.get(index).copied().unwrap_or(index + 1),
                what: self
                    .recording
                    .steps
                    .get(index)
                    .map_or_else(String::new, |step| self.masked(step.title())),
                source: StepFault::Element {
                    reason: code.to_string(),
                    detail: message,
                },
            },
            (_, None) => FilmError::Performance(message.into()),
        })
    }
}

/// Takes out what films leave out. The answer has the number of each step that stays, and what went.
fn sift(recording: &mut Recording) -> (Vec<usize>, Vec<String>) {
    let mut numbers = Vec::new();
    let mut left_out = Vec::new();
    for (index, step) in std::mem::take(&mut recording.steps).into_iter().enumerate() {
        let number = index + 1;
        let kind = step.kind.type_name();
        let why = match &step.kind {
            StepKind::Viewport(_) => Some("a film keeps its size"),
            StepKind::Checkpoint(check) if check.check_type == CheckType::Visual => {
                Some("a film compares no pictures")
            }
            StepKind::Screenshot(_) => Some("a film is made of pictures"),
            _ => None,
        };
        match why {
            Some(why) => left_out.push(format!("step {number} ({kind}): {why}")),
            None => {
                recording.steps.push(step);
                numbers.push(number);
            }
        }
    }
    (numbers, left_out)
}

impl Performance for Played {
    fn opening(&self) -> Option<String> {
        Some(self.url().into_owned())
    }

    fn shown_address(&self, address: String) -> String {
        self.masked(address)
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
                played: self,
                shown: self.has_pages().then(String::new),
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
