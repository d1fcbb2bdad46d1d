//! Videos of runs: where they are, what they show, and that a run never depends on them.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Ran, Shell, css, greeting, site};

const QUICK: [&str; 4] = ["--timing-mode", "instant", "--output", "json"];

/// What ffprobe says of a video: its width, height and seconds.
fn probed(video: &Path) -> (u64, u64, f64) {
    let output = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-of",
            "json",
            "-show_format",
            "-show_streams",
        ])
        .arg(video)
        .output()
        .expect("ffprobe starts");
    let said: Value = serde_json::from_slice(&output.stdout).expect("ffprobe says JSON");
    let stream = &said["streams"][0];
    let seconds = said["format"]["duration"].as_str().unwrap_or_default();
    (
        stream["width"].as_u64().unwrap_or_default(),
        stream["height"].as_u64().unwrap_or_default(),
        seconds.parse().unwrap_or_default(),
    )
}

/// How red, green and blue the last frame of a video is on average.
fn last_colour(video: &Path) -> Vec<u8> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-sseof", "-0.2", "-i"])
        .arg(video)
        .args([
            "-update",
            "1",
            "-vf",
            "scale=1:1",
            "-pix_fmt",
            "rgb24",
            "-f",
            "rawvideo",
            "-",
        ])
        .output()
        .expect("ffmpeg starts");
    let from = output.stdout.len().saturating_sub(3);
    output.stdout[from..].to_vec()
}

/// What the frames of a video are on average: red, green, blue, or something else; each once for as long as it is seen.
fn colours(video: &Path) -> Vec<&'static str> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(video)
        .args([
            "-vf",
            "scale=1:1",
            "-pix_fmt",
            "rgb24",
            "-f",
            "rawvideo",
            "-",
        ])
        .output()
        .expect("ffmpeg starts");
    let (frames, _) = output.stdout.as_chunks::<3>();
    let name = |frame: &[u8; 3]| match frame.map(|part| part > 127) {
        [true, false, false] => "red",
        [false, true, false] => "green",
        [false, false, true] => "blue",
        _ => "other",
    };
    let mut seen: Vec<_> = frames.iter().map(name).collect();
    seen.dedup();
    seen
}

#[test]
fn a_video_shows_the_tab_in_front() {
    let (shell, site) = (Shell::new(), site());
    let paint = |colour| json!({ "type": "javascript", "expression": format!("document.body.innerHTML = '<button onclick=window.open(location.href)>Another</button>'; document.documentElement.style.background = '{colour}'") });
    let wait = json!({ "type": "wait", "waitFor": "duration", "value": 600 });
    let switch = |index| json!({ "type": "tab", "event": "switch", "index": index });
    let steps = [
        paint("rgb(255,0,0)"),
        wait.clone(),
        json!({ "type": "click", "selectors": css("button") }),
        json!({ "type": "tab", "event": "new", "index": 1 }),
        json!({ "type": "wait", "waitFor": "element", "selectors": css("#go") }),
        paint("rgb(0,0,255)"),
        wait.clone(),
        // It stays open, and is not in front any more.
        switch(0),
        wait.clone(),
        switch(1),
        wait.clone(),
        json!({ "type": "tab", "event": "close", "index": 1 }),
        wait.clone(),
        paint("rgb(0,255,0)"),
        wait,
    ];
    let document = json!({ "testName": "Tabs", "url": site, "viewport": { "width": 640, "height": 480 }, "actions": steps });
    let file = shell.file("tabs.json", &document.to_string());
    let arguments = [&["run", "--video", &file], &QUICK[..]].concat();
    let report = shell.run(&arguments).ends_with(0).json();
    let path = report["result"]["video"].as_str().expect("a video");
    let mut seen = colours(&shell.path().join(path));
    // White pages before they are painted.
    seen.retain(|colour| *colour != "other");
    seen.dedup();
    assert_eq!(seen, ["red", "blue", "red", "blue", "red", "green"]);
}

#[test]
fn a_run_that_is_filmed_names_its_video_and_that_shows_what_was_done_in_it() {
    let (shell, site) = (Shell::new(), site());
    let paint = json!([
        { "type": "click", "selectors": css("#go") },
        { "type": "javascript", "expression": "document.body.style.background = 'rgb(0, 128, 0)'" },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Bye", "timeout": 700 },
    ]);
    let document = json!({ "testName": "Paint", "url": site, "viewport": { "width": 641, "height": 480 }, "actions": paint });
    let file = shell.file("paint.json", &document.to_string());
    // The file stands behind the bare flag. The run fails, and its video is wanted the more.
    let arguments = [&["run", "--video", &file], &QUICK[..]].concat();
    let report = shell.run(&arguments).ends_with(1).json();
    let path = report["result"]["video"].as_str().expect("a video");
    assert!(path.starts_with("./videos/"), "{path}");
    assert!(path.ends_with("-chromium.mp4"), "{path}");
    let video = shell.path().join(path);
    let (width, height, seconds) = probed(&video);
    assert_eq!((width, height), (640, 480));
    assert!((0.5..60.0).contains(&seconds), "{seconds} s");
    let colour = last_colour(&video);
    let [red, green, blue] = colour[..] else {
        panic!("{colour:?}")
    };
    assert!(red < 40 && green > 90 && blue < 40, "{colour:?}");
    let picture = report["result"]["errors"][0]["screenshotPath"].as_str();
    let run = |path: &str| path.rsplit('/').next().map(|name| name[..36].to_owned());
    assert_eq!(
        picture.and_then(run),
        run(path),
        "both are called after the run"
    );
}

#[test]
fn a_run_that_cannot_be_filmed_is_performed_all_the_same() {
    let (shell, site) = (Shell::new(), site());
    let file = shell.recording("greet", &site, greeting("Ann"));
    shell.file("videos", "a file where the folder would be");
    let arguments = ["run", &file, "--timing-mode", "instant", "--video"];
    let ran = shell.run(&arguments);
    assert!(
        ran.ends_with(0)
            .out
            .contains("the run was not filmed: cannot make ./videos"),
        "{}",
        ran.out
    );
    let mut command = shell.command(&[&["run", &file], &QUICK[..], &["--video=false"]].concat());
    let ran = Ran::from(command.output().expect("the program starts"));
    assert_eq!(ran.ends_with(0).json()["result"]["video"], Value::Null);
}
