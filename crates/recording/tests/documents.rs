//! Reading and writing documents, through the public door.

use recording::{Format, Recording, ScrollTarget, StepKind, Variables};
use serde_json::{Value, json};

const EVERY_TYPE: &str = include_str!("fixtures/every-type.json");
const WRAPPED_LEGACY: &str = include_str!("fixtures/wrapped-legacy.json");
const BY_HAND: &str = include_str!("fixtures/by-hand.yaml");

fn read(text: &str) -> Recording {
    Recording::parse(text, Format::Auto).unwrap_or_else(|error| panic!("{error}"))
}

/// Null and an empty list say the same as nothing.
fn tidy(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .map(|(key, value)| (key, tidy(value)))
                .filter(|(_, value)| !value.is_null() && *value != json!([]))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(tidy).collect()),
        other => other,
    }
}

#[test]
fn a_document_is_written_as_it_was_read() {
    for text in [EVERY_TYPE, WRAPPED_LEGACY] {
        let before: Value = serde_json::from_str(text).unwrap();
        let recording = read(text);
        let after: Value = serde_json::from_str(&recording.to_json_pretty().unwrap()).unwrap();
        let mut expected = tidy(before);
        let mut written = tidy(after);
        // What every click and keypress says even when the file left it out.
        for document in [&mut expected, &mut written] {
            for step in document
                .pointer_mut("/actions")
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                step.as_object_mut().unwrap().remove("modifiers");
            }
        }
        assert_eq!(written, expected);
    }
}

#[test]
fn yaml_says_the_same_as_json() {
    let recording = read(EVERY_TYPE);
    let yaml = recording.to_yaml().unwrap();
    assert_eq!(Recording::parse(&yaml, Format::Yaml).unwrap(), recording);
}

#[test]
fn every_type_of_step_is_known() {
    let recording = read(EVERY_TYPE);
    let seen: std::collections::BTreeSet<&str> = recording
        .steps
        .iter()
        .map(|step| step.kind.type_name())
        .collect();
    let known: std::collections::BTreeSet<&str> = StepKind::TYPES.iter().copied().collect();
    assert_eq!(seen, known);
    assert_eq!(recording.validate().errors, []);
}

#[test]
fn titles_read_as_sentences() {
    let titles: Vec<String> = read(EVERY_TYPE)
        .steps
        .iter()
        .map(recording::Step::title)
        .collect();
    insta::assert_snapshot!(titles.join("\n"));
}

#[test]
fn a_visual_check_says_what_it_looks_at_and_keeps_what_it_does_not_know() {
    let masks =
        json!([{ "selectors": [{ "strategy": "css", "value": ".clock" }], "why": "it ticks" }]);
    let cases = [
        (json!({}), "Check the page looks the same"),
        (
            json!({ "fullPage": true, "masks": masks, "threshold": 0.01 }),
            "Check the whole page looks the same",
        ),
        (
            json!({ "negated": true, "selectors": [{ "strategy": "label", "value": "Map" }] }),
            "Check “Map” looks different",
        ),
    ];
    for (fields, title) in cases {
        let mut document = json!({ "type": "checkpoint", "checkType": "visual", "timestamp": 0 });
        for (name, value) in fields.as_object().expect("an object") {
            document[name] = value.clone();
        }
        let step = recording::Step::from_value(document.clone()).unwrap();
        assert_eq!(step.title(), title);
        assert_eq!(step.to_value().unwrap(), document);
    }
}

#[test]
fn a_title_never_shows_a_sensitive_value() {
    let step = recording::Step::from_value(json!({
        "type": "input", "value": "hunter22", "isSensitive": true, "inputType": "password",
        "selectors": [{"strategy": "label", "value": "Password"}],
    }))
    .unwrap();
    assert_eq!(step.title(), "Type •••• in “Password”");
    assert!(!format!("{step:?}").contains("hunter22"));
}

#[test]
fn the_ranked_list_comes_before_the_older_forms() {
    let recording = read(EVERY_TYPE);
    let found: Vec<(String, String)> = recording.steps[0]
        .locators()
        .into_iter()
        .map(|selector| (selector.strategy, selector.value.to_string()))
        .collect();
    let expected = [
        ("data-testid", "add"),
        ("text-content", "Add to cart"),
        ("css", "button.add"),
        ("id", "add"),
        ("xpath", "//button[1]"),
        ("xpath", "/html/body/button[1]"),
        ("text", "Add to cart"),
        ("aria-label", "Add"),
        ("css", "main button"),
        ("position", "ul.products > 3"),
        ("position", "main > 2"),
    ];
    assert_eq!(
        found,
        expected.map(|(strategy, value)| (strategy.to_owned(), value.to_owned()))
    );
}

#[test]
fn the_single_selector_follows_its_own_priority() {
    let recording = read(WRAPPED_LEGACY);
    let strategies: Vec<String> = recording.steps[0]
        .locators()
        .into_iter()
        .map(|selector| selector.strategy)
        .collect();
    assert_eq!(
        strategies,
        ["text", "css", "xpath", "textContains", "position"]
    );
}

#[test]
fn epoch_times_become_times_since_the_start() {
    let recording = read(WRAPPED_LEGACY);
    assert_eq!(recording.span_of(&recording.steps[0]), (500.0, 600.0));
    assert_eq!(recording.span_of(&recording.steps[1]), (2000.0, 2000.0));
}

#[test]
fn both_shapes_of_a_modal_name_its_element() {
    let recording = read(EVERY_TYPE);
    let named: Vec<Vec<(String, String)>> = recording
        .steps
        .iter()
        .filter_map(|step| match &step.kind {
            StepKind::ModalLifecycle(modal) => Some(
                modal
                    .selectors()
                    .into_iter()
                    .map(|selector| (selector.strategy, selector.value.to_string()))
                    .collect(),
            ),
            _ => None,
        })
        .collect();
    assert_eq!(
        named,
        [
            vec![("css".into(), "#login".into())],
            vec![("id".into(), "login".into())]
        ]
    );
}

#[test]
fn a_document_by_hand_needs_only_a_name_an_address_and_steps() {
    let recording = read(BY_HAND);
    assert_eq!(recording.steps[0].id, "act_001");
    assert_eq!(recording.steps[3].id, "act_004");
    let (StepKind::Input(input), StepKind::Checkpoint(check)) =
        (&recording.steps[0].kind, &recording.steps[3].kind)
    else {
        panic!("an input and a checkpoint");
    };
    assert_eq!(input.value, "42");
    assert_eq!(check.expected_value.as_deref(), Some("no"));
    assert!(recording.validate().is_valid());
}

#[test]
fn a_scroll_knows_the_window_from_an_element() {
    let recording = read(EVERY_TYPE);
    let (StepKind::Scroll(window), StepKind::Scroll(element)) =
        (&recording.steps[5].kind, &recording.steps[6].kind)
    else {
        panic!("two scrolls");
    };
    assert_eq!(window.element, ScrollTarget::Window);
    assert!(
        matches!(&element.element, ScrollTarget::Element(selector) if selector.id.as_deref() == Some("list"))
    );
}

#[test]
fn the_frame_of_older_files_is_a_path_of_one() {
    let step = recording::Step::from_value(json!({
        "type": "click", "frameSelector": "iframe#pay", "frameUrl": "http://pay.test/", "frameId": 7,
    }))
    .unwrap();
    let path = step.frame_path();
    assert_eq!(path.len(), 1);
    assert_eq!(
        (
            path[0].selectors[0].strategy.as_str(),
            &*path[0].selectors[0].value.text()
        ),
        ("css", "iframe#pay")
    );
}

#[test]
fn variables_are_collected_from_every_place_that_names_one() {
    let recording = read(WRAPPED_LEGACY);
    assert_eq!(
        recording.variable_names().into_iter().collect::<Vec<_>>(),
        ["PASSWORD"]
    );
    let given: Variables = [("PASSWORD", "s3cret")].into_iter().collect();
    assert_eq!(given.substitute("${PASSWORD}").unwrap(), "s3cret");
}

#[test]
fn info_tells_the_facts_of_a_recording() {
    insta::assert_json_snapshot!(read(EVERY_TYPE).info());
}

#[test]
fn a_new_step_gets_the_next_number() {
    let mut recording = read(EVERY_TYPE);
    let id = recording.push(recording::Step::new(recording::Keypress {
        key: "Enter".into(),
        ..Default::default()
    }));
    assert_eq!(id, "act_030");
}
