//! Other tools' recordings become documents of this one; what cannot be said is said.

use proptest::prelude::*;
use recording::{Recording, Severity, StepKind, import};
use serde_json::{Value, json};

fn flow(steps: Value) -> Value {
    json!({ "title": "Shop", "timeout": 7000, "steps": steps })
}

fn imported(steps: Value) -> recording::Imported {
    import(flow(steps).to_string()).expect("a flow")
}

#[test]
fn a_devtools_flow_says_the_same_here() {
    let made = imported(json!([
        { "type": "setViewport", "width": 412, "height": 915, "deviceScaleFactor": 2, "isMobile": true, "hasTouch": true, "isLandscape": false },
        { "type": "navigate", "url": "https://shop.test/", "assertedEvents": [{ "type": "navigation", "url": "https://shop.test/", "title": "Shop" }] },
        { "type": "click", "target": "main", "offsetX": 5, "offsetY": 6.5,
          "selectors": [["#buy"], ["aria/Buy[role=\"button\"]"], ["xpath///*[@id=\"buy\"]"], ["my-card", "button"], ["text/Buy"]] },
        { "type": "doubleClick", "selectors": [".row"], "button": "secondary" },
        { "type": "change", "selectors": [["aria/Name"]], "value": "Ada" },
        { "type": "keyDown", "key": "Control" },
        { "type": "keyDown", "key": "a" },
        { "type": "keyUp", "key": "a" },
        { "type": "keyUp", "key": "Control" },
        { "type": "keyDown", "key": "Enter" },
        { "type": "scroll", "x": 0, "y": 120.5 },
        { "type": "scroll", "x": 3, "y": 4, "selectors": ["#list"] },
        { "type": "hover", "selectors": ["#menu"], "frame": [0, 2] },
        { "type": "waitForElement", "selectors": ["#done"] },
        { "type": "navigate", "url": "https://shop.test/next" },
        { "type": "click", "target": "https://help.test/", "selectors": ["a"] },
        { "type": "close", "target": "https://help.test/" },
    ]));
    assert_eq!(made.losses, []);
    let recording = made.recording;
    assert_eq!(
        (recording.test_name.as_str(), recording.url.as_str()),
        ("Shop", "https://shop.test/")
    );
    assert_eq!(recording.page_size(), (412, 915));
    assert_eq!(
        (recording.device_pixel_ratio, recording.is_mobile),
        (Some(2.0), Some(true))
    );
    let kinds: Vec<&str> = recording
        .steps
        .iter()
        .map(|step| step.kind.type_name())
        .collect();
    assert_eq!(
        kinds,
        [
            "click",
            "click",
            "input",
            "keypress",
            "keypress",
            "scroll",
            "scroll",
            "hover",
            "wait",
            "navigation",
            "tab",
            "click",
            "tab"
        ]
    );
    let report = recording.validate();
    assert!(report.errors.is_empty(), "{:?}", report.errors);
    let first = &recording.steps[0];
    let selectors: Vec<(String, String)> = first
        .selectors
        .iter()
        .map(|one| (one.strategy.clone(), one.value.to_string()))
        .collect();
    let expected = [
        ("role", "button[name=\"Buy\"]"),
        ("text-content", "Buy"),
        ("css", "#buy"),
        ("xpath", "//*[@id=\"buy\"]"),
        ("css", "my-card >>> button"),
    ];
    assert_eq!(
        selectors,
        expected.map(|(strategy, value)| (strategy.to_owned(), value.to_owned()))
    );
    assert_eq!(first.timeout, Some(7000));
    let StepKind::Keypress(chord) = &recording.steps[3].kind else {
        panic!("{:?}", recording.steps[3])
    };
    assert_eq!((chord.key.as_str(), chord.modifiers.len()), ("a", 1));
    assert_eq!(recording.steps[7].frames.len(), 2);
    let again =
        Recording::parse(recording.to_json_pretty().unwrap(), recording::Format::Json).unwrap();
    assert_eq!(again.steps.len(), recording.steps.len());
}

#[test]
fn expressions_are_waited_for_and_buttons_at_the_side_are_pressed() {
    let made = imported(json!([
        { "type": "navigate", "url": "https://shop.test/" },
        { "type": "waitForExpression", "target": "main", "expression": "window.ready", "timeout": 700 },
        { "type": "click", "selectors": ["#page"], "button": "back" },
        { "type": "click", "selectors": ["#page"], "button": "forward" },
    ]));
    assert!(made.losses.is_empty(), "{:?}", made.losses);
    assert!(made.recording.validate().is_valid());
    let steps = serde_json::to_value(&made.recording).unwrap();
    let steps = &steps["actions"];
    assert_eq!(steps[0]["waitFor"], "expression");
    assert_eq!(steps[0]["value"], "window.ready");
    assert_eq!(steps[0]["timeout"], 700);
    assert_eq!(
        (&steps[1]["button"], &steps[2]["button"]),
        (&json!("back"), &json!("forward"))
    );
    assert!(import(flow(json!([{ "type": "waitForExpression" }])).to_string()).is_err());
}

#[test]
fn a_wait_for_an_element_says_in_which_state_it_has_to_be() {
    let wait = |more: Value| {
        let mut step = json!({ "type": "waitForElement", "selectors": ["#a"] });
        step.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        step
    };
    let made = imported(json!([
        { "type": "navigate", "url": "https://shop.test/" },
        wait(json!({ "operator": ">=", "count": 1, "visible": true, "properties": {}, "attributes": {} })),
        wait(json!({ "visible": false })),
        wait(json!({ "count": 0, "operator": "==" })),
        wait(json!({ "attributes": { "class": "on" } })),
        wait(json!({ "properties": { "checked": false } })),
        wait(json!({ "properties": { "disabled": true } })),
        wait(json!({ "properties": { "value": "Ann" } })),
    ]));
    assert_eq!(made.losses, []);
    assert!(made.recording.validate().is_valid());
    let document = serde_json::to_value(&made.recording).unwrap();
    let asked: Vec<[&Value; 4]> = document["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| ["checkType", "negated", "attribute", "expectedValue"].map(|key| &step[key]))
        .collect();
    let none = &Value::Null;
    let yes = &json!(true);
    assert_eq!(
        asked,
        [
            [none, none, none, none],
            [&json!("elementVisible"), yes, none, none],
            [&json!("elementCount"), none, none, &json!("0")],
            [
                &json!("elementAttribute"),
                none,
                &json!("class"),
                &json!("on")
            ],
            [&json!("elementChecked"), yes, none, none],
            [&json!("elementEnabled"), yes, none, none],
            [&json!("elementHasValue"), none, none, &json!("Ann")],
        ]
    );
    assert_eq!(document["actions"][0]["type"], "wait");
    assert_eq!(document["actions"][6]["mode"], "value");
    let told = recording::export(&made.recording, recording::Target::DevTools).unwrap();
    assert!(!told.text.contains("customStep"), "{}", told.text);
}

#[test]
fn what_has_no_counterpart_is_named_and_kept_and_does_not_run() {
    let made = imported(json!([
        { "type": "navigate", "url": "https://shop.test/" },
        { "type": "emulateNetworkConditions", "download": 1000, "upload": 1000, "latency": 50 },
        { "type": "waitForElement", "selectors": ["#many"], "count": 3, "operator": ">=" },
        { "type": "customStep", "name": "shout", "parameters": { "word": "window.ready" } },
        { "type": "click", "selectors": ["#long"], "duration": 900, "deviceType": "touch" },
    ]));
    let places: Vec<&str> = made.losses.iter().map(|loss| loss.path.as_str()).collect();
    assert_eq!(
        places,
        [
            "steps[1].type",
            "steps[2].type",
            "steps[3].type",
            "steps[4].duration",
            "steps[4].deviceType"
        ]
    );
    assert!(
        made.losses
            .iter()
            .all(|loss| loss.severity == Severity::Warning)
    );
    assert!(!made.recording.validate().is_valid());
    let text = made.recording.to_json_pretty().unwrap();
    assert!(
        text.contains("window.ready") && text.contains("\"latency\": 50"),
        "{text}"
    );
}

#[test]
fn every_field_that_is_left_out_is_named() {
    let file = json!({ "title": "x", "selectorAttribute": "data-qa", "steps": [
        { "type": "navigate", "url": "https://a.test/", "referrer": "https://b.test/" },
        { "type": "keyDown", "key": "Shift" },
        { "type": "hover", "selectors": ["a"] },
        { "type": "customStep", "name": "kept whole" },
    ] });
    let made = import(file.to_string()).expect("a flow");
    let places: Vec<&str> = made.losses.iter().map(|loss| loss.path.as_str()).collect();
    let expected = [
        "selectorAttribute",
        "steps[0].referrer",
        "steps[2].type",
        "steps[3].type",
    ];
    assert_eq!(places, expected);
}

#[test]
fn files_that_make_no_sense_are_refused_with_their_place() {
    for (file, place) in [
        (json!({"title": "x", "steps": []}), "steps"),
        (json!({"title": "x", "steps": [5]}), "steps[0]"),
        (flow(json!([{ "type": "navigate" }])), "steps[0].url"),
        (
            flow(
                json!([{ "type": "navigate", "url": "https://a.test" }, { "type": "change", "selectors": ["a"] }]),
            ),
            "steps[1].value",
        ),
        (
            flow(
                json!([{ "type": "navigate", "url": "https://a.test" }, { "type": "hover", "selectors": [[]] }]),
            ),
            "steps[1].selectors[0]",
        ),
        (
            flow(json!([{ "type": "setViewport", "width": "wide", "height": 1 }])),
            "steps[0]",
        ),
        (json!({"actions": []}), ""),
    ] {
        let error = import(file.to_string()).unwrap_err();
        assert_eq!(error.problems[0].path, place, "{error}");
    }
    assert!(import("not json").is_err());
    assert!(import(vec![0xff; 20]).is_err());
}

fn any_step() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec![
        "click",
        "doubleClick",
        "change",
        "hover",
        "keyDown",
        "keyUp",
        "navigate",
        "scroll",
        "setViewport",
        "waitForElement",
        "waitForExpression",
        "close",
        "customStep",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z/\"\\[\\]=> éß]{0,20}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z]{1,6}", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    let names = prop::sample::select(vec![
        "selectors",
        "value",
        "url",
        "key",
        "frame",
        "target",
        "offsetX",
        "offsetY",
        "button",
        "timeout",
        "width",
        "height",
        "x",
        "y",
        "assertedEvents",
        "operator",
        "count",
        "visible",
        "duration",
    ]);
    (kind, prop::collection::vec((names, value), 0..6)).prop_map(|(kind, fields)| {
        let mut step = json!({ "type": kind });
        for (name, value) in fields {
            step[name] = value;
        }
        step
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_flow_is_read_or_refused_and_what_is_read_is_a_document(steps in prop::collection::vec(any_step(), 0..8)) {
        let mut all = vec![json!({ "type": "navigate", "url": "https://a.test/" })];
        all.extend(steps);
        if let Ok(made) = import(flow(Value::from(all)).to_string()) {
            let text = made.recording.to_json_pretty().unwrap();
            prop_assert!(Recording::parse(text, recording::Format::Json).is_ok());
        }
    }

    #[test]
    fn no_bytes_make_the_importer_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = import(bytes);
    }
}
