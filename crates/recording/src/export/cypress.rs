//! A test of Cypress.

mod query;

use std::collections::BTreeMap;

use super::Exported;
use super::code::{self, Condition, Function, Language, Part, Said};
use super::element::{self, text};
use super::javascript::{self, Types, comment, expression};
use super::losses::Losses;
use crate::{
    CheckType, Checkpoint, Click, Dialog, DialogResponse, Keypress, Modifier, MouseButton,
    NavigationTrigger, Recording, ScrollTarget, Step, StepKind, Store, StoreFrom, WaitFor,
};
use query::query;

pub(super) fn export(recording: &Recording, recordings: &BTreeMap<String, Recording>) -> Exported {
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

/// Why branches are no part of a test there.
const QUEUED: &str = "commands are queued there before anything is known of the page";

#[derive(Default)]
struct Cypress;

impl Language for Cypress {
    const INDENT: &'static str = "  ";
    const FALSE: &'static str = "false";

    fn open(&mut self, url: &str) -> Vec<String> {
        vec![format!("cy.visit({});", expression(url))]
    }

    fn expect(&mut self, dialogs: &[&Dialog], _opens_tab: bool) -> Vec<String> {
        // Cypress accepts alerts and confirmations by itself.
        dialogs
            .iter()
            .map(
                |dialog| match (dialog.dialog_type.as_deref(), &dialog.response) {
                    (Some("prompt"), answer) => {
                        let text = if *answer == DialogResponse::Dismiss {
                            "null".to_owned()
                        } else {
                            expression(dialog.prompt_value.as_deref().unwrap_or_default())
                        };
                        format!(
                            "cy.window().then((win) => cy.stub(win, \"prompt\").returns({text}));"
                        )
                    }
                    (_, DialogResponse::Dismiss) => {
                        "cy.once(\"window:confirm\", () => false);".to_owned()
                    }
                    _ => "cy.once(\"window:confirm\", () => true);".to_owned(),
                },
            )
            .collect()
    }

    fn step(&mut self, step: &Step, losses: &mut Losses) -> Result<Vec<String>, String> {
        if !step.frame_path().is_empty() {
            return Err("its element is in a frame".to_owned());
        }
        if step.is_optional == Some(true) || step.skip_if_not_found == Some(true) {
            losses.lose(
                "isOptional",
                "a step that fails ends the test: commands are queued",
            );
        }
        let mut find = || element::first(step, losses, query);
        let line = match &step.kind {
            StepKind::Click(click) => clicked(step, click, &find()?)?,
            StepKind::Input(input)
                if !matches!(
                    input.input_type.as_deref(),
                    Some("file" | "checkbox" | "radio")
                ) =>
            {
                let found = find()?;
                match &input.variable_name {
                    None if input.value.is_empty() => format!("{found}.clear();"),
                    Some(name) => typed(&found, &format!("${{{name}}}")),
                    None => typed(&found, &input.value),
                }
            }
            StepKind::Select(select) => {
                let option = match (
                    &select.selected_value,
                    &select.selected_text,
                    select.selected_index,
                ) {
                    (Some(option), ..) | (None, Some(option), _) => expression(option),
                    (None, None, Some(index)) => index.to_string(),
                    (None, None, None) => return Err("it names no option".to_owned()),
                };
                format!("{}.select({option});", find()?)
            }
            StepKind::Navigation(to) => match &to.navigation_trigger {
                NavigationTrigger::Manual => format!("cy.visit({});", expression(&to.to)),
                NavigationTrigger::Back => "cy.go(\"back\");".to_owned(),
                NavigationTrigger::Forward => "cy.go(\"forward\");".to_owned(),
                _ => format!("cy.url().should(\"eq\", {});", expression(&to.to)),
            },
            StepKind::Scroll(scroll) if scroll.element == ScrollTarget::Window => {
                format!("cy.scrollTo({}, {});", scroll.scroll_x, scroll.scroll_y)
            }
            StepKind::Scroll(scroll) => format!(
                "{}.scrollTo({}, {});",
                find()?,
                scroll.scroll_x,
                scroll.scroll_y
            ),
            StepKind::Keypress(press) => format!(
                "{}.type({}, {{ delay: 0 }});",
                if step.locators().is_empty() {
                    "cy.focused()".to_owned()
                } else {
                    find()?
                },
                text(&keys(press)?)
            ),
            StepKind::Submit(_) => format!("{}.submit();", find()?),
            StepKind::Checkpoint(check) => checked(step, check, losses)?,
            StepKind::Upload(upload) => {
                let files: Option<Vec<String>> = upload
                    .files
                    .iter()
                    .map(|file| file.path.as_deref().map(expression))
                    .collect();
                let files = files.ok_or("a file is stored with the recording and has no path")?;
                format!("{}.selectFile([{}]);", find()?, files.join(", "))
            }
            // Said before the step that opens it.
            StepKind::Dialog(_) => return Ok(Vec::new()),
            StepKind::Wait(wait) => match &wait.wait_for {
                WaitFor::Duration => format!(
                    "cy.wait({});",
                    wait.duration().ok_or("it is no duration")?.as_millis()
                ),
                WaitFor::Element => format!("{}.should(\"be.visible\");", find()?),
                WaitFor::Url => {
                    let part = wait
                        .value
                        .as_ref()
                        .and_then(|value| value.as_str())
                        .ok_or("it names no address")?;
                    format!("cy.url().should(\"include\", {});", expression(part))
                }
                _ => return Err("there is no such wait there".to_owned()),
            },
            StepKind::JavaScript(script) => format!(
                "cy.window().then((win) => win.eval({}));",
                text(&script.expression)
            ),
            StepKind::Viewport(size) => format!("cy.viewport({}, {});", size.width, size.height),
            StepKind::Hover(_) => return Err("the pointer cannot rest there".to_owned()),
            StepKind::Store(Store {
                from: StoreFrom::Literal,
                variable,
                value: Some(value),
                ..
            }) => {
                format!("values[{}] = {};", text(variable), expression(value))
            }
            StepKind::Store(_) => return Err(QUEUED.to_owned()),
            _ => return Err("there is no such step there".to_owned()),
        };
        Ok(vec![line])
    }

    fn condition(
        &mut self,
        _step: &Step,
        _condition: &Condition<'_>,
        _losses: &mut Losses,
    ) -> Result<String, String> {
        Err(QUEUED.to_owned())
    }

    fn list(&mut self, _step: &Step, _code: &str, _losses: &mut Losses) -> Result<String, String> {
        Err(QUEUED.to_owned())
    }

    fn text(&self, given: &str) -> String {
        expression(given)
    }

    fn part(&self, part: &Part) -> Said {
        javascript::part(part)
    }

    fn function(&self, words: &[String]) -> String {
        javascript::function(words)
    }

    fn call(&self, function: &str) -> String {
        format!("{function}();")
    }

    fn comment(&self, index: usize, title: &str) -> String {
        comment(index, title)
    }

    fn stop(&self, why: &str) -> String {
        format!("cy.then(() => {{ throw new Error({}); }});", text(why))
    }

    fn optional(&self, lines: Vec<String>) -> Vec<String> {
        // Commands are queued: there is no way to go on after one that failed.
        lines
    }
}

fn clicked(step: &Step, click: &Click, found: &str) -> Result<String, String> {
    if let Some(checked) = code::toggled(click) {
        return Ok(format!(
            "{found}.{}();",
            if checked { "check" } else { "uncheck" }
        ));
    }
    let mut arguments: Vec<String> = code::place(step, click)
        .map(|at| vec![at.x.to_string(), at.y.to_string()])
        .unwrap_or_default();
    let held: Result<Vec<&str>, String> = click
        .modifiers
        .iter()
        .map(|modifier| match modifier {
            Modifier::Ctrl => Ok("ctrlKey: true"),
            Modifier::Shift => Ok("shiftKey: true"),
            Modifier::Alt => Ok("altKey: true"),
            Modifier::Meta => Ok("metaKey: true"),
            Modifier::Other(word) => Err(format!("{word:?} is no key that is held")),
        })
        .collect();
    let held = held?;
    if !held.is_empty() {
        arguments.push(format!("{{ {} }}", held.join(", ")));
    }
    let method = match (&click.button, click.click_count) {
        (MouseButton::Left, 1) => "click",
        (MouseButton::Left, 2) => "dblclick",
        (MouseButton::Right, 1) => "rightclick",
        _ => return Err("there is no such click there".to_owned()),
    };
    Ok(format!("{found}.{method}({});", arguments.join(", ")))
}

fn checked(step: &Step, check: &Checkpoint, losses: &mut Losses) -> Result<String, String> {
    losses.soft(check);
    let not = if check.negated == Some(true) {
        "not."
    } else {
        ""
    };
    let expected = || code::expected(check).map(expression);
    let url = || code::expected_url(check).map(expression);
    let mut find = || element::first(step, losses, query);
    Ok(match &check.check_type {
        CheckType::UrlMatch => format!("cy.url().should(\"{not}eq\", {});", url()?),
        CheckType::UrlContains => format!("cy.url().should(\"{not}include\", {});", url()?),
        CheckType::PageTitle if check.mode.as_deref() == Some("contains") => {
            format!("cy.title().should(\"{not}include\", {});", expected()?)
        }
        CheckType::PageTitle => format!("cy.title().should(\"{not}eq\", {});", expected()?),
        CheckType::ElementVisible => format!("{}.should(\"{not}be.visible\");", find()?),
        CheckType::ElementText => format!(
            "{}.should((found) => expect(found.text().replace(/\\s+/g, \" \").trim()).to.{not}equal({}));",
            find()?,
            expected()?
        ),
        CheckType::ContainsText => format!(
            "{}.should(\"{not}contain.text\", {});",
            find()?,
            expected()?
        ),
        CheckType::ElementHasValue => {
            format!("{}.should(\"{not}have.value\", {});", find()?, expected()?)
        }
        _ => return Err("there is no such check there".to_owned()),
    })
}

/// Text is typed as it is: braces name no keys.
fn typed(found: &str, value: &str) -> String {
    format!(
        "{found}.clear().type({}, {{ parseSpecialCharSequences: false }});",
        expression(value)
    )
}

fn keys(press: &Keypress) -> Result<String, String> {
    let mut keys = String::new();
    for modifier in &press.modifiers {
        if !modifier.is_known() {
            return Err(format!("{modifier} is no key that is held"));
        }
        keys.push_str(&format!("{{{modifier}}}"));
    }
    keys.push_str(&match press.key.as_str() {
        "Enter" => "{enter}".to_owned(),
        "Escape" => "{esc}".to_owned(),
        "Backspace" => "{backspace}".to_owned(),
        "Delete" => "{del}".to_owned(),
        "Home" => "{home}".to_owned(),
        "End" => "{end}".to_owned(),
        "ArrowUp" => "{upArrow}".to_owned(),
        "ArrowDown" => "{downArrow}".to_owned(),
        "ArrowLeft" => "{leftArrow}".to_owned(),
        "ArrowRight" => "{rightArrow}".to_owned(),
        "{" => "{{}".to_owned(),
        key if key.chars().count() == 1 => key.to_owned(),
        key => return Err(format!("{key} cannot be pressed there")),
    });
    Ok(keys)
}
