//! Where the values of `${NAME}` come from, which of them counts, and that none is ever shown.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use serde_json::json;

use crate::support::{Ran, Shell, css, greeting, site};

#[test]
fn an_argument_counts_more_than_the_environment_and_that_more_than_a_file() {
    let (shell, site) = (Shell::new(), site());
    let mut steps = greeting("${FIRST} ${MIDDLE} ${LAST}");
    steps[2]["expectedValue"] = json!("Hello Fileman Envirom Argumon");
    let file = shell.recording("who", &site, steps);
    let values = json!({ "FIRST": "Fileman", "MIDDLE": "Filetwo", "LAST": "Filethree" });
    shell.file("values.json", &values.to_string());
    let arguments = [
        "run",
        &file,
        "--timing-mode",
        "instant",
        "--variables",
        "values.json",
        "--env-prefix",
        "X_",
        "--var",
        "LAST=Argumon",
    ];
    let mut command = shell.command(&arguments);
    command
        .env("X_MIDDLE", "Envirom")
        .env("X_LAST", "Envirlast")
        // Another prefix was asked for.
        .env("PROSCENIUM_VAR_FIRST", "Otherwise");
    let ran = Ran::from(command.output().unwrap());
    ran.ends_with(0);
    for secret in ["Fileman", "Envirom", "Argumon"] {
        let said = format!("{}{}", ran.out, ran.err);
        assert!(!said.contains(secret), "{said}");
    }
}

#[test]
fn a_file_of_values_is_json_yaml_or_lines_and_its_numbers_stay_as_they_are_written() {
    let (shell, site) = (Shell::new(), site());
    let steps = json!([
        { "type": "input", "selectors": css("#name"), "value": "${CODE} ${PRICE} ${OPEN}" },
        { "type": "click", "selectors": css("#go") },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Hello 0123 10.00 true", "timeout": 2000 },
    ]);
    let file = shell.recording("shop", &site, steps);
    for (name, text) in [
        (
            "values.json",
            "{\"CODE\": \"0123\", \"PRICE\": 10.00, \"OPEN\": true}",
        ),
        (
            "values.yaml",
            "\u{feff}# of the shop\nCODE: 0123\nPRICE: 10.00\nOPEN: true\n",
        ),
        (
            "shop.env",
            "# of the shop\nCODE=0123\nPRICE='10.00'\nexport OPEN=true\n",
        ),
    ] {
        shell.file(name, text);
        let ran = shell.run(&[
            "run",
            &file,
            "--timing-mode",
            "instant",
            "--variables",
            name,
        ]);
        assert_eq!(ran.code, Some(0), "{name}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn a_file_that_gives_no_values_is_refused_with_its_place_and_without_its_secrets() {
    let shell = Shell::new();
    let file = shell.recording("open", "http://a.test/", greeting("${PASSWORD}"));
    let cases = [
        (
            "list.json",
            r#"["hunter2"]"#,
            "an object of names and values",
        ),
        ("text.yaml", "hunter2", "an object of names and values"),
        ("empty.json", "", "empty"),
        (
            "many.json",
            r#"{"PASSWORD": ["hunter2"]}"#,
            "PASSWORD is a list: write a text",
        ),
        (
            "deep.yaml",
            "PASSWORD:\n  of: hunter2\n",
            "PASSWORD is an object",
        ),
        ("none.yaml", "PASSWORD:\n", "PASSWORD is nothing"),
        (
            "twice.json",
            r#"{"PASSWORD": "hunter2", "PASSWORD": "hunter2"}"#,
            "PASSWORD: this key occurs twice",
        ),
        (
            "name.json",
            r#"{"pass word": "hunter2"}"#,
            r#""pass word" is no name for a variable"#,
        ),
        ("cut.json", r#"{"PASSWORD": "hunter2""#, "line 1"),
        ("word.json", r#"{"PASSWORD": hunter2}"#, "line 1"),
        ("quote.yaml", "PASSWORD: \"hunter2\n", "not valid YAML"),
        ("alias.yaml", "PASSWORD: *hunter2\n", "not valid YAML"),
        ("anchor.yaml", "PASSWORD: &hunter2\n", "PASSWORD is nothing"),
        ("at.yaml", "PASSWORD: @hunter2\n", "not valid YAML"),
        ("tag.yaml", "PASSWORD: !!int hunter2\n", "not valid YAML"),
        ("colon.yaml", "PASSWORD: hunter2: x\n", "not valid YAML"),
        (
            "test.env",
            "A=1\nPASSWORD=hunter2 and more\n",
            "the line after A is not NAME=VALUE",
        ),
        (".env", "hunter2\n", "the first line is not NAME=VALUE"),
    ];
    for (name, text, expected) in cases {
        shell.file(name, text);
        let ran = shell.run(&["run", &file, "--variables", name]);
        let said = &ran.ends_with(2).err;
        assert!(
            said.contains(name) && said.contains(expected),
            "{name}: {said}"
        );
        assert!(!said.contains("hunter2"), "{name}: {said}");
    }
    let ran = shell.run(&["run", &file, "--variables", "gone.json"]);
    assert!(
        ran.ends_with(2).err.contains("cannot read gone.json"),
        "{ran:?}"
    );
}

#[test]
fn an_environment_that_gives_no_text_is_refused_and_so_is_one_that_gives_everything() {
    let shell = Shell::new();
    let file = shell.recording("open", "http://a.test/", greeting("${PASSWORD}"));
    let mut command = shell.command(&["run", &file, "--env-prefix", "X_"]);
    command.env("X_PASSWORD", OsStr::from_bytes(b"hunter2\xff"));
    let ran = Ran::from(command.output().unwrap());
    let said = &ran.ends_with(2).err;
    assert!(
        said.contains("X_PASSWORD is not UTF-8 text") && !said.contains("hunter2"),
        "{said}"
    );
    let ran = shell.run(&["run", &file, "--env-prefix", ""]);
    assert!(
        ran.ends_with(2).err.contains("without a prefix"),
        "{}",
        ran.err
    );
}
