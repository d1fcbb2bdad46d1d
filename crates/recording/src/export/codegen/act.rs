//! Steps as actions of the code generator.

use serde_json::{Value, json};

use super::super::code;
use super::super::losses::Losses;
use super::locator;
use crate::{
    CheckType, Checkpoint, Click, Input, Keypress, Modifier, MouseButton, NavigationTrigger,
    Select, Step, StepKind, Tab, TabEvent, Upload,
};

/// The action that says the step; why not, when there is none. So many `pages` have been opened before.
pub(super) fn said(step: &Step, pages: usize, losses: &mut Losses) -> Result<Value, String> {
    let action = match &step.kind {
        StepKind::Click(click) => clicked(step, click, losses)?,
        StepKind::Input(input) => filled(input, losses)?,
        StepKind::Select(select) if select.change.is_some() => {
            return Err("a selection is only ever made whole there".to_owned());
        }
        StepKind::Select(select) => {
            let options = options(select)?;
            options.iter().for_each(|option| variables(option, losses));
            json!({ "name": "select", "options": options })
        }
        StepKind::Hover(_) => json!({ "name": "hover" }),
        // Without an element it goes to whatever has the focus.
        StepKind::Keypress(press) if step.locators().is_empty() => return pressed(press),
        StepKind::Keypress(press) => pressed(press)?,
        StepKind::Checkpoint(check) => checked(check, losses)?,
        StepKind::Upload(upload) => files(upload)?,
        StepKind::Navigation(to) if to.navigation_trigger == NavigationTrigger::Manual => {
            variables(&to.to, losses);
            return Ok(json!({ "name": "navigate", "url": to.to }));
        }
        StepKind::Navigation(_) => return Err("the page goes there by itself".to_owned()),
        StepKind::Tab(tab) => return turned(tab, pages),
        StepKind::Dialog(_) => return Err("how it is answered is not said there".to_owned()),
        StepKind::Unknown(unknown) => {
            return original(&unknown.type_name, unknown.fields.get("original"));
        }
        _ => return Err("there is no such action there".to_owned()),
    };
    locator::put(action, step, losses)
}

fn clicked(step: &Step, click: &Click, losses: &mut Losses) -> Result<Value, String> {
    match code::toggled(click) {
        Some(true) => return Ok(json!({ "name": "check" })),
        Some(false) => return Ok(json!({ "name": "uncheck" })),
        None => {}
    }
    if click.checked.is_some() {
        losses.lose(
            "checked",
            "the click is done whatever the state of the choice is",
        );
    }
    let button = match &click.button {
        MouseButton::Left | MouseButton::Middle | MouseButton::Right => click.button.as_str(),
        other => return Err(format!("there is no {} button there", other.as_str())),
    };
    let mut action = json!({
        "name": "click", "button": button, "modifiers": held(&click.modifiers)?, "clickCount": click.click_count,
    });
    if let Some(at) = code::place(step, click) {
        action["position"] = json!({ "x": at.x, "y": at.y });
    }
    Ok(action)
}

/// Playwright writes the keys that are held as a sum.
fn held(modifiers: &[Modifier]) -> Result<u64, String> {
    let mut sum = 0;
    for modifier in modifiers {
        sum |= match modifier {
            Modifier::Alt => 1,
            Modifier::Ctrl => 2,
            Modifier::Meta => 4,
            Modifier::Shift => 8,
            Modifier::Other(word) => return Err(format!("{word:?} is no key that is held")),
        };
    }
    Ok(sum)
}

fn filled(input: &Input, losses: &mut Losses) -> Result<Value, String> {
    match (input.input_type.as_deref(), input.checked) {
        (Some("file"), _) => return Err("the files are not known".to_owned()),
        (Some("checkbox" | "radio"), Some(true)) => return Ok(json!({ "name": "check" })),
        (Some("checkbox" | "radio"), Some(false)) => return Ok(json!({ "name": "uncheck" })),
        (Some("checkbox" | "radio"), None) => {
            return Err("the state of the choice is not known".to_owned());
        }
        _ => {}
    }
    let text = match &input.variable_name {
        Some(name) => format!("${{{name}}}"),
        None => input.value.clone(),
    };
    variables(&text, losses);
    Ok(json!({ "name": "fill", "text": text }))
}

/// What Playwright looks for among the values of the options and among what they say.
fn options(select: &Select) -> Result<Vec<String>, String> {
    let one = |value: &Option<String>, text: &Option<String>| {
        let option = value.as_ref().or(text.as_ref());
        option
            .cloned()
            .ok_or_else(|| "an option is known only by its place".to_owned())
    };
    if let Some(name) = &select.variable_name {
        return Ok(vec![format!("${{{name}}}")]);
    }
    if select.selected_options.is_empty() {
        return Ok(vec![one(&select.selected_value, &select.selected_text)?]);
    }
    let all = select.selected_options.iter();
    all.map(|option| one(&option.value, &option.text)).collect()
}

fn pressed(press: &Keypress) -> Result<Value, String> {
    let key = match press.key.as_str() {
        "" => press.code.as_deref().unwrap_or_default(),
        key => key,
    };
    Ok(json!({ "name": "press", "key": key, "modifiers": held(&press.modifiers)? }))
}

fn checked(check: &Checkpoint, losses: &mut Losses) -> Result<Value, String> {
    if check.check_type == CheckType::ElementChecked {
        losses.soft(check);
        return Ok(json!({ "name": "assertChecked", "checked": check.negated != Some(true) }));
    }
    if check.negated == Some(true) {
        return Err("what must not be so is not said there".to_owned());
    }
    losses.soft(check);
    let expected = || code::expected(check);
    let action = match &check.check_type {
        CheckType::ElementText => {
            json!({ "name": "assertText", "text": expected()?, "substring": false })
        }
        CheckType::ContainsText => {
            json!({ "name": "assertText", "text": expected()?, "substring": true })
        }
        CheckType::ElementHasValue => json!({ "name": "assertValue", "value": expected()? }),
        CheckType::ElementVisible => json!({ "name": "assertVisible" }),
        _ => return Err("there is no such check there".to_owned()),
    };
    variables(check.expected_value.as_deref().unwrap_or_default(), losses);
    Ok(action)
}

fn files(upload: &Upload) -> Result<Value, String> {
    let files = upload.files.iter();
    let paths: Option<Vec<&str>> = files.map(|file| file.path.as_deref()).collect();
    let paths = paths.ok_or("a file is stored with the recording and has no path")?;
    Ok(json!({ "name": "setInputFiles", "files": paths }))
}

fn turned(tab: &Tab, pages: usize) -> Result<Value, String> {
    match (&tab.event, tab.index) {
        (TabEvent::New, _) => {
            let url = tab.target_url.as_deref().unwrap_or("about:blank");
            Ok(json!({ "name": "openPage", "url": url }))
        }
        (TabEvent::Close, index) if index.is_none_or(|index| index < pages) => {
            Ok(json!({ "name": "closePage" }))
        }
        (TabEvent::Switch, Some(index)) if index < pages => {
            Err("nothing is done in the tab, so that no line shows it".to_owned())
        }
        _ => Err("it is not clear which tab is meant".to_owned()),
    }
}

/// An action that was imported without a counterpart is what it was.
fn original(kind: &str, original: Option<&Value>) -> Result<Value, String> {
    let name = kind.strip_prefix("playwright-");
    let original = original.filter(|action| name.is_some() && action["name"].as_str() == name);
    original
        .filter(|_| name != Some("proscenium"))
        .cloned()
        .ok_or_else(|| "there is no such action there".to_owned())
}

/// There are no variables there: a text that has one stays as it is written.
fn variables(text: &str, losses: &mut Losses) {
    if text.contains("${") && !losses.has("value") {
        losses.lose(
            "value",
            "the variable stays as it is written: there are none there",
        );
    }
}
