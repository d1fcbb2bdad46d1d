//! A script of Puppeteer, which ends with an error where the recording does not hold.

mod file;
mod judge;
mod selector;

use super::code::{self, Coming, Condition, Language, Part, Said, file_name, held_key};
use super::element::{self, text};
use super::javascript::{self, comment, expression};
use super::losses::Losses;
use crate::{
    Click, DialogResponse, Modifier, MouseButton, NavigationTrigger, ScrollTarget, Step, StepKind,
    WaitFor,
};
use judge::{checked, in_page, judge, stored};
use selector::selector;

pub(super) use file::export;

#[derive(Default)]
struct Puppeteer;

impl Language for Puppeteer {
    const INDENT: &'static str = "  ";
    const FALSE: &'static str = "false";

    fn open(&mut self, url: &str) -> Vec<String> {
        vec![format!("await page.goto({});", expression(url))]
    }

    fn expect(&mut self, coming: &Coming<'_>) -> Vec<String> {
        // One at a time: a second listener would answer the first dialog too.
        let handler = coming
            .dialogs
            .iter()
            .rev()
            .fold(None, |next: Option<String>, dialog| {
                let answer = match (&dialog.response, &dialog.prompt_value) {
                    (DialogResponse::Dismiss, _) => "dialog.dismiss()".to_owned(),
                    (_, Some(text)) => format!("dialog.accept({})", expression(text)),
                    _ => "dialog.accept()".to_owned(),
                };
                Some(match next {
                    None => format!("page.once(\"dialog\", (dialog) => {answer})"),
                    Some(next) => {
                        format!("page.once(\"dialog\", (dialog) => {{ {next}; return {answer}; }})")
                    }
                })
            });
        handler
            .map(|handler| format!("{handler};"))
            .into_iter()
            .collect()
    }

    fn step(&mut self, step: &Step, losses: &mut Losses) -> Result<Vec<String>, String> {
        in_page(step)?;
        let mut find =
            || element::first(step, losses, selector).map(|found| format!("page.locator({found})"));
        let line = match &step.kind {
            StepKind::Click(click) => return clicked(step, click, &find()?),
            StepKind::Input(input)
                if !matches!(
                    input.input_type.as_deref(),
                    Some("file" | "checkbox" | "radio")
                ) =>
            {
                let value = match &input.variable_name {
                    Some(name) => format!("value({})", text(name)),
                    None => expression(&input.value),
                };
                format!("await {}.fill({value});", find()?)
            }
            StepKind::Select(select) if select.change.is_some() => {
                return Err("a selection is only ever made whole there".to_owned());
            }
            StepKind::Select(select) => {
                let value = select
                    .selected_value
                    .as_deref()
                    .ok_or("its option has no value")?;
                format!("await {}.fill({});", find()?, expression(value))
            }
            StepKind::Navigation(to) => match &to.navigation_trigger {
                NavigationTrigger::Manual => format!("await page.goto({});", expression(&to.to)),
                NavigationTrigger::Back => "await page.goBack();".to_owned(),
                NavigationTrigger::Forward => "await page.goForward();".to_owned(),
                _ => {
                    let to = expression(&to.to);
                    format!(
                        "await holds({}, async () => page.url() === {to});",
                        text("the address")
                    )
                }
            },
            StepKind::Hover(_) => format!("await {}.hover();", find()?),
            StepKind::Scroll(scroll) if scroll.element == ScrollTarget::Window => {
                format!(
                    "await page.evaluate((x, y) => window.scrollTo(x, y), {}, {});",
                    scroll.scroll_x, scroll.scroll_y
                )
            }
            StepKind::Scroll(scroll) => {
                format!(
                    "await {}.scroll({{ scrollLeft: {}, scrollTop: {} }});",
                    find()?,
                    scroll.scroll_x,
                    scroll.scroll_y
                )
            }
            StepKind::Keypress(press) => {
                let mut lines = Vec::new();
                if !step.locators().is_empty() {
                    lines.push(format!("await (await {}.waitHandle()).focus();", find()?));
                }
                let held = held(&press.modifiers)?;
                let key = if press.key.is_empty() {
                    press.code.as_deref().unwrap_or_default()
                } else {
                    &press.key
                };
                lines.extend(around(
                    &held,
                    format!("await page.keyboard.press({});", text(key)),
                ));
                return Ok(lines);
            }
            StepKind::Submit(_) => format!(
                "await (await {}.waitHandle()).evaluate((form) => form.requestSubmit());",
                find()?
            ),
            StepKind::Checkpoint(check) => checked(step, check, losses)?,
            // Said before the step that opens it.
            StepKind::Dialog(_) => return Ok(Vec::new()),
            StepKind::Wait(wait) => match &wait.wait_for {
                WaitFor::Duration => {
                    let time = wait.duration().ok_or("it is no duration")?.as_millis();
                    format!("await new Promise((resume) => setTimeout(resume, {time}));")
                }
                WaitFor::Element => format!("await {}.wait();", find()?),
                _ => return Err("there is no such wait there".to_owned()),
            },
            StepKind::JavaScript(script) => {
                format!("await page.evaluate({});", text(&script.expression))
            }
            StepKind::Viewport(size) => format!(
                "await page.setViewport({{ width: {}, height: {} }});",
                size.width, size.height
            ),
            StepKind::Screenshot(picture) => {
                let whole = if picture.full_page == Some(true) {
                    ", fullPage: true"
                } else {
                    ""
                };
                let path = text(&format!("{}.png", file_name(&step.title())));
                format!("await page.screenshot({{ path: {path}{whole} }});")
            }
            StepKind::Wheel(wheel) if wheel.modifiers.is_empty() => {
                let found = find()?;
                losses.wheel(wheel);
                return Ok(vec![
                    format!("await {}.hover();", found),
                    format!(
                        "await page.mouse.wheel({{ deltaX: {}, deltaY: {} }});",
                        wheel.delta_x, wheel.delta_y
                    ),
                ]);
            }
            StepKind::Store(store) => stored(step, store, losses)?,
            _ => return Err("there is no such step there".to_owned()),
        };
        Ok(vec![line])
    }

    fn condition(
        &mut self,
        step: &Step,
        condition: &Condition<'_>,
        losses: &mut Losses,
    ) -> Result<String, String> {
        in_page(step)?;
        Ok(match condition {
            Condition::Code(code) => format!("await truth(page, {})", text(code)),
            Condition::Statement(check, None) => judge(step, check, losses)?,
            Condition::Statement(check, Some(limit)) => format!(
                "await within({limit}, async () => {})",
                judge(step, check, losses)?
            ),
        })
    }

    fn list(&mut self, step: &Step, code: &str, _losses: &mut Losses) -> Result<String, String> {
        in_page(step)?;
        Ok(format!("await list(page, {})", text(code)))
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
        format!("await {function}(page);")
    }

    fn comment(&self, index: usize, title: &str) -> String {
        comment(index, title)
    }

    fn stop(&self, why: &str) -> String {
        format!("throw new Error({});", text(why))
    }

    fn optional(&self, lines: Vec<String>) -> Vec<String> {
        let inner = lines.into_iter().map(|line| format!("  {line}"));
        std::iter::once("try {".to_owned())
            .chain(inner)
            .chain([
                "} catch {".to_owned(),
                "  // The step may fail.".to_owned(),
                "}".to_owned(),
            ])
            .collect()
    }
}

fn clicked(step: &Step, click: &Click, found: &str) -> Result<Vec<String>, String> {
    let mut options = Vec::new();
    match &click.button {
        MouseButton::Left => {}
        button @ (MouseButton::Right
        | MouseButton::Middle
        | MouseButton::Back
        | MouseButton::Forward) => options.push(format!("button: {}", text(button.as_str()))),
        MouseButton::Other(word) => return Err(format!("{word:?} is no button")),
    }
    if click.click_count > 1 {
        options.push(format!("count: {}", click.click_count));
    }
    if let Some(at) = code::place(step, click) {
        options.push(format!("offset: {{ x: {}, y: {} }}", at.x, at.y));
    }
    let options = if options.is_empty() {
        String::new()
    } else {
        format!("{{ {} }}", options.join(", "))
    };
    let line = format!("await {found}.click({options});");
    if let Some(checked) = code::toggled(click) {
        // A choice that is as wanted stays so.
        let is =
            format!("(await (await {found}.waitHandle()).evaluate((choice) => choice.checked))");
        return Ok(vec![format!("if ({is} !== {checked}) {line}")]);
    }
    Ok(around(&held(&click.modifiers)?, line))
}

/// Keys go down before and up after.
fn around(held: &[&str], line: String) -> Vec<String> {
    let down = held
        .iter()
        .map(|key| format!("await page.keyboard.down({});", text(key)));
    let up = held
        .iter()
        .rev()
        .map(|key| format!("await page.keyboard.up({});", text(key)));
    down.chain([line]).chain(up).collect()
}

fn held(modifiers: &[Modifier]) -> Result<Vec<&'static str>, String> {
    modifiers.iter().map(held_key).collect()
}
