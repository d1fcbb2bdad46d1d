//! A workflow of workflow-use. What a step of it says less well than that of the recording did stands in a field of its own,
//! which the importer here reads back.

mod act;
mod inputs;

use serde_json::{Value, json};

use super::losses::Losses;
use super::{ExportError, Exported, essence, rest};
use crate::import::workflow_use::{VERSION, step_of};
use crate::{Recording, Step};
use inputs::Inputs;

pub(super) fn export(recording: &Recording) -> Result<Exported, ExportError> {
    let mut losses = Losses::default();
    losses.tags(recording);
    losses.user_agent(recording);
    screen(recording, &mut losses);
    let inputs = Inputs::of(recording, &mut losses);
    let mut steps = vec![json!({ "type": "navigation", "url": inputs.braces(&recording.url) })];
    for (index, step) in recording.steps.iter().enumerate() {
        losses.at(index);
        steps.push(said(step, &inputs, &mut losses));
    }
    let name = match recording.test_name.as_str() {
        "" => "recording",
        name => name,
    };
    let description = recording.extra.get("description").and_then(Value::as_str);
    let workflow = json!({
        "name": name,
        "description": description.unwrap_or_default(),
        "version": VERSION,
        "input_schema": inputs.schema(),
        "steps": steps,
    });
    Ok(Exported {
        text: serde_json::to_string_pretty(&workflow)? + "\n",
        losses: losses.into_list(),
    })
}

/// Workflows are performed in whatever browser there is.
fn screen(recording: &Recording, losses: &mut Losses) {
    let fields = [
        ("viewport", recording.viewport.is_some()),
        ("devicePixelRatio", recording.device_pixel_ratio.is_some()),
        ("isMobile", recording.is_mobile == Some(true)),
        ("hasTouch", recording.has_touch == Some(true)),
    ];
    for (field, _) in fields.iter().filter(|(_, is_said)| *is_said) {
        losses.lose(field, "is not carried over");
    }
}

/// The step of the workflow. One that has no counterpart is a task for an agent, who is told its title.
fn said(step: &Step, inputs: &Inputs, losses: &mut Losses) -> Value {
    let (mut said, is_task) = match act::said(step, inputs, losses) {
        Ok(said) => (said, false),
        Err(why) => {
            let kind = step.kind.type_name();
            let why = format!(
                "{kind}: {why}; an agent is told its title, and only this program reads it back"
            );
            losses.lose("type", why);
            let task = inputs.braces(&step.title());
            (json!({ "type": "agent", "task": task }), true)
        }
    };
    if let Some(name) = &step.name {
        said["description"] = name.as_str().into();
    }
    if step.timestamp > 0.0 {
        said["timestamp"] = act::whole(step.timestamp);
    }
    let read = said
        .as_object()
        .and_then(|fields| step_of(fields, inputs.names()));
    if read.as_ref().map(essence::of) == Some(essence::of(step)) {
        return said;
    }
    if let Some(read) = read.filter(|_| !is_task) {
        rest::tell(step, &read, losses);
    }
    let step = step.to_value().unwrap_or_default();
    let stands_for = said.clone();
    said["proscenium"] = json!({ "step": step, "standsFor": stands_for });
    said
}
