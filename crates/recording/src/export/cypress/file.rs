//! The file around the steps: the size of the page, the functions that the steps call.

use std::collections::BTreeMap;

use super::Cypress;
use crate::Recording;
use crate::export::Exported;
use crate::export::code::{self, Function};
use crate::export::element::text;
use crate::export::javascript::{self, Types};

pub(in super::super) fn export(
    recording: &Recording,
    recordings: &BTreeMap<String, Recording>,
) -> Exported {
    let script = code::script::<Cypress>(recording, recordings);
    let body: String = script
        .lines
        .iter()
        .map(|line| format!("    {line}\n"))
        .collect();
    let functions: String = script.functions.iter().map(function).collect();
    let (width, height) = recording.page_size();
    let name = if recording.test_name.is_empty() {
        "recording"
    } else {
        &recording.test_name
    };
    // Where the runner is told what `proscenium run` takes from the environment.
    let helpers = javascript::helpers(&format!("{functions}{body}"), Types::Unknown, VALUES)
        .replace(
            "process.env[`PROSCENIUM_VAR_${name}`]",
            "Cypress.env(`PROSCENIUM_VAR_${name}`)",
        );
    let text = format!(
        "{helpers}{functions}\ndescribe({0}, () => {{\n  it({0}, () => {{\n    cy.viewport({width}, {height});\n{body}  }});\n}});\n",
        text(name),
    );
    Exported {
        text: text.trim_start().to_owned(),
        losses: script.losses,
    }
}

/// What rounds and texts are known by while the commands are queued.
const VALUES: &str = "
let values = {};
beforeEach(() => {
  values = {};
});
";

fn function(function: &Function) -> String {
    let lines: String = function
        .lines
        .iter()
        .map(|line| format!("  {line}\n"))
        .collect();
    format!(
        "\n{}\nfunction {}() {{\n{lines}}}\n",
        javascript::title(&function.title),
        function.name
    )
}
