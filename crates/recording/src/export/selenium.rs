//! A test of pytest with Selenium, in Python.

mod check;
mod file;
mod flow;
mod input;
mod text;

use std::time::Duration;

use self::check::{checked, in_page, statement};
use self::input::{answered, chord, clicked};
use self::text::{by, expression};
use super::code::{Coming, Condition, Language, Part, Said, file_name};
use super::element::{self, text};
use super::losses::Losses;
use crate::{NavigationTrigger, ScrollTarget, SelectionChange, Step, StepKind, WaitFor};

pub(super) use file::export;

#[derive(Default)]
struct Selenium;

impl Language for Selenium {
    const INDENT: &'static str = "    ";
    const FALSE: &'static str = "False";
    const NOTHING: Option<&'static str> = Some("pass");

    fn open(&mut self, url: &str) -> Vec<String> {
        vec![format!("driver.get({})", expression(url))]
    }

    fn expect(&mut self, _coming: &Coming<'_>) -> Vec<String> {
        Vec::new()
    }

    fn step(&mut self, step: &Step, losses: &mut Losses) -> Result<Vec<String>, String> {
        let mut lines = Vec::new();
        let frames = element::frames(step, losses, by)?;
        for frame in &frames {
            lines.push(format!("driver.switch_to.frame(found(driver, {frame}))"));
        }
        lines.extend(inside(step, losses)?);
        if !frames.is_empty() {
            lines.push("driver.switch_to.default_content()".to_owned());
        }
        Ok(lines)
    }

    fn condition(
        &mut self,
        step: &Step,
        condition: &Condition<'_>,
        losses: &mut Losses,
    ) -> Result<String, String> {
        in_page(step)?;
        Ok(match condition {
            Condition::Code(code) => format!("truth(driver, {})", text(code)),
            Condition::Statement(check, None) => statement(step, check, losses)?,
            Condition::Statement(check, Some(limit)) => {
                let seconds = Duration::from_millis(*limit).as_secs_f64();
                let judge = statement(step, check, losses)?;
                format!("within(driver, {seconds}, lambda driver: {judge})")
            }
        })
    }

    fn list(&mut self, step: &Step, code: &str, _losses: &mut Losses) -> Result<String, String> {
        in_page(step)?;
        Ok(format!("listed(driver, {})", text(code)))
    }

    fn text(&self, given: &str) -> String {
        expression(given)
    }

    fn part(&self, part: &Part) -> Said {
        flow::part(part)
    }

    fn function(&self, words: &[String]) -> String {
        words.join("_")
    }

    fn call(&self, function: &str) -> String {
        format!("{function}(driver)")
    }

    fn comment(&self, index: usize, title: &str) -> String {
        comment(&format!("{}. {title}", index + 1))
    }

    fn stop(&self, why: &str) -> String {
        format!("pytest.fail({})", text(why))
    }

    fn optional(&self, lines: Vec<String>) -> Vec<String> {
        let inner = lines.into_iter().map(|line| format!("    {line}"));
        std::iter::once("try:".to_owned())
            .chain(inner)
            .chain([
                "except Exception:".to_owned(),
                "    pass  # The step may fail.".to_owned(),
            ])
            .collect()
    }
}

fn inside(step: &Step, losses: &mut Losses) -> Result<Vec<String>, String> {
    let mut find = || element::first(step, losses, by).map(|by| format!("found(driver, {by})"));
    let line = match &step.kind {
        StepKind::Click(click) => return clicked(click, &find()?),
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
            return Ok(vec![
                format!("field = {}", find()?),
                "field.clear()".to_owned(),
                format!("field.send_keys({value})"),
            ]);
        }
        StepKind::Select(select) => {
            let found = find()?;
            // One that is made whole leaves nothing of what was chosen before.
            let word = match &select.change {
                None | Some(SelectionChange::Add) => "select",
                Some(SelectionChange::Remove) => "deselect",
                Some(SelectionChange::Other(word)) => {
                    return Err(format!("{word:?} is no change of a selection"));
                }
            };
            let choice = match (
                &select.selected_value,
                &select.selected_text,
                select.selected_index,
            ) {
                (Some(value), ..) => format!("{word}_by_value({})", expression(value)),
                (None, Some(label), _) => format!("{word}_by_visible_text({})", expression(label)),
                (None, None, Some(index)) => format!("{word}_by_index({index})"),
                (None, None, None) => return Err("it names no option".to_owned()),
            };
            format!("Select({found}).{choice}")
        }
        StepKind::Navigation(to) => match &to.navigation_trigger {
            NavigationTrigger::Manual => format!("driver.get({})", expression(&to.to)),
            NavigationTrigger::Back => "driver.back()".to_owned(),
            NavigationTrigger::Forward => "driver.forward()".to_owned(),
            _ => format!("holds(driver, expected.url_to_be({}))", expression(&to.to)),
        },
        StepKind::Hover(_) => format!(
            "ActionChains(driver).move_to_element({}).perform()",
            find()?
        ),
        StepKind::Scroll(scroll) if scroll.element == ScrollTarget::Window => {
            format!(
                "driver.execute_script(\"window.scrollTo(arguments[0], arguments[1])\", {}, {})",
                scroll.scroll_x, scroll.scroll_y
            )
        }
        StepKind::Scroll(scroll) => {
            format!(
                "driver.execute_script(\"arguments[0].scrollTo(arguments[1], arguments[2])\", {}, {}, {})",
                find()?,
                scroll.scroll_x,
                scroll.scroll_y
            )
        }
        StepKind::Keypress(press) => {
            let keys = chord(press)?;
            if step.locators().is_empty() {
                format!("driver.switch_to.active_element.send_keys({keys})")
            } else {
                format!("{}.send_keys({keys})", find()?)
            }
        }
        StepKind::Submit(_) => format!(
            "driver.execute_script(\"arguments[0].requestSubmit()\", {})",
            find()?
        ),
        StepKind::Checkpoint(check) => checked(step, check, losses)?,
        StepKind::Drag(drag) if !drag.target.selectors.is_empty() => {
            let source = find()?;
            let target = element::best(&drag.target.selectors, losses, by)?;
            losses.straight(drag);
            format!(
                "ActionChains(driver).drag_and_drop({source}, found(driver, {target})).perform()"
            )
        }
        StepKind::Dialog(dialog) => return answered(dialog),
        StepKind::Wait(wait) => match &wait.wait_for {
            WaitFor::Duration => {
                let time = wait.duration().ok_or("it is no duration")?.as_secs_f64();
                format!("ActionChains(driver).pause({time}).perform()")
            }
            WaitFor::Element => find()?,
            WaitFor::Url => {
                let part = wait
                    .value
                    .as_ref()
                    .and_then(|value| value.as_str())
                    .ok_or("it names no address")?;
                format!("holds(driver, expected.url_contains({}))", expression(part))
            }
            _ => return Err("there is no such wait there".to_owned()),
        },
        StepKind::JavaScript(script) => format!(
            "driver.execute_script({})",
            text(&format!("return {}", script.expression))
        ),
        StepKind::Viewport(size) => {
            format!("driver.set_window_size({}, {})", size.width, size.height)
        }
        StepKind::Screenshot(picture) => {
            if picture.full_page == Some(true) {
                losses.lose("fullPage", "the picture is of what is in view");
            }
            let path = text(&format!("{}.png", file_name(&step.title())));
            format!("driver.save_screenshot({path})")
        }
        StepKind::Wheel(wheel) if wheel.modifiers.is_empty() => {
            let found = find()?;
            losses.wheel(wheel);
            format!(
                "ActionChains(driver).scroll_from_origin(ScrollOrigin.from_element({}), {}, {}).perform()",
                found,
                wheel.delta_x.round(),
                wheel.delta_y.round()
            )
        }
        StepKind::Store(store) => return flow::store(step, store, losses),
        _ => return Err("there is no such step there".to_owned()),
    };
    Ok(vec![line])
}

fn comment(title: &str) -> String {
    let line: String = title
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("# {line}")
}
