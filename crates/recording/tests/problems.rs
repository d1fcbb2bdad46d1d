//! Documents that are wrong: every problem has its place, and nothing makes the reader panic.

use recording::{Format, Limits, Recording};

fn problems(text: &str) -> Vec<String> {
    Recording::parse(text, Format::Auto)
        .expect_err("the document is wrong")
        .problems
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn errors(steps: &str) -> Vec<String> {
    let text = format!(r#"{{"testName":"t","url":"http://a.test/","actions":[{steps}]}}"#);
    let recording = Recording::parse(text, Format::Json).expect("the document is readable");
    recording
        .validate()
        .errors
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_wrong_type_is_named_with_its_path() {
    let text = r#"{"testName":"t","url":"http://a.test/","actions":[
        {"type":"click","timestamp":"soon"},
        {"type":"click","selectors":[{"strategy":"css","value":"a"},{"strategy":"css","value":[]}]},
        {"type":"click","coordinates":{"x":1,"y":"two"}},
        {"type":"checkpoint","checkType":5},
        "click",
        {"timestamp":1},
        {"type":"scroll","element":7}
    ]}"#;
    let found: Vec<String> = problems(text)
        .iter()
        .map(|line| line.split(':').next().unwrap().to_owned())
        .collect();
    assert_eq!(
        found,
        [
            "actions[0].timestamp",
            "actions[1].selectors[1].value",
            "actions[2].coordinates.y",
            "actions[3].checkType",
            "actions[4]",
            "actions[5].type",
            "actions[6].element",
        ]
    );
}

#[test]
fn the_path_goes_through_the_wrapper() {
    let text = r#"{"data":{"url":"http://a.test/","viewport":{"width":-1,"height":2},"actions":[{"type":"input","value":[]}]}}"#;
    let found = problems(text);
    assert!(found[0].starts_with("data.viewport.width: "), "{found:?}");
    assert!(found[1].starts_with("data.actions[0].value: "), "{found:?}");
}

#[test]
fn hostile_documents_are_refused_in_words() {
    let deep = format!("{}{}", r#"{"url":"x","actions":["#, "[".repeat(100_000));
    let deep_objects = format!(
        r#"{{"url":"x","actions":[],"a":{}1{}}}"#,
        r#"{"a":"#.repeat(70),
        "}".repeat(70)
    );
    let cases: Vec<(&str, String, &str)> = vec![
        ("nothing", String::new(), "empty"),
        ("blank", " \n\t ".into(), "empty"),
        ("a list", "[]".into(), "must be an object"),
        ("a number", "12".into(), "must be an object"),
        (
            "cut off",
            r#"{"url":"http://a.test/","actions":[{"type":"cl"#.into(),
            "not valid JSON",
        ),
        (
            "two documents",
            r#"{"url":"x","actions":[]} {}"#.into(),
            "not valid JSON",
        ),
        (
            "NaN",
            r#"{"url":"x","actions":[{"type":"click","timestamp":NaN}]}"#.into(),
            "not valid JSON",
        ),
        (
            "too large a number",
            r#"{"url":"x","actions":[{"type":"click","timestamp":1e999}]}"#.into(),
            "not valid JSON",
        ),
        ("deep lists", deep, "not valid JSON"),
        ("deep objects", deep_objects, "nested too deeply"),
        (
            "no steps",
            r#"{"url":"x"}"#.into(),
            "actions: the recording has no actions",
        ),
        (
            "steps of a wrong type",
            r#"{"url":"x","actions":{}}"#.into(),
            "actions: the actions must be a list",
        ),
        (
            "no address",
            r#"{"actions":[]}"#.into(),
            "missing field `url`",
        ),
        (
            "a key twice",
            r#"{"url":"x","actions":[{"type":"click","url":"a","url":"b"}]}"#.into(),
            "actions[0].url: this key occurs twice",
        ),
        (
            "yaml nan",
            "url: x\nactions:\n  - type: click\n    timestamp: .nan\n".into(),
            "not valid YAML",
        ),
        (
            "yaml key twice",
            "url: x\nurl: y\nactions: []\n".into(),
            "not valid YAML",
        ),
        ("yaml text", "just a sentence".into(), "must be an object"),
        ("yaml bomb", yaml_bomb(), "not valid YAML"),
    ];
    for (name, text, expected) in cases {
        let found = problems(&text).join("\n");
        assert!(found.contains(expected), "{name}: {found}");
        assert!(
            found.len() < 5_000,
            "{name}: the message has {} bytes",
            found.len()
        );
    }
}

fn yaml_bomb() -> String {
    let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..12 {
        let refs = vec![format!("*a{}", level - 1); 9].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{refs}]\n"));
    }
    text.push_str("url: x\nactions: []\n");
    text
}

#[test]
fn limits_hold() {
    let limits = Limits {
        bytes: 200,
        steps: 2,
        depth: 64,
    };
    let long = format!(r#"{{"url":"{}","actions":[]}}"#, "x".repeat(300));
    let error = Recording::parse_within(long, Format::Json, limits).unwrap_err();
    assert!(error.to_string().contains("the limit is 200"), "{error}");
    let many = r#"{"url":"x","actions":[{"type":"click"},{"type":"click"},{"type":"click"}]}"#;
    let error = Recording::parse_within(many, Format::Json, limits).unwrap_err();
    assert!(
        error.to_string().contains("3 actions, the limit is 2"),
        "{error}"
    );
    let error = Recording::parse([0xff, 0xfe, 0x00], Format::Auto).unwrap_err();
    assert!(error.to_string().contains("not UTF-8"), "{error}");
}

#[test]
fn an_unknown_type_is_kept_and_refused_for_running() {
    let found = errors(r#"{"type":"teleport","to":"moon"}"#);
    assert_eq!(
        found,
        [r#"actions[0].type: steps of the type "teleport" cannot be performed"#]
    );
}

#[test]
fn what_cannot_be_performed_is_an_error() {
    let cases = [
        (r#"{"type":"click"}"#, "actions[0].selectors"),
        (
            r#"{"type":"click","selector":{"css":"a"},"button":"fourth"}"#,
            "actions[0].button",
        ),
        (
            r#"{"type":"click","selector":{"css":"a"},"modifiers":["hyper"]}"#,
            "actions[0].modifiers[0]",
        ),
        (
            r#"{"type":"checkpoint","checkType":"smellsGood"}"#,
            "actions[0].checkType",
        ),
        (
            r#"{"type":"checkpoint","checkType":"elementText","selector":{"css":"a"}}"#,
            "actions[0].expectedValue",
        ),
        (
            r#"{"type":"checkpoint","checkType":"urlMatch"}"#,
            "actions[0].expectedUrl",
        ),
        (
            r#"{"type":"checkpoint","checkType":"visual","threshold":2}"#,
            "actions[0].threshold",
        ),
        (
            r#"{"type":"checkpoint","checkType":"visual","tolerance":-0.1}"#,
            "actions[0].tolerance",
        ),
        (
            r#"{"type":"checkpoint","checkType":"visual","masks":[{"selectors":[]}]}"#,
            "actions[0].masks[0].selectors",
        ),
        (r#"{"type":"navigation","to":""}"#, "actions[0].to"),
        (r#"{"type":"keypress"}"#, "actions[0].key"),
        (
            r#"{"type":"wait","waitFor":"duration","value":"a while"}"#,
            "actions[0].value",
        ),
        (
            r#"{"type":"wait","waitFor":"moonrise"}"#,
            "actions[0].waitFor",
        ),
        (
            r#"{"type":"javascript","expression":" "}"#,
            "actions[0].expression",
        ),
        (
            r#"{"type":"drag","selector":{"css":"a"}}"#,
            "actions[0].target",
        ),
        (r#"{"type":"tab","event":"duplicate"}"#, "actions[0].event"),
        (
            r#"{"type":"viewport","width":0,"height":1}"#,
            "actions[0].width",
        ),
        (
            r#"{"id":"a","type":"scroll"},{"id":"a","type":"scroll"}"#,
            "actions[1].id",
        ),
    ];
    for (steps, path) in cases {
        let found = errors(steps);
        assert!(
            found.len() == 1 && found[0].starts_with(&format!("{path}: ")),
            "{steps}: {found:?}"
        );
    }
}

#[test]
fn what_is_odd_is_a_warning() {
    let text = r#"{"version":"9","url":"http://a.test/","viewport":{"width":100,"height":100},"actions":[
        {"type":"scroll","timestamp":500},{"type":"scroll","timestamp":100}]}"#;
    let report = Recording::parse(text, Format::Auto).unwrap().validate();
    assert!(report.is_valid());
    let paths: Vec<&str> = report
        .warnings
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "version",
            "testName",
            "id",
            "startTime",
            "endTime",
            "userAgent",
            "viewport",
            "actions[1].timestamp"
        ]
    );
}
