use serde_json::{Value, json};

use crate::support::{Shell, css, forgetful_site, site};

const QUICK: [&str; 4] = ["--timing-mode", "instant", "--timeout", "1500"];

/// A file with a recording that clicks the button, under these tags.
fn clicking(shell: &Shell, file: &str, url: &str, tags: &[&str]) -> String {
    let document = json!({ "testName": file, "url": url, "tags": tags, "actions": [
        { "type": "click", "selectors": css("#go") },
    ] });
    shell.file(file, &document.to_string())
}

fn names(report: &Value) -> Vec<&str> {
    let all = report["recordings"].as_array().map(Vec::as_slice);
    all.unwrap_or_default()
        .iter()
        .filter_map(|one| one["recording"]["testName"].as_str())
        .collect()
}

#[test]
fn folders_and_patterns_are_searched_and_what_is_no_recording_is_named() {
    let (shell, site) = (Shell::new(), site());
    clicking(&shell, "flows/b.json", &site, &[]);
    clicking(&shell, "flows/deep/a.yaml", &site, &[]);
    clicking(&shell, "flows/.hidden/c.json", &site, &[]);
    shell.file("flows/package.json", r#"{"name":"shop"}"#);
    let lone = clicking(&shell, "lone.json", &site, &[]);
    let ran = shell.run(
        &[
            &[
                "run",
                "flows",
                &lone,
                "*.json",
                "--workers",
                "2",
                "--output",
                "json",
            ],
            &QUICK[..],
        ]
        .concat(),
    );
    let report = ran.ends_with(0).json();
    assert_eq!(
        names(&report),
        ["flows/b.json", "flows/deep/a.yaml", "lone.json"]
    );
    assert_eq!(
        (&report["totalRecordings"], &report["passed"]),
        (&json!(3), &json!(3))
    );
    assert!(
        ran.err.contains("left out flows/package.json"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("[lone.json]   ✓ 1"), "{}", ran.err);
    shell.run(&["run", "nothing/*.json"]).ends_with(2);
}

#[test]
fn tags_names_and_shares_choose_what_is_performed() {
    let (shell, site) = (Shell::new(), site());
    for (file, tags) in [
        ("a.json", &["smoke"][..]),
        ("b.json", &["slow", "smoke"]),
        ("c.json", &["slow"]),
        ("d.json", &["smoke"]),
    ] {
        clicking(&shell, file, &site, tags);
    }
    let report = |more: &[&str]| {
        let arguments = [
            &["run", ".", "--output", "json", "--tag", "smoke"],
            &QUICK[..],
            more,
        ]
        .concat();
        shell.run(&arguments).ends_with(0).json()
    };
    let chosen = report(&["--grep", "^[ab]"]);
    assert_eq!(names(&chosen), ["a.json", "b.json"]);
    assert_eq!(chosen["tag"], json!("smoke"));
    assert_eq!(names(&report(&["--shard", "2/2"])), ["b.json"]);
    assert_eq!(names(&report(&["--shard", "9/9"])), Vec::<&str>::new());
    let ran = shell.run(&["run", ".", "--tag", "none"]);
    assert!(
        ran.ends_with(2).err.contains("none of the 4 recordings"),
        "{}",
        ran.err
    );
    shell.run(&["run", ".", "--shard", "3/2"]).ends_with(2);
    shell.run(&["run", ".", "--grep", "("]).ends_with(2);
}

#[test]
fn a_recording_that_passes_on_a_retry_is_flaky_and_counts_as_passed() {
    let (shell, site) = (Shell::new(), forgetful_site());
    let file = clicking(&shell, "shy.json", &format!("{site}/shy"), &[]);
    let arguments = [
        &[
            "run",
            &file,
            "--retries",
            "1",
            "--output-file",
            "out/result.json",
        ],
        &QUICK[..],
    ]
    .concat();
    let ran = shell.run(&arguments);
    assert!(
        ran.ends_with(0)
            .out
            .contains("~ shy.json  flaky: passed at run 2 of 2"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("retry 1"), "{}", ran.err);
    let report: Value = serde_json::from_str(&shell.read("out/result.json")).unwrap();
    assert_eq!(
        (&report["status"], &report["flaky"], &report["retries"]),
        (&json!("passed"), &json!(true), &json!(1))
    );
    assert_eq!(report["earlierResults"][0]["actionsFailed"], json!(1));
}

#[test]
fn after_a_failure_nothing_begins_when_that_is_wanted() {
    let (shell, site) = (Shell::new(), site());
    let bad = json!([{ "type": "click", "selectors": css("#nowhere") }]);
    let bad = shell.recording("a-bad", &site, bad);
    let good = clicking(&shell, "b-good.json", &site, &[]);
    let arguments = [
        &["run", &bad, &good, "--fail-fast", "--output", "json"],
        &QUICK[..],
    ]
    .concat();
    let report = shell.run(&arguments).ends_with(1).json();
    assert_eq!(
        (&report["failed"], &report["notRun"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(report["recordings"][1]["status"], json!("notRun"));
    assert_eq!(report["recordings"][1].get("result"), None);
}

#[test]
fn each_row_of_data_is_a_run_on_each_engine() {
    let (shell, site) = (Shell::new(), site());
    let steps = json!([
        { "type": "input", "selectors": css("#name"), "value": "${WHO}" },
        { "type": "click", "selectors": css("#go") },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "${TITLE}", "timeout": 1500 },
    ]);
    let file = shell.recording("greet", &site, steps);
    shell.file("people.csv", "WHO,TITLE\nAnn,Hello Ann\nBob,Hello Eve\n");
    let run = [
        "run",
        &file,
        "--data",
        "people.csv",
        "--browser",
        "chromium,firefox",
        "--timing-mode",
        "instant",
        "--output",
        "json",
    ];
    let ran = shell.run(&run);
    let report = ran.ends_with(1).json();
    let verdicts: Vec<(String, bool)> = report["recordings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let name = one["recording"]["testName"].as_str().unwrap();
            (name.to_owned(), one["status"] == "passed")
        })
        .collect();
    let wanted = [
        ("greet [chromium] [row 1]", true),
        ("greet [chromium] [row 2]", false),
        ("greet [firefox] [row 1]", true),
        ("greet [firefox] [row 2]", false),
    ];
    assert_eq!(
        verdicts,
        wanted.map(|(name, good)| (name.to_owned(), good)),
        "{report:#}"
    );
    assert!(
        !ran.out.contains("Eve"),
        "values are kept out of reports: {}",
        ran.out
    );

    shell.file("bad.csv", "first name\nAnn\n");
    let ran = shell.run(&["run", &file, "--data", "bad.csv"]);
    assert!(
        ran.ends_with(2).err.contains("no name for a variable"),
        "{}",
        ran.err
    );
    shell
        .run(&[
            "run",
            &file,
            "--browser",
            "chromium,firefox",
            "--browser-path",
            "/nowhere",
        ])
        .ends_with(2);
}

#[test]
fn a_recording_beside_another_is_performed_in_its_place() {
    let (shell, site) = (Shell::new(), site());
    let greet = json!([
        { "type": "input", "selectors": css("#name"), "value": "${WHO}" },
        { "type": "click", "selectors": css("#go") },
    ]);
    shell.recording("greet", &site, greet);
    let whole = shell.recording("whole", &site, json!([
        { "type": "store", "from": "literal", "value": "Ann", "variable": "WHO" },
        { "type": "include", "recording": "greet.json" },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Hello Ann", "timeout": 3000 },
    ]));
    let ran = shell.run(&["run", &whole, "--timing-mode", "instant"]);
    assert!(
        ran.ends_with(0).err.contains("Perform “greet”"),
        "{}",
        ran.err
    );
    let lonely = shell.recording(
        "lonely",
        &site,
        json!([{ "type": "include", "recording": "gone.json" }]),
    );
    let ran = shell.run(&["run", &lonely]);
    assert!(ran.ends_with(2).err.contains("gone.json"), "{}", ran.err);
}
