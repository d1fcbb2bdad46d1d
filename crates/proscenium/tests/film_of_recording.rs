//! `proscenium film` of a recording: the player performs it, in front of the camera.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

/// An order form: a choice, a box, an agreement in a frame, something far below, and a button that was renamed since.
const PAGE: &str = r#"<!doctype html><title>Order</title>
<style>body { font: 20px sans-serif; margin: 40px; } #low { margin-top: 1500px; }</style>
<h1>Order</h1>
<p><label>Name <input id=name></label></p>
<p><label>Code <input id=code type=password></label></p>
<p><select id=size><option value=s>Small</option><option value=l>Large</option></select>
<label><input type=checkbox id=gift> A gift</label></p>
<iframe id=terms srcdoc="<button id=agree onclick=&quot;parent.agreed = true; this.textContent = 'Agreed'&quot;>Agree</button>"></iframe>
<p id=low><button data-testid=send-order>Send order</button> <button>Cancel</button></p>
<p id=out></p>
<script>
document.querySelector('[data-testid]').onclick = () => {
  const [name, code, size, gift] = ['name', 'code', 'size', 'gift'].map((id) => document.getElementById(id));
  document.getElementById('out').textContent =
    `${name.value} ${code.value.length} ${size.value} ${gift.checked} ${window.agreed}`;
};
</script>"#;

fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
                let _ = write!(
                    stream,
                    "{head}\r\nContent-Length: {}\r\n\r\n{PAGE}",
                    PAGE.len()
                );
            });
        }
    });
    address
}

fn step(kind: &str, selector: (&str, &str), more: Value) -> Value {
    let (strategy, value) = selector;
    let mut step = json!({
        "id": format!("{kind}-{value}"), "type": kind, "timestamp": 0,
        "selectors": [{ "strategy": strategy, "value": value, "priority": 1 }],
    });
    step.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    step
}

fn recording(page: SocketAddr, expected: &str) -> Value {
    let url = format!("http://{page}/");
    let frame = json!([{ "selectors": [{ "strategy": "id", "value": "terms", "priority": 1 }] }]);
    let print = json!({
        "kind": "press", "role": "button", "name": "Send", "tag": "button", "type": "submit",
        "attributes": { "testId": "send" }, "near": { "heading": "Order" }, "others": ["Cancel"],
    });
    json!({
        "id": "rec_1", "version": "1.0.0", "testName": "An order", "url": url,
        "startTime": "2026-01-01T00:00:00Z", "viewport": { "width": 800, "height": 600 },
        "actions": [
            { "id": "go", "type": "navigation", "timestamp": 0, "from": "", "to": url, "navigationTrigger": "manual" },
            { "id": "screen", "type": "viewport", "timestamp": 0, "width": 390, "height": 844 },
            step("input", ("id", "name"), json!({ "value": "Ada", "inputType": "text", "tagName": "input" })),
            step("input", ("id", "code"), json!({ "value": "${CODE}", "inputType": "password", "tagName": "input" })),
            step("select", ("id", "size"), json!({ "selectedValue": "l", "selectedText": "Large", "tagName": "select" })),
            step("click", ("id", "gift"), json!({ "inputType": "checkbox", "checked": true, "tagName": "input" })),
            step("click", ("id", "agree"), json!({ "frames": frame, "tagName": "button" })),
            step("click", ("data-testid", "send"), json!({ "tagName": "button", "text": "Send", "timeout": 4_500, "fingerprint": print })),
            step("checkpoint", ("id", "out"), json!({ "checkType": "elementText", "expectedValue": expected, "timeout": 1_500 })),
            { "id": "on", "type": "navigation", "timestamp": 0, "from": url, "to": format!("{url}thanks"), "navigationTrigger": "manual" },
            step("click", ("id", "cookies"), json!({ "tagName": "button", "isOptional": true, "timeout": 300 })),
        ],
    })
}

fn film(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .arg("film")
        .args(arguments)
        .args(["--preset", "low", "--size", "640x360", "--frame", "none"])
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn what_a_run_performs_is_filmed_healed_steps_are_marked_and_checks_count() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let page = serve();
    let kept = recording(page, "Ada 6 l true true");
    std::fs::write(folder.join("order.json"), kept.to_string()).unwrap();
    let output = film(
        folder,
        &[
            "order.json",
            "-o",
            "a.mp4",
            "--var",
            "CODE=secret",
            "--captions",
            "--title",
            "An order",
            "--json",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("left out: step 2 (viewport)"),
        "{}",
        said(&output)
    );
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let steps = told["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 9, "{steps:?}");
    // Each page is a chapter.
    let chapters = told["chapters"].as_array().unwrap();
    assert_eq!(chapters.len(), 2, "{chapters:?}");
    assert_eq!(chapters[1]["title"], "Order");
    let notes: Vec<&str> = steps
        .iter()
        .filter_map(|step| step["note"].as_str())
        .collect();
    assert_eq!(notes.len(), 2, "{steps:?}");
    assert!(
        notes[0].starts_with("healed: ") && notes[0].contains("Send order"),
        "{notes:?}"
    );
    // A step that was not performed is not told as one that was.
    assert!(notes[1].starts_with("skipped: "), "{notes:?}");
    assert!(!told.to_string().contains("secret"), "{told}");
    // Nine steps at the pace of a person.
    assert!(told["durationMs"].as_f64().unwrap() > 7_000.0, "{told}");

    // What is red in a run is in no film.
    let mut kept = recording(page, "Ada 6 l true false");
    let actions = kept["actions"].as_array_mut().unwrap();
    actions.drain(3..8);
    std::fs::write(folder.join("order.json"), kept.to_string()).unwrap();
    let output = film(folder, &["order.json", "-o", "b.mp4"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    // Its number in the recording, though the steps before it are fewer in the film.
    assert!(said(&output).contains("step 4"), "{}", said(&output));
    assert!(folder.join("b.failed.mp4").is_file());
    assert!(!folder.join("b.mp4").exists());
}

#[test]
fn what_cannot_be_filmed_is_refused_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let page = serve();
    let mut kept = recording(page, "");
    kept["actions"].as_array_mut().unwrap().drain(1..3);
    std::fs::write(folder.join("code.json"), kept.to_string()).unwrap();
    let output = film(folder, &["code.json", "-o", "c.mp4"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("step 2"), "{}", said(&output));
    assert!(said(&output).contains("CODE"), "{}", said(&output));
    // The virtual clock waits for storyboards only, and says which step is in none.
    let tab = json!({ "id": "t", "type": "tab", "timestamp": 0, "event": "switch", "index": 0 });
    let mut kept = recording(page, "");
    kept["actions"].as_array_mut().unwrap()[1] = tab;
    std::fs::write(folder.join("tabs.json"), kept.to_string()).unwrap();
    let output = film(folder, &["tabs.json", "-o", "a.mp4", "--perfect"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let sentence = "step 2 (tab): a storyboard of a recording keeps to one tab";
    assert!(said(&output).contains(sentence), "{}", said(&output));
    // Nor are tabs drawn for a storyboard that has them.
    let board = format!("url: http://{page}/\nsteps: [{{pause: 1s}}, {{tab: close}}]");
    std::fs::write(folder.join("board.yaml"), board).unwrap();
    let output = film(folder, &["board.yaml", "-o", "a.mp4", "--perfect"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let sentence = "only one tab is drawn on command, and step 2 is about another";
    assert!(said(&output).contains(sentence), "{}", said(&output));
}

#[test]
fn the_other_engines_are_filmed_too_and_only_chromium_waits_for_every_frame() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut kept = recording(serve(), "");
    kept["actions"].as_array_mut().unwrap().drain(3..);
    let check = json!({ "checkType": "elementHasValue", "expectedValue": "Ada", "timeout": 1_500 });
    let check = step("checkpoint", ("id", "name"), check);
    kept["actions"].as_array_mut().unwrap().push(check);
    std::fs::write(folder.join("name.json"), kept.to_string()).unwrap();
    for (engine, product) in [("firefox", "Firefox"), ("webkit", "MiniBrowser")] {
        let output = film(
            folder,
            &["name.json", "-o", "a.webm", "--browser", engine, "--json"],
        );
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(
            told["browser"].as_str().unwrap().starts_with(product),
            "{told}"
        );
        assert_eq!(told["steps"].as_array().unwrap().len(), 2);
        // The letters come one after another, and each is seen.
        assert!(told["capture"]["delivered"].as_u64().unwrap() > 3, "{told}");
    }
    std::fs::write(
        folder.join("board.yaml"),
        "url: about:blank\nsteps: [{pause: 1s}]",
    )
    .unwrap();
    let output = film(
        folder,
        &[
            "board.yaml",
            "-o",
            "b.mp4",
            "--browser",
            "firefox",
            "--perfect",
        ],
    );
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(
        said(&output).contains("chromium-headless-shell"),
        "{}",
        said(&output)
    );
}
