//! `proscenium render` from the shell.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// Runs `proscenium render` in a folder, with something on its standard input.
fn render(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .arg("render")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The program may have refused its arguments and gone.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_example_becomes_a_film_and_the_result_describes_it() {
    let folder = tempfile::tempdir().unwrap();
    let sketch = examples().join("spiral.js");
    let arguments = [
        sketch.to_str().unwrap(),
        "-o",
        "spiral.mp4",
        "--frames",
        "12",
        "--output",
        "json",
    ];
    let output = render(folder.path(), &arguments, "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = [
        ("path", Value::from("spiral.mp4")),
        ("mediaType", "video/mp4".into()),
        ("width", 640.into()),
        ("height", 360.into()),
        ("frames", 12.into()),
        ("fps", 60.into()),
        ("durationMs", 200.0.into()),
        ("draws", 12.into()),
        ("way", "begin-frame".into()),
        ("engine", "chromium".into()),
        ("warnings", Value::Array(Vec::new())),
        ("console", Value::Array(Vec::new())),
    ];
    for (name, value) in expected {
        assert_eq!(told[name], value, "{name}: {told}");
    }
    assert_eq!(told["sha256"].as_str().map(str::len), Some(64));
    let size = std::fs::metadata(folder.path().join("spiral.mp4"))
        .unwrap()
        .len();
    assert_eq!(told["bytes"], size);
}

#[test]
fn code_comes_through_standard_input_and_jobs_from_files() {
    let folder = tempfile::tempdir().unwrap();
    let sketch =
        "function setup() { createCanvas(50, 40); background(200, 0, 0); rect(5, 5, 9, 9); }";
    let output = render(folder.path(), &["-", "-o", "a.png"], sketch);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("a.png  50 × 40, "));
    let job =
        serde_json::json!({ "type": "p5", "code": sketch, "bucket": "b", "filename": "b.png" });
    std::fs::write(folder.path().join("b.job.json"), job.to_string()).unwrap();
    let output = render(folder.path(), &["b.job.json", "--width", "60"], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("b.png  60 × 40, "));
}

#[test]
fn what_cannot_be_rendered_says_why_by_its_exit_code_and_words() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[&str], &str, i32, &str); 8] = [
        (
            &["-", "-o", "a.png", "--width", "0"],
            "1",
            2,
            "width: 0 is not between 1 and 8192",
        ),
        (
            &["-", "-o", "a.txt"],
            "1",
            2,
            "the end of the name says what is made",
        ),
        (&["-"], "1", 2, "say where the output goes: -o out.png"),
        (
            &["missing.js", "-o", "a.png"],
            "",
            2,
            "cannot read missing.js",
        ),
        (
            &["-", "--job", "-o", "a.png"],
            "[]",
            2,
            "a JSON object is needed",
        ),
        (
            &["-", "--job"],
            r#"{"code": "1", "filename": "../up.png"}"#,
            2,
            "no plain file name",
        ),
        (
            &["-", "-o", "a.png", "--type", "js"],
            "nothing()",
            1,
            "nothing is not defined (script.js:1)",
        ),
        (
            &["-", "-o", "a.png", "--browser-path", "/nowhere/chromium"],
            "1",
            3,
            "chromium-headless-shell",
        ),
    ];
    for (arguments, input, code, words) in cases {
        let output = render(folder.path(), arguments, input);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(
            said(&output).contains(words),
            "{arguments:?}: {}",
            said(&output)
        );
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing is left"
    );
}

#[test]
fn the_text_of_the_licence_that_p5_is_shipped_under_comes_with_the_program() {
    let output = Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .arg("licenses")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    for part in [
        "Apache License",
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "Version 2.1, February 1999",
    ] {
        assert!(told.contains(part), "{part}");
    }
}

#[test]
fn an_address_becomes_a_picture_and_no_film() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // What is asked for does not matter.
            let _ = std::io::Read::read(&mut stream, &mut [0; 4096]);
            let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 7\r\nconnection: close\r\n\r\n<p>here";
            let _ = stream.write_all(page.as_bytes());
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let arguments = [&url, "-o", "page.png", "--full-page", "--output", "json"];
    let output = render(folder.path(), &arguments, "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&told["way"], &told["width"]),
        (&"screenshot".into(), &1280.into())
    );
    let output = render(folder.path(), &[&url, "-o", "page.mp4"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("proscenium film"),
        "{}",
        said(&output)
    );
}
