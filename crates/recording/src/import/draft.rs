//! A recording that an importer is making: its steps so far, what it cannot say, and what is wrong with the file.

use serde_json::Value;

use super::Imported;
use crate::{Map, ParseError, Problem, Recording, Size, Step, StepKind, Unknown};

pub(super) struct Draft {
    pub(super) recording: Recording,
    /// Where in the file the importer is: `tests[0].commands[3]`.
    pub(super) path: String,
    losses: Vec<Problem>,
    errors: Vec<Problem>,
}

/// A place in a draft to come back to.
pub(super) struct Mark {
    steps: usize,
    losses: usize,
    errors: usize,
}

impl Draft {
    /// A recording that says nothing yet: other tools' files tell neither when nor with which browser.
    pub(super) fn new(name: impl Into<String>) -> Self {
        let (width, height) = Recording::DEFAULT_VIEWPORT;
        let mut recording = Recording::new(name, "", Size::new(width, height), "");
        recording.viewport = None;
        recording.user_agent = None;
        recording.start_time = None;
        Self {
            recording,
            path: String::new(),
            losses: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Whether nothing says yet where the recording starts.
    pub(super) fn is_blank(&self) -> bool {
        self.recording.url.is_empty() && self.recording.steps.is_empty()
    }

    pub(super) fn add(&mut self, mut step: Step) {
        step.url.clone_from(&self.recording.url);
        self.recording.push(step);
    }

    /// How far the recording, and what is said of it, has come.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            steps: self.recording.steps.len(),
            losses: self.losses.len(),
            errors: self.errors.len(),
        }
    }

    /// Takes back what was added since, and what was said of that.
    pub(super) fn go_back(&mut self, mark: &Mark) {
        self.recording.steps.truncate(mark.steps);
        self.losses.truncate(mark.losses);
        self.errors.truncate(mark.errors);
    }

    /// Something of the file that the recording does not say.
    pub(super) fn lose(&mut self, field: &str, why: impl Into<String>) {
        self.losses.push(Problem::warning(self.place(field), why));
    }

    /// Something that makes the file no file of its format.
    pub(super) fn error(&mut self, field: &str, why: impl Into<String>) {
        self.errors.push(Problem::error(self.place(field), why));
    }

    /// A step that has no counterpart: named, and kept whole as an unknown one, which no run passes over.
    pub(super) fn keep(&mut self, tool: &str, field: &str, name: &str, why: &str, original: Value) {
        self.lose(
            field,
            format!("{name}: {why}; it is kept, and a run stops at it"),
        );
        // Under a name of its own: what a step has here may mean something else there.
        self.add(Step::new(StepKind::Unknown(Unknown {
            type_name: format!("{tool}-{name}"),
            fields: Map::from_iter([("original".to_owned(), original)]),
        })));
    }

    pub(super) fn finish(self) -> Result<Imported, ParseError> {
        if !self.errors.is_empty() {
            return Err(ParseError {
                problems: self.errors,
            });
        }
        if self.recording.url.is_empty() {
            return Err(ParseError::one(
                &self.path,
                "no step opens a page, so nothing says where it starts",
            ));
        }
        Ok(Imported {
            recording: self.recording,
            losses: self.losses,
        })
    }

    fn place(&self, field: &str) -> String {
        match (self.path.as_str(), field) {
            ("", field) => field.to_owned(),
            (path, "") => path.to_owned(),
            (path, field) => format!("{path}.{field}"),
        }
    }
}
