//! What a step has at hand while it is performed, and what it notes for its result.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use browser::{BrowserError, Interrupted, LoadState, Page, PageEvent, Progress};
use bytes::Bytes;
use recording::{Recording, Step, StepKind, Variables};
use tokio::sync::broadcast::error::RecvError;

use crate::address::Rebase;
use crate::covers::Covers;
use crate::fault::Fault;
use crate::flow::Decision;
use crate::healed::Healed;
use crate::locate;
use crate::manner::Manner;
use crate::options::PlayOptions;
use crate::outcome::Matched;
use crate::pace::Pace;
use crate::refusal::{self, Judged};
use crate::stage::Stage;
use crate::visual::Visual;

/// How long a step waits for the document of a navigation that it began. The step itself is done by then, and the
/// steps after it wait for their own elements, so a page that never finishes loading holds nothing up.
const LOAD_PATIENCE: Duration = Duration::from_secs(10);
/// The page waits until the step's deadline and then says what is wrong; this is how long its answer may take to come.
const ANSWER_GRACE: Duration = Duration::from_secs(2);

/// What a step has at hand.
pub(crate) struct Scene<'a> {
    pub(crate) progress: Progress,
    pub(crate) stage: &'a mut Stage,
    pub(crate) options: &'a PlayOptions,
    /// What was given for the run and what its steps have stored.
    pub(crate) variables: &'a Variables,
    pub(crate) recording: &'a Recording,
    pub(crate) step: &'a Step,
    pub(crate) index: usize,
    /// The ids of the steps that include the step's recording, the outermost first.
    pub(crate) within: &'a [String],
    pub(crate) pace: &'a Pace,
    pub(crate) rebase: &'a Rebase,
    /// What is done besides for whoever watches.
    pub(crate) manner: Option<&'a dyn Manner>,
    /// Whether a control step has to look at the page.
    pub(crate) has_to_decide: bool,
    /// The round of the loop that a control step opens, once it has begun.
    pub(crate) round: Option<u64>,
    pub(crate) notes: Notes,
    /// Set when the step first changes the page; a picture taken later is not one of before.
    pub(crate) acted: Arc<AtomicBool>,
}

/// What a step notes for its result.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) matched: Option<Matched>,
    /// Set when another element took the place of the step's own.
    pub(crate) healed: Option<Box<Healed>>,
    pub(crate) retries: u32,
    pub(crate) covers: Covers,
    pub(crate) waits: Vec<String>,
    pub(crate) expected: Option<String>,
    pub(crate) actual: Option<String>,
    /// What a control step found out.
    pub(crate) decision: Option<Decision>,
    /// A variable for later steps, with its value.
    pub(crate) stored: Option<(String, String)>,
    /// The picture that the step was to take, as JPEG.
    pub(crate) picture: Option<Bytes>,
    /// What a visual check found.
    pub(crate) visual: Option<Box<Visual>>,
    /// What the other visual checks of an included recording found.
    pub(crate) visuals_within: Vec<Visual>,
}

/// A step that did not fail.
pub(crate) enum Done {
    /// It was performed.
    Performed,
    /// There was nothing to perform, for this reason.
    Skipped(String),
}

impl Scene<'_> {
    pub(crate) fn page(&mut self) -> Page {
        self.stage.page()
    }

    /// What the baseline of the step is kept under.
    pub(crate) fn baseline_id(&self) -> String {
        let mut ids = self.within.to_vec();
        ids.push(self.step.id.clone());
        ids.join("/")
    }

    /// Notes something worth telling in the step's result.
    pub(crate) fn note(&mut self, line: impl Into<String>) {
        let line = line.into();
        self.progress.log(line.clone());
        self.notes.waits.push(line);
    }

    /// Whether another tab is active now that the one has closed in which the step did nothing yet: a window that closes
    /// itself may take longer for it than the step needs to begin.
    pub(crate) fn goes_on_in_another_tab(&mut self) -> bool {
        let goes_on = !self.acted.load(Ordering::Relaxed) && !self.page().is_closed();
        if goes_on {
            self.note("the tab closed; it goes on in another");
        }
        goes_on
    }

    /// From here on the step changes the page.
    pub(crate) fn acting(&self) {
        self.acted.store(true, Ordering::Relaxed);
    }

    /// Waits for something that comes with the page, until the step's time is over or the page ends.
    pub(crate) async fn while_there<T>(
        &self,
        page: &Page,
        waiting: impl Future<Output = Result<T, BrowserError>>,
    ) -> Result<T, BrowserError> {
        tokio::select! {
            biased;
            done = waiting => done,
            error = end_of(page) => Err(error),
        }
    }

    /// How long the page may wait before it answers, in milliseconds.
    pub(crate) fn patience_ms(&self) -> u64 {
        u64::try_from(self.progress.remaining().as_millis())
            .unwrap_or(u64::MAX)
            .max(1)
    }

    /// For a call in which the page itself waits until the step's deadline.
    pub(crate) fn asking(&self) -> Progress {
        Progress::with_deadline(
            self.progress.deadline() + ANSWER_GRACE,
            self.progress.cancel_token().clone(),
        )
    }

    /// Puts the values of variables into a text.
    pub(crate) fn fill_in(&self, text: &str) -> Result<String, Fault> {
        Ok(self.variables.substitute(text)?.into_owned())
    }

    /// After an action: waits for the document of a navigation that it began, and for nothing when it began none.
    pub(crate) async fn settle(&mut self, page: &Page, navigations: u64) -> Result<(), Fault> {
        let progress = self.progress.within(LOAD_PATIENCE);
        match page
            .navigation_after(&progress, navigations, LoadState::DomContentLoaded)
            .await
        {
            Ok(navigated) => {
                self.stage.navigated = navigated;
                if !navigated {
                    return Ok(());
                }
                self.progress.log(format!("navigated to {}", page.url()));
                self.judge(&progress, page).await
            }
            Err(error) => self.excuse(error, "the page was still loading when the step ended"),
        }
    }

    /// A fault when the page shows the network door's refusal. A document that has been looked at is not asked again.
    pub(crate) async fn judge(&mut self, progress: &Progress, page: &Page) -> Result<(), Fault> {
        let shown = Some((page.id(), page.navigations()));
        if self.stage.judged != shown && refusal::check(progress, page).await? == Judged::Page {
            self.stage.judged = shown;
        }
        Ok(())
    }

    /// As [`Scene::settle`], after a call into the page whose answer came behind the news of what it began.
    pub(crate) async fn settle_after_call(
        &mut self,
        page: &Page,
        navigations: u64,
    ) -> Result<(), Fault> {
        if page.is_navigating() || page.navigations() > navigations {
            return self.settle(page, navigations).await;
        }
        Ok(())
    }

    /// Waits until the document has loaded; one that never does is noted and not waited for any longer.
    pub(crate) async fn wait_for_load(
        &mut self,
        page: &Page,
        until: LoadState,
    ) -> Result<(), Fault> {
        let progress = self.progress.within(LOAD_PATIENCE);
        match page.wait_for_load_state(&progress, until).await {
            Ok(()) => Ok(()),
            Err(error) => self.excuse(
                error,
                "the page did not finish loading; its document was there",
            ),
        }
    }

    /// What the end of an action may run into without the action having failed.
    fn excuse(&mut self, error: BrowserError, note: &str) -> Result<(), Fault> {
        match error {
            // The dialog is for the next step.
            BrowserError::DialogOpen { .. } => Ok(()),
            // A page that closes itself has done what was asked.
            BrowserError::PageClosed => {
                self.stage.navigated = true;
                Ok(())
            }
            BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. }) => {
                self.stage.navigated = true;
                self.note(note);
                Ok(())
            }
            error => Err(error.into()),
        }
    }

    /// The selectors of the step's element, or a fault when it names none. Once the step is healed they are those of the
    /// element that it acts on, so that what is read back is read from there.
    pub(crate) fn selectors(&self) -> Result<Vec<recording::Selector>, Fault> {
        if let Some(healed) = &self.notes.healed {
            return Ok(healed.after.selectors.clone());
        }
        locate::selectors_of(self.step)
    }

    /// Whether one of the next steps submits a form and was recorded so soon that this step caused it.
    pub(crate) fn submit_follows(&self) -> bool {
        /// The recorder protects against double submits for so long.
        const SOON: f64 = 2_000.0;
        let (_, end) = self.recording.span_of(self.step);
        self.recording
            .steps
            .iter()
            .skip(self.index + 1)
            .take_while(|step| {
                matches!(
                    step.kind,
                    StepKind::Navigation(_)
                        | StepKind::Checkpoint(_)
                        | StepKind::Submit(_)
                        | StepKind::ModalLifecycle(_)
                )
            })
            .find(|step| matches!(step.kind, StepKind::Submit(_)))
            .is_some_and(|step| self.recording.span_of(step).0 - end < SOON)
    }
}

/// Why the page is no more, once it is.
async fn end_of(page: &Page) -> BrowserError {
    // Subscribed before looking, or the event could pass unseen.
    let mut events = page.events();
    if page.is_crashed() {
        return BrowserError::TargetCrashed;
    }
    if page.is_closed() {
        return BrowserError::PageClosed;
    }
    loop {
        match events.recv().await {
            Ok(PageEvent::Crashed) => return BrowserError::TargetCrashed,
            Ok(PageEvent::Closed) => return BrowserError::PageClosed,
            Err(RecvError::Closed) => return BrowserError::Disconnected,
            Ok(_) | Err(RecvError::Lagged(_)) => {}
        }
    }
}
