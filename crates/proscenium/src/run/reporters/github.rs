//! Annotations of GitHub's workflows: a line that the runner turns into a mark on the commit.

use std::fmt::Write as _;

use crate::run::healed;
use crate::run::origin::Origin;
use crate::run::result::{Performed, Ran, Report, Verdict};

pub(super) fn annotations(report: &Report) -> String {
    let mut out = String::new();
    if let Some(problem) = &report.problem {
        line(
            &mut out,
            "error",
            None,
            "Nothing could be performed",
            problem,
        );
    }
    for performed in &report.performed {
        recording(performed, &mut out);
    }
    out
}

fn recording(performed: &Performed, out: &mut String) {
    let (level, word) = match performed.verdict() {
        Verdict::Passed if performed.is_healed() => return healed(performed, out),
        Verdict::Passed => return,
        Verdict::Flaky => ("warning", "flaky"),
        Verdict::Failed => ("error", "failed"),
        Verdict::NotRun => ("notice", "not performed"),
    };
    let file = file_of(performed);
    let title = format!("{} {word}", performed.name());
    let Some(failed) = performed.runs.iter().rev().find(|run| !run.passed()) else {
        let why = "a recording before it failed, or the run was interrupted";
        return line(out, level, file.as_deref(), &title, why);
    };
    let mut said = String::new();
    for step in failed.failed_steps() {
        let message = step.error.as_ref().map_or("", |error| &error.message);
        // Writing to a string cannot fail.
        let _ = writeln!(said, "{}. {}: {message}", step.index + 1, step.title);
    }
    if said.is_empty() {
        said = failed.reason();
    }
    line(out, level, file.as_deref(), &title, said.trim_end());
}

/// It passed, but not on the elements that the recording names.
fn healed(performed: &Performed, out: &mut String) {
    let runs = performed.runs.last().into_iter();
    let said: Vec<String> = runs
        .flat_map(Ran::healed_steps)
        .map(|(step, healed)| healed::line(step, healed))
        .collect();
    let title = format!("{} healed", performed.name());
    line(
        out,
        "warning",
        file_of(performed).as_deref(),
        &title,
        &said.join("\n"),
    );
}

fn file_of(performed: &Performed) -> Option<String> {
    match &performed.origin {
        Origin::File(file) => Some(file.display().to_string()),
        Origin::Server(_) => None,
    }
}

fn line(out: &mut String, level: &str, file: Option<&str>, title: &str, message: &str) {
    let file = file.map_or_else(String::new, |file| format!("file={},", property(file)));
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "::{level} {file}title={}::{}",
        property(title),
        data(message)
    );
}

/// What would end the line, or begin another command in it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The same, and what separates one property from the next.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_of_a_page_adds_a_command_of_its_own(title in "[a-z:,%\r\n]{0,12}", message in "(\n|\r|::error::|[a-z%])*") {
            let mut out = String::new();
            line(&mut out, "error", Some("a,b.json"), &title, &message);
            prop_assert_eq!(out.trim_end_matches('\n').lines().count(), 1);
            prop_assert!(out.starts_with("::error file=a%2Cb.json,title="));
            prop_assert!(!out.contains('\r'));
        }
    }
}
