//! Included recordings, each as a function that stands before the test.

use std::collections::BTreeMap;

use super::script::{Level, Writer};
use super::{Language, goes_there_itself};
use crate::{Include, Recording, StepKind};

/// An included recording.
pub(in super::super) struct Function {
    pub(in super::super) name: String,
    /// The name of the recording.
    pub(in super::super) title: String,
    pub(in super::super) lines: Vec<String>,
}

/// The functions that were written so far, those that others call first.
#[derive(Default)]
pub(super) struct Functions {
    pub(super) list: Vec<Function>,
    /// The function of each recording, by the word that steps name it by.
    names: BTreeMap<String, String>,
    /// The recordings that are being written, the outermost first.
    open: Vec<String>,
}

impl Writer<'_> {
    /// Calls the recording's function, which is written when it is first asked for.
    pub(super) fn include<L: Language>(
        &mut self,
        include: &Include,
        language: &mut L,
    ) -> Result<Vec<String>, String> {
        let key = &include.recording;
        let recordings = self.recordings;
        let name = include.recording_name.as_ref().unwrap_or(key);
        let inner: &Recording = recordings
            .get(key)
            .ok_or_else(|| format!("the recording {name:?} is not at hand"))?;
        let mut lines = Vec::new();
        if include.open == Some(true) && !goes_there_itself(inner) {
            lines.extend(language.open(&inner.url));
        }
        let function = self.function(key, inner, language)?;
        lines.push(language.call(&function));
        Ok(lines)
    }

    fn function<L: Language>(
        &mut self,
        key: &str,
        inner: &Recording,
        language: &L,
    ) -> Result<String, String> {
        if let Some(known) = self.functions.names.get(key) {
            return Ok(known.clone());
        }
        if self.functions.open.iter().any(|open| open == key) {
            return Err("recordings include each other in a circle".to_owned());
        }
        // What opens the dialog comes before the function is called, where nobody would wait for it.
        if matches!(
            inner.steps.first().map(|step| &step.kind),
            Some(StepKind::Dialog(_))
        ) {
            return Err("the recording begins with the answer to a dialog".to_owned());
        }
        self.functions.open.push(key.to_owned());
        let outside = self.losses.enter(key);
        let lines = self.steps(inner, &mut L::default(), Level::Included);
        self.losses.leave(outside);
        self.functions.open.pop();
        let name = self.functions.free_name(&inner.test_name, language);
        self.functions.names.insert(key.to_owned(), name.clone());
        self.functions.list.push(Function {
            name: name.clone(),
            title: inner.test_name.clone(),
            lines,
        });
        Ok(name)
    }
}

impl Functions {
    /// A name that no other function has. The first word keeps it apart from everything else in the file.
    fn free_name<L: Language>(&self, title: &str, language: &L) -> String {
        let mut words = vec!["perform".to_owned()];
        words.extend(
            title
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_ascii_lowercase)
                .take(8),
        );
        if words.len() == 1 {
            words.push("recording".to_owned());
        }
        let is_taken = |name: &str| self.list.iter().any(|function| function.name == name);
        let mut name = language.function(&words);
        let mut number = 2;
        while is_taken(&name) {
            let mut numbered = words.clone();
            numbered.push(number.to_string());
            name = language.function(&numbered);
            number += 1;
        }
        name
    }
}
