//! Steps as those of a workflow.

use serde_json::{Value, json};

use super::super::losses::Losses;
use super::super::{element, role};
use super::inputs::Inputs;
use crate::{
    Click, Input, Keypress, MouseButton, NavigationTrigger, ScrollTarget, Select, Selector, Step,
    StepKind, WaitFor,
};

/// The step of a workflow that says it; why not, when there is none.
pub(super) fn said(step: &Step, inputs: &Inputs, losses: &mut Losses) -> Result<Value, String> {
    Ok(match &step.kind {
        StepKind::Click(click) => on_element(step, clicked(click, losses)?, losses)?,
        StepKind::Input(input) => on_element(step, filled(input, inputs, losses)?, losses)?,
        StepKind::Select(select) => on_element(step, chosen(select, inputs, losses)?, losses)?,
        StepKind::Keypress(press) => on_element(step, pressed(press)?, losses)?,
        StepKind::Navigation(to) if to.navigation_trigger == NavigationTrigger::Manual => {
            json!({ "type": "navigation", "url": inputs.text("to", &to.to, losses) })
        }
        StepKind::Navigation(_) => return Err("the page goes there by itself".to_owned()),
        StepKind::Scroll(scroll) if scroll.element == ScrollTarget::Window => {
            let (x, y) = (scroll.scroll_x, scroll.scroll_y);
            json!({ "type": "scroll", "scrollX": whole(x), "scrollY": whole(y) })
        }
        StepKind::Scroll(_) => return Err("only the window is scrolled there".to_owned()),
        StepKind::Wait(wait) if wait.wait_for == WaitFor::Duration => {
            let time = wait.duration().ok_or("it is no duration")?;
            json!({ "type": "wait", "duration_seconds": time.as_secs_f64() })
        }
        StepKind::Unknown(unknown) => {
            let kind = unknown.type_name.strip_prefix("workflow-use-");
            let original = unknown.fields.get("original");
            let original = original.filter(|step| kind.is_some() && step["type"].as_str() == kind);
            original.ok_or("there is no such step there")?.clone()
        }
        _ => return Err("there is no such step there".to_owned()),
    })
}

/// A number that the format wants whole.
pub(super) fn whole(number: f64) -> Value {
    /// The largest whole number that an `f64` holds exactly.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole and within the exact range"
    )]
    let whole = number.round().clamp(-EXACT, EXACT) as i64;
    whole.into()
}

fn clicked(click: &Click, losses: &mut Losses) -> Result<Value, String> {
    if click.button != MouseButton::Left {
        return Err(format!(
            "there is no {} button there",
            click.button.as_str()
        ));
    }
    if click.click_count > 1 {
        return Err("there is one click at a time there".to_owned());
    }
    if !click.modifiers.is_empty() {
        return Err("no keys are held there".to_owned());
    }
    if click.checked.is_some() {
        losses.lose(
            "checked",
            "the click is done whatever the state of the choice is",
        );
    }
    let mut said = json!({ "type": "click" });
    tag(&mut said, click.tag_name.as_deref());
    if let Some(text) = &click.text {
        said["elementText"] = text.as_str().into();
    }
    Ok(said)
}

fn filled(input: &Input, inputs: &Inputs, losses: &mut Losses) -> Result<Value, String> {
    if let Some(kind @ ("file" | "checkbox" | "radio")) = input.input_type.as_deref() {
        return Err(format!("a field of the type {kind} takes no text"));
    }
    let value = match &input.variable_name {
        Some(name) => format!("${{{name}}}"),
        None => input.value.clone(),
    };
    let mut said = json!({ "type": "input", "value": inputs.text("value", &value, losses) });
    tag(&mut said, input.tag_name.as_deref());
    Ok(said)
}

fn chosen(select: &Select, inputs: &Inputs, losses: &mut Losses) -> Result<Value, String> {
    if select.change.is_some() {
        return Err("a selection is only ever made whole there".to_owned());
    }
    let text = match (&select.variable_name, select.selected_options.as_slice()) {
        (Some(name), _) => Some(format!("${{{name}}}")),
        (None, []) => select.selected_text.clone(),
        (None, [one]) => one.text.clone(),
        (None, _) => return Err("one option is chosen there".to_owned()),
    };
    let text = text.ok_or("what its option says is not known")?;
    let text = inputs.text("selectedText", &text, losses);
    let mut said = json!({ "type": "select_change", "selectedText": text });
    tag(&mut said, select.tag_name.as_deref());
    Ok(said)
}

fn pressed(press: &Keypress) -> Result<Value, String> {
    if !press.modifiers.is_empty() {
        return Err("no keys are held there".to_owned());
    }
    let key = match press.key.as_str() {
        "" => press.code.as_deref().unwrap_or_default(),
        key => key,
    };
    Ok(json!({ "type": "key_press", "key": key }))
}

/// The format writes tags as the page does.
fn tag(said: &mut Value, tag: Option<&str>) {
    if let Some(tag) = tag {
        said["elementTag"] = tag.to_uppercase().into();
    }
}

/// Says how the element is found: by CSS, by an XPath beside it, and by what it says, which newer versions go by.
fn on_element(step: &Step, mut said: Value, losses: &mut Losses) -> Result<Value, String> {
    if !step.frame_path().is_empty() {
        return Err("its element is in a frame".to_owned());
    }
    let ways = step.locators();
    let css = ways.iter().find_map(element::css);
    let xpath = ways.iter().find_map(rooted);
    if css.is_none() && xpath.is_none() {
        return Err("none of its selectors can be said there".to_owned());
    }
    let carried = usize::from(css.is_some()) + usize::from(xpath.is_some());
    if carried < ways.len() {
        losses.lose(
            "selectors",
            format!("{carried} of {} are said there", ways.len()),
        );
    }
    let text = ways.iter().find_map(spoken);
    let text = text.or_else(|| said["elementText"].as_str().map(str::to_owned));
    said["target_text"] = text.unwrap_or_default().into();
    // Older versions want it in any case.
    said["cssSelector"] = css.unwrap_or_default().into();
    if let Some(xpath) = xpath {
        said["xpath"] = xpath.into();
    }
    Ok(said)
}

/// An XPath that begins as one of the format does.
fn rooted(selector: &Selector) -> Option<String> {
    let xpath = element::xpath(selector)?;
    xpath.starts_with(['/', '(', '.']).then_some(xpath)
}

/// What a person reads or hears of the element.
fn spoken(selector: &Selector) -> Option<String> {
    let value = selector.value.text();
    match selector.strategy.as_str() {
        "role" => role::parse(&value)?.pop()?.name,
        "text" | "text-content" | "label" | "placeholder" | "aria-label" | "alt" | "title" => {
            Some(value.into_owned())
        }
        _ => None,
    }
}
