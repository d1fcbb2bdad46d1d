use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};

use crate::support::{Shell, css, greeting, self_signed_site, site};

#[test]
fn a_recording_that_passes_ends_with_0_and_its_result_has_the_known_shape() {
    let (shell, site) = (Shell::new(), site());
    let file = shell.recording("greet", &site, greeting("Ann"));
    let ran = shell.run(&[
        "run",
        &file,
        "--timing-mode",
        "instant",
        "--output",
        "json",
        "--output-file",
        "result.json",
    ]);
    let report = ran.ends_with(0).json();
    assert_eq!(report["version"], json!("1.0"));
    assert_eq!(report["status"], json!("passed"));
    assert_eq!(report["recording"]["actionsTotal"], json!(3));
    assert_eq!(report["recording"]["source"], json!("file"));
    assert_eq!(
        report["execution"],
        json!({ "browser": "chromium", "headless": true, "timingEnabled": false, "timingMode": "instant", "timeout": 30000 })
    );
    let result = &report["result"];
    assert_eq!(
        (&result["actionsPassed"], &result["actionsFailed"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(
        (&result["errors"], &result["video"]),
        (&json!([]), &Value::Null)
    );
    assert!(
        report["timestamps"]["startedAt"]
            .as_str()
            .is_some_and(|time| time.ends_with('Z'))
    );
    let written: Value =
        serde_json::from_slice(&std::fs::read(shell.path().join("result.json")).unwrap()).unwrap();
    assert_eq!(written, report);
    assert!(ran.err.contains("✓ 1  Type “Ann” in “name”"), "{}", ran.err);
    assert!(
        !shell.path().join("proscenium-results").exists(),
        "a run that passes leaves nothing"
    );
}

#[test]
fn a_banner_over_an_element_is_closed_when_the_shell_asks_for_it() {
    let (shell, site) = (Shell::new(), site());
    let mut steps = greeting("Ann");
    let banner = json!({
        "type": "javascript",
        "expression": "document.body.insertAdjacentHTML('beforeend', `<div style='position:fixed;inset:0'>News \
            <button onclick='this.parentNode.remove()'>Got it</button></div>`)",
    });
    steps.as_array_mut().expect("steps").insert(1, banner);
    steps[2]["timeout"] = json!(4_000);
    let file = shell.recording("banner", &site, steps);
    let arguments = ["run", &file, "--timing-mode", "instant"];
    let ran = shell.run(&[&arguments[..], &["--dismiss-overlays"]].concat());
    ran.ends_with(0);
    let told = "closed: <div>News Got it</div> by button \"Got it\", which covered the element";
    assert!(ran.err.contains(told), "{}", ran.err);
    let ran = shell.run(&arguments);
    ran.ends_with(1);
    assert!(
        ran.out.contains("it can be closed by button \"Got it\""),
        "{}",
        ran.out
    );
}

#[test]
fn a_recording_that_fails_ends_with_1_and_leaves_its_evidence() {
    let (shell, site) = (Shell::new(), site());
    let mut steps = greeting("Ann");
    steps[2] = json!({ "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Bye", "timeout": 500 });
    let good = shell.recording("good", &site, greeting("Bob"));
    let bad = shell.recording("bad", &site, steps);
    let ran = shell.run(&["run", &good, &bad, "--timing", "false"]);
    ran.ends_with(1);
    assert!(
        ran.out.contains("✓ good  passed  3 of 3 steps"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("✗ bad  failed at step 3 of 3"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains(r#"expected "Bye", found "Hello Ann" (check-failed)"#),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("1 of 2 recordings passed"), "{}", ran.out);
    let folder = ran
        .out
        .lines()
        .find_map(|line| line.trim().strip_prefix("evidence  "))
        .expect("the evidence is named");
    let folder = shell.path().join(folder);
    for name in ["run.json", "page.json", "page.png", "after.jpg", "dom.html"] {
        assert!(
            folder.join(name).is_file(),
            "{name} in {}",
            folder.display()
        );
    }
    let run: Value =
        serde_json::from_slice(&std::fs::read(folder.join("run.json")).unwrap()).unwrap();
    assert_eq!(run["steps"][2]["error"]["code"], json!("check-failed"));
}

#[test]
fn values_come_from_arguments_and_from_the_environment_and_are_not_printed() {
    let (shell, site) = (Shell::new(), site());
    let file = shell.recording("secret", &site, greeting("${FIRST} ${LAST}"));
    let ran = shell.run(&[
        "run",
        &file,
        "--timing-mode",
        "instant",
        "--var",
        "FIRST=Ann",
    ]);
    assert!(
        ran.ends_with(2).err.contains("needs values for ${LAST}"),
        "{}",
        ran.err
    );
    let mut command = shell.command(&[
        "run",
        &file,
        "--timing-mode",
        "instant",
        "--var",
        "FIRST=Ann-Marie",
    ]);
    let ran = crate::support::Ran::from(
        command
            .env("PROSCENIUM_VAR_LAST", "Secretson")
            .output()
            .unwrap(),
    );
    ran.ends_with(0);
    for secret in ["Ann-Marie", "Secretson"] {
        assert!(
            !format!("{}{}", ran.out, ran.err).contains(secret),
            "{}{}",
            ran.out,
            ran.err
        );
    }
}

#[test]
fn arguments_and_recordings_that_make_no_sense_end_with_2() {
    let shell = Shell::new();
    let good = shell.recording("good", "http://a.test/", json!([]));
    let unknown = shell.recording("unknown", "http://a.test/", json!([{ "type": "teleport" }]));
    let cases: [(&[&str], &str); 8] = [
        (&["run"], "required"),
        (&["run", "missing.json"], "cannot read missing.json"),
        (&["run", &unknown], "\"teleport\" cannot be performed"),
        (&["run", &good, "--browser", "netscape"], "unknown browser"),
        (&["run", &good, "--speed", "0"], "greater than 0"),
        (
            &["run", &good, "--timing-mode", "slow"],
            "realistic, fast, instant",
        ),
        (&["run", &good, "--var", "novalue"], "NAME=VALUE"),
        (&["run", &good, "--base-url", "ftp://a.test"], "http://"),
    ];
    for (arguments, expected) in cases {
        let ran = shell.run(arguments);
        assert!(
            ran.ends_with(2).err.contains(expected),
            "{arguments:?}: {}",
            ran.err
        );
    }
}

#[test]
fn a_certificate_that_nobody_vouches_for_fails_the_run_unless_it_is_told_to_ignore_it() {
    let (shell, site) = (Shell::new(), self_signed_site());
    let file = shell.recording("secure", &site, greeting("Ann"));
    let arguments = ["run", &file, "--timing-mode", "instant"];
    let refused = shell.run(&arguments);
    assert!(
        refused
            .ends_with(1)
            .out
            .contains("ERR_CERT_AUTHORITY_INVALID"),
        "{}",
        refused.out
    );
    let ignored = shell.run(&[&arguments[..], &["--ignore-https-errors"]].concat());
    assert!(
        ignored.ends_with(0).out.contains("✓ secure  passed"),
        "{}",
        ignored.out
    );
}

#[test]
fn without_a_browser_it_ends_with_3() {
    let (shell, site) = (Shell::new(), site());
    let file = shell.recording("greet", &site, greeting("Ann"));
    let ran = shell.run(&[
        "run",
        &file,
        "--browser-path",
        "/nowhere/chromium",
        "--output",
        "json",
    ]);
    let report = ran.ends_with(3).json();
    assert_eq!(report["status"], json!("failed"));
    assert!(
        report["error"]
            .as_str()
            .is_some_and(|error| error.contains("/nowhere/chromium")),
        "{report}"
    );
}

#[test]
fn a_host_that_is_denied_is_not_reached_and_the_reason_is_told() {
    let (shell, site) = (Shell::new(), site());
    let file = shell.recording("greet", &site, greeting("Ann"));
    for rule in [&["--public-only"][..], &["--deny-host", "127.0.0.1"][..]] {
        let arguments = [
            &[
                "run",
                &file,
                "--timing-mode",
                "instant",
                "--timeout",
                "4000",
            ],
            rule,
        ]
        .concat();
        let ran = shell.run(&arguments);
        assert!(ran.ends_with(1).out.contains("127.0.0.1"), "{}", ran.out);
    }
    let arguments = [
        "run",
        &file,
        "--timing-mode",
        "instant",
        "--public-only",
        "--allow-host",
        "127.0.0.1",
    ];
    shell.run(&arguments).ends_with(0);
}

#[test]
fn another_deployment_is_tried_with_the_same_recording() {
    let (shell, site) = (Shell::new(), site());
    let file = shell.recording("greet", "https://shop.example/start", greeting("Ann"));
    shell
        .run(&[
            "run",
            &file,
            "--timing-mode",
            "instant",
            "--base-url",
            &site,
        ])
        .ends_with(0);
}

#[test]
fn a_recording_made_on_a_phone_is_performed_on_one() {
    let (shell, site) = (Shell::new(), site());
    let sees = |expected: &str| {
        let actions = json!([
            { "type": "javascript", "expression": "document.title = [innerWidth, devicePixelRatio, navigator.maxTouchPoints > 0].join()" },
            { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": expected },
        ]);
        let mut document = json!({ "testName": "Sizes", "url": site, "actions": actions });
        document["viewport"] = json!({ "width": 390, "height": 844 });
        document
    };
    let desk = shell.file("desk.json", &sees("390,1,false").to_string());
    // A page without a meta viewport tag is laid out 980 pixels wide on a phone.
    let mut document = sees("980,3,true");
    document["devicePixelRatio"] = json!(3);
    document["isMobile"] = json!(true);
    document["hasTouch"] = json!(true);
    let phone = shell.file("phone.json", &document.to_string());
    for file in [desk, phone] {
        shell
            .run(&["run", &file, "--timing-mode", "instant"])
            .ends_with(0);
    }
}

#[test]
fn pictures_of_every_step_are_written_when_asked_for() {
    let (shell, site) = (Shell::new(), site());
    let file = shell.recording("greet", &site, greeting("Ann"));
    shell
        .run(&[
            "run",
            &file,
            "--timing-mode",
            "instant",
            "--screenshot-mode",
            "always",
            "--screenshot-dir",
            "shots",
        ])
        .ends_with(0);
    let mut names: Vec<String> = std::fs::read_dir(shell.path().join("shots"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), 3);
    assert!(names[2].ends_with("-chromium-002-act_003.jpg"), "{names:?}");
}

#[test]
fn an_interrupt_ends_the_run_with_130_and_leaves_no_browser() {
    let (shell, site) = (Shell::new(), site());
    let wait = json!([{ "type": "wait", "waitFor": "element", "selectors": css("#never") }]);
    let file = shell.recording(
        "wait",
        &site,
        json!([{ "type": "click", "selectors": css("#go") }, wait[0]]),
    );
    let mut child = shell
        .command(&["run", &file, "--timing-mode", "instant"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id();
    // The first step is done, the second waits.
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let seen = lines
        .by_ref()
        .map_while(Result::ok)
        .any(|line| line.contains("✓ 1"));
    assert!(seen, "the first step is performed");
    let browsers = children_of(id);
    assert!(!browsers.is_empty(), "a browser runs");
    kill(Pid::from_raw(i32::try_from(id).unwrap()), Signal::SIGINT).unwrap();
    let began = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&output.stdout).contains("cancelled"));
    assert!(began.elapsed() < Duration::from_secs(10));
    for browser in browsers {
        assert!(
            !std::path::Path::new(&format!("/proc/{browser}/exe")).exists(),
            "the browser {browser} is gone"
        );
    }
}

/// The processes that a process started.
fn children_of(id: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{id}/task")).expect("the process runs");
    tasks
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("children")).ok())
        .flat_map(|text| {
            text.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<u32>>()
        })
        .collect()
}
