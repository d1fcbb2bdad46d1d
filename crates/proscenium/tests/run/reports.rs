use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::json;

use crate::support::{Shell, css, site};

/// Every element with its attributes, as `name key="value"`.
fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{error}: {xml}"))
        {
            Event::Start(tag) | Event::Empty(tag) => found.push((*tag).to_owned()),
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn every_reporter_tells_of_the_same_failure() {
    let (shell, site) = (Shell::new(), site());
    let evil = "</title><script>alert(1)</script> & \"quotes\"";
    let steps = json!([
        { "type": "click", "selectors": css("#go") },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": evil },
    ]);
    let bad = shell.file(
        "flows/bad.json",
        &json!({ "testName": evil, "url": site, "actions": steps }).to_string(),
    );
    let good = shell.recording(
        "good",
        &site,
        json!([{ "type": "click", "selectors": css("#go") }]),
    );
    let ran = shell.run(&[
        "run",
        &bad,
        &good,
        "--timing-mode",
        "instant",
        "--timeout",
        "1500",
        "--reporter",
        "live,json,junit,html,github",
        "--output",
        "reports/",
        "--output",
        "json=elsewhere.json",
    ]);
    ran.ends_with(1);

    assert!(
        ran.out.contains("1 of 2 recordings passed, 1 failed"),
        "{}",
        ran.out
    );
    let annotation = ran
        .out
        .lines()
        .find(|line| line.starts_with("::error "))
        .expect("an annotation");
    assert!(
        annotation.starts_with("::error file=flows/bad.json,title=</title>"),
        "{annotation}"
    );
    assert!(annotation.contains("::2. Check title is"), "{annotation}");

    let xml = shell.read("reports/junit.xml");
    let found = elements(&xml);
    assert!(
        found[0].starts_with(
            r#"testsuites name="proscenium" tests="2" failures="1" errors="0" time=""#
        ),
        "{xml}"
    );
    assert!(
        found
            .iter()
            .any(|tag| tag.starts_with("failure message=")
                && tag.ends_with(r#"type="check-failed""#)),
        "{xml}"
    );
    let cases: Vec<&String> = found
        .iter()
        .filter(|tag| tag.starts_with("testcase "))
        .collect();
    assert_eq!(cases.len(), 2);
    assert!(
        cases[0].ends_with(r#"file="flows/bad.json""#),
        "{}",
        cases[0]
    );
    let picture = xml
        .split("[[ATTACHMENT|")
        .nth(1)
        .and_then(|rest| rest.split("]]").next())
        .expect("a picture");
    assert!(shell.path().join(picture).is_file(), "{picture}");

    let page = shell.read("reports/report.html");
    assert!(
        !page.contains("<script"),
        "no text of a recording is markup"
    );
    assert!(
        page.contains("&lt;script&gt;alert(1)") && page.contains("src=\"data:image/jpeg;base64,")
    );
    assert!(
        page.contains("<details class=\"recording\" open>"),
        "the failure is in sight"
    );
    assert!(
        !page.contains("http-equiv=\"refresh\"") && !page.contains("<link"),
        "nothing is asked for elsewhere"
    );

    let report: serde_json::Value = serde_json::from_str(&shell.read("elsewhere.json")).unwrap();
    assert_eq!(
        (&report["passed"], &report["failed"]),
        (&json!(1), &json!(1))
    );
    assert!(!shell.path().join("reports/report.json").exists());
}

#[test]
fn standard_output_holds_one_document_and_talk_goes_beside_it() {
    let (shell, site) = (Shell::new(), site());
    let file = shell.recording(
        "good",
        &site,
        json!([{ "type": "click", "selectors": css("#go") }]),
    );
    let ran = shell.run(&[
        "run",
        &file,
        "--timing-mode",
        "instant",
        "--reporter",
        "live",
        "--reporter",
        "junit",
    ]);
    assert!(
        ran.ends_with(0)
            .out
            .starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("✓ good  passed"), "{}", ran.err);
    let ran = shell.run(&["run", &file, "--reporter", "junit,json"]);
    assert!(
        ran.ends_with(2)
            .err
            .contains("cannot both be written to standard output"),
        "{}",
        ran.err
    );
    let ran = shell.run(&["run", &file, "--output", "jsn"]);
    assert!(
        ran.ends_with(2).err.contains("REPORTER=FILE"),
        "{}",
        ran.err
    );
}

#[test]
fn the_build_is_named_where_there_is_one() {
    let (shell, site) = (Shell::new(), site());
    let file = shell.recording(
        "good",
        &site,
        json!([{ "type": "click", "selectors": css("#go") }]),
    );
    let mut command = shell.command(&[
        "run",
        &file,
        "--timing-mode",
        "instant",
        "--reporter",
        "json",
    ]);
    command
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_SHA", "abc")
        .env("GITHUB_ACTOR", "ann");
    let ran = crate::support::Ran::from(command.output().unwrap());
    let report = ran.ends_with(0).json();
    assert_eq!(report["ci"]["provider"], json!("github-actions"));
    assert_eq!(
        (&report["ci"]["commit"], &report["ci"]["pr"]),
        (&json!("abc"), &json!(null))
    );
}

#[test]
fn the_page_outlines_the_element_of_a_step_that_failed() {
    let (shell, site) = (Shell::new(), site());
    let wrong = json!([{
        "type": "checkpoint", "checkType": "elementText", "selectors": css("#go"), "expectedValue": "Stay", "timeout": 700,
    }]);
    let file = shell.recording("wrong", &site, wrong);
    let output = ["--reporter", "html", "--output", "html=report.html"];
    shell
        .run(&[&["run", &file, "--timing-mode", "instant"], &output[..]].concat())
        .ends_with(1);
    let page = shell.read("report.html");
    let (_, mark) = page
        .split_once("<span title=\"The element of the step\" style=\"")
        .expect("a mark");
    let (style, _) = mark.split_once('"').expect("a style");
    let shares: Vec<f64> = style
        .split(';')
        .filter_map(|part| part.split_once(':')?.1.strip_suffix('%')?.parse().ok())
        .collect();
    assert_eq!(shares.len(), 4, "{style}");
    assert!(
        shares.iter().all(|share| (0.0..=100.0).contains(share)) && shares[2] > 0.0,
        "{style}"
    );
}

#[test]
fn every_reporter_names_a_healed_step_unless_healing_is_off() {
    let (shell, site) = (Shell::new(), site());
    let healed = json!([{
        "type": "click", "tagName": "button", "text": "Go there", "timeout": 1_500,
        "selectors": [{ "strategy": "role", "value": "button[name=\"Go there\"]" }],
        "fingerprint": {
            "kind": "press", "role": "button", "name": "Go there", "tag": "button", "type": "submit",
            "attributes": { "id": "btn-go" }, "near": {}, "others": [],
            "place": { "x": 160, "y": 8, "width": 40, "height": 22 },
        },
    }]);
    let file = shell.recording("healed", &site, healed);
    let arguments = ["run", &file, "--timing-mode", "instant"];
    let reports = [
        "--reporter",
        "live,json,junit,html,github",
        "--output",
        "reports/",
    ];
    let ran = shell.run(&[&arguments[..], &reports[..]].concat());
    ran.ends_with(0);
    let took = "took the button “Go” for role";
    assert!(ran.out.contains("1 of 1 steps, 1 healed"), "{}", ran.out);
    assert!(ran.out.contains(took), "{}", ran.out);
    assert!(
        ran.out
            .contains("::warning file=healed.json,title=healed healed::1. "),
        "{}",
        ran.out
    );
    assert!(shell.read("reports/junit.xml").contains(took));
    assert!(shell.read("reports/report.html").contains(took));
    let json: serde_json::Value =
        serde_json::from_str(&shell.read("reports/report.json")).expect("JSON");
    assert_eq!(json["status"], "passed");
    assert_eq!(json["result"]["healed"], true);
    assert_eq!(json["result"]["actionsHealed"], 1);
    let after = &json["result"]["healedActions"][0]["healed"]["after"];
    assert_eq!(after["description"], "button “Go”");

    let ran = shell.run(&[&arguments[..], &["--no-heal"]].concat());
    ran.ends_with(1);
    assert!(ran.out.contains("not-found"), "{}", ran.out);
}
