//! Projects of Selenium IDE become recordings; what cannot be said is said.

use proptest::prelude::*;
use recording::{Imported, Include, Recording, StepKind, import, import_all, import_together};
use serde_json::{Value, json};

fn command(name: &str, target: &str, value: &str) -> Value {
    json!({ "id": "1", "comment": "", "command": name, "target": target, "targets": [], "value": value })
}

fn project(commands: &[Value]) -> Value {
    json!({
        "id": "p", "version": "2.0", "name": "Shop", "url": "https://shop.test", "urls": [], "plugins": [],
        "tests": [
            { "id": "t1", "name": "Buy", "commands": commands },
            { "id": "t2", "name": "Sign in", "commands": [command("open", "/in", ""), command("type", "name=user", "ann")] },
        ],
        "suites": [{ "id": "s", "name": "Smoke", "persistSession": false, "parallel": false, "timeout": 300, "tests": ["t1"] }],
    })
}

fn buy(commands: &[Value]) -> Imported {
    import_all(project(commands).to_string())
        .expect("a project")
        .swap_remove(0)
}

fn types(recording: &Recording) -> Vec<&str> {
    recording
        .steps
        .iter()
        .map(|step| step.kind.type_name())
        .collect()
}

#[test]
fn commands_say_the_same_here() {
    let made = buy(&[
        command("open", "/shop?q=1", ""),
        json!({ "command": "click", "target": "id=buy", "targets": [["id=buy", "id"], ["css=#buy", "css:finder"], ["linkText=Buy", "linkText"]], "comment": "Buy it", "value": "" }),
        command("clickAt", "css=canvas", "3,4.5"),
        command("type", "name=user", "${USER}"),
        command("sendKeys", "name=user", "${KEY_ENTER}"),
        command("select", "name=size", "label=Large"),
        command("check", "name=terms", ""),
        command("mouseOver", "xpath=//li[2]", ""),
        command("dragAndDropToObject", "id=a", "id=b"),
        command("selectFrame", "index=1", ""),
        command("assertText", "css=p", "Thanks"),
        command("selectFrame", "relative=parent", ""),
        command("assertTitle", "Shop", ""),
        command("pause", "250", ""),
        command("waitForElementVisible", "id=done", "5000"),
        command("executeScript", "return document.title", ""),
        json!({ "command": "click", "target": "linkText=Help", "value": "", "opensWindow": true, "windowHandleName": "win1", "windowTimeout": 2000 }),
        command("storeWindowHandle", "root", ""),
        command("selectWindow", "handle=${win1}", ""),
        command("selectWindow", "handle=${root}", ""),
        command("acceptAlert", "", ""),
        command("times", "2", ""),
        command("click", "id=more", ""),
        command("end", "", ""),
        command("run", "Sign in", ""),
    ]);
    assert_eq!(made.losses, []);
    let recording = &made.recording;
    assert_eq!(
        (recording.test_name.as_str(), recording.url.as_str()),
        ("Buy", "https://shop.test/shop?q=1")
    );
    assert_eq!(recording.tags(), ["Smoke"]);
    assert_eq!(
        types(recording),
        [
            "click",
            "click",
            "input",
            "keypress",
            "select",
            "click",
            "hover",
            "drag",
            "checkpoint",
            "checkpoint",
            "wait",
            "wait",
            "javascript",
            "click",
            "tab",
            "tab",
            "dialog",
            "control",
            "click",
            "control",
            "navigation",
            "input",
        ]
    );
    let report = recording.validate();
    assert!(report.errors.is_empty(), "{:?}", report.errors);
    let first = &recording.steps[0];
    let strategies: Vec<&str> = first
        .selectors
        .iter()
        .map(|one| one.strategy.as_str())
        .collect();
    assert_eq!(strategies, ["id", "css", "role"]);
    assert_eq!(first.name.as_deref(), Some("Buy it"));
    assert_eq!(
        (
            recording.steps[8].frames.len(),
            recording.steps[9].frames.len()
        ),
        (1, 0)
    );
    let StepKind::JavaScript(script) = &recording.steps[12].kind else {
        panic!("{:?}", recording.steps[12])
    };
    assert_eq!(script.expression, "document.title");
    let StepKind::Tab(tab) = &recording.steps[14].kind else {
        panic!("{:?}", recording.steps[14])
    };
    assert_eq!((tab.event.as_str(), tab.index), ("new", Some(1)));
}

#[test]
fn what_a_recording_cannot_hold_is_kept_whole_and_named_with_its_place() {
    let made = buy(&[
        command("open", "/", ""),
        command("setWindowSize", "1200x800", ""),
        command("teleport", "xpath=//li", "items"),
        command("storeText", "css=h1", "the title"),
        command("echo", "hello", ""),
        command("click", "dom=document.links[0]", ""),
        command("verifyText", "id=a", "b"),
        command("//click", "id=a", ""),
        command("run", "Nothing", ""),
    ]);
    let said: Vec<String> = made.losses.iter().map(ToString::to_string).collect();
    for (loss, expected) in said.iter().zip([
        "tests[0].commands[1].target: the size of the window",
        "tests[0].commands[2].command: teleport: there is no such step here; it is kept, and a run stops at it",
        "tests[0].commands[3].command: storeText: \"the title\" is no name for a variable here",
        "tests[0].commands[4].command: echo does nothing to the page",
        "tests[0].commands[5].target: \"dom=document.links[0]\" is no known locator",
        "tests[0].commands[5].command: click: its element is not named",
        "tests[0].commands[7].command: click is disabled",
        "tests[0].commands[8].command: run: the project has no test of that name",
    ]) {
        assert!(loss.starts_with(expected), "{loss:?} is not {expected:?}");
    }
    assert_eq!(said.len(), 8, "{said:#?}");
    let StepKind::Checkpoint(verified) = &made.recording.steps[3].kind else {
        panic!("{:?}", made.recording.steps[3])
    };
    assert_eq!(
        verified.soft,
        Some(true),
        "what it finds does not end the test"
    );
    assert!(!made.recording.validate().is_valid());
    assert_eq!(
        types(&made.recording),
        [
            "side-teleport",
            "side-storeText",
            "side-click",
            "checkpoint",
            "side-run"
        ]
    );
    assert_eq!(made.recording.page_size(), (1200, 800));
    let text = made.recording.to_json_pretty().unwrap();
    assert!(text.contains("css=h1"), "{text}");
}

#[test]
fn a_project_of_several_tests_is_several_recordings() {
    let error = import(project(&[command("open", "/", "")]).to_string()).unwrap_err();
    assert!(
        error.to_string().contains("\"Buy\", \"Sign in\""),
        "{error}"
    );
    let circle = json!({ "tests": [{ "id": "1", "name": "a", "commands": [command("open", "https://a.test", ""), command("run", "a", "")] }] });
    assert!(
        !import(circle.to_string())
            .unwrap()
            .recording
            .validate()
            .is_valid()
    );
}

#[test]
fn branches_loops_and_stored_values_are_the_same_here_and_come_back() {
    let commands = [
        command("open", "/", ""),
        command("store", "3", "N"),
        command("storeText", "css=h1", "TITLE"),
        command("storeValue", "id=name", "NAME"),
        command("storeTitle", "", "PAGE"),
        command("executeScript", "return [1, 2]", "LIST"),
        command("if", "${N} > 2 && ${TITLE} === \"Shop\"", ""),
        command("times", "${N}", ""),
        command("click", "id=more", ""),
        command("end", "", ""),
        command("elseIf", "${N} > 1", ""),
        command("forEach", "LIST", "ITEM"),
        command("type", "id=name", "${ITEM}"),
        command("end", "", ""),
        command("else", "", ""),
        command("while", "document.querySelector(\"#more\")", ""),
        command("click", "id=more", ""),
        command("end", "", ""),
        command("do", "", ""),
        command("click", "id=less", ""),
        command("repeatIf", "${N} < 1", ""),
        command("end", "", ""),
    ];
    let made = buy(&commands);
    assert_eq!(made.losses, []);
    let report = made.recording.validate();
    assert!(report.errors.is_empty(), "{:?}", report.errors);
    assert!(made.recording.variable_names().is_empty());
    let exported = recording::export(&made.recording, recording::Target::Side).unwrap();
    let told: Value = serde_json::from_str(&exported.text).unwrap();
    let written: Vec<[&str; 3]> = told["tests"][0]["commands"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|command| command["command"] != "setWindowSize")
        .map(|command| {
            ["command", "target", "value"].map(|key| command[key].as_str().unwrap_or_default())
        })
        .collect();
    let given: Vec<[&str; 3]> = commands
        .iter()
        .map(|command| {
            ["command", "target", "value"].map(|key| command[key].as_str().unwrap_or_default())
        })
        .collect();
    assert_eq!(written[1..], given[1..], "{:?}", exported.losses);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_project_is_read_or_refused_and_what_is_read_is_a_document(commands in prop::collection::vec((prop::sample::select(vec![
        "open", "click", "clickAt", "type", "sendKeys", "select", "selectFrame", "selectWindow", "setWindowSize", "pause", "times", "end",
        "if", "else", "elseIf", "while", "do", "repeatIf", "forEach", "store", "storeText", "storeAttribute", "run", "executeScript", "assertText", "waitForElementVisible", "//proscenium", "//x", "close", "answerPrompt", "mouseDown", "mouseDownAt", "mouseMoveAt", "mouseUpAt", "assertConfirmation", "answerOnNextPrompt",
        "chooseOkOnNextConfirmation", "acceptConfirmation", "addSelection", "assert", "verifySelectedLabel", "storeElementCount", "",
    ]), "[a-zé=/${}0-9_,x.]{0,16}|\\$\\{KEY_[A-Z]{1,5}\\}|times|3|id=a", "[a-zé=0-9,${}]{0,12}|\\$\\{KEY_TAB\\}é"), 0..12)) {
        let mut all = vec![command("open", "/", "")];
        all.extend(commands.iter().map(|(name, target, value)| command(name, target, value)));
        if let Ok(made) = import_all(project(&all).to_string()) {
            for one in made {
                let text = one.recording.to_json_pretty().unwrap();
                prop_assert!(Recording::parse(text, recording::Format::Json).is_ok());
            }
        }
    }
}

#[test]
fn a_file_of_many_recordings_names_the_first_of_them() {
    let mut many = project(&[command("open", "/", "")]);
    let one = many["tests"][0].clone();
    many["tests"] = Value::from(vec![one; 300]);
    let refused = import(many.to_string()).unwrap_err().to_string();
    assert!(refused.contains("\"Buy\" and 292 more"), "{refused}");
    assert!(refused.len() < 200, "{refused}");
}

#[test]
fn recordings_that_are_kept_beside_each_other_include_what_their_tests_run() {
    let mut document = project(&[
        command("run", "Sign in", ""),
        command("click", "id=buy", ""),
        command("run", "In a frame", ""),
        command("run", "Nothing", ""),
    ]);
    let frame = [
        command("selectFrame", "index=0", ""),
        command("click", "id=a", ""),
        command("selectFrame", "relative=top", ""),
    ];
    let frame = json!({ "id": "t3", "name": "In a frame", "commands": frame });
    document["tests"].as_array_mut().unwrap().push(frame);
    let word = |number: usize, name: &str| format!("{number} {name}");
    // A test that opens no page and that nothing runs is no recording.
    let error = import_together(project(&[]).to_string(), &word).unwrap_err();
    assert!(
        error.to_string().contains("no step opens a page"),
        "{error}"
    );
    let all = import_together(document.to_string(), &word).unwrap();
    let included: Vec<&Include> = all[0]
        .recording
        .steps
        .iter()
        .filter_map(|step| match &step.kind {
            StepKind::Include(include) => Some(include),
            _ => None,
        })
        .collect();
    let told: Vec<_> = included
        .iter()
        .map(|include| (include.recording.as_str(), include.open))
        .collect();
    assert_eq!(told, [("1 Sign in", Some(true)), ("2 In a frame", None)]);
    assert_eq!(
        all[0].recording.url, "https://shop.test/in",
        "where the first test goes"
    );
    assert_eq!(
        types(&all[0].recording),
        ["include", "click", "include", "side-run"]
    );
    assert_eq!(all[2].recording.url, "https://shop.test");
    assert!(
        all[2]
            .losses
            .iter()
            .any(|loss| loss.to_string().contains("none opens a page"))
    );
}

#[test]
fn a_test_that_leaves_its_frame_or_window_to_those_behind_it_is_written_out() {
    for left in [
        command("selectFrame", "index=0", ""),
        command("storeWindowHandle", "here", ""),
    ] {
        let mut document = project(&[
            command("open", "/", ""),
            command("run", "Sign in", ""),
            command("click", "id=buy", ""),
        ]);
        document["tests"][1]["commands"]
            .as_array_mut()
            .unwrap()
            .push(left);
        let all = import_together(document.to_string(), &|_, name: &str| name.to_owned()).unwrap();
        assert_eq!(types(&all[0].recording), ["navigation", "input", "click"]);
    }
}

#[test]
fn what_a_recording_includes_is_a_test_of_the_project_and_comes_back() {
    let parse = |document: Value| Recording::from_value(document).unwrap();
    let step = json!({ "type": "click", "selectors": [{ "strategy": "id", "value": "go" }] });
    let inner =
        parse(json!({ "testName": "Sign in", "url": "https://shop.test/in", "actions": [step] }));
    let include = |open: bool| json!({ "type": "include", "recording": "in.json", "open": open });
    let outer = parse(
        json!({ "testName": "Sign in", "url": "https://shop.test/", "actions": [include(true), include(false)] }),
    );
    let included = [("in.json".to_owned(), inner)].into();
    let made = recording::export_with(&outer, &included, recording::Target::Side).unwrap();
    assert_eq!(made.losses, []);
    let told: Value = serde_json::from_str(&made.text).unwrap();
    assert_eq!(told["suites"][0]["tests"], json!(["test-1"]));
    let commands: Vec<String> = told["tests"][0]["commands"]
        .as_array()
        .unwrap()
        .iter()
        .map(|command| {
            format!(
                "{} {}",
                command["command"].as_str().unwrap(),
                command["target"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        commands,
        [
            "open https://shop.test/",
            "open https://shop.test/in",
            "run Sign in 2",
            "run Sign in 2"
        ]
    );
    let back = import_together(&made.text, &|number, _: &str| number.to_string()).unwrap();
    assert_eq!(
        types(&back[0].recording),
        ["navigation", "include", "include"]
    );
    assert_eq!(types(&back[1].recording), ["click"]);

    let alone = recording::export(&outer, recording::Target::Side).unwrap();
    assert!(
        alone.losses[0]
            .to_string()
            .contains("\"in.json\" is not at hand"),
        "{:?}",
        alone.losses
    );
}
