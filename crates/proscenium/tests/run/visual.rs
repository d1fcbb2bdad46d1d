use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Shell, css, site};

fn looks(url: &str, clicks: bool) -> Value {
    let mut steps = vec![json!({
        "id": "see", "type": "checkpoint", "checkType": "visual", "timeout": 1_500,
    })];
    if clicks {
        // The page shows what the title says in its field's place: nothing but the field changes.
        steps.insert(
            0,
            json!({ "id": "fill", "type": "input", "value": url, "selectors": css("#name") }),
        );
    }
    Value::Array(steps)
}

#[test]
fn baselines_are_kept_beside_the_file_and_changed_only_when_asked() {
    let (shell, site) = (Shell::new(), site());
    let flow = shell.recording("cart", &site, looks("", false));
    let run = |more: &[&str]| {
        let mut arguments = vec!["run", &flow, "--timing=false", "--reporter", "json"];
        arguments.extend(more);
        shell.run(&arguments)
    };
    let checks = |document: Value| document["result"]["visualChecks"].clone();
    let baseline = "cart.baselines/see.chromium.1280x720.png";
    let exists = |path: &str| shell.path().join(path).exists();

    let missing = run(&[]);
    missing.ends_with(1);
    let error = missing.json()["result"]["errors"][0]["error"].to_string();
    assert!(error.contains("--update-baselines"), "{error}");
    assert!(!exists(baseline));
    let look = checks(missing.json());
    assert_eq!(look[0]["verdict"], "no-baseline");
    assert!(
        exists(look[0]["actual"].as_str().expect("a path")),
        "{look}"
    );

    let made = run(&["--update-baselines"]);
    made.ends_with(0);
    assert!(
        made.err.contains(&format!("new baseline: {baseline}")),
        "{}",
        made.err
    );
    assert_eq!(checks(made.json())[0]["baseline"], baseline);
    assert!(exists(baseline));
    let same = run(&[]);
    same.ends_with(0);
    assert_eq!(checks(same.json())[0]["verdict"], "same");

    shell.recording("cart", &site, looks("something else", true));
    let different = run(&["--reporter", "junit", "--output", "junit=report.xml"]);
    different.ends_with(1);
    let report = shell.read("report.xml");
    assert_eq!(report.matches(".difference.png]]").count(), 1, "{report}");
    let look = checks(different.json());
    assert_eq!(look[0]["verdict"], "different");
    for picture in ["expected", "actual", "difference"] {
        assert!(exists(look[0][picture].as_str().expect("a path")), "{look}");
    }
    let before = std::fs::read(shell.path().join(baseline)).expect("a baseline");
    let changed = run(&["--update-baselines"]);
    changed.ends_with(0);
    assert!(
        changed
            .err
            .contains(&format!("changed baseline: {baseline}")),
        "{}",
        changed.err
    );
    let after = std::fs::read(shell.path().join(baseline)).expect("a baseline");
    assert_ne!(before, after);
    run(&[]).ends_with(0);
    let again = run(&["--update-baselines"]);
    assert!(
        !again.ends_with(0).err.contains("baseline:"),
        "{}",
        again.err
    );
}

#[test]
fn the_pictures_of_an_included_recording_are_kept_beside_the_file_that_includes_it() {
    let (shell, site) = (Shell::new(), site());
    let mut two = looks("", false);
    let mut field = two[0].clone();
    field["id"] = json!("field");
    field["selectors"] = css("#name");
    two.as_array_mut().expect("a list").push(field);
    shell.recording("header", &site, two);
    let steps = json!([{ "id": "top", "type": "include", "recording": "header.json" }]);
    let flow = shell.recording("cart", &site, steps);
    let run = |more: &[&str]| {
        let mut arguments = vec!["run", &flow, "--timing=false", "--reporter", "json"];
        arguments.extend(more);
        shell.run(&arguments)
    };
    let made = run(&["--update-baselines"]);
    made.ends_with(0);
    for name in ["see", "field"] {
        let baseline = format!("cart.baselines/top%2f{name}.chromium.1280x720.png");
        assert!(
            made.err.contains(&format!("new baseline: {baseline}")),
            "{}",
            made.err
        );
        assert!(shell.path().join(baseline).exists());
    }
    let same = run(&[]);
    same.ends_with(0);
    let checks = same.json()["result"]["visualChecks"].clone();
    let ids: Vec<_> = checks
        .as_array()
        .expect("a list")
        .iter()
        .map(|check| &check["stepId"])
        .collect();
    assert_eq!(ids, ["top/field", "top/see"], "{checks}");
    assert_eq!(checks[0]["verdict"], "same");
}

#[test]
fn a_baseline_that_cannot_be_kept_is_no_success() {
    let (shell, site) = (Shell::new(), site());
    let flow = shell.recording("cart", &site, looks("", false));
    // Where the folder should be is a file.
    shell.file("cart.baselines", "");
    let ran = shell.run(&["run", &flow, "--timing=false", "--update-baselines"]);
    assert_ne!(ran.code, Some(0), "{}", ran.err);
    assert!(Path::new(&shell.path().join("cart.baselines")).is_file());
}
