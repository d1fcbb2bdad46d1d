//! `proscenium film` from the shell.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// Serves the example's page at every address.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let html = std::fs::read_to_string(examples().join("site/landing.html")).unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let html = html.clone();
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
                let _ = write!(
                    stream,
                    "{head}\r\nContent-Length: {}\r\n\r\n{html}",
                    html.len()
                );
            });
        }
    });
    address
}

fn film(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .arg("film")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_example_becomes_a_film_and_the_result_describes_it() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(examples().join("tidewater.film.yaml")).unwrap();
    let text = text.replace("127.0.0.1:4173", &serve().to_string());
    std::fs::write(folder.path().join("board.yaml"), text).unwrap();
    let arguments = [
        "board.yaml",
        "-o",
        "a.mp4",
        "--preset",
        "low",
        "--size",
        "640x360",
        "--poster",
        "a.jpg",
        "--json",
    ];
    let output = film(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&told["width"], &told["height"]),
        (&640.into(), &360.into())
    );
    assert_eq!(told["fps"], 24.0);
    assert_eq!(told["chapters"].as_array().unwrap().len(), 3);
    assert_eq!(told["steps"].as_array().unwrap().len(), 9);
    assert!(folder.path().join("a.jpg").is_file());
}

#[test]
fn a_tour_can_be_written_down_without_filming_it() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("http://{}/", serve());
    let output = film(
        folder.path(),
        &[&url, "--storyboard-out", "tour.yaml", "--duration", "20s"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = std::fs::read_to_string(folder.path().join("tour.yaml")).unwrap();
    let board = video::Storyboard::parse(&text).unwrap();
    assert!(board.steps.len() >= 4, "{text}");
}

#[test]
fn what_is_said_now_counts_more_than_what_a_storyboard_looks_like() {
    let folder = tempfile::tempdir().unwrap();
    let text = "look: {frame: none, pointer: false, highlightColor: '#00ff00'}\nsteps: []";
    std::fs::write(folder.path().join("board.yaml"), text).unwrap();
    let look = |arguments: &[&str]| {
        let all = [&["board.yaml", "--storyboard-out", "out.yaml"], arguments].concat();
        let output = film(folder.path(), &all);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let text = std::fs::read_to_string(folder.path().join("out.yaml")).unwrap();
        video::Storyboard::parse(&text).unwrap().look.unwrap()
    };
    let written = look(&[]);
    assert_eq!(written.frame, video::Frame::None);
    let expected = video::Look {
        frame: video::Frame::Card,
        zoom: false,
        ..written
    };
    assert_eq!(look(&["--frame", "card", "--no-zoom"]), expected);
    let styles = [
        "--scheme=dark",
        "--pointer=dot",
        "--clicks=pulse",
        "--background=#123",
        "--highlight=#08f",
    ];
    let expected = video::Look {
        scheme: Some(video::Scheme::Dark),
        pointer: video::PointerStyle::Dot,
        ripples: video::ClickEffect::Pulse,
        background: video::Background("#123".to_owned()),
        highlight_color: "#08f".to_owned(),
        ..look(&[])
    };
    assert_eq!(look(&styles), expected);
    let output = film(
        folder.path(),
        &["board.yaml", "-o", "a.mp4", "--highlight=red"],
    );
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("--highlight"), "{}", said(&output));
}

#[test]
fn a_pace_that_is_said_counts_more_than_the_storyboards() {
    let folder = tempfile::tempdir().unwrap();
    let text = "pace: {scrollSpeed: 500, between: 2s}\nsteps: []";
    std::fs::write(folder.path().join("board.yaml"), text).unwrap();
    let written = |arguments: &[&str]| {
        let all = [&["board.yaml", "--storyboard-out", "out.yaml"], arguments].concat();
        (film(folder.path(), &all), folder.path().join("out.yaml"))
    };
    for (arguments, speed, between) in [
        ([].as_slice(), 500.0, 2000),
        (&["--scroll-speed=900"], 900.0, 2000),
        (&["--between=300ms"], 500.0, 300),
    ] {
        let (output, path) = written(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let board = video::Storyboard::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
        let pace = board.pace.unwrap();
        assert_eq!(pace.scroll_speed, Some(speed), "{arguments:?}");
        let expected = Some(std::time::Duration::from_millis(between));
        assert_eq!(pace.between, expected, "{arguments:?}");
    }
    for (argument, option) in [
        ("--scroll-speed=1", "--scroll-speed"),
        ("--between=1h", "--between"),
        ("--between=soon", "--between"),
    ] {
        let (output, _) = written(&[argument]);
        assert_eq!(output.status.code(), Some(2), "{argument}");
        assert!(said(&output).contains(option), "{}", said(&output));
    }
}

#[test]
fn what_is_wrong_says_where_and_ends_with_its_own_code() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bad.yaml"), "steps: [{jump: high}]").unwrap();
    let output = film(folder.path(), &["bad.yaml", "-o", "a.mp4"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("steps[0]"), "{}", said(&output));
    let output = film(folder.path(), &["bad.yaml", "-o", "a.avi"]);
    assert_eq!(output.status.code(), Some(2));
    for more in [
        ["http://127.0.0.1:1/", "-o", "a.mp4", "--captions"].as_slice(),
        &["a.json", "-o", "a.mp4", "--captions", "--perfect"],
    ] {
        let output = film(folder.path(), more);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("--captions"), "{}", said(&output));
    }
    let output = film(folder.path(), &["http://127.0.0.1:1/", "-o", "a.mp4"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(!folder.path().join("a.mp4").exists());

    let board = format!("url: http://{}/\nsteps: [{{click: '#nowhere'}}]", serve());
    std::fs::write(folder.path().join("lost.yaml"), board).unwrap();
    let arguments = ["lost.yaml", "-o", "a.mp4", "--preset", "low"];
    let output = film(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        said(&output).contains("filmed until then: a.failed.mp4"),
        "{}",
        said(&output)
    );
    assert!(folder.path().join("a.failed.mp4").is_file());
    assert!(!folder.path().join("a.mp4").exists());
}

fn edit(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .arg("edit")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn ffmpeg(folder: &Path, arguments: &[&str]) {
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin"])
        .args(arguments)
        .current_dir(folder)
        .status()
        .unwrap();
    assert!(made.success());
}

#[test]
fn films_become_one_with_music_and_the_edit_can_be_kept_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (name, colour) in [("a.mp4", "red"), ("b.mp4", "blue")] {
        let source = format!("color={colour}:s=320x180:r=30:d=2");
        ffmpeg(
            folder,
            &["-f", "lavfi", "-i", &source, "-pix_fmt", "yuv420p", name],
        );
    }
    ffmpeg(folder, &["-f", "lavfi", "-i", "sine=d=1", "music.mp3"]);
    let arguments = [
        "a.mp4",
        "b.mp4",
        "--to",
        "1500ms",
        "--transition",
        "dissolve",
        "--music",
        "music.mp3",
        "--edit-out",
        "cut.yaml",
        "-o",
        "out.webm",
        "--json",
    ];
    let output = edit(folder, &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&told["frames"], &told["codec"]),
        (&75.into(), &"vp9".into())
    );
    assert_eq!(told["sound"]["codec"], "opus");

    // The same again from the document, in another folder's eyes.
    let text = std::fs::read_to_string(folder.join("cut.yaml")).unwrap();
    std::fs::write(folder.join("cut.yaml"), text.replace("dissolve", "cut")).unwrap();
    let document = folder.join("cut.yaml");
    let elsewhere = tempfile::tempdir().unwrap();
    let output = edit(
        elsewhere.path(),
        &[document.to_str().unwrap(), "-o", "out.mp4", "--json"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["frames"], 90);

    // Words and a picture, seen from the folder of the document as the films are.
    let logo = "color=white:s=64x32";
    ffmpeg(
        folder,
        &["-f", "lavfi", "-i", logo, "-frames:v", "1", "logo.png"],
    );
    let overlays = "overlays:\n  - { text: New, from: 500ms, to: 1s, place: top-left }\n  - { picture: logo.png, width: 32 }\n";
    let text = std::fs::read_to_string(&document).unwrap();
    std::fs::write(folder.join("words.yaml"), text + overlays).unwrap();
    let words = folder.join("words.yaml");
    let words = words.to_str().unwrap();
    let output = edit(elsewhere.path(), &[words, "-o", "words.mp4", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (text, picture) = (&told["overlays"][0], &told["overlays"][1]);
    assert_eq!(
        [&text["fromMs"], &text["toMs"], &text["x"], &text["y"]],
        [&500.0.into(), &1000.0.into(), &8.into(), &8.into()] as [&Value; 4]
    );
    assert_eq!(
        [&picture["width"], &picture["height"], &picture["x"]],
        [&32.into(), &16.into(), &278.into()] as [&Value; 3]
    );
    for (name, overlay) in [
        ("lost.yaml", "{ picture: lost.png }"),
        ("odd.yaml", "{ text: New, place: middle }"),
    ] {
        let text = format!("clips: [{{ film: a.mp4 }}]\noverlays: [{overlay}]\n");
        std::fs::write(folder.join(name), text).unwrap();
    }

    for (arguments, code, word) in [
        (&["lost.yaml", "-o", "x.mp4"][..], 1, "overlays[0].picture"),
        (&["odd.yaml", "-o", "x.mp4"], 2, "overlays[0].place"),
        (
            &["cut.yaml", "--speed", "2", "-o", "x.mp4"][..],
            2,
            "change it there",
        ),
        (&["a.mp4", "--speed", "99", "-o", "x.mp4"], 2, "0.25 to 16"),
        (
            &["a.mp4", "--crop", "wide", "-o", "x.mp4"],
            2,
            "1280x720+0+40",
        ),
        (&["music.mp3", "-o", "x.mp4"], 1, "clips[0]"),
    ] {
        let output = edit(folder, arguments);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(
            said(&output).contains(word),
            "{arguments:?}: {}",
            said(&output)
        );
    }
    assert!(!folder.join("x.mp4").exists());
}
