//! Clicks, keys and answers to dialogs.

use super::text::expression;
use crate::export::code;
use crate::export::element::text;
use crate::{Click, Dialog, DialogResponse, Keypress, Modifier, MouseButton, keys};

pub(super) fn clicked(click: &Click, found: &str) -> Result<Vec<String>, String> {
    if let Some(checked) = code::toggled(click) {
        let wanted = if checked { "not " } else { "" };
        return Ok(vec![
            format!("choice = {found}"),
            format!("if {wanted}choice.is_selected():"),
            "    choice.click()".to_owned(),
        ]);
    }
    let method = match (&click.button, click.click_count) {
        (MouseButton::Left, 1) if click.modifiers.is_empty() => {
            return Ok(vec![format!("{found}.click()")]);
        }
        (MouseButton::Left, 1) => "click",
        (MouseButton::Left, 2) => "double_click",
        (MouseButton::Right, 1) => "context_click",
        _ => return Err("there is no such click there".to_owned()),
    };
    let held: Vec<&str> = click
        .modifiers
        .iter()
        .map(modifier)
        .collect::<Result<_, _>>()?;
    let down: String = held.iter().map(|key| format!(".key_down({key})")).collect();
    let up: String = held
        .iter()
        .rev()
        .map(|key| format!(".key_up({key})"))
        .collect();
    Ok(vec![format!(
        "ActionChains(driver){down}.{method}({found}){up}.perform()"
    )])
}

pub(super) fn answered(dialog: &Dialog) -> Result<Vec<String>, String> {
    let mut lines = vec![
        "dialog = WebDriverWait(driver, PATIENCE).until(expected.alert_is_present())".to_owned(),
    ];
    match &dialog.response {
        DialogResponse::Dismiss => lines.push("dialog.dismiss()".to_owned()),
        DialogResponse::Accept => {
            lines.extend(
                dialog
                    .prompt_value
                    .as_deref()
                    .map(|text| format!("dialog.send_keys({})", expression(text))),
            );
            lines.push("dialog.accept()".to_owned());
        }
        DialogResponse::Other(word) => return Err(format!("{word:?} is no answer")),
    }
    Ok(lines)
}

pub(super) fn chord(press: &Keypress) -> Result<String, String> {
    let mut parts: Vec<String> = press
        .modifiers
        .iter()
        .map(|one| modifier(one).map(str::to_owned))
        .collect::<Result<_, _>>()?;
    let named = keys::SELENIUM.iter().find(|(_, name)| *name == press.key);
    parts.push(match named {
        Some((key, _)) => format!("Keys.{key}"),
        None if press.key.chars().count() == 1 => text(&press.key),
        None => return Err(format!("{} cannot be pressed there", press.key)),
    });
    Ok(parts.join(" + "))
}

fn modifier(modifier: &Modifier) -> Result<&'static str, String> {
    match modifier {
        Modifier::Ctrl => Ok("Keys.CONTROL"),
        Modifier::Shift => Ok("Keys.SHIFT"),
        Modifier::Alt => Ok("Keys.ALT"),
        Modifier::Meta => Ok("Keys.META"),
        Modifier::Other(word) => Err(format!("{word:?} is no key that is held")),
    }
}
