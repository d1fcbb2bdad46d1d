//! Jobs that ask for real time, and browsers that draw no frames on command.

use std::time::Duration;

use browser::{BrowserKind, Progress};
use serde_json::{Value, json};
use video::{RenderError, Rendered, Renderer, Warning, Way};

use crate::support::{job, sketch};

#[tokio::test]
async fn without_frames_on_command_a_job_is_refused_and_made_in_real_time_when_it_asks() {
    let found = tokio::task::spawn_blocking(browser::find_browsers).await;
    let full = found.unwrap().into_iter();
    let full = full.map(|browser| (browser.kind, browser.path));
    let full = full
        .filter(|(kind, _)| !matches!(kind, BrowserKind::HeadlessShell | BrowserKind::Firefox))
        .map(|(_, path)| path)
        .next()
        .expect("a full Chromium is needed: `cargo xtask setup` installs it");
    let (renderer, folder) = (Renderer::with_browser(full), tempfile::tempdir().unwrap());
    let render = async |wanted: Value, name: &str| -> Result<Rendered, RenderError> {
        let progress = Progress::with_timeout(Duration::from_secs(90));
        let target = folder.path().join(name);
        renderer
            .render(&progress, &job(wanted), &target, &mut |_| {})
            .await
    };
    let code = "fetch('https://example.test/').catch(() => console.error('no network'));
function setup() { createCanvas(64, 48); }
function draw() { background(millis() / 4 % 255, 80, 160); circle(context.variables.x, 20, random(9)); }";
    let film = |more: Value| {
        let mut film = json!({ "output": "mp4", "fps": 10, "frames": 10, "width": 64, "height": 48, "context": { "variables": { "x": 30 } } });
        let fields = film.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        sketch(code, film)
    };
    let refused = render(film(json!({})), "exact.mp4").await.unwrap_err();
    assert!(
        matches!(refused, RenderError::NoFramesOnCommand),
        "{refused}"
    );
    assert!(refused.to_string().contains("--real-time"), "{refused}");

    let made = render(film(json!({ "realTime": true })), "film.mp4")
        .await
        .unwrap();
    assert_eq!((made.way, made.frames, made.pages), (Way::RealTime, 10, 1));
    assert_eq!((made.width, made.height), (64, 48));
    assert_eq!(made.duration_ms, Some(1000.0));
    assert_eq!(made.warnings, [Warning::RealTime], "it moves");
    assert!(
        made.elapsed_ms > 900,
        "it takes its time: {}",
        made.elapsed_ms
    );
    let said = made.console.iter().map(|complaint| complaint.text.as_str());
    assert!(
        said.collect::<Vec<_>>().contains(&"no network"),
        "{:?}",
        made.console
    );

    let wrong = json!({ "type": "js", "code": "missing()", "output": "png", "realTime": true });
    let error = render(wrong, "wrong.png").await.unwrap_err();
    assert!(
        matches!(&error, RenderError::Code { message } if message.contains("missing is not defined")),
        "{error}"
    );
    let names = std::fs::read_dir(folder.path()).unwrap();
    assert_eq!(names.count(), 1, "nothing of the others is left");
}
