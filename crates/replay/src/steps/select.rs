//! Options of a `<select>`: by value, else by text; by place only when the recording says nothing else.

use recording::{Select, SelectionChange};
use serde_json::json;

use super::unknown_word;
use crate::fault::Fault;
use crate::locate;
use crate::manner;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, select: &Select) -> Result<Done, Fault> {
    let mut values = Vec::new();
    let mut labels = Vec::new();
    let mut indexes = Vec::new();
    if let Some(name) = &select.variable_name {
        let value = scene.fill_in(&format!("${{{name}}}"))?;
        values.push(value.clone());
        labels.push(value);
    } else if select.is_multiple == Some(true) && !select.selected_options.is_empty() {
        for option in &select.selected_options {
            values.extend(
                option
                    .value
                    .as_ref()
                    .map(|value| scene.fill_in(value))
                    .transpose()?,
            );
            labels.extend(
                option
                    .text
                    .as_ref()
                    .map(|text| scene.fill_in(text))
                    .transpose()?,
            );
            indexes.extend(option.index);
        }
    } else {
        values.extend(
            select
                .selected_value
                .as_ref()
                .map(|value| scene.fill_in(value))
                .transpose()?,
        );
        labels.extend(
            select
                .selected_text
                .as_ref()
                .map(|text| scene.fill_in(text))
                .transpose()?,
        );
        indexes.extend(select.selected_index.filter(|index| *index >= 0));
    }
    // A place proves nothing once the recording names the option: another one may stand there now.
    if !values.is_empty() || !labels.is_empty() {
        indexes.clear();
    }
    let mut wanted = serde_json::Map::new();
    for (key, list) in [
        ("values", json!(values)),
        ("labels", json!(labels)),
        ("indexes", json!(indexes)),
    ] {
        if list.as_array().is_some_and(|list| !list.is_empty()) {
            wanted.insert(key.to_owned(), list);
        }
    }
    match &select.change {
        Some(SelectionChange::Other(word)) => {
            return Err(unknown_word("the change of a selection", word));
        }
        Some(change) => drop(wanted.insert("change".to_owned(), json!(change.as_str()))),
        None => {}
    }
    manner::visit(scene).await;
    let selectors = scene.selectors()?;
    let page = scene.page();
    let navigations = page.navigations();
    let target = locate::ask(scene, "selectOption", |common| {
        json!([selectors, wanted, common])
    })
    .await?;
    scene.acting();
    let chosen: Vec<String> = target
        .ready
        .selected
        .iter()
        .map(|option| {
            if option.text.is_empty() {
                option.value.clone()
            } else {
                option.text.clone()
            }
        })
        .collect();
    scene.notes.actual = Some(chosen.join(", "));
    scene.settle_after_call(&page, navigations).await?;
    Ok(Done::Performed)
}
