//! Pages as one file: opened in a plain browser, from the disk and without a network, they show what was rendered.

use std::path::Path;
use std::time::Duration;

use browser::{
    Browser, ContextOptions, Headless, LaunchOptions, LoadState, Progress, ScreenshotOptions,
    Viewport, World,
};
use image::RgbaImage;
use serde_json::json;

use crate::support::{Studio, pixels, sketch};

/// Of `200 × 200`, when everything that draws by itself has drawn.
async fn shown(page: &Path) -> RgbaImage {
    let progress = Progress::with_timeout(Duration::from_secs(60));
    let options = LaunchOptions {
        headless: Headless::Shell,
        ..LaunchOptions::default()
    };
    let browser = Browser::launch(&progress, options).await.unwrap();
    let options = ContextOptions {
        viewport: Some(Viewport::desktop(200, 200)),
        ..ContextOptions::default()
    };
    let context = browser.new_context(&progress, options).await.unwrap();
    let tab = context.new_page(&progress).await.unwrap();
    let url = format!("file://{}", page.display());
    tab.goto(&progress, &url, LoadState::Load).await.unwrap();
    let frames = "new Promise(done => { let left = 4; const next = () => left-- ? requestAnimationFrame(next) : done(true); next(); })";
    let main = tab.main_frame();
    main.evaluate(&progress, World::Main, frames).await.unwrap();
    let picture = tab.screenshot(&progress, ScreenshotOptions::default());
    let picture = image::load_from_memory(&picture.await.unwrap()).unwrap();
    browser.close().await;
    picture.into_rgba8()
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
    let studio = Studio::new();
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
        let share = difference(&shown(&page.path).await, &pixels(&rendered.path));
        assert!(share < 0.002, "p5 {version}: {share}");

        let other = studio.render(more(8, "png"), "other.png").await;
        let share = difference(&shown(&page.path).await, &pixels(&other.path));
        assert!(
            share > 0.1,
            "p5 {version}: another seed differs by {share} only"
        );
    }
}

#[tokio::test]
async fn markup_styles_and_script_are_the_same_in_a_page_alone() {
    let studio = Studio::new();
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
        let share = difference(&shown(&page.path).await, &pixels(&picture.path));
        assert!(share < 0.002, "{name}: {share}");
    }
}

#[tokio::test]
async fn a_page_whose_code_fails_is_not_written() {
    let studio = Studio::new();
    let job = json!({ "type": "js", "code": "missing()", "outputType": "html" });
    assert!(studio.try_render(job, "x.html").await.is_err());
    assert_eq!(studio.files(), Vec::<String>::new());
}
