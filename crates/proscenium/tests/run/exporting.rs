use serde_json::json;

use crate::support::{Shell, css, site};

/// A recording that every format has words for, and one step that none has.
fn greeting(shell: &Shell, site: &str, last: &serde_json::Value) -> String {
    shell.recording(
        "greet",
        site,
        json!([
            { "type": "input", "selectors": css("#name"), "value": "Ann" },
            { "type": "click", "selectors": css("#go") },
            last,
        ]),
    )
}

#[test]
fn what_is_exported_and_imported_again_is_performed() {
    let (shell, site) = (Shell::new(), site());
    let check =
        json!({ "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Hello Ann" });
    let file = greeting(&shell, &site, &check);
    for (format, name) in [
        ("devtools", "flow.json"),
        ("side", "greet.side"),
        ("playwright-jsonl", "greet.jsonl"),
        ("workflow-use", "workflow.json"),
        ("yaml", "greet.yaml"),
        ("json", "again.json"),
    ] {
        shell
            .run(&["export", &file, "--to", format, "-o", name])
            .ends_with(0);
        let back = format!("{format}.json");
        let ran = shell.run(&["import", name, "-o", &back]);
        assert!(
            !ran.ends_with(0).err.contains("lost"),
            "{format}: {}",
            ran.err
        );
        let ran = shell.run(&[
            "run",
            &back,
            "--timing-mode",
            "instant",
            "--timeout",
            "5000",
        ]);
        assert!(
            ran.ends_with(0).out.contains("3 of 3 steps"),
            "{format}: {}",
            ran.out
        );
    }
}

#[test]
fn an_export_names_what_it_cannot_say_and_the_test_stops_there() {
    let (shell, site) = (Shell::new(), site());
    let file = greeting(
        &shell,
        &site,
        &json!({ "type": "modal-lifecycle", "event": "modal-opened" }),
    );
    for format in ["playwright", "puppeteer", "selenium", "cypress"] {
        let ran = shell.run(&["export", &file, "--to", format]);
        assert!(
            ran.ends_with(0)
                .err
                .contains("lost     actions[2].type: modal-lifecycle"),
            "{format}: {}",
            ran.err
        );
        assert!(
            ran.out
                .contains("Step 3 (modal-lifecycle) cannot be said here"),
            "{format}: {}",
            ran.out
        );
    }
    shell
        .run(&["export", &file, "--to", "papyrus"])
        .ends_with(2);
    shell
        .run(&["export", "missing.json", "--to", "side"])
        .ends_with(2);
}

#[test]
fn a_project_of_several_tests_becomes_a_folder_of_recordings() {
    let (shell, site) = (Shell::new(), site());
    let test = |name: &str| json!({ "id": name, "name": name, "commands": [{ "command": "open", "target": "/", "value": "" }, { "command": "click", "target": "id=go", "value": "" }] });
    let project = json!({ "url": site, "tests": [test("One"), test("Two")], "suites": [{ "id": "s", "name": "smoke", "tests": ["Two"] }] });
    let file = shell.file("shop.side", &project.to_string());
    assert!(
        shell
            .run(&["import", &file])
            .ends_with(2)
            .err
            .contains("(\"One\", \"Two\")")
    );
    shell.run(&["import", &file, "-o", "flows/"]).ends_with(0);
    let ran = shell.run(&["list", "flows", "--json"]);
    assert_eq!(ran.ends_with(0).json()[1]["tags"], json!(["smoke"]));
    let ran = shell.run(&[
        "run",
        "flows",
        "--tag",
        "smoke",
        "--timing-mode",
        "instant",
        "--reporter",
        "json",
    ]);
    assert_eq!(ran.ends_with(0).json()["totalRecordings"], json!(1));
    shell
        .run(&["import", &file, "--test", "Two", "-o", "two.yaml"])
        .ends_with(0);
    shell
        .run(&["import", &file, "--test", "Three"])
        .ends_with(2);
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let shell = Shell::new();
    for name in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = shell.run(&["completions", name]);
        assert!(ran.ends_with(0).out.contains("fail-fast"), "{name}");
    }
    assert!(
        shell
            .run(&["man"])
            .ends_with(0)
            .out
            .contains(".TH proscenium 1")
    );
    shell.run(&["man", "--output", "man"]).ends_with(0);
    assert!(shell.read("man/proscenium-run.1").contains("retries"));
}
