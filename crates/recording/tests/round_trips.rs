//! What is exported and imported again is the same recording.

use proptest::prelude::*;
use recording::{Problem, Recording, Step, Target, export, import};
use serde_json::{Value, json};

/// Selectors that both formats have words for, in the order in which both write them.
fn ways() -> impl Strategy<Value = Value> {
    prop_oneof![
        "[a-z]{1,8}( > [a-z]{1,4})?".prop_map(|css| json!([{ "strategy": "css", "value": css }])),
        ("[a-z]{1,6}", "[a-z]{1,6}").prop_map(|(css, id)| json!([
            { "strategy": "css", "value": css }, { "strategy": "xpath", "value": format!("//*[@id=\"{id}\"]") },
        ])),
    ]
}

fn frames() -> impl Strategy<Value = Value> {
    prop::collection::vec(1..4_u8, 0..3).prop_map(|path| {
        let frame = |number| json!({ "selectors": [{ "strategy": "xpath", "value": format!("(//iframe | //frame)[{number}]") }] });
        path.into_iter().map(frame).collect()
    })
}

/// Any step: those that a format has words for, and those that it has not.
fn step() -> impl Strategy<Value = Value> {
    let said = "[a-zA-Z é\"'\\\\<&;/=]{1,12}";
    prop_oneof![
        (ways(), frames(), 1..3_u8, any::<bool>()).prop_map(|(ways, frames, count, checks)| {
            let mut step = json!({ "type": "click", "selectors": ways, "frames": frames, "clickCount": count });
            if checks && count == 1 {
                step["inputType"] = "checkbox".into();
                step["checked"] = true.into();
            }
            step
        }),
        (ways(), prop::sample::select(vec!["left", "right", "middle", "back", "forward"]), prop::sample::subsequence(vec!["ctrl", "shift", "alt"], 0..3))
            .prop_map(|(ways, button, held)| json!({ "type": "click", "selectors": ways, "button": button, "modifiers": held })),
        (ways(), frames(), said, prop::option::of(1..9_000_u64)).prop_map(|(ways, frames, value, timeout)| {
            let mut step = json!({ "type": "input", "selectors": ways, "frames": frames, "value": value });
            if let Some(timeout) = timeout {
                step["timeout"] = timeout.into();
            }
            step
        }),
        (ways(), said).prop_map(|(ways, value)| json!({ "type": "select", "selectors": ways, "selectedText": value })),
        (ways(), said).prop_map(|(ways, value)| json!({ "type": "select", "selectors": ways, "selectedValue": value })),
        prop::sample::select(vec!["Enter", "Tab", "Escape", "a", "+"]).prop_map(|key| json!({ "type": "keypress", "key": key })),
        (ways(), frames()).prop_map(|(ways, frames)| json!({ "type": "keypress", "key": "Enter", "selectors": ways, "frames": frames })),
        (0..2_000_u32, 0..2_000_u32).prop_map(|(x, y)| json!({ "type": "scroll", "scrollX": x, "scrollY": y, "element": "window" })),
        (ways(), frames()).prop_map(|(ways, frames)| json!({ "type": "hover", "selectors": ways, "frames": frames })),
        said.prop_map(|code| json!({ "type": "wait", "waitFor": "expression", "value": code })),
        prop::sample::select(vec!["manual", "click", "back"]).prop_map(|by| json!({ "type": "navigation", "to": "https://a.test/next", "navigationTrigger": by })),
        (ways(), said, any::<bool>(), any::<bool>(), prop::sample::select(vec!["elementText", "elementVisible", "elementHasValue", "containsText"]))
            .prop_map(|(ways, value, not, soft, kind)| {
                let mut step = json!({ "type": "checkpoint", "checkType": kind, "selectors": ways, "negated": not, "soft": soft });
                if kind != "elementVisible" {
                    step["expectedValue"] = value.into();
                }
                step
            }),
        (ways(), any::<bool>(), any::<bool>(), prop::sample::select(vec!["elementPresent", "elementChecked", "elementEnabled", "elementEditable"]))
            .prop_map(|(ways, not, soft, kind)| json!({ "type": "checkpoint", "checkType": kind, "selectors": ways, "negated": not, "soft": soft })),
        (ways(), said, any::<bool>(), prop::sample::select(vec!["value", "label"]))
            .prop_map(|(ways, value, not, mode)| json!({ "type": "checkpoint", "checkType": "elementHasValue", "selectors": ways, "negated": not, "mode": mode, "expectedValue": value })),
        (ways(), said, any::<bool>())
            .prop_map(|(ways, value, not)| json!({ "type": "checkpoint", "checkType": "elementAttribute", "selectors": ways, "negated": not, "attribute": "data-k", "expectedValue": value })),
        (ways(), 0..9_u8).prop_map(|(ways, count)| json!({ "type": "checkpoint", "checkType": "elementCount", "selectors": ways, "expectedValue": count.to_string() })),
        said.prop_map(|code| json!({ "type": "checkpoint", "checkType": "expression", "expression": code })),
        (ways(), said, prop::sample::select(vec!["add", "remove"])).prop_map(|(ways, value, change)| json!({ "type": "select", "selectors": ways, "selectedValue": value, "change": change })),
        (said, prop::sample::select(vec!["alert", "confirm", "prompt"])).prop_map(|(says, kind)| json!({ "type": "dialog", "dialogType": kind, "response": "accept", "message": says, "checkMessage": true })),
        (ways(), -500..500_i32, 1..4_u8).prop_map(|(ways, delta, turns)| json!({ "type": "wheel", "selectors": ways, "deltaX": 0, "deltaY": delta, "turns": turns })),
        prop::option::of("[a-z*]{1,6}\\.csv").prop_map(|name| match name {
            Some(name) => json!({ "type": "download", "fileName": name }),
            None => json!({ "type": "download" }),
        }),
        any::<bool>().prop_map(|whole| json!({ "type": "screenshot", "fullPage": whole })),
        ways().prop_map(|ways| json!({ "type": "store", "from": "count", "variable": "N", "selectors": ways })),
        (ways(), 0..9_u8).prop_map(|(ways, at)| json!({ "type": "drag", "selectors": ways, "coordinates": { "x": at, "y": 2 }, "coordinatesRelativeTo": "element", "path": [{ "x": 5, "y": at }], "target": { "selectors": ways, "coordinates": { "x": 9, "y": 9 }, "coordinatesRelativeTo": "element" } })),
        said.prop_map(|title| json!({ "type": "checkpoint", "checkType": "pageTitle", "expectedValue": title })),
        (ways(), ways()).prop_map(|(ways, target)| json!({ "type": "drag", "selectors": ways, "target": { "selectors": target } })),
        (1..5_000_u32).prop_map(|time| json!({ "type": "wait", "waitFor": "duration", "value": time })),
        ways().prop_map(|ways| json!({ "type": "wait", "waitFor": "element", "selectors": ways })),
        said.prop_map(|part| json!({ "type": "wait", "waitFor": "url", "value": part })),
        "[a-z ();\"\n]{1,20}x".prop_map(|script| json!({ "type": "javascript", "expression": script })),
        (100..2_000_u32, 100..2_000_u32).prop_map(|(width, height)| json!({ "type": "viewport", "width": width, "height": height })),
        prop::sample::select(vec![("alert", "accept"), ("confirm", "dismiss"), ("prompt", "accept")]).prop_map(|(kind, answer)| json!({ "type": "dialog", "dialogType": kind, "response": answer })),
        ways().prop_map(|ways| json!({ "type": "submit", "selectors": ways })),
        Just(json!({ "type": "teleport", "where": "elsewhere" })),
        Just(json!({ "type": "tab", "event": "new", "targetUrl": "https://b.test/" })),
    ]
}

/// What a step says of its doing, without what a recorder notes beside it.
fn essence(step: &Step) -> Value {
    let mut value = step.to_value().unwrap_or_default();
    let kept = [
        "id",
        "timestamp",
        "completedAt",
        "url",
        "coordinates",
        "coordinatesRelativeTo",
    ];
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|name, value| {
            !kept.contains(&name.as_str())
                && *value != json!([])
                && *value != json!(false)
                && !value.is_null()
        });
    }
    value
}

/// The steps, each with those of its selectors that the export did not say it would lose.
fn all(recording: &Recording, losses: &[Problem]) -> Vec<Value> {
    let steps = recording.steps.iter().enumerate();
    steps
        .map(|(index, step)| {
            let mut value = essence(step);
            let place = format!("actions[{index}].selectors");
            if losses.iter().any(|loss| loss.path == place)
                && let Some(selectors) = value["selectors"].as_array_mut()
            {
                selectors.truncate(1);
            }
            value
        })
        .collect()
}

/// What the head says, as far as the export did not say it would lose it.
fn head(recording: &Recording, losses: &[Problem]) -> Value {
    let is_lost = |field: &str| losses.iter().any(|loss| loss.path == field);
    json!({
        "testName": (!is_lost("testName")).then_some(&recording.test_name),
        "url": recording.url,
        "viewport": (!is_lost("viewport")).then_some(recording.page_size()),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_recording_that_went_through_another_format_does_the_same(
        steps in prop::collection::vec((step(), prop::option::of("[a-z]{1,9}")), 1..7),
        target in prop::sample::select(vec![Target::DevTools, Target::Side, Target::PlaywrightJsonl, Target::WorkflowUse]),
    ) {
        let actions: Vec<Value> = steps.into_iter().map(|(mut step, name)| {
            if let Some(name) = name {
                step["name"] = name.into();
            }
            step
        }).collect();
        let document = json!({ "testName": "Round", "url": "https://a.test/", "viewport": { "width": 900, "height": 700 }, "actions": actions });
        let before = Recording::from_value(document).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let made = export(&before, target).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let after = import(&made.text).map_err(|error| TestCaseError::fail(format!("{error}\n{}", made.text)))?.recording;
        let lost = match target {
            // What it loses of a size is the frame of the window around the page.
            Target::Side => &[],
            _ => made.losses.as_slice(),
        };
        prop_assert_eq!(all(&before, lost), all(&after, lost), "{}", made.text);
        prop_assert_eq!(head(&before, lost), head(&after, lost));
    }

    #[test]
    fn every_format_takes_every_recording(steps in prop::collection::vec(step(), 0..6)) {
        let document = json!({ "testName": "`${x}` \"quoted\"\n*/", "url": "https://a.test/${A}", "actions": steps });
        let recording = Recording::from_value(document).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for target in [Target::PlaywrightJsonl, Target::WorkflowUse, Target::Playwright, Target::Puppeteer, Target::Selenium, Target::Cypress, Target::Yaml, Target::Json] {
            prop_assert!(export(&recording, target).is_ok());
        }
    }
}

#[test]
fn a_command_that_somebody_changed_counts_for_more_than_the_note_beside_it() {
    let document = json!({ "testName": "x", "url": "https://a.test/", "actions": [{ "type": "scroll", "scrollX": 0, "scrollY": 10 }] });
    let recording = Recording::from_value(document).unwrap();
    let made = export(&recording, Target::Side).unwrap().text;
    let changed = made.replace("window.scrollTo(0, 10)\",\n", "window.scrollTo(0, 99)\",\n");
    assert_ne!(made, changed);
    let read = import(changed).unwrap();
    assert!(
        read.losses
            .iter()
            .any(|loss| loss.message.contains("count for more")),
        "{:?}",
        read.losses
    );
    assert_eq!(read.recording.steps[0].kind.type_name(), "javascript");
}
