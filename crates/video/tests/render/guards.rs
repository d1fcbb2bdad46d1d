//! What must not go on for ever, must not grow without end, and must not leave anything behind.

use serde_json::json;
use video::{ComplaintKind, RenderError, Warning};

use crate::support::{Studio, sketch};

const FINE: &str = "function setup() { createCanvas(200, 200); noLoop(); } function draw() { background(200); circle(100, 100, 50); }";

#[tokio::test]
async fn an_endless_loop_is_ended_and_the_next_job_is_rendered() {
    let studio = Studio::new();
    let code = "function setup() { createCanvas(200, 200); } function draw() { while (frameCount > 2) {} }";
    let job = sketch(
        code,
        json!({ "output": "mp4", "frames": 10, "timeout": "8s" }),
    );
    let error = studio.try_render(job, "a.mp4").await.unwrap_err();
    assert!(matches!(error, RenderError::Stuck { .. }), "{error}");
    assert!(error.to_string().contains("frame 2"), "{error}");
    let at_once = json!({ "type": "js", "code": "while (true) {}", "timeout": "4s" });
    let error = studio.try_render(at_once, "a.png").await.unwrap_err();
    assert!(error.to_string().contains("loading"), "{error}");
    assert_eq!(studio.files(), [""; 0], "nothing half-written is left");
    studio.render(sketch(FINE, json!({})), "b.png").await;
}

#[tokio::test]
async fn code_that_throws_before_its_first_frame_fails_and_names_the_place() {
    let studio = Studio::new();
    for (version, code) in [
        (
            "1",
            "function setup() {\n  createCanvas(200, 200);\n  nothing();\n}",
        ),
        (
            "2",
            "function setup() {\n  createCanvas(200, 200);\n  nothing();\n}",
        ),
        ("1", "function setup( {"),
    ] {
        let error = studio
            .try_render(sketch(code, json!({ "p5": version })), "a.png")
            .await
            .unwrap_err();
        let RenderError::Code { message } = &error else {
            panic!("{error}");
        };
        assert!(message.contains("sketch.js"), "p5 {version}: {message}");
    }
    assert_eq!(studio.files(), [""; 0]);
}

#[tokio::test]
async fn what_the_page_complains_about_later_is_told_with_the_result() {
    let studio = Studio::new();
    let code = "function setup() { createCanvas(200, 200); console.error('bad', 7); console.warn('hm'); console.log('fine'); }
function draw() { background(0); circle(frameCount, 9, 9); if (frameCount === 3) throw new Error('at three'); }";
    let job = sketch(code, json!({ "output": "mp4", "frames": 4 }));
    let rendered = studio.try_render(job, "a.mp4").await.unwrap();
    let said: Vec<_> = rendered
        .console
        .iter()
        .map(|complaint| (complaint.kind, complaint.text.as_str()))
        .collect();
    assert_eq!(said[0], (ComplaintKind::Error, "bad 7"));
    assert_eq!(said[1], (ComplaintKind::Warning, "hm"));
    assert!(
        said.iter()
            .any(|(kind, text)| *kind == ComplaintKind::Exception && text.contains("at three")),
        "{said:?}"
    );
}

#[tokio::test]
async fn blank_and_frozen_output_is_told() {
    let studio = Studio::new();
    let blank = "function setup() { createCanvas(200, 200); } function draw() { background(90); }";
    let rendered = studio
        .render(
            sketch(blank, json!({ "output": "mp4", "frames": 3 })),
            "a.mp4",
        )
        .await;
    assert_eq!(rendered.warnings, [Warning::Blank, Warning::Frozen]);
    let rendered = studio.render(sketch(FINE, json!({})), "a.png").await;
    assert_eq!(rendered.warnings, []);
}

#[tokio::test]
async fn output_that_grows_too_large_and_pages_that_leave_are_refused() {
    let studio = Studio::new();
    let noisy = "function setup() { createCanvas(200, 200); } function draw() { loadPixels(); for (let i = 0; i < pixels.length; i += 1) pixels[i] = random(255); updatePixels(); }";
    for output in ["mp4", "png-sequence"] {
        let job = sketch(
            noisy,
            json!({ "output": output, "frames": 40, "maxBytes": 20_000 }),
        );
        let error = studio.try_render(job, "out").await.unwrap_err();
        assert!(matches!(error, RenderError::TooLarge { .. }), "{error}");
    }
    let leaving = json!({ "type": "js", "code": "location = 'https://example.com/'" });
    let error = studio.try_render(leaving, "a.png").await.unwrap_err();
    assert!(matches!(error, RenderError::Navigated), "{error}");
    assert_eq!(studio.files(), [""; 0]);
}

#[tokio::test]
async fn one_job_sees_nothing_of_another() {
    let studio = Studio::new();
    let code = "const before = localStorage.getItem('mark'); localStorage.setItem('mark', 'x'); document.cookie = 'mark=x';
document.body.innerHTML = `<h1>${before}</h1>`; if (before) throw new Error('seen');";
    for name in ["a.png", "b.png"] {
        studio
            .render(json!({ "type": "js", "code": code }), name)
            .await;
    }
    assert_eq!(
        std::fs::read(studio.path("a.png")).unwrap(),
        std::fs::read(studio.path("b.png")).unwrap()
    );
}
