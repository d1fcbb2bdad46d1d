use serde_json::json;

use crate::support::{Shell, css, site};

#[test]
fn a_valid_file_is_valid_and_a_wrong_one_is_named_with_its_problems() {
    let shell = Shell::new();
    let good = shell.recording(
        "good",
        "http://a.test/",
        json!([{ "type": "click", "selectors": css("a") }]),
    );
    let bad = shell.recording("bad", "http://a.test/", json!([{ "type": "teleport" }]));
    let broken = shell.file(
        "broken.json",
        r#"{"url":"http://a.test/","actions":[{"type":"click","timestamp":"soon"}]}"#,
    );

    let ran = shell.run(&["validate", &good]);
    assert!(
        ran.ends_with(0).out.starts_with("good.json: valid"),
        "{ran:?}"
    );
    let ran = shell.run(&["validate", &bad, &broken]);
    ran.ends_with(1);
    assert!(
        ran.out.contains(
            r#"error    actions[0].type: steps of the type "teleport" cannot be performed"#
        ),
        "{ran:?}"
    );
    assert!(
        ran.out.contains("error    actions[0].timestamp: "),
        "{ran:?}"
    );
    let ran = shell.run(&["validate", "--json", &bad]);
    let report = ran.ends_with(1).json();
    assert_eq!(report["valid"], json!(false));
    assert_eq!(report["errors"][0]["path"], json!("actions[0].type"));
    shell.run(&["validate", "missing.json"]).ends_with(2);
    shell.run(&["validate"]).ends_with(2);
}

#[test]
fn a_recording_is_described() {
    let shell = Shell::new();
    let file = shell.file(
        "hand.yaml",
        "testName: By hand\nurl: http://a.test/\nactions:\n  - { type: input, selectors: [{ strategy: label, value: Mail }], value: \"${MAIL}\" }\n  - { type: keypress, key: Enter }\n",
    );
    let ran = shell.run(&["info", &file]);
    for part in [
        "By hand",
        "variables  MAIL",
        "1  Type ${MAIL} in “Mail”",
        "2  Press Enter",
    ] {
        assert!(ran.ends_with(0).out.contains(part), "{part} in {}", ran.out);
    }
    let info = shell.run(&["info", "--json", &file]).ends_with(0).json();
    assert_eq!(info["file"], json!("hand.yaml"));
    assert_eq!(
        info["statistics"]["byType"],
        json!({ "input": 1, "keypress": 1 })
    );
    assert_eq!(info["viewport"]["category"], json!("Desktop"));
    shell.run(&["info", "missing.json"]).ends_with(2);
}

#[test]
fn a_flow_of_the_devtools_recorder_is_imported_and_performed() {
    let (shell, site) = (Shell::new(), site());
    let flow = json!({ "title": "Greet", "steps": [
        { "type": "setViewport", "width": 900, "height": 700, "deviceScaleFactor": 1, "isMobile": false, "hasTouch": false, "isLandscape": false },
        { "type": "navigate", "url": site, "assertedEvents": [{ "type": "navigation", "url": site, "title": "Start" }] },
        { "type": "click", "target": "main", "selectors": [["#name"]], "offsetX": 5, "offsetY": 5 },
        { "type": "change", "target": "main", "selectors": [["#name"], ["xpath///*[@id=\"name\"]"]], "value": "Ann" },
        { "type": "click", "target": "main", "selectors": [["aria/Go"], ["#go"], ["pierce/#go"], ["text/Go"]], "offsetX": 4, "offsetY": 4 },
        { "type": "keyDown", "key": "Tab" }, { "type": "keyUp", "key": "Tab" },
    ] });
    let file = shell.file("flow.json", &flow.to_string());
    let made = shell.run(&["import", &file, "-o", "greet.yaml"]);
    assert_eq!(made.ends_with(0).err.trim(), "Saved 4 steps to greet.yaml");
    let mut text = std::fs::read_to_string(shell.path().join("greet.yaml")).unwrap();
    text += "- type: checkpoint\n  checkType: pageTitle\n  expectedValue: Hello Ann\n";
    let file = shell.file("greet.yaml", &text);
    shell
        .run(&["run", &file, "--timing-mode", "instant"])
        .ends_with(0);
}

#[test]
fn an_import_says_what_is_lost_and_refuses_what_it_does_not_know() {
    let shell = Shell::new();
    let flow = json!({ "title": "x", "steps": [
        { "type": "navigate", "url": "https://a.test/" },
        { "type": "customStep", "name": "dance", "parameters": {} },
    ] });
    let ran = shell.run(&["import", &shell.file("flow.json", &flow.to_string())]);
    assert!(
        ran.ends_with(0).err.contains("steps[1].type"),
        "{}",
        ran.err
    );
    assert_eq!(ran.json()["actions"][0]["original"]["name"], json!("dance"));
    let ran = shell.run(&["import", &shell.file("other.json", "{}")]);
    assert!(
        ran.ends_with(2).err.contains("no file of a known tool"),
        "{}",
        ran.err
    );
}
