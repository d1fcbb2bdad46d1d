//! Values of variables are taken out of everything that leaves a run.

use std::borrow::Cow;

use capture::Evidence;
use recording::Variables;
use serde_json::Value;

use crate::healed::Healed;
use crate::outcome::{Matched, StepError, StepStatus};

pub(crate) fn text(variables: &Variables, text: String) -> String {
    match variables.mask(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(masked) => masked,
    }
}

fn in_place(variables: &Variables, text: &mut String) {
    if let Cow::Owned(masked) = variables.mask(text) {
        *text = masked;
    }
}

pub(crate) fn status(variables: &Variables, status: StepStatus) -> StepStatus {
    match status {
        StepStatus::Skipped { reason } => StepStatus::Skipped {
            reason: text(variables, reason),
        },
        other => other,
    }
}

pub(crate) fn error(variables: &Variables, mut error: StepError) -> StepError {
    in_place(variables, &mut error.message);
    if let Some(detail) = &mut error.detail {
        in_place(variables, detail);
    }
    error
        .call_log
        .iter_mut()
        .for_each(|line| in_place(variables, line));
    for tried in &mut error.tried {
        in_place(variables, &mut tried.value);
    }
    error
}

pub(crate) fn matched(variables: &Variables, mut matched: Matched) -> Matched {
    in_place(variables, &mut matched.value);
    matched
}

/// A selector with a value in it is left out: half of it would find nothing, and all of it must not be kept.
pub(crate) fn healed(variables: &Variables, mut healed: Box<Healed>) -> Box<Healed> {
    let is_clean = |text: &str| matches!(variables.mask(text), Cow::Borrowed(_));
    healed
        .after
        .selectors
        .retain(|selector| is_clean(&selector.value.to_string()));
    if !is_clean(&healed.after.fingerprint.to_string()) {
        healed.after.fingerprint = Value::Null;
    }
    in_place(variables, &mut healed.before.value);
    in_place(variables, &mut healed.before.description);
    in_place(variables, &mut healed.after.description);
    if let Some(second) = &mut healed.runner_up {
        in_place(variables, &mut second.description);
    }
    healed
}

pub(crate) fn evidence(variables: &Variables, evidence: &mut Evidence) {
    if variables.is_empty() {
        return;
    }
    in_place(variables, &mut evidence.url);
    for text in [&mut evidence.dom, &mut evidence.title]
        .into_iter()
        .flatten()
    {
        in_place(variables, text);
    }
    for entry in &mut evidence.console {
        in_place(variables, &mut entry.text);
        for text in [&mut entry.url, &mut entry.stack].into_iter().flatten() {
            in_place(variables, text);
        }
    }
    for failure in &mut evidence.network_failures {
        in_place(variables, &mut failure.url);
        if let Some(error) = &mut failure.error {
            in_place(variables, error);
        }
    }
}
