//! Clicks, texts and keys.

use crate::export::code;
use crate::export::javascript::expression;
use crate::{Click, Keypress, Modifier, MouseButton, Step};

pub(super) fn clicked(step: &Step, click: &Click, found: &str) -> Result<String, String> {
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

/// Text is typed as it is: braces name no keys.
pub(super) fn typed(found: &str, value: &str) -> String {
    format!(
        "{found}.clear().type({}, {{ parseSpecialCharSequences: false }});",
        expression(value)
    )
}

pub(super) fn keys(press: &Keypress) -> Result<String, String> {
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
