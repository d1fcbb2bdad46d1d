//! Pages as one file: opened in a plain browser, from the disk and without a network, they show what was rendered.

use std::path::Path;
use std::time::Duration;

use browser::{
    Browser, ContextOptions, Headless, LaunchOptions, LoadState, Progress, ScreenshotOptions,
    Viewport, World,
};
use image::RgbaImage;
use serde_json::json;

use crate::sketches::sketches;
use crate::support::{Studio, pixels, sketch};

/// A browser as everybody has one: no virtual clock, no chance of ours.
struct Plain {
    browser: Browser,
    progress: Progress,
}

impl Plain {
    async fn start() -> Self {
        let progress = Progress::with_timeout(Duration::from_secs(100));
        let options = LaunchOptions {
            headless: Headless::Shell,
            ..LaunchOptions::default()
        };
        let browser = Browser::launch(&progress, options).await.unwrap();
        Self { browser, progress }
    }

    /// A page of `200 × 200`, when it has drawn: a sketch its third frame, anything else what it draws by itself.
    async fn show(&self, page: &Path) -> RgbaImage {
        let progress = &self.progress;
        let options = ContextOptions {
            viewport: Some(Viewport::desktop(200, 200)),
            ..ContextOptions::default()
        };
        let context = self.browser.new_context(progress, options).await.unwrap();
        let tab = context.new_page(progress).await.unwrap();
        let url = format!("file://{}", page.display());
        tab.goto(progress, &url, LoadState::Load).await.unwrap();
        let drawn = "new Promise(done => { let left = 4; const next = () => {
            const draws = window.isLooping?.() && window.frameCount < 3;
            if (!draws) left -= 1;
            if (left > 0) requestAnimationFrame(next); else done(true); }; next(); })";
        let main = tab.main_frame();
        main.evaluate(progress, World::Main, drawn).await.unwrap();
        let picture = tab.screenshot(progress, ScreenshotOptions::default());
        let picture = image::load_from_memory(&picture.await.unwrap()).unwrap();
        context.close(progress).await.unwrap();
        picture.into_rgba8()
    }

    async fn stop(self) {
        self.browser.close().await;
    }
}

/// The share of pixels that differ by more than antialiasing does.
fn difference(a: &RgbaImage, b: &RgbaImage) -> f64 {
    assert_eq!(a.dimensions(), b.dimensions());
    let differ = a.pixels().zip(b.pixels()).filter(|(a, b)| {
        let far = |index: usize| a.0[index].abs_diff(b.0[index]) > 24;
        far(0) || far(1) || far(2)
    });
    #[expect(clippy::cast_precision_loss, reason = "40 000 pixels")]
    let share = differ.count() as f64 / 40_000.0;
    share
}

#[tokio::test]
async fn a_sketch_of_both_versions_is_the_same_in_its_page() {
    let (studio, plain) = (Studio::new(), Plain::start().await);
    let code = "function setup() { createCanvas(200, 200); noLoop(); }
        function draw() { background(20); for (let i = 0; i < 40; i++) { fill(random(255), random(255), context.variables.blue);
        rect(random(200), random(200), 30, 30); } text('</script>', 10, 190); }";
    for version in ["1", "2"] {
        let more = |seed: u32, output: &str| {
            let context = json!({ "hash": "h", "variables": { "blue": 200 }, "components": [] });
            let fields =
                json!({ "p5": version, "seed": seed, "outputType": output, "context": context });
            sketch(code, fields)
        };
        let rendered = studio.render(more(7, "both"), "both.png").await;
        assert_eq!(rendered.media_type, "image/png");
        let page = rendered.page.unwrap();
        assert_eq!(page.path, studio.path("both.html"));
        assert_eq!(page.bytes, std::fs::metadata(&page.path).unwrap().len());
        let share = difference(&plain.show(&page.path).await, &pixels(&rendered.path));
        assert!(share < 0.002, "p5 {version}: {share}");

        let other = studio.render(more(8, "png"), "other.png").await;
        let share = difference(&plain.show(&page.path).await, &pixels(&other.path));
        assert!(
            share > 0.1,
            "p5 {version}: another seed differs by {share} only"
        );
    }
    plain.stop().await;
}

#[tokio::test]
async fn markup_styles_and_script_are_the_same_in_a_page_alone() {
    let (studio, plain) = (Studio::new(), Plain::start().await);
    let parts = json!({
        "html": "<h1>Seats</h1><ul></ul>", "css": "h1 { color: teal } li { background: gold; margin: 4px }",
        "javascript": "for (let i = 0; i < 5; i++) { const li = document.createElement('li');
            li.style.width = Math.random() * 150 + 'px'; li.textContent = i; document.querySelector('ul').append(li); }",
    });
    let whole = json!({
        "html": "<!doctype html><html class=dark><head><style>.dark body { background: #123; color: gold }</style></head>
            <body><p>Row</p></body></html>",
        "javascript": "document.body.append(String(Math.random()).slice(0, 12))",
    });
    for (name, job) in [("parts", parts), ("whole", whole)] {
        let of = |output: &str| {
            let mut job = job.clone();
            job["type"] = json!("js");
            (job["width"], job["height"]) = (json!(200), json!(200));
            job["outputType"] = json!(output);
            job
        };
        let picture = studio.render(of("png"), &format!("{name}.png")).await;
        let page = studio.render(of("html"), &format!("{name}.html")).await;
        assert_eq!(page.media_type, "text/html; charset=utf-8");
        assert_eq!((page.width, page.height, page.page), (200, 200, None));
        let share = difference(&plain.show(&page.path).await, &pixels(&picture.path));
        assert!(share < 0.002, "{name}: {share}");
    }
    plain.stop().await;
}

#[tokio::test]
async fn a_page_whose_code_fails_is_not_written() {
    let studio = Studio::new();
    let job = json!({ "type": "js", "code": "missing()", "outputType": "html" });
    assert!(studio.try_render(job, "x.html").await.is_err());
    assert_eq!(studio.files(), Vec::<String>::new());
}

/// Ends a sketch of global mode with its third frame, in the renderer as in a plain browser.
const THREE: &str = "\n;(() => { if (typeof draw !== 'function') return; const drawn = draw; let left = 3;
  draw = (...all) => { const made = drawn(...all); left -= 1; if (left === 0) noLoop(); return made; }; })();";

/// What these draw depends on the time of day or on how long a frame took.
const OF_THEIR_TIME: [&str; 3] = ["clock.js", "delta_time.js", "millis.js"];

#[tokio::test]
async fn sketches_are_what_a_plain_browser_shows_of_them() {
    let (studio, plain) = (Studio::new(), Plain::start().await);
    // CI has time for every fourth.
    let step = if std::env::var_os("CI").is_some() {
        4
    } else {
        1
    };
    for file in sketches().into_iter().step_by(step) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let code = std::fs::read_to_string(&file).unwrap();
        if OF_THEIR_TIME.contains(&name.as_str()) || !code.contains("function setup") {
            continue;
        }
        let version = if name.contains(".p5-2.") { "2" } else { "1" };
        let fields = json!({ "p5": version, "frame": 3, "seed": 1, "outputType": "both" });
        let job = sketch(&(code + THREE), fields);
        let rendered = studio.render(job, "sketch.png").await;
        let shown = plain.show(&rendered.page.unwrap().path).await;
        let share = difference(&shown, &pixels(&rendered.path));
        assert!(share < 0.01, "{name}: {share}");
    }
    plain.stop().await;
}
