//! What `validate` says of recordings that can be performed and are odd, and of those that are too much.

use serde_json::{Value, json};

use crate::support::Shell;

/// A recording that nothing is to be said about.
fn whole() -> Value {
    json!({
        "id": "rec_1", "version": "1.0.0", "testName": "Whole", "url": "http://a.test/",
        "startTime": "2026-01-05T10:00:00Z", "endTime": "2026-01-05T10:00:02Z",
        "viewport": { "width": 1280, "height": 720 }, "userAgent": "Test",
        "actions": [
            { "id": "act_001", "type": "scroll", "timestamp": 100 },
            { "id": "act_002", "type": "scroll", "timestamp": 200 },
        ],
    })
}

/// What is said of a document: whether it is valid, and the places of the errors and of the warnings.
fn said(document: &Value) -> (bool, Vec<String>, Vec<String>) {
    let shell = Shell::new();
    let file = shell.file("one.json", &document.to_string());
    let ran = shell.run(&["validate", "--json", &file]);
    let report = ran.json();
    let valid = report["valid"] == json!(true);
    ran.ends_with(if valid { 0 } else { 1 });
    let places = |name: &str| {
        let all = report[name].as_array().map(Vec::as_slice);
        all.unwrap_or_default()
            .iter()
            .map(|problem| problem["path"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    (valid, places("errors"), places("warnings"))
}

fn scrolls(count: usize) -> Value {
    (0..count)
        .map(|_| json!({ "type": "scroll" }))
        .collect::<Vec<_>>()
        .into()
}

#[test]
fn each_oddity_is_a_warning_at_its_place_and_the_recording_stays_valid() {
    assert_eq!(said(&whole()), (true, vec![], vec![]));
    let cases: [(&str, Value, &str); 8] = [
        ("/version", json!("2.0.0"), "version"),
        ("/endTime", Value::Null, "endTime"),
        ("/endTime", json!("soon"), "endTime"),
        ("/viewport/width", json!(319), "viewport"),
        ("/viewport/height", json!(239), "viewport"),
        ("/actions/1/timestamp", json!(50), "actions[1].timestamp"),
        ("/actions", scrolls(501), "actions"),
        ("/actions", json!([]), "actions"),
    ];
    for (pointer, value, place) in cases {
        let mut document = whole();
        *document.pointer_mut(pointer).unwrap() = value;
        assert_eq!(
            said(&document),
            (true, vec![], vec![place.to_owned()]),
            "{pointer}"
        );
    }
}

#[test]
fn what_is_just_within_bounds_is_not_odd() {
    for (pointer, value) in [
        ("/version", json!("1.0")),
        ("/viewport", json!({ "width": 320, "height": 240 })),
        ("/actions/1/timestamp", json!(100)),
        ("/actions", scrolls(500)),
    ] {
        let mut document = whole();
        *document.pointer_mut(pointer).unwrap() = value;
        assert_eq!(said(&document), (true, vec![], vec![]), "{pointer}");
    }
}

#[test]
fn an_id_that_occurs_twice_is_an_error_because_results_are_told_by_it() {
    let mut document = whole();
    document["actions"][1]["id"] = json!("act_001");
    assert_eq!(
        said(&document),
        (false, vec!["actions[1].id".to_owned()], vec![])
    );
}

#[test]
fn a_document_that_is_too_large_is_refused_with_the_limit() {
    let shell = Shell::new();
    let mut document = whole();
    document["actions"] = scrolls(10_001);
    let file = shell.file("steps.json", &document.to_string());
    let ran = shell.run(&["validate", &file]);
    assert!(
        ran.ends_with(1)
            .out
            .contains("10001 actions, the limit is 10000"),
        "{ran:?}"
    );
    let mut document = whole();
    document["testName"] = json!("x".repeat(10 * 1024 * 1024));
    let file = shell.file("bytes.json", &document.to_string());
    let ran = shell.run(&["validate", &file]);
    assert!(ran.ends_with(1).out.contains("the limit is 10485760"));
}
