//! A test of Cypress.

mod file;
mod input;
mod query;

use super::code::{self, Coming, Condition, Language, Part, Said, file_name};
use super::element::{self, text};
use super::javascript::{self, comment, expression};
use super::losses::Losses;
use super::state;
use crate::{
    CheckType, Checkpoint, DialogResponse, NavigationTrigger, ScrollTarget, Step, StepKind, Store,
    StoreFrom, WaitFor,
};
use input::{clicked, keys, typed};
use query::query;

pub(super) use file::export;

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

    fn expect(&mut self, coming: &Coming<'_>) -> Vec<String> {
        // Cypress accepts alerts and confirmations by itself.
        coming
            .dialogs
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
            StepKind::Select(select) if select.change.is_some() => {
                return Err("a selection is only ever made whole there".to_owned());
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
            StepKind::Screenshot(picture) => {
                let capture = if picture.full_page == Some(true) {
                    "fullPage"
                } else {
                    "viewport"
                };
                format!(
                    "cy.screenshot({}, {{ capture: \"{capture}\" }});",
                    text(&file_name(&step.title()))
                )
            }
            StepKind::Wheel(wheel) if wheel.modifiers.is_empty() => {
                let found = find()?;
                losses.wheel(wheel);
                format!(
                    "{}.trigger(\"wheel\", {{ deltaX: {}, deltaY: {} }});",
                    found, wheel.delta_x, wheel.delta_y
                )
            }
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
        CheckType::ElementHasValue if !state::is_of_label(check) => {
            format!("{}.should(\"{not}have.value\", {});", find()?, expected()?)
        }
        CheckType::ElementPresent => format!("{}.should(\"{not}exist\");", find()?),
        CheckType::ElementCount => format!(
            "{}.should(\"{not}have.length\", {});",
            find()?,
            code::count(check, javascript::number)?
        ),
        _ if let Some(judge) = state::judge(check) => {
            let wanted = check.expected_value.as_deref();
            let wanted = wanted.map_or_else(|| "null".to_owned(), expression);
            let so = check.negated != Some(true);
            format!(
                "{}.should((found) => {{ const [element, wanted] = [found[0], {wanted}]; expect({judge}).to.equal({so}); }});",
                find()?
            )
        }
        _ => return Err("there is no such check there".to_owned()),
    })
}
