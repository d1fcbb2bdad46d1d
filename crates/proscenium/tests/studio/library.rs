//! The shell against the server's library: a token, a list, a recording by its id.

use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::{Owner, Place};

fn program(place: &Place, arguments: &[&str], token: Option<&str>, url: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proscenium"));
    command
        .args(arguments)
        .current_dir(place.temp.path())
        .env("PROSCENIUM_LOG", "trace")
        .env_remove("PROSCENIUM_API_URL")
        .env_remove("PROSCENIUM_API_TOKEN");
    if let Some(token) = token {
        command.env("PROSCENIUM_API_TOKEN", token);
    }
    if let Some(url) = url {
        command.env("PROSCENIUM_API_URL", url);
    }
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_shell_lists_describes_and_performs_what_the_server_keeps() {
    let place = Place::new();
    let mut server = place.start("serve", &["--port", "0", "--workers", "0"]);
    let owner = Owner::of(&mut server);
    let document = json!({ "testName": "Kept", "url": "data:text/html,<title>Kept</title>", "tags": ["smoke"], "actions": [
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Kept" },
    ] });
    let made = owner.post("/recordings", &document);
    let id = made["id"].as_str().unwrap().to_owned();

    let data = place.data.path().to_str().unwrap();
    let printed = program(&place, &["link", "--token", "--data-dir", data], None, None);
    let token = text(&printed.stdout).trim().to_owned();
    assert!(token.starts_with("pss_"), "{}", text(&printed.stderr));
    let ask = |arguments: &[&str]| program(&place, arguments, Some(&token), Some(&owner.url));

    let listed = ask(&["list", "--json"]);
    let list: Value = serde_json::from_slice(&listed.stdout)
        .unwrap_or_else(|_| panic!("{}", text(&listed.stderr)));
    assert_eq!(
        (&list[0]["id"], &list[0]["actions"], &list[0]["tags"]),
        (&json!(id), &json!(1), &json!(["smoke"]))
    );
    let described = ask(&["info", "--recording-id", &id]);
    assert!(
        text(&described.stdout).starts_with("Kept\n"),
        "{}",
        text(&described.stderr)
    );
    assert_eq!(
        ask(&["validate", "--recording-id", &id]).status.code(),
        Some(0)
    );
    for chosen in [&["--recording-id", &id][..], &["--tag", "smoke"]] {
        let ran = ask(&[
            &["run", "--timing-mode", "instant", "--reporter", "json"],
            chosen,
        ]
        .concat());
        let report: Value =
            serde_json::from_slice(&ran.stdout).unwrap_or_else(|_| panic!("{}", text(&ran.stderr)));
        let report = report.get("recordings").map_or(&report, |all| &all[0]);
        assert_eq!(report["status"], json!("passed"));
        assert_eq!(
            (
                &report["recording"]["source"],
                &report["recording"]["recordingId"]
            ),
            (&json!("platform"), &json!(id))
        );
        assert!(
            !text(&ran.stderr).contains(&token),
            "no log holds the token"
        );
    }

    /// Arguments, token, address, exit status, and what is said.
    type Case<'a> = (
        &'a [&'a str],
        Option<&'a str>,
        Option<&'a str>,
        i32,
        &'a str,
    );
    let cases: [Case<'_>; 6] = [
        (
            &["list", "--api-url", &owner.url],
            None,
            None,
            2,
            "MISSING_API_TOKEN",
        ),
        (
            &["info", "--recording-id", &id],
            Some(&token),
            None,
            2,
            "MISSING_API_URL",
        ),
        (&["run"], Some(&token), Some(&owner.url), 2, "MISSING_TAGS"),
        (
            &["list"],
            Some("pss_wrong"),
            Some(&owner.url),
            3,
            "UNAUTHORIZED",
        ),
        (
            &[
                "info",
                "--recording-id",
                "0196f7a4-1111-7111-8111-111111111111",
            ],
            Some(&token),
            Some(&owner.url),
            2,
            "RECORDING_NOT_FOUND",
        ),
        (
            &["run", "--recording-id", &id],
            Some(&token),
            Some("http://127.0.0.1:9"),
            3,
            "CONNECTION_FAILED",
        ),
    ];
    for (arguments, token, url, code, expected) in cases {
        let ran = program(&place, arguments, token, url);
        let said = text(&ran.stdout) + &text(&ran.stderr);
        assert_eq!(ran.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert!(
            token.is_none_or(|token| !said.contains(token)),
            "{arguments:?}: {said}"
        );
    }
    server.stop();
}
