//! When an arrival at another address is a step of the recording, and what caused it.

use std::time::Duration;

use recording::{Navigation, NavigationTrigger, Step, StepKind, WaitUntil};

use super::age;
use super::shelf::Inner;

/// An arrival this long after a step was caused by it, unless somebody used the toolbar.
const CAUSED_WITHIN: Duration = Duration::from_secs(10);

/// What somebody did in the toolbar to get there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// An address was typed, or the page loaded again.
    Manual,
    /// One back.
    Back,
    /// One forward.
    Forward,
}

/// The active page shows another address.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    /// Address before.
    pub(crate) from: String,
    /// Address now; for one that was typed, what was typed.
    pub(crate) to: String,
    /// The document stayed.
    pub(crate) same_document: bool,
    /// The toolbar, when it was used.
    pub(crate) cause: Option<Cause>,
    /// The window has an address field of its own, so what nothing else caused was typed there.
    pub(crate) typed_in_window: bool,
    /// When, from the start of the recording in milliseconds.
    pub(crate) timestamp: f64,
}

impl Arrival {
    /// The step to write down; `None` when the arrival is no event of its own.
    pub(crate) fn step(&self, shelf: &Inner) -> Option<Step> {
        let last = shelf.steps.last();
        let caused_by = last
            .filter(|entry| age(entry.added) < CAUSED_WITHIN)
            .map(|entry| &entry.step.kind);
        let trigger = match (self.cause, caused_by) {
            (Some(Cause::Manual), _) => NavigationTrigger::Manual,
            (Some(Cause::Back), _) => NavigationTrigger::Back,
            (Some(Cause::Forward), _) => NavigationTrigger::Forward,
            (None, Some(kind)) => caused(kind)?,
            (None, None) if self.typed_in_window => NavigationTrigger::Manual,
            (None, None) => NavigationTrigger::Redirect,
        };
        if self.same_document && !self.counts_in_page(&trigger) {
            return None;
        }
        // A page that refreshes itself goes nowhere.
        if trigger == NavigationTrigger::Redirect && self.from == self.to {
            return None;
        }
        let mut step = Step::new(Navigation {
            from: Some(self.from.clone()),
            to: self.to.clone(),
            navigation_trigger: trigger,
            wait_until: Some(WaitUntil::Load),
            ..Navigation::default()
        });
        step.url.clone_from(&self.from);
        step.timestamp = self.timestamp;
        Some(step)
    }

    /// A page that rewrites its address while one scrolls or types goes nowhere; a click that leads to another view does.
    fn counts_in_page(&self, trigger: &NavigationTrigger) -> bool {
        let caused = !matches!(
            trigger,
            NavigationTrigger::Redirect | NavigationTrigger::Manual
        );
        caused && path_and_hash(&self.from) != path_and_hash(&self.to)
    }
}

fn caused(kind: &StepKind) -> Option<NavigationTrigger> {
    Some(match kind {
        StepKind::Submit(_) => NavigationTrigger::FormSubmit,
        StepKind::Keypress(key) if key.key == "Enter" => NavigationTrigger::FormSubmit,
        StepKind::Click(_)
        | StepKind::Keypress(_)
        | StepKind::Select(_)
        | StepKind::Dialog(_)
        | StepKind::Drag(_) => NavigationTrigger::Click,
        // A second hop right after the first: the page that was asked for sends on to another.
        StepKind::Navigation(_) => NavigationTrigger::Redirect,
        StepKind::Input(_) | StepKind::Upload(_) | StepKind::Hover(_) => NavigationTrigger::Click,
        // A new tab brings its address itself.
        StepKind::Tab(_) => return None,
        _ => NavigationTrigger::Redirect,
    })
}

fn path_and_hash(url: &str) -> (String, String) {
    url::Url::parse(url).map_or_else(
        |_| (url.to_owned(), String::new()),
        |url| {
            (
                url.path().to_owned(),
                url.fragment().unwrap_or_default().to_owned(),
            )
        },
    )
}
