//! A flow of the `DevTools` Recorder. What its steps say less well than the recording did stands in a custom step before
//! them, which other programs pass over and the importer here reads back.

mod wait;

use serde_json::{Value, json};

use super::losses::Losses;
use super::{ExportError, Exported, element, essence, role};
use crate::{
    Click, FrameRef, Keypress, Modifier, MouseButton, NavigationTrigger, Recording, RelativeTo,
    ScrollTarget, Selector, Step, StepKind, TabEvent, Wait, WaitFor, import,
};

/// Where a click goes whose place was not recorded, in CSS pixels from the corner of its element; the format wants one.
const CORNER: u32 = 5;

pub(super) fn export(recording: &Recording) -> Result<Exported, ExportError> {
    let mut losses = Losses::default();
    losses.head(recording);
    let mut steps = beginning(recording);
    for (index, step) in recording.steps.iter().enumerate() {
        losses.at(index);
        let mut said = match said(step, &mut losses) {
            Ok(said) => said,
            Err(why) => {
                let kind = step.kind.type_name();
                losses.lose(
                    "type",
                    format!("{kind}: {why}; only this program reads it back, others pass over it"),
                );
                Vec::new()
            }
        };
        if !is_exact(recording, step, &said) {
            said.insert(0, note(step, &said));
        }
        steps.extend(said);
    }
    let title = if recording.test_name.is_empty() {
        "recording"
    } else {
        &recording.test_name
    };
    let flow = json!({ "title": title, "steps": steps });
    Ok(Exported {
        text: serde_json::to_string_pretty(&flow)? + "\n",
        losses: losses.into_list(),
    })
}

fn beginning(recording: &Recording) -> Vec<Value> {
    let (width, height) = recording.page_size();
    vec![
        json!({
            "type": "setViewport", "width": width, "height": height,
            "deviceScaleFactor": recording.device_pixel_ratio.unwrap_or(1.0),
            "isMobile": recording.is_mobile.unwrap_or_default(),
            "hasTouch": recording.has_touch.unwrap_or_default(),
            "isLandscape": width > height,
        }),
        json!({ "type": "navigate", "url": recording.url, "assertedEvents": [{ "type": "navigation", "url": recording.url }] }),
    ]
}

/// Whether the importer makes a step of the same essence out of what was said.
fn is_exact(recording: &Recording, step: &Step, said: &[Value]) -> bool {
    let mut steps = beginning(recording);
    steps.extend(said.iter().cloned());
    let read = import(json!({ "title": "x", "steps": steps }).to_string()).ok();
    read.is_some_and(|read| matches!(read.recording.steps.as_slice(), [one] if essence::of(one) == essence::of(step)))
}

/// The whole step, with the steps that stand for it as they are: one that somebody changes later counts for more.
fn note(step: &Step, said: &[Value]) -> Value {
    let step = step.to_value().unwrap_or_default();
    json!({ "type": "customStep", "name": "proscenium", "parameters": { "step": step, "standsFor": said } })
}

fn said(step: &Step, losses: &mut Losses) -> Result<Vec<Value>, String> {
    let mut more = serde_json::Map::new();
    let frames = frames(&step.frame_path())?;
    if !frames.is_empty() {
        more.insert("frame".to_owned(), json!(frames));
    }
    if let Some(timeout) = step.timeout {
        more.insert("timeout".to_owned(), timeout.into());
    }
    let with = |mut said: Value, more: &serde_json::Map<String, Value>| {
        if let Some(fields) = said.as_object_mut() {
            fields.extend(more.clone());
        }
        said
    };
    Ok(match &step.kind {
        StepKind::Click(click) => {
            let ways = ways(step, losses)?;
            return clicked(click, ways, losses)
                .map(|said| held(&click.modifiers, vec![with(said, &more)]));
        }
        StepKind::Input(input)
            if !matches!(
                input.input_type.as_deref(),
                Some("file" | "checkbox" | "radio")
            ) =>
        {
            let value = input
                .variable_name
                .as_ref()
                .map_or_else(|| input.value.clone(), |name| format!("${{{name}}}"));
            if value.contains("${") {
                losses.lose(
                    "value",
                    "the variable stays as it is written: there are none there",
                );
            }
            vec![with(
                json!({ "type": "change", "target": "main", "selectors": ways(step, losses)?, "value": value }),
                &more,
            )]
        }
        StepKind::Select(select) if select.change.is_some() => {
            return Err("a selection is only ever made whole there".to_owned());
        }
        StepKind::Select(select) => {
            let value = select
                .selected_value
                .as_ref()
                .ok_or("its option has no value")?;
            vec![with(
                json!({ "type": "change", "target": "main", "selectors": ways(step, losses)?, "value": value }),
                &more,
            )]
        }
        StepKind::Navigation(to) if to.navigation_trigger == NavigationTrigger::Manual => {
            vec![json!({ "type": "navigate", "url": to.to })]
        }
        StepKind::Hover(_) => vec![with(
            json!({ "type": "hover", "target": "main", "selectors": ways(step, losses)? }),
            &more,
        )],
        StepKind::Scroll(scroll) => {
            let mut said = json!({ "type": "scroll", "target": "main", "x": scroll.scroll_x, "y": scroll.scroll_y });
            if scroll.element != ScrollTarget::Window {
                said["selectors"] = ways(step, losses)?;
            }
            vec![with(said, &more)]
        }
        StepKind::Keypress(press) => pressed(step, press, losses),
        StepKind::Tab(tab) if tab.event == TabEvent::Close => {
            vec![json!({ "type": "close", "target": "main" })]
        }
        StepKind::Wait(wait) if wait.wait_for == WaitFor::Element => {
            vec![with(
                json!({ "type": "waitForElement", "target": "main", "selectors": ways(step, losses)? }),
                &more,
            )]
        }
        StepKind::Checkpoint(check) if let Some(waits) = wait::said(check) => {
            let mut said = json!({ "type": "waitForElement", "target": "main", "selectors": ways(step, losses)? });
            if let (Some(said), Value::Object(waits)) = (said.as_object_mut(), waits) {
                said.extend(waits);
            }
            vec![with(said, &more)]
        }
        StepKind::Wait(Wait {
            wait_for: WaitFor::Expression,
            value: Some(Value::String(expression)),
            ..
        }) => vec![with(
            json!({ "type": "waitForExpression", "target": "main", "expression": expression }),
            &more,
        )],
        StepKind::Viewport(size) => vec![json!({
            "type": "setViewport", "width": size.width, "height": size.height,
            "deviceScaleFactor": size.device_scale_factor.unwrap_or(1.0), "isMobile": size.mobile.unwrap_or_default(),
            "hasTouch": size.touch.unwrap_or_default(), "isLandscape": size.width > size.height,
        })],
        _ => return Err("there is no such step there".to_owned()),
    })
}

fn clicked(click: &Click, ways: Value, losses: &mut Losses) -> Result<Value, String> {
    let kind = match click.click_count {
        1 => "click",
        2 => "doubleClick",
        count => return Err(format!("{count} clicks are too many")),
    };
    let button = match &click.button {
        MouseButton::Left => None,
        MouseButton::Middle => Some("auxiliary"),
        MouseButton::Right => Some("secondary"),
        MouseButton::Back => Some("back"),
        MouseButton::Forward => Some("forward"),
        MouseButton::Other(word) => return Err(format!("{word:?} is no button")),
    };
    let at = click
        .coordinates
        .as_ref()
        .filter(|_| click.coordinates_relative_to == Some(RelativeTo::Element));
    if at.is_none() {
        losses.lose(
            "coordinates",
            format!("the click goes {CORNER} pixels into the corner of its element"),
        );
    }
    if click.checked.is_some() {
        losses.lose(
            "checked",
            "the click is done whatever the state of the choice is",
        );
    }
    let corner = f64::from(CORNER);
    let (x, y) = at.map_or((corner, corner), |at| (at.x, at.y));
    let mut said =
        json!({ "type": kind, "target": "main", "selectors": ways, "offsetX": x, "offsetY": y });
    if let Some(button) = button {
        said["button"] = button.into();
    }
    if click.expects_navigation == Some(true) {
        said["assertedEvents"] = json!([{ "type": "navigation" }]);
    }
    Ok(said)
}

fn pressed(step: &Step, press: &Keypress, losses: &mut Losses) -> Vec<Value> {
    if !step.locators().is_empty() {
        losses.lose("selectors", "the key goes to whatever has the focus");
    }
    let key = if press.key.is_empty() {
        press.code.as_deref().unwrap_or_default()
    } else {
        &press.key
    };
    held(
        &press.modifiers,
        vec![
            json!({ "type": "keyDown", "target": "main", "key": key }),
            json!({ "type": "keyUp", "target": "main", "key": key }),
        ],
    )
}

/// Keys go down before and up after.
fn held(modifiers: &[Modifier], inner: Vec<Value>) -> Vec<Value> {
    let names: Vec<&str> = modifiers
        .iter()
        .map(|modifier| match modifier {
            Modifier::Ctrl => "Control",
            Modifier::Shift => "Shift",
            Modifier::Alt => "Alt",
            Modifier::Meta | Modifier::Other(_) => "Meta",
        })
        .collect();
    let key = |kind: &str, name: &&str| json!({ "type": kind, "target": "main", "key": name });
    let down = names.iter().map(|name| key("keyDown", name));
    let up = names.iter().rev().map(|name| key("keyUp", name));
    down.chain(inner).chain(up).collect()
}

/// The path of child-frame numbers.
fn frames(path: &[FrameRef]) -> Result<Vec<usize>, String> {
    path.iter()
        .map(|frame| {
            let number = frame.selectors.iter().find_map(|one| {
                let value = one.value.text();
                let number = value
                    .strip_prefix("(//iframe | //frame)[")?
                    .strip_suffix(']')?;
                number.parse::<usize>().ok()?.checked_sub(1)
            });
            number.ok_or_else(|| "a frame on the way is not known by its number".to_owned())
        })
        .collect()
}

/// Every way to the element that the format has words for.
fn ways(step: &Step, losses: &mut Losses) -> Result<Value, String> {
    let all = step.locators();
    let ways: Vec<Vec<String>> = all.iter().filter_map(way).collect();
    if ways.is_empty() {
        return Err("none of its selectors can be said there".to_owned());
    }
    if ways.len() < all.len() {
        losses.lose(
            "selectors",
            format!(
                "{} of {} cannot be said there",
                all.len() - ways.len(),
                all.len()
            ),
        );
    }
    Ok(json!(ways))
}

fn way(selector: &Selector) -> Option<Vec<String>> {
    let value = selector.value.text();
    match selector.strategy.as_str() {
        "css" if value.contains(" >>> ") => Some(value.split(" >>> ").map(str::to_owned).collect()),
        "role" => match role::parse(&value)?.as_slice() {
            [one] if one.level.is_none() && !one.folds_case => {
                let name = one.name.as_deref().unwrap_or_default();
                // What would end the name early has no escape there.
                (!name.contains("\"]")).then(|| vec![format!("aria/{name}[role=\"{}\"]", one.role)])
            }
            _ => None,
        },
        "label" | "aria-label" => Some(vec![format!("aria/{value}")]),
        "text-content" | "text" => Some(vec![format!("text/{value}")]),
        "xpath" | "xpathAbsolute" => Some(vec![format!("xpath/{value}")]),
        _ => element::css(selector).map(|css| vec![css]),
    }
}
