//! A pool of renderers: when their browsers are replaced, and that pages which were opened ahead change nothing.

use std::time::Duration;

use browser::Progress;
use serde_json::json;
use video::{BrowserEnd, BrowserLimits, RenderError, RenderJob, Rendered, RendererPool};

use crate::support::{Studio, job, sketch};

const CIRCLE: &str = "function setup() { createCanvas(200, 200); noLoop(); }
function draw() { background(220); fill(random(255), 0, 0); circle(100, 100, 20 + random(60)); }";

/// A pool of one renderer, so that one job follows another in the same browser.
struct Line {
    pool: RendererPool,
    folder: tempfile::TempDir,
}

impl Line {
    fn new(limits: BrowserLimits) -> Self {
        Self {
            pool: RendererPool::new(1, None, limits),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    async fn try_render(&self, job: &RenderJob) -> Result<Rendered, RenderError> {
        let progress = Progress::with_timeout(Duration::from_secs(100));
        let target = self.folder.path().join("output");
        self.pool.render(&progress, job, &target, &mut |_| {}).await
    }

    async fn render(&self, job: &RenderJob) -> Rendered {
        self.try_render(job).await.unwrap()
    }

    /// Browsers that were started, and those that were replaced for this reason.
    fn browsers(&self, end: BrowserEnd) -> (u64, u64) {
        let state = self.pool.state();
        let replaced = state.replaced.iter().find(|(reason, _)| *reason == end);
        (state.started, replaced.unwrap().1)
    }
}

#[tokio::test]
async fn a_browser_is_replaced_after_its_number_of_jobs() {
    let line = Line::new(BrowserLimits {
        jobs: 2,
        ..BrowserLimits::default()
    });
    let job = job(sketch(CIRCLE, json!({})));
    let mut hashes = Vec::new();
    for _ in 0..5 {
        hashes.push(line.render(&job).await.sha256);
    }
    hashes.dedup();
    assert_eq!(hashes.len(), 1, "another browser draws the same");
    assert_eq!(line.browsers(BrowserEnd::Jobs), (3, 2));
    line.pool.close().await;
}

#[tokio::test]
async fn a_browser_is_replaced_at_its_age() {
    let line = Line::new(BrowserLimits {
        age: Duration::ZERO,
        ..BrowserLimits::default()
    });
    let job = job(sketch(CIRCLE, json!({})));
    for _ in 0..2 {
        line.render(&job).await;
    }
    assert_eq!(line.browsers(BrowserEnd::Age), (2, 2));
    line.pool.close().await;
    let line = Line::new(BrowserLimits::default());
    for _ in 0..2 {
        line.render(&job).await;
    }
    assert_eq!(line.browsers(BrowserEnd::Age), (1, 0));
    line.pool.close().await;
}

#[tokio::test]
async fn a_page_that_burns_processor_time_beside_its_frames_is_ended_and_its_browser_replaced() {
    let line = Line::new(BrowserLimits::default());
    let code =
        "for (let i = 0; i < 3; i += 1) new Worker(URL.createObjectURL(new Blob(['for (;;) {}'])));
function setup() { createCanvas(200, 200); } function draw() { background(frameCount % 255); }";
    let burning = json!({ "output": "mp4", "frames": 30_000, "maxCpu": "2s", "timeout": "90s" });
    let error = line.try_render(&job(sketch(code, burning))).await;
    let error = error.unwrap_err();
    let RenderError::Cpu { used, most } = error else {
        panic!("{error}");
    };
    assert!(used > most && most == Duration::from_secs(2), "{used:?}");
    assert!(error.is_of_the_code());
    assert_eq!(line.browsers(BrowserEnd::Cpu), (1, 1));
    assert_eq!(
        std::fs::read_dir(line.folder.path()).unwrap().count(),
        0,
        "nothing half-written is left"
    );
    line.render(&job(sketch(CIRCLE, json!({})))).await;
    assert_eq!(line.browsers(BrowserEnd::Cpu), (2, 1));
    line.pool.close().await;
}

#[tokio::test]
async fn a_page_that_was_opened_ahead_draws_what_a_new_one_draws() {
    let line = Line::new(BrowserLimits::default());
    let alone = Studio::new();
    let noisy = "function setup() { createCanvas(200, 200); noLoop(); }
function draw() { background(noise(3) * 255); for (let i = 0; i < 30; i += 1) circle(random(200), random(200), 10 * Math.random());
  document.title = crypto.randomUUID(); text(document.title, 5, 50); text(context.hash + Date.now() + performance.now(), 5, 90); }";
    let context = |hash: &str| json!({ "context": { "hash": hash } });
    for (name, wanted) in [
        ("first", sketch(noisy, context("a"))),
        ("second", sketch(noisy, context("b"))),
        (
            "p5 2",
            sketch(noisy, json!({ "p5": 2, "context": { "hash": "a" } })),
        ),
        (
            "p5 2 again",
            sketch(noisy, json!({ "p5": 2, "context": { "hash": "c" } })),
        ),
        (
            "transparent",
            sketch(
                "function setup() { createCanvas(200, 200); clear(); circle(99, 99, 9); }",
                json!({ "transparent": true }),
            ),
        ),
        (
            "wide",
            sketch(noisy, json!({ "width": 333, "context": { "hash": "a" } })),
        ),
        (
            "wide again",
            sketch(noisy, json!({ "width": 333, "context": { "hash": "a" } })),
        ),
        (
            "script",
            json!({ "type": "js", "code": "document.body.textContent = Math.random()" }),
        ),
        (
            "markup",
            json!({ "type": "html", "html": "<p>7</p><iframe srcdoc='<script>document.write(Math.random() + parent.context.hash)</script>'></iframe>", "context": { "hash": "d" } }),
        ),
        (
            "dense",
            sketch(noisy, json!({ "scale": 2, "context": { "hash": "a" } })),
        ),
    ] {
        let new = alone.render(wanted.clone(), "new").await;
        let ahead = line.render(&job(wanted)).await;
        assert_eq!(ahead.sha256, new.sha256, "{name}");
        assert_eq!(
            (ahead.draws, ahead.console),
            (new.draws, new.console),
            "{name}"
        );
    }
    assert_eq!(line.browsers(BrowserEnd::Scale), (2, 1));
    line.pool.close().await;
}

#[tokio::test]
async fn what_a_page_that_waited_does_not_have_is_refused_and_not_waited_for() {
    let line = Line::new(BrowserLimits::default());
    let code = "fetch('/script.js').then(() => { throw new Error('found') }, () => { document.body.style.background = 'rgb(0, 128, 0)' })";
    let html = format!("<script>{code}</script>");
    let asking =
        job(json!({ "type": "html", "html": html, "width": 50, "height": 50, "frame": 3 }));
    for _ in 0..2 {
        let rendered = line.render(&asking).await;
        let refused = rendered
            .console
            .iter()
            .any(|complaint| complaint.text.contains("ERR_BLOCKED_BY_CLIENT"));
        assert!(refused, "{:?}", rendered.console);
    }
    line.pool.close().await;
}

#[tokio::test]
async fn the_pages_of_a_job_are_those_that_are_free_and_share_its_memory() {
    let pool = RendererPool::new(2, None, BrowserLimits::default());
    let folder = tempfile::tempdir().unwrap();
    let code = "globalThis.kept = new Uint8Array(220 << 20).fill(7);
function setup() { createCanvas(200, 200); } function draw() { background(frameCount % 255, 80, 80); }";
    let render = async |more: serde_json::Value| {
        let mut film = json!({ "output": "mp4", "timeout": "40s" });
        film.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let progress = Progress::with_timeout(Duration::from_secs(100));
        let (job, target) = (job(sketch(code, film)), folder.path().join("film.mp4"));
        pool.render(&progress, &job, &target, &mut |_| {}).await
    };
    let rendered = render(json!({ "frames": 6, "parallel": 4 })).await.unwrap();
    assert_eq!((rendered.pages, rendered.frames), (2, 6), "two are there");

    // Enough for one page, and not for two.
    let most = 500 << 20;
    let limited =
        |pages: u32, frames: u32| json!({ "frames": frames, "parallel": pages, "maxMemory": most });
    let alone = render(limited(1, 90)).await.unwrap();
    assert_eq!(alone.pages, 1);
    let error = render(limited(2, 30_000)).await.unwrap_err();
    let RenderError::Memory { used, most: told } = error else {
        panic!("{error}");
    };
    assert!(used > told && told == most, "{used}");
    pool.close().await;
}
