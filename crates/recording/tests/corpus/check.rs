//! What has to hold for any input at all; the fuzzer and the corpus test share it.

use recording::{Format, Recording, Target, Variables, export, import_all, rows};

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was a recording, or rows of data.
    Read,
    /// It was refused with an error.
    Refused,
}

const TARGETS: [Target; 10] = [
    Target::DevTools,
    Target::Side,
    Target::PlaywrightJsonl,
    Target::WorkflowUse,
    Target::Playwright,
    Target::Puppeteer,
    Target::Selenium,
    Target::Cypress,
    Target::Yaml,
    Target::Json,
];

/// Reads the input in every way there is, and does with what was read what a user would do.
///
/// # Errors
/// What does not hold.
pub(crate) fn look(input: &[u8]) -> Result<Outcome, String> {
    let mut outcome = Outcome::Refused;
    if rows(input).is_ok_and(|rows| !rows.is_empty()) {
        outcome = Outcome::Read;
    }
    match import_all(input) {
        Ok(all) => {
            outcome = Outcome::Read;
            for imported in &all {
                used(&imported.recording)?;
            }
        }
        Err(error) if error.to_string().trim().is_empty() => {
            return Err("an error without a word".to_owned());
        }
        Err(_) => {}
    }
    Ok(outcome)
}

fn used(recording: &Recording) -> Result<(), String> {
    let _ = recording.validate();
    for step in &recording.steps {
        let _ = (step.title(), step.locators(), step.frame_path());
        let _ = step.with_values(&Variables::default());
    }
    let text = recording
        .to_json_pretty()
        .map_err(|error| format!("cannot be written: {error}"))?;
    match Recording::parse(&text, Format::Json) {
        Ok(again) if again == *recording => {}
        Ok(_) => return Err("written and read again it is another".to_owned()),
        Err(error) => return Err(format!("written it cannot be read again: {error}")),
    }
    for target in TARGETS {
        // What cannot be written is an error; what matters is that it is no panic.
        let _ = export(recording, target);
    }
    Ok(())
}
