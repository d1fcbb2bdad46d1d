//! Pictures of steps: when they are taken, what they are called, and where reports name them.

use serde_json::{Value, json};

use crate::support::{Shell, greeting, site};

const QUICK: [&str; 4] = ["--timing-mode", "instant", "--output", "json"];

/// A recording whose last step fails.
fn failing(shell: &Shell) -> String {
    let mut steps = greeting("Ann");
    steps[2] = json!({ "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Bye", "timeout": 500 });
    shell.recording("bad", &site(), steps)
}

fn paths(result: &Value) -> Vec<&str> {
    let all = result["screenshots"].as_array().map(Vec::as_slice);
    all.unwrap_or_default()
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

#[test]
fn a_step_that_fails_is_pictured_and_its_error_names_the_picture() {
    let shell = Shell::new();
    let file = failing(&shell);
    // The file stands behind the bare flag.
    let arguments = [&["run", "--screenshot", &file], &QUICK[..]].concat();
    let report = shell.run(&arguments).ends_with(1).json();
    let result = &report["result"];
    let path = result["errors"][0]["screenshotPath"].as_str().unwrap();
    assert!(path.starts_with("./screenshots/"), "{path}");
    assert!(path.ends_with("-chromium-002-act_003.jpg"), "{path}");
    let picture = std::fs::read(shell.path().join(path)).unwrap();
    assert!(picture.starts_with(b"\xff\xd8\xff"), "it is a JPEG");
    assert_eq!(paths(result), [path]);
}

#[test]
fn all_steps_are_pictured_in_order_when_that_is_asked_for() {
    let shell = Shell::new();
    let file = failing(&shell);
    let more = ["--screenshot-mode", "always", "--screenshot-dir", "shots"];
    let arguments = [&["run", &file], &QUICK[..], &more[..]].concat();
    let report = shell.run(&arguments).ends_with(1).json();
    let result = &report["result"];
    let ends = ["000-act_001.jpg", "001-act_002.jpg", "002-act_003.jpg"];
    let found = paths(result);
    assert_eq!(found.len(), ends.len(), "{found:?}");
    for (path, end) in found.iter().zip(ends) {
        assert!(
            path.starts_with("shots/") && path.ends_with(end),
            "{found:?}"
        );
        assert!(shell.path().join(path).is_file(), "{path}");
    }
    assert_eq!(result["errors"][0]["screenshotPath"], json!(found[2]));
}

#[test]
fn no_picture_is_taken_when_none_is_wanted() {
    let shell = Shell::new();
    let file = failing(&shell);
    for wish in [
        &["--screenshot-mode", "never"][..],
        &["--screenshot=false", "--screenshot-mode", "always"],
    ] {
        let arguments = [&["run", &file], &QUICK[..], wish].concat();
        let report = shell.run(&arguments).ends_with(1).json();
        let result = &report["result"];
        assert_eq!(result["errors"][0].get("screenshotPath"), None, "{wish:?}");
        assert_eq!(result.get("screenshots"), None, "{wish:?}");
        assert!(!shell.path().join("screenshots").exists(), "{wish:?}");
    }
}
