//! The file around the steps: the size of the page, the functions that the steps call.

use std::collections::BTreeMap;

use super::Cypress;
use crate::Recording;
use crate::export::Exported;
use crate::export::code;
use crate::export::element::text;
use crate::export::javascript::{self, Types};

pub(in super::super) fn export(
    recording: &Recording,
    recordings: &BTreeMap<String, Recording>,
) -> Exported {
    let script = code::script::<Cypress>(recording, recordings);
    let body = code::indented(&script.lines, "    ");
    let functions = javascript::functions(&script.functions, |name| format!("function {name}()"));
    let (width, height) = recording.page_size();
    // Where the runner is told what `proscenium run` takes from the environment.
    let helpers = javascript::helpers(&format!("{functions}{body}"), Types::Unknown, VALUES)
        .replace(
            "process.env[`PROSCENIUM_VAR_${name}`]",
            "Cypress.env(`PROSCENIUM_VAR_${name}`)",
        );
    let text = format!(
        "{helpers}{functions}\ndescribe({0}, () => {{\n  it({0}, () => {{\n    cy.viewport({width}, {height});\n{body}  }});\n}});\n",
        text(code::name(recording)),
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
