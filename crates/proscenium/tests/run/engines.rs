//! One recording, every engine.

use serde_json::json;

use crate::support::{Shell, css, site};

#[test]
fn a_recording_passes_and_fails_alike_on_every_engine() {
    for engine in ["firefox", "webkit"] {
        let (shell, site) = (Shell::new(), site());
        let greeting = |expected: &str| {
            json!([
                { "type": "input", "selectors": css("#name"), "value": "Ann" },
                { "type": "click", "selectors": css("#go") },
                { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": expected, "timeout": 1500 },
            ])
        };
        let file = shell.recording("greet", &site, greeting("Hello Ann"));
        let run = [
            "run",
            &file,
            "--browser",
            engine,
            "--timing-mode",
            "instant",
            "--output",
            "json",
        ];
        let report = shell.run(&run).ends_with(0).json();
        assert_eq!(report["execution"]["browser"], json!(engine));
        assert_eq!(report["result"]["actionsPassed"], json!(3), "{engine}");
        let file = shell.recording("spoiled", &site, greeting("Hello Bob"));
        let run = [
            "run",
            &file,
            "--browser",
            engine,
            "--timing-mode",
            "instant",
            "--output",
            "json",
        ];
        let report = shell.run(&run).ends_with(1).json();
        assert_eq!(report["result"]["actionsFailed"], json!(1), "{engine}");
    }
}

#[test]
fn what_an_engine_cannot_do_is_said_and_never_passes() {
    let (shell, site) = (Shell::new(), site());
    let phone = json!({
        "testName": "phone", "url": site, "viewport": { "width": 390, "height": 844 }, "isMobile": true, "hasTouch": true,
        "actions": [{ "type": "click", "selectors": css("#go") }],
    });
    let file = shell.file("phone.json", &phone.to_string());
    let ran = shell.run(&["run", &file, "--browser", "firefox"]);
    ran.ends_with(3);
    let sentence = "firefox does not support the screen of a phone";
    assert!(ran.out.contains(sentence), "{}", ran.out);
}
