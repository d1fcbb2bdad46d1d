//! The importer as the exporter asks it: what it makes of a line, after the lines before.

use serde_json::Value;

use super::Reader;
use crate::Step;

/// Reads lines one by one while they are written.
pub(crate) struct Follower(Reader);

impl Follower {
    pub(crate) fn new() -> Self {
        Self(Reader::new())
    }

    /// The steps that the importer makes of the action.
    pub(crate) fn read(&mut self, line: &Value) -> Vec<Step> {
        let start = self.0.draft.mark();
        if let Some(fields) = line.as_object() {
            self.0.action(fields.clone(), false);
        }
        let steps = self.0.draft.recording.steps.clone();
        self.0.draft.go_back(&start);
        steps
    }

    /// Says that the page of this number is worked in from here on.
    pub(crate) fn turn_to(&mut self, page: usize) {
        self.0.current = page;
    }

    /// The page that the importer takes the next line to be for, unless the line says another.
    pub(crate) fn page(&self) -> usize {
        self.0.current
    }

    /// How many pages have been opened.
    pub(crate) fn pages(&self) -> usize {
        self.0.pages.len()
    }
}
