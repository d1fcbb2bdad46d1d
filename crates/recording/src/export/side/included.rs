//! Included recordings as further tests of the project, which `run` performs in the place of its command.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Writer, numbered};
use crate::{Include, Recording, Step, StepKind};

/// The tests that the project has beside its own.
pub(super) struct Others<'a> {
    recordings: &'a BTreeMap<String, Recording>,
    pub(super) tests: Vec<Value>,
    /// The names that are taken.
    names: Vec<String>,
    /// The name of each recording's test, by the word that steps name the recording by.
    known: BTreeMap<String, String>,
    /// The recordings that are being written, the outermost first.
    open: Vec<String>,
}

impl<'a> Others<'a> {
    pub(super) fn new(recordings: &'a BTreeMap<String, Recording>, name: &str) -> Self {
        Self {
            recordings,
            tests: Vec::new(),
            names: vec![name.to_owned()],
            known: BTreeMap::new(),
            open: Vec::new(),
        }
    }

    /// `run` knows tests by their names: no two have the same.
    fn take_name(&mut self, title: &str) -> String {
        let title = match title.trim() {
            "" => "recording",
            title => title,
        };
        let numbered = (2..).map(|number| format!("{title} {number}"));
        let mut all = std::iter::once(title.to_owned()).chain(numbered);
        let name = all.find(|name| !self.names.contains(name));
        let name = name.unwrap_or_default();
        self.names.push(name.clone());
        name
    }
}

impl Writer<'_> {
    pub(super) fn include(&mut self, include: &Include) -> Result<(), String> {
        let key = &include.recording;
        let recordings = self.others.recordings;
        let name = include.recording_name.as_ref().unwrap_or(key);
        let inner = recordings
            .get(key)
            .ok_or_else(|| format!("the recording {name:?} is not at hand"))?;
        // Windows are known by the commands that opened them, which the other test does not see.
        if inner
            .steps
            .iter()
            .any(|step| matches!(step.kind, StepKind::Tab(_)))
        {
            return Err("the recording opens or changes tabs".to_owned());
        }
        if self.others.open.contains(key) {
            return Err("recordings include each other in a circle".to_owned());
        }
        let test = match self.others.known.get(key) {
            Some(known) => known.clone(),
            None => self.test(key, inner),
        };
        self.enter(&[])?;
        if include.open == Some(true) {
            self.add("open", &inner.url, "");
        }
        self.add("run", &test, "");
        Ok(())
    }

    /// Writes the recording's test, which begins on the page as it is and leaves its frames.
    fn test(&mut self, key: &str, inner: &Recording) -> String {
        let outside = self.losses.enter(key);
        let commands = std::mem::take(&mut self.commands);
        let frames = std::mem::take(&mut self.frames);
        self.others.open.push(key.to_owned());
        for (index, step) in inner.steps.iter().enumerate() {
            self.losses.at(index);
            self.step(inner, step);
        }
        if !self.frames.is_empty() {
            self.add("selectFrame", "relative=top", "");
        }
        self.others.open.pop();
        self.frames = frames;
        let commands = std::mem::replace(&mut self.commands, commands);
        self.losses.leave(outside);
        let name = self.others.take_name(&inner.test_name);
        let number = self.others.tests.len() + 2;
        let id = format!("test-{number}");
        self.others
            .tests
            .push(json!({ "id": id, "name": name, "commands": numbered(number, commands) }));
        self.others.known.insert(key.to_owned(), name.clone());
        name
    }

    /// What `run` does not say of the step.
    pub(super) fn include_losses(&mut self, step: &Step) {
        if step.timeout.is_some() {
            self.losses.lose(
                "timeout",
                "a test that is run has no limit of its own there",
            );
        }
        if step.is_optional == Some(true) || step.skip_if_not_found == Some(true) {
            self.losses.lose(
                "isOptional",
                "a test that is run and fails ends the one that runs it",
            );
        }
    }
}
