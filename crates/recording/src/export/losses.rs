//! What an export cannot say, with the place in the recording.

use crate::{Checkpoint, Problem, Recording, Step, StepKind};

/// The losses of one export.
#[derive(Default)]
pub(super) struct Losses {
    list: Vec<Problem>,
    /// `actions[3]`, or nothing for the recording as a whole.
    place: String,
    /// The included recording that is being said.
    within: Option<String>,
    /// How many losses there were before the step.
    before: usize,
}

/// Where the losses were before an included recording.
pub(super) struct Outside {
    place: String,
    within: Option<String>,
}

impl Losses {
    /// Other tools know where a drag begins and ends.
    pub(super) fn straight(&mut self, drag: &crate::Drag) {
        if !drag.path.is_empty() {
            self.lose("path", "it goes straight from its beginning to its end");
        }
    }

    /// The wheel is turned once, in the middle of the element.
    pub(super) fn wheel(&mut self, wheel: &crate::Wheel) {
        if wheel.turns.is_some_and(|turns| turns > 1) {
            self.lose("turns", "the wheel is turned at once by as much");
        }
        if wheel.coordinates.is_some() {
            self.lose("coordinates", "the pointer is in the middle of the element");
        }
    }

    /// What is said from here on is said of this step.
    pub(super) fn at(&mut self, index: usize) {
        let place = format!("actions[{index}]");
        if place != self.place {
            self.place = place;
            self.before = self.list.len();
        }
    }

    /// What is said from here on is said of an included recording.
    pub(super) fn enter(&mut self, recording: &str) -> Outside {
        Outside {
            place: std::mem::take(&mut self.place),
            within: self.within.replace(recording.to_owned()),
        }
    }

    /// The included recording has been said.
    pub(super) fn leave(&mut self, outside: Outside) {
        self.place = outside.place;
        self.within = outside.within;
    }

    pub(super) fn lose(&mut self, field: &str, why: impl Into<String>) {
        self.list.push(Problem::warning(self.path(field), why));
    }

    fn path(&self, field: &str) -> String {
        let path = match (self.place.as_str(), field) {
            ("", field) => field.to_owned(),
            (place, "") => place.to_owned(),
            (place, field) => format!("{place}.{field}"),
        };
        match &self.within {
            Some(recording) => format!("{recording}: {path}"),
            None => path,
        }
    }

    /// Whether this was already said since the step was come to.
    pub(super) fn has(&self, field: &str) -> bool {
        let path = self.path(field);
        let mut of_step = self.list.iter().skip(self.before);
        of_step.any(|loss| loss.path == path)
    }

    /// What the head of a recording says and most other formats have no place for.
    pub(super) fn head(&mut self, recording: &Recording) {
        self.tags(recording);
        self.pauses(recording);
        self.user_agent(recording);
        self.declarations(recording);
    }

    pub(super) fn tags(&mut self, recording: &Recording) {
        if !recording.tags().is_empty() {
            self.lose("tags", "are not carried over");
        }
    }

    pub(super) fn pauses(&mut self, recording: &Recording) {
        if recording.steps.iter().any(|step| step.timestamp > 0.0) {
            self.lose(
                "timestamp",
                "the pauses between the steps are not carried over",
            );
        }
    }

    pub(super) fn user_agent(&mut self, recording: &Recording) {
        if recording.user_agent.is_some() {
            self.lose("userAgent", "is not carried over");
        }
    }

    pub(super) fn declarations(&mut self, recording: &Recording) {
        if !recording.variables.is_empty() {
            self.lose("variables", "what is declared of them is not carried over");
        }
    }

    /// What any step may say and code has no place for.
    pub(super) fn common(&mut self, step: &Step) {
        // The time of a condition is part of what it says.
        if step.timeout.is_some() && !matches!(step.kind, StepKind::Control(_)) {
            self.lose(
                "timeout",
                "the step has the time that the other tool gives it",
            );
        }
        if matches!(&step.kind, StepKind::Dialog(dialog) if dialog.check_message == Some(true)) {
            self.lose("checkMessage", "what the dialog says is not checked there");
        }
        if step.content_signature.is_some() {
            self.lose(
                "contentSignature",
                "the element is found by its selector alone",
            );
        }
    }

    /// A check after which the run would go on, for a format in which every check ends it.
    pub(super) fn soft(&mut self, check: &Checkpoint) {
        if check.soft == Some(true) {
            self.lose("soft", "a check that does not hold ends the test there");
        }
    }

    pub(super) fn into_list(self) -> Vec<Problem> {
        self.list
    }
}
