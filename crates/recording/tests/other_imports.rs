//! Playwright's JSONL, workflow-use's workflows and the product's own documents as imports.

use proptest::prelude::*;
use recording::{Recording, StepKind, import};
use serde_json::{Value, json};

fn lines(all: &[Value]) -> String {
    all.iter().map(|line| line.to_string() + "\n").collect()
}

fn types(recording: &Recording) -> Vec<&str> {
    recording
        .steps
        .iter()
        .map(|step| step.kind.type_name())
        .collect()
}

#[test]
fn playwright_lines_say_the_same_here() {
    let locator = |kind: &str, body: &str, options: Value| json!({ "kind": kind, "body": body, "options": options });
    let mut framed = locator("frame-locator", "#card", json!({}));
    framed["next"] = locator("label", "Number", json!({}));
    let made = import(lines(&[
        json!({ "browserName": "chromium", "launchOptions": { "headless": false }, "contextOptions": { "viewport": { "width": 900, "height": 700 } } }),
        json!({ "name": "openPage", "url": "about:blank", "signals": [], "pageGuid": "page@1" }),
        json!({ "name": "navigate", "url": "https://shop.test/", "signals": [], "pageGuid": "page@1" }),
        json!({ "name": "click", "selector": "internal:role=button[name=\"Buy\"i]", "signals": [{ "name": "navigation", "url": "x" }], "button": "left", "modifiers": 10, "clickCount": 2, "pageGuid": "page@1", "locator": locator("role", "button", json!({ "name": "Buy", "exact": true })) }),
        json!({ "name": "fill", "text": "4242", "pageGuid": "page@1", "locator": framed, "signals": [] }),
        json!({ "name": "press", "key": "a", "modifiers": 2, "pageGuid": "page@1", "locator": locator("default", "#name", json!({})) }),
        json!({ "name": "select", "options": ["a", "b"], "pageGuid": "page@1", "locator": locator("test-id", "size", json!({})) }),
        json!({ "name": "setInputFiles", "files": ["docs/a.txt"], "pageGuid": "page@1", "locator": locator("label", "File", json!({})) }),
        json!({ "name": "click", "pageGuid": "page@1", "locator": locator("text", "Help", json!({})), "signals": [{ "name": "popup", "popupAlias": "page1" }] }),
        json!({ "name": "assertText", "text": "Help", "substring": true, "pageGuid": "page@2", "locator": locator("default", "h1", json!({})) }),
        json!({ "name": "check", "pageGuid": "page@1", "locator": locator("label", "Terms", json!({})), "signals": [{ "name": "dialog", "dialogAlias": "d" }] }),
        json!({ "name": "closePage", "pageGuid": "page@1", "signals": [] }),
    ]))
    .expect("lines");
    assert_eq!(made.losses, []);
    let recording = &made.recording;
    assert_eq!(
        (recording.url.as_str(), recording.page_size()),
        ("https://shop.test/", (900, 700))
    );
    assert_eq!(
        types(recording),
        [
            "click",
            "input",
            "keypress",
            "select",
            "upload",
            "click",
            "tab",
            "checkpoint",
            "tab",
            "click",
            "dialog"
        ]
    );
    let report = recording.validate();
    assert!(report.errors.is_empty(), "{:?}", report.errors);
    let StepKind::Click(click) = &recording.steps[0].kind else {
        panic!("{:?}", recording.steps[0])
    };
    assert_eq!(
        (
            click.click_count,
            click.modifiers.len(),
            click.expects_navigation
        ),
        (2, 2, Some(true))
    );
    assert_eq!(
        recording.steps[0].selectors[0].value.text(),
        "button[name=\"Buy\"]"
    );
    assert_eq!(recording.steps[1].frames.len(), 1);
}

#[test]
fn what_playwright_says_and_a_recording_cannot_is_kept_and_named() {
    let made = import(lines(&[
        json!({ "browserName": "firefox", "launchOptions": {}, "contextOptions": { "locale": "de" }, "saveStorage": "x" }),
        json!({ "name": "navigate", "url": "https://a.test/", "pageGuid": "1", "signals": [] }),
        json!({ "name": "assertSnapshot", "ariaSnapshot": "- main", "pageGuid": "1", "locator": { "kind": "default", "body": "main" } }),
        json!({ "name": "click", "pageGuid": "1", "locator": { "kind": "default", "body": "li", "next": { "kind": "nth", "body": "2" } } }),
    ]))
    .expect("lines");
    let places: Vec<&str> = made.losses.iter().map(|loss| loss.path.as_str()).collect();
    assert_eq!(
        places,
        [
            "line 1.browserName",
            "line 1.contextOptions.locale",
            "line 1.saveStorage",
            "line 3.name",
            "line 4.locator"
        ]
    );
    assert_eq!(
        types(&made.recording),
        ["playwright-assertSnapshot", "playwright-click"]
    );
    assert!(import(lines(&[json!({ "browserName": "chromium" }), json!(5)])).is_err());
}

#[test]
fn a_workflow_says_the_same_here() {
    let made = import(json!({
        "name": "Search", "description": "Looks something up", "version": "1.4",
        "input_schema": [{ "name": "term", "type": "string", "required": true }],
        "steps": [
            { "type": "navigation", "url": "https://a.test/" },
            { "type": "input", "cssSelector": "#q", "xpath": "html/body/input", "value": "{term} {other}", "description": "Type the term" },
            { "type": "key_press", "cssSelector": "#q", "key": "Enter" },
            { "type": "click", "cssSelector": "a.first", "elementTag": "A", "elementText": "First" },
            { "type": "select_change", "cssSelector": "select", "selectedText": "All" },
            { "type": "scroll", "scrollX": 0, "scrollY": 300 },
            { "type": "wait", "duration_seconds": 1.5 },
            { "type": "extract_page_content", "goal": "the price" },
        ],
    }).to_string())
    .expect("a workflow");
    let said: Vec<String> = made.losses.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("version: "), "{said:?}");
    assert!(
        said[1].starts_with("steps[7].type: extract_page_content"),
        "{said:?}"
    );
    let recording = &made.recording;
    assert_eq!(
        types(recording),
        [
            "input",
            "keypress",
            "click",
            "select",
            "scroll",
            "wait",
            "workflow-use-extract_page_content"
        ]
    );
    assert_eq!(recording.steps[0].title(), "Type the term");
    let StepKind::Input(input) = &recording.steps[0].kind else {
        panic!("{:?}", recording.steps[0])
    };
    assert_eq!(input.value, "${term} {other}");
    assert_eq!(recording.variables[0].name, "term");
    assert_eq!(
        recording.steps[0].selectors[1].value.text(),
        "/html/body/input"
    );
}

#[test]
fn a_recording_of_this_program_is_imported_as_it_is() {
    let document = json!({ "testName": "Own", "url": "https://a.test/", "actions": [{ "type": "keypress", "key": "a", "x-more": 1 }] });
    let json = import(document.to_string()).unwrap();
    assert_eq!(
        (json.losses.len(), json.recording.test_name.as_str()),
        (0, "Own")
    );
    let yaml = import(json.recording.to_yaml().unwrap()).unwrap();
    assert_eq!(yaml.recording, json.recording);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_workflow_and_any_lines_are_read_or_refused(
        steps in prop::collection::vec((
            prop::sample::select(vec!["navigation", "click", "input", "select_change", "key_press", "scroll", "wait", "agent", "fill", "press", "navigate", "openPage", "select", "closePage", ""]),
            prop::collection::hash_map(
                prop::sample::select(vec!["url", "value", "cssSelector", "xpath", "key", "text", "options", "locator", "pageGuid", "modifiers", "clickCount", "signals", "scrollX", "duration_seconds", "tabId"]),
                prop_oneof![Just(Value::Null), any::<i64>().prop_map(Value::from), "[a-z{}/é]{0,8}".prop_map(Value::from), Just(json!([])), Just(json!({ "kind": "role", "body": "button", "next": { "kind": "text", "body": "é" } })), Just(json!(["a", 1]))],
                0..5,
            ),
        ), 0..6),
    ) {
        let as_steps: Vec<Value> = steps.iter().map(|(kind, fields)| {
            let mut step = json!({ "type": kind });
            fields.iter().for_each(|(name, value)| step[*name] = value.clone());
            step
        }).collect();
        let as_lines: Vec<Value> = std::iter::once(json!({ "browserName": "chromium" })).chain(steps.iter().map(|(kind, fields)| {
            let mut line = json!({ "name": kind });
            fields.iter().for_each(|(name, value)| line[*name] = value.clone());
            line
        })).collect();
        for text in [json!({ "name": "x", "input_schema": [{ "name": "a" }], "steps": as_steps }).to_string(), lines(&as_lines)] {
            if let Ok(made) = import(text) {
                let text = made.recording.to_json_pretty().unwrap();
                prop_assert!(Recording::parse(text, recording::Format::Json).is_ok());
            }
        }
    }
}
