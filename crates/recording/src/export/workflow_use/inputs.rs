//! Variables as the inputs of a workflow, whose values stand where a text says `{NAME}`.

use serde_json::{Value, json};

use super::super::losses::Losses;
use crate::{Recording, StepKind, VariableDeclaration, Variables};

/// The types that an input can have.
const TYPES: [&str; 3] = ["string", "number", "bool"];

/// The inputs of a workflow.
#[derive(Default)]
pub(super) struct Inputs {
    names: Vec<String>,
    /// The type of each.
    types: Vec<String>,
}

impl Inputs {
    /// What is declared, and what the steps ask for and do not store themselves.
    pub(super) fn of(recording: &Recording, losses: &mut Losses) -> Self {
        let mut inputs = Self::default();
        for declared in &recording.variables {
            if !Variables::is_name(&declared.name) {
                let why = format!("{:?} is no name of an input", declared.name);
                losses.lose("variables", why);
                continue;
            }
            inputs.add(&declared.name, declared.field_type.as_deref());
        }
        if recording.variables.iter().any(says_more) {
            let why = "their names are carried over, and nothing else that is declared of them";
            losses.lose("variables", why);
        }
        let stored = stored(recording);
        for name in asked(recording) {
            if !stored.contains(&name.as_str()) {
                inputs.add(&name, None);
            }
        }
        inputs
    }

    fn add(&mut self, name: &str, kind: Option<&str>) {
        if self.names.iter().any(|known| known == name) {
            return;
        }
        let kind = kind.filter(|kind| TYPES.contains(kind)).unwrap_or("string");
        self.names.push(name.to_owned());
        self.types.push(kind.to_owned());
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The declarations of the workflow.
    pub(super) fn schema(&self) -> Vec<Value> {
        let inputs = self.names.iter().zip(&self.types);
        inputs
            .map(|(name, kind)| json!({ "name": name, "type": kind, "required": true }))
            .collect()
    }

    /// The text with `{NAME}` for each `${NAME}` that is an input.
    pub(super) fn braces(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, name| {
            text.replace(&format!("${{{name}}}"), &format!("{{{name}}}"))
        })
    }

    /// As [`Inputs::braces`], for a text of the step; says so when braces of another meaning are in it.
    pub(super) fn text(&self, field: &str, text: &str, losses: &mut Losses) -> String {
        let placeholders = self.names.iter().map(|name| format!("${{{name}}}"));
        let rest = placeholders.fold(text.to_owned(), |rest, one| rest.replace(&one, ""));
        if rest.contains(['{', '}']) {
            losses.lose(field, "what stands in braces is taken for an input there");
        }
        self.braces(text)
    }
}

/// Whether more is declared than an input can say.
fn says_more(declared: &VariableDeclaration) -> bool {
    let is_plain = |kind: &str| TYPES.contains(&kind);
    declared.description.is_some()
        || declared.selector.is_some()
        || !declared.extra.is_empty()
        || declared
            .field_type
            .as_deref()
            .is_some_and(|kind| !is_plain(kind))
}

/// The names in texts that a workflow fills in.
fn asked(recording: &Recording) -> Vec<String> {
    let mut names: Vec<String> = Variables::names_in(&recording.url)
        .map(str::to_owned)
        .collect();
    for step in &recording.steps {
        let (variable, text) = match &step.kind {
            StepKind::Input(input) => (input.variable_name.as_ref(), Some(&input.value)),
            StepKind::Select(select) => {
                (select.variable_name.as_ref(), select.selected_text.as_ref())
            }
            StepKind::Navigation(to) => (None, Some(&to.to)),
            _ => continue,
        };
        match (variable, text) {
            (Some(name), _) if Variables::is_name(name) => names.push(name.clone()),
            (None, Some(text)) => names.extend(Variables::names_in(text).map(str::to_owned)),
            _ => {}
        }
    }
    names
}

/// The names that steps give values to.
fn stored(recording: &Recording) -> Vec<&str> {
    let steps = recording.steps.iter().map(|step| &step.kind);
    let names = steps.filter_map(|kind| match kind {
        StepKind::Store(store) => Some(store.variable.as_str()),
        StepKind::Control(control) => control.variable.as_deref(),
        _ => None,
    });
    names.collect()
}
