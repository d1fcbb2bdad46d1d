use serde_json::json;

use crate::support::{Shell, css};

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
