//! Recordings as the lines of Playwright's code generator and as workflows of workflow-use, and back.

use proptest::prelude::*;
use recording::{Exported, Imported, Recording, StepKind, Target, export, import};
use serde_json::{Value, json};

fn recording(actions: &Value) -> Recording {
    let document = json!({ "testName": "x", "url": "https://a.test/", "actions": actions });
    Recording::from_value(document).expect("a recording")
}

fn there_and_back(recording: &Recording, target: Target) -> (Exported, Imported) {
    let made = export(recording, target).expect("an export");
    let read = import(&made.text).expect("an import");
    assert_eq!(read.losses, [], "{}", made.text);
    (made, read)
}

/// What a step is and does, without what an import gives every step.
fn essence(recording: &Recording) -> Vec<Value> {
    let steps = recording.steps.iter();
    steps
        .map(|step| {
            let mut step = step.to_value().unwrap_or_default();
            if let Some(fields) = step.as_object_mut() {
                fields.retain(|name, value| {
                    !["id", "timestamp", "url"].contains(&name.as_str()) && *value != json!([])
                });
            }
            step
        })
        .collect()
}

fn css(value: &str) -> Value {
    json!([{ "strategy": "css", "value": value }])
}

fn line(made: &Exported, number: usize) -> Value {
    let line = made.text.lines().nth(number).expect("a line");
    serde_json::from_str(line).expect("JSON")
}

#[test]
fn a_line_says_the_tab_and_the_dialog_of_its_action_without_a_note() {
    let recording = recording(&json!([
        { "type": "click", "selectors": css("#help"), "expectsNavigation": true },
        { "type": "tab", "event": "new", "index": 1 },
        { "type": "input", "selectors": css("#q"), "value": "mug" },
        { "type": "tab", "event": "switch", "index": 0 },
        { "type": "click", "selectors": css("#delete") },
        { "type": "dialog", "response": "dismiss" },
        { "type": "tab", "event": "new", "index": 2, "targetUrl": "https://b.test/" },
        { "type": "navigation", "to": "https://b.test/next", "navigationTrigger": "manual" },
        { "type": "tab", "event": "close", "index": 2 },
        { "type": "tab", "event": "switch", "index": 1 },
        { "type": "keypress", "key": "Escape" },
    ]));
    let (made, read) = there_and_back(&recording, Target::PlaywrightJsonl);
    assert!(!made.text.contains("proscenium"), "{}", made.text);
    assert_eq!(essence(&recording), essence(&read.recording));
    let pages: Vec<Value> = (3..made.text.lines().count())
        .map(|number| line(&made, number)["pageGuid"].clone())
        .collect();
    assert_eq!(
        pages,
        [
            "page@1", "page@2", "page@2", "page@1", "page@3", "page@3", "page@3", "page@2"
        ]
    );
    assert_eq!(
        line(&made, 3)["signals"],
        json!([{ "name": "navigation", "url": "" }, { "name": "popup", "popupAlias": "page1" }])
    );
    assert_eq!(line(&made, 6)["signals"][0]["name"], "dialog");
}

#[test]
fn an_element_is_said_in_playwrights_own_selectors_and_taken_apart() {
    let ways = [
        ("role", "list >> listitem[name=\"A \\\"b\\\"\" i][level=2]"),
        ("css-semantic", "li.item:has-text(\"Mug\")"),
        ("xpath", "//main/a"),
        ("placeholder", "Your \"name\""),
        ("data-testid", "save"),
        ("text-content", "Help"),
    ];
    let actions = ways.map(|(strategy, value)| {
        let selectors = json!([{ "strategy": strategy, "value": value }]);
        json!({ "type": "hover", "selectors": selectors })
    });
    let recording = recording(&json!(actions));
    let (made, read) = there_and_back(&recording, Target::PlaywrightJsonl);
    let selectors: Vec<String> = (3..3 + ways.len())
        .map(|number| line(&made, number)["selector"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        selectors,
        [
            "internal:role=list >> internal:role=listitem[name=\"A \\\"b\\\"\"i][level=2]",
            "li.item >> internal:has-text=\"Mug\"i",
            "xpath=//main/a",
            "internal:attr=[placeholder=\"Your \\\"name\\\"\"s]",
            "internal:testid=[data-testid=\"save\"s]",
            "internal:text=\"Help\"s",
        ]
    );
    assert_eq!(essence(&recording), essence(&read.recording));
}

#[test]
fn a_css_path_into_shadow_roots_is_kept_and_not_said_as_something_else() {
    let recording = recording(&json!([{ "type": "hover", "selectors": css("my-box >>> button") }]));
    let (made, read) = there_and_back(&recording, Target::PlaywrightJsonl);
    assert!(
        made.losses[1].message.contains("none of its selectors"),
        "{:?}",
        made.losses
    );
    assert_eq!(essence(&recording), essence(&read.recording));
}

#[test]
fn what_somebody_changed_counts_for_more_than_the_note_beside_it() {
    let named = json!([{ "type": "input", "name": "Who", "timeout": 9, "selectors": css("#name"), "value": "Ann" }]);
    for (target, was, is) in [
        (
            Target::PlaywrightJsonl,
            "\n{\"name\":\"fill\",\"text\":\"Ann\"",
            "\n{\"name\":\"fill\",\"text\":\"Bob\"",
        ),
        (
            Target::WorkflowUse,
            "\n      \"value\": \"Ann\"",
            "\n      \"value\": \"Bob\"",
        ),
    ] {
        let made = export(&recording(&named), target).unwrap().text;
        let changed = made.replacen(was, is, 1);
        assert_ne!(made, changed);
        let read = import(changed).unwrap();
        let said: Vec<String> = read.losses.iter().map(ToString::to_string).collect();
        assert!(said[0].contains("changed, and count"), "{said:?}");
        let StepKind::Input(input) = &read.recording.steps[0].kind else {
            panic!("{:?}", read.recording.steps)
        };
        assert_eq!(
            (input.value.as_str(), read.recording.steps[0].timeout),
            ("Bob", None)
        );
    }
}

#[test]
fn variables_are_inputs_of_a_workflow_and_stored_values_are_not() {
    let mut recording = recording(&json!([
        { "type": "input", "selectors": css("#user"), "value": "${USER}", "variableName": "USER" },
        { "type": "store", "from": "text", "variable": "TOTAL", "selectors": css("#total") },
        { "type": "input", "selectors": css("#sum"), "value": "${TOTAL} for ${USER}" },
        { "type": "input", "selectors": css("#note"), "value": "{USER}" },
    ]));
    recording.url = "https://${HOST}/".to_owned();
    let made = export(&recording, Target::WorkflowUse).unwrap();
    let workflow: Value = serde_json::from_str(&made.text).unwrap();
    let input = |name: &str| json!({ "name": name, "type": "string", "required": true });
    assert_eq!(
        workflow["input_schema"],
        json!([input("HOST"), input("USER")])
    );
    assert_eq!(workflow["steps"][0]["url"], "https://{HOST}/");
    assert_eq!(workflow["steps"][1]["value"], "{USER}");
    assert_eq!(workflow["steps"][3]["value"], "${TOTAL} for {USER}");
    let braces: Vec<&str> = made
        .losses
        .iter()
        .filter(|loss| loss.message.contains("braces"))
        .map(|loss| loss.path.as_str())
        .collect();
    assert_eq!(braces, ["actions[2].value", "actions[3].value"]);
    let read = import(&made.text).unwrap().recording;
    let values: Vec<String> = [0, 2, 3]
        .map(|index| essence(&read)[index]["value"].as_str().unwrap().to_owned())
        .to_vec();
    assert_eq!(values, ["${USER}", "${TOTAL} for ${USER}", "{USER}"]);
    assert_eq!(read.url, "https://${HOST}/");
}

#[test]
fn what_only_the_other_tool_knew_is_exported_as_it_came() {
    let workflow = json!({
        "name": "Prices", "description": "Reads a price", "version": "1.0", "input_schema": [],
        "steps": [
            { "type": "navigation", "url": "https://a.test/" },
            { "type": "agent", "task": "Find the price", "max_steps": 3 },
            { "type": "click", "cssSelector": "#go", "target_text": "" },
            { "type": "wait", "duration_seconds": 1.5 },
        ],
    });
    let read = import(workflow.to_string()).unwrap().recording;
    let made = export(&read, Target::WorkflowUse).unwrap();
    assert_eq!(made.losses, []);
    assert_eq!(serde_json::from_str::<Value>(&made.text).unwrap(), workflow);

    let snapshot = json!({
        "name": "assertSnapshot", "snapshot": "- main", "signals": [], "pageGuid": "page@1",
        "locator": { "kind": "default", "body": "main", "options": {} },
    });
    let lines = [
        json!({ "browserName": "chromium" }),
        json!({ "name": "navigate", "url": "https://a.test/", "signals": [], "pageGuid": "page@1" }),
        snapshot.clone(),
    ];
    let read = import(lines.map(|line| line.to_string()).join("\n"))
        .unwrap()
        .recording;
    let made = export(&read, Target::PlaywrightJsonl).unwrap();
    assert_eq!(line(&made, 3), snapshot);
}

#[test]
fn a_step_that_a_workflow_has_no_word_for_is_a_task_for_an_agent() {
    let recording = recording(&json!([
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Hello ${USER}" },
    ]));
    let (made, read) = there_and_back(&recording, Target::WorkflowUse);
    let workflow: Value = serde_json::from_str(&made.text).unwrap();
    assert_eq!(workflow["steps"][1]["type"], "agent");
    assert!(
        workflow["steps"][1]["task"]
            .as_str()
            .unwrap()
            .starts_with("Check")
    );
    assert!(
        made.losses[0]
            .message
            .contains("an agent is told its title"),
        "{:?}",
        made.losses
    );
    assert_eq!(essence(&recording), essence(&read.recording));
}

/// Steps that open, turn to and close tabs and answer dialogs, in any order, sensible or not, and some between them.
fn about_tabs() -> impl Strategy<Value = Value> {
    let index = || prop::option::of(0..4_u8);
    let with = |mut step: Value, index: Option<u8>| {
        if let Some(index) = index {
            step["index"] = index.into();
        }
        step
    };
    prop_oneof![
        any::<bool>().prop_map(|goes| {
            let mut step = json!({ "type": "click", "selectors": css("#a") });
            if goes {
                step["expectsNavigation"] = true.into();
            }
            step
        }),
        Just(json!({ "type": "input", "selectors": css("#b"), "value": "x", "timeout": 5 })),
        Just(json!({ "type": "scroll", "scrollX": 0, "scrollY": 9 })),
        Just(
            json!({ "type": "navigation", "to": "https://c.test/", "navigationTrigger": "manual" })
        ),
        index().prop_map(move |index| with(json!({ "type": "tab", "event": "switch" }), index)),
        index().prop_map(move |index| with(json!({ "type": "tab", "event": "close" }), index)),
        (index(), prop::option::of(Just("https://b.test/"))).prop_map(move |(index, url)| {
            let mut step = with(json!({ "type": "tab", "event": "new" }), index);
            if let Some(url) = url {
                step["targetUrl"] = url.into();
            }
            step
        }),
        Just(json!({ "type": "dialog", "response": "dismiss" })),
        Just(json!({ "type": "dialog", "response": "accept", "dialogType": "confirm" })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_say_in_which_tab_each_step_is_done(actions in prop::collection::vec(about_tabs(), 0..9)) {
        let before = recording(&json!(actions));
        let (made, after) = there_and_back(&before, Target::PlaywrightJsonl);
        prop_assert_eq!(essence(&before), essence(&after.recording), "{}", made.text);
    }
}
