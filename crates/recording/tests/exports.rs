//! Recordings as tests in code and as other tools' files, word for word.

use std::collections::BTreeMap;

use recording::{Format, Recording, Target, export, export_with};

const SIGN_UP: &str = include_str!("../../../examples/sign-up.yaml");
const FLOW: &str = include_str!("fixtures/flow.yaml");
const FLOW_ADD: &str = include_str!("fixtures/flow-add.yaml");
const EVERY_TYPE: &str = include_str!("fixtures/every-type.json");

/// The file, and below it what it does not say.
fn exported(text: &str, target: Target) -> String {
    let recording = Recording::parse(text, Format::Auto).expect("a recording");
    let added = Recording::parse(FLOW_ADD, Format::Auto).expect("a recording");
    let included = BTreeMap::from([("flow-add.yaml".to_owned(), added)]);
    let made = export_with(&recording, &included, target).expect("an export");
    let losses: Vec<String> = made
        .losses
        .iter()
        .map(|loss| format!("lost {loss}"))
        .collect();
    format!("{}\n{}", made.text, losses.join("\n"))
}

macro_rules! golden {
    ($($name:ident: $text:ident to $target:ident,)*) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(stringify!($name), exported($text, Target::$target));
            }
        )*
    };
}

golden! {
    sign_up_as_a_playwright_test: SIGN_UP to Playwright,
    sign_up_as_a_puppeteer_script: SIGN_UP to Puppeteer,
    sign_up_as_a_selenium_test: SIGN_UP to Selenium,
    sign_up_as_a_cypress_test: SIGN_UP to Cypress,
    sign_up_as_a_selenium_ide_project: SIGN_UP to Side,
    sign_up_as_a_devtools_flow: SIGN_UP to DevTools,
    sign_up_as_playwright_lines: SIGN_UP to PlaywrightJsonl,
    sign_up_as_a_workflow: SIGN_UP to WorkflowUse,
    every_type_as_a_playwright_test: EVERY_TYPE to Playwright,
    every_type_as_a_puppeteer_script: EVERY_TYPE to Puppeteer,
    every_type_as_a_selenium_test: EVERY_TYPE to Selenium,
    every_type_as_a_cypress_test: EVERY_TYPE to Cypress,
    every_type_as_playwright_lines: EVERY_TYPE to PlaywrightJsonl,
    every_type_as_a_workflow: EVERY_TYPE to WorkflowUse,
    branches_and_loops_as_a_playwright_test: FLOW to Playwright,
    branches_and_loops_as_a_puppeteer_script: FLOW to Puppeteer,
    branches_and_loops_as_a_selenium_test: FLOW to Selenium,
    branches_and_loops_as_a_cypress_test: FLOW to Cypress,
}

#[test]
fn no_text_of_a_recording_ends_a_string_or_a_comment() {
    let text = "`\"'\\${process.exit()} ${NAME} \n */ \u{2028}";
    let mut recording = Recording::parse(SIGN_UP, Format::Auto).expect("a recording");
    recording.test_name = text.to_owned();
    recording.steps[0].name = Some(text.to_owned());
    if let recording::StepKind::Input(input) = &mut recording.steps[0].kind {
        input.value = text.to_owned();
    }
    for target in [Target::Playwright, Target::Puppeteer] {
        let made = export(&recording, target).expect("an export").text;
        let comment = made
            .lines()
            .find(|line| line.contains("// 1. "))
            .expect("a comment");
        assert!(comment.trim_start().starts_with("// 1. "), "{comment}");
        let typed = made
            .lines()
            .find(|line| line.contains(".fill(`"))
            .expect("a template");
        assert!(
            typed.contains("\\`\"'\\\\\\${process.exit()} ${value(\"NAME\")}"),
            "{typed}"
        );
    }
    let made = export(&recording, Target::Selenium)
        .expect("an export")
        .text;
    assert!(made.contains("+ value(\"NAME\") +"), "{made}");
}

#[test]
fn a_soft_check_stays_soft_where_the_format_has_it_and_is_said_to_end_the_test_where_it_has_not() {
    let text = r##"{
        "testName": "Soft", "url": "https://a.test/", "startTime": "2026-01-01T00:00:00Z",
        "actions": [{
            "type": "checkpoint", "checkType": "elementText", "soft": true, "expectedValue": "Hello",
            "selectors": [{ "strategy": "id", "value": "greeting" }]
        }]
    }"##;
    for (target, says) in [
        (Target::Playwright, "await expect.soft(page"),
        (Target::Side, "\"verifyText\""),
        (Target::Puppeteer, "ends the test there"),
        (Target::Selenium, "ends the test there"),
        (Target::Cypress, "ends the test there"),
    ] {
        let made = exported(text, target);
        assert!(made.contains(says), "{made}");
        let lost = made.contains("ends the test there");
        assert_eq!(lost, !matches!(target, Target::Playwright | Target::Side));
    }
}

#[test]
fn a_visual_check_is_a_screenshot_of_playwright_and_lost_elsewhere() {
    let text = r##"{
        "testName": "Looks", "url": "https://a.test/", "startTime": "2026-01-01T00:00:00Z",
        "actions": [{
            "type": "checkpoint", "checkType": "visual", "fullPage": true, "threshold": 0.02,
            "masks": [{ "selectors": [{ "strategy": "id", "value": "clock" }] }]
        }, {
            "type": "checkpoint", "checkType": "visual", "negated": true,
            "selectors": [{ "strategy": "css", "value": "main" }]
        }]
    }"##;
    let made = exported(text, Target::Playwright);
    for says in [
        "await expect(page).toHaveScreenshot({ maxDiffPixelRatio: 0.02, threshold: 0.1, mask: [page.locator(\"#clock\")], fullPage: true });",
        "await expect(page.locator(\"main\")).not.toHaveScreenshot({ maxDiffPixelRatio: 0, threshold: 0.1 });",
        "actions[0]: the picture is made by the other tool, in its first run",
    ] {
        assert!(made.contains(says), "{says}\n{made}");
    }
    for target in [
        Target::Side,
        Target::Puppeteer,
        Target::Selenium,
        Target::Cypress,
    ] {
        let made = exported(text, target);
        assert!(made.contains("there is no such check there"), "{made}");
    }
}

#[test]
fn what_cannot_be_decided_stops_the_test_and_takes_its_block_with_it() {
    let page = |actions: &str| {
        format!(r##"{{ "testName": "Flow", "url": "https://a.test/", "actions": [{actions}] }}"##)
    };
    let control = |command: &str, more: &str| {
        format!(r##"{{ "type": "control", "command": "{command}"{more} }}"##)
    };
    let script = |word: &str| format!(r##"{{ "type": "javascript", "expression": "{word}" }}"##);
    let picture = r##", "checkType": "visual""##;
    let code = r##", "expression": "open""##;
    let end = control("end", "");
    for (steps, says, says_not) in [
        // A branch that cannot be decided, and one of several.
        (
            [
                control("if", picture),
                script("inside"),
                end.clone(),
                script("behind"),
            ]
            .join(","),
            "Step 1 (control) cannot be said here: a picture is no condition",
            "evaluate(\"inside\")",
        ),
        (
            [
                control("if", code),
                script("first"),
                control("elseIf", picture),
                script("second"),
                control("else", ""),
                script("third"),
                end.clone(),
            ]
            .join(","),
            "// 3. Else if the page looks the same\n  } else {\n    throw",
            "evaluate(\"third\")",
        ),
        (
            [control("times", ""), script("inside"), end.clone()].join(","),
            "is no number of rounds",
            "evaluate(\"inside\")",
        ),
        // Which tab is open behind it depends on the branch.
        (
            [
                control("if", code),
                r##"{ "type": "tab", "event": "switch", "index": 0 }"##.to_owned(),
                end.clone(),
            ]
            .join(","),
            "which tabs are open is not known",
            "bringToFront",
        ),
        (
            [control("if", code), script("inside")].join(","),
            "its block is not closed",
            "if (await",
        ),
        (
            r##"{ "type": "include", "recording": "gone", "recordingName": "Gone" }"##.to_owned(),
            "the recording \\\"Gone\\\" is not at hand",
            "performGone",
        ),
    ] {
        let made = exported(&page(&steps), Target::Playwright);
        assert!(made.contains(says), "{says}\n{made}");
        assert!(!made.contains(says_not), "{says_not}\n{made}");
        assert!(
            made.contains("throw new Error(") && made.contains("the test stops there"),
            "{made}"
        );
    }
}

#[test]
fn recordings_that_include_each_other_in_a_circle_are_functions_that_stop() {
    let include = |name: &str, other: &str| {
        let text = format!(
            r##"{{ "testName": "{name}", "url": "https://a.test/", "actions": [{{ "type": "include", "recording": "{other}" }}] }}"##
        );
        Recording::parse(text, Format::Auto).expect("a recording")
    };
    let included = BTreeMap::from([
        ("a".to_owned(), include("Same name", "b")),
        ("b".to_owned(), include("Same name", "a")),
    ]);
    let made =
        export_with(&include("Circle", "a"), &included, Target::Puppeteer).expect("an export");
    for says in [
        "async function performSameName(page)",
        "async function performSameName2(page) {\n  // 1. Perform “b”\n  await performSameName(page);",
        "include each other in a circle",
    ] {
        assert!(made.text.contains(says), "{says}\n{}", made.text);
    }
    let losses: Vec<String> = made.losses.iter().map(ToString::to_string).collect();
    assert_eq!(
        losses,
        [
            "b: actions[0].type: include: recordings include each other in a circle; the test stops there"
        ]
    );
}
