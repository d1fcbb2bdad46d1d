//! What clicks, fields, lists, keys and answers to dialogs are told.

use serde_json::json;

use super::Playwright;
use crate::export::code::{self, held_key};
use crate::export::element::text;
use crate::export::javascript::expression;
use crate::export::losses::Losses;
use crate::{
    Click, Dialog, DialogResponse, Input, Keypress, MouseButton, Select, SimulationType, Step,
};

impl Playwright {
    pub(super) fn input(
        &self,
        step: &Step,
        input: &Input,
        losses: &mut Losses,
    ) -> Result<Vec<String>, String> {
        let found = self.find(step, losses)?;
        let value = match &input.variable_name {
            Some(name) => format!("value({})", text(name)),
            None => expression(&input.value),
        };
        Ok(match (input.input_type.as_deref(), input.checked) {
            (Some("file"), _) => return Err("the files are not known".to_owned()),
            (Some("checkbox" | "radio"), Some(checked)) => {
                vec![format!("await {found}.setChecked({checked});")]
            }
            _ if input.simulation_type == Some(SimulationType::Type) => {
                let delay = input
                    .typing_delay
                    .map_or_else(String::new, |ms| format!(", {{ delay: {ms} }}"));
                vec![
                    format!("await {found}.clear();"),
                    format!("await {found}.pressSequentially({value}{delay});"),
                ]
            }
            _ => vec![format!("await {found}.fill({value});")],
        })
    }
}

pub(super) fn clicked(step: &Step, click: &Click) -> Result<String, String> {
    if let Some(checked) = code::toggled(click) {
        return Ok(format!(".setChecked({checked})"));
    }
    let mut options = Vec::new();
    match &click.button {
        MouseButton::Left => {}
        MouseButton::Right => options.push("button: \"right\"".to_owned()),
        MouseButton::Middle => options.push("button: \"middle\"".to_owned()),
        button @ (MouseButton::Back | MouseButton::Forward) => {
            return Err(format!("Playwright has no {} button", button.as_str()));
        }
        MouseButton::Other(word) => return Err(format!("{word:?} is no button")),
    }
    if !click.modifiers.is_empty() {
        let held: Vec<&str> = click
            .modifiers
            .iter()
            .map(held_key)
            .collect::<Result<_, _>>()?;
        options.push(format!("modifiers: {}", json!(held)));
    }
    if let Some(at) = code::place(step, click) {
        options.push(format!("position: {{ x: {}, y: {} }}", at.x, at.y));
    }
    if click.click_count > 2 {
        options.push(format!("clickCount: {}", click.click_count));
    }
    let method = if click.click_count == 2 {
        "dblclick"
    } else {
        "click"
    };
    Ok(if options.is_empty() {
        format!(".{method}()")
    } else {
        format!(".{method}({{ {} }})", options.join(", "))
    })
}

pub(super) fn options(select: &Select) -> Result<String, String> {
    let one = |value: &Option<String>, label: &Option<String>, index: Option<i64>| match (
        value, label, index,
    ) {
        (Some(value), ..) => Ok(format!("{{ value: {} }}", expression(value))),
        (None, Some(label), _) => Ok(format!("{{ label: {} }}", expression(label))),
        (None, None, Some(index)) => Ok(format!("{{ index: {index} }}")),
        (None, None, None) => Err("it names no option".to_owned()),
    };
    if let Some(name) = &select.variable_name {
        return Ok(format!("value({})", text(name)));
    }
    if select.selected_options.is_empty() {
        return one(
            &select.selected_value,
            &select.selected_text,
            select.selected_index,
        );
    }
    let all: Result<Vec<String>, String> = select
        .selected_options
        .iter()
        .map(|option| one(&option.value, &option.text, option.index))
        .collect();
    Ok(format!("[{}]", all?.join(", ")))
}

pub(super) fn answer(dialog: &Dialog) -> String {
    match (&dialog.response, &dialog.prompt_value) {
        (DialogResponse::Dismiss, _) => "dialog.dismiss()".to_owned(),
        (_, Some(text)) => format!("dialog.accept({})", expression(text)),
        _ => "dialog.accept()".to_owned(),
    }
}

pub(super) fn chord(press: &Keypress) -> Result<String, String> {
    let mut keys: Vec<&str> = press
        .modifiers
        .iter()
        .map(held_key)
        .collect::<Result<_, _>>()?;
    let key = if press.key.is_empty() {
        press.code.as_deref().unwrap_or_default()
    } else {
        &press.key
    };
    keys.push(if key == " " { "Space" } else { key });
    Ok(keys.join("+"))
}
