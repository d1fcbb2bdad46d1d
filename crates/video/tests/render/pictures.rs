//! Pictures.

use serde_json::json;
use video::Warning;

use crate::support::{Studio, pixels, sketch};

const CIRCLE: &str = "function setup() { createCanvas(200, 200); noLoop(); }
function draw() { background(250, 250, 0); noStroke(); fill(255, 0, 0); circle(100, 100, 80); }";

#[tokio::test]
async fn a_sketch_gives_the_same_picture_twice_in_p5_1_and_in_p5_2() {
    let studio = Studio::new();
    for version in ["1", "2"] {
        let job = || sketch(CIRCLE, json!({ "p5": version }));
        let first = studio.render(job(), "a.png").await;
        let second = studio.render(job(), "b.png").await;
        assert_eq!((first.width, first.height, first.draws), (200, 200, 1));
        assert_eq!(first.sha256, second.sha256, "p5 {version}");
        let picture = pixels(&studio.path("a.png"));
        assert_eq!(picture.get_pixel(100, 100).0, [255, 0, 0, 255]);
        assert_eq!(picture.get_pixel(5, 5).0, [250, 250, 0, 255]);
        assert_eq!(first.warnings, []);
    }
}

#[tokio::test]
async fn a_picture_has_its_format_scale_and_transparency() {
    let studio = Studio::new();
    for (name, kind) in [("a.jpg", "jpeg"), ("a.webp", "webp")] {
        let rendered = studio
            .render(sketch(CIRCLE, json!({ "output": kind })), name)
            .await;
        let middle = pixels(&studio.path(name)).get_pixel(100, 100).0;
        assert!(middle[0] > 240 && middle[1] < 16, "{kind}: {middle:?}");
        assert_eq!(rendered.media_type, format!("image/{kind}"));
    }
    let code = "function setup() { createCanvas(200, 200); } function draw() { clear(); fill(0, 0, 255); rect(0, 0, 100, 200); }";
    let job = sketch(code, json!({ "scale": 2, "transparent": true }));
    let rendered = studio.render(job, "dense.png").await;
    assert_eq!((rendered.width, rendered.height), (400, 400));
    let picture = pixels(&studio.path("dense.png"));
    assert_eq!(picture.get_pixel(100, 200).0, [0, 0, 255, 255]);
    assert_eq!(picture.get_pixel(300, 200).0[3], 0);
}

#[tokio::test]
async fn a_seed_decides_what_chance_gives() {
    let studio = Studio::new();
    let code = "function setup() { createCanvas(200, 200); noLoop(); }
function draw() { background(noise(3) * 255); for (let i = 0; i < 30; i += 1) circle(random(200), random(200), 10 + 10 * Math.random()); }";
    let mut hashes = Vec::new();
    for seed in [json!(7), json!("7"), json!(8), json!("a piece")] {
        let rendered = studio
            .render(sketch(code, json!({ "seed": seed })), "a.png")
            .await;
        hashes.push(rendered.sha256);
    }
    assert_eq!(hashes[0], hashes[1], "7 is \"7\"");
    hashes.dedup();
    assert_eq!(hashes.len(), 3, "other seeds give other pictures");
}

#[tokio::test]
async fn a_script_finds_its_markup_its_styles_and_its_context() {
    let studio = Studio::new();
    let job = json!({
        "type": "js", "html": "<div id=box></div>", "css": "#box { width: 200px; height: 200px }",
        "javascript": "box.style.background = context.variables.colour; if (context.hash !== 'h1' || context.components.length !== 1) throw new Error('no context');",
        "width": 200, "height": 200, "outputType": "png", "bucket": "b", "prefix": "p", "filename": "f",
        "context": { "hash": "h1", "variables": { "colour": "rgb(0, 128, 0)" }, "components": [{}] },
    });
    let rendered = studio.render(job, "a.png").await;
    assert_eq!(
        pixels(&studio.path("a.png")).get_pixel(50, 50).0,
        [0, 128, 0, 255]
    );
    assert_eq!(rendered.warnings, [Warning::Blank]);
    assert_eq!(rendered.seed.to_string(), "h1", "the hash is the seed");
}

#[tokio::test]
async fn webgl_is_drawn_in_both_versions() {
    let studio = Studio::new();
    let code = "function setup() { createCanvas(200, 200, WEBGL); }
function draw() { background(0); noStroke(); fill(0, 255, 0); plane(100, 100); }";
    for version in ["1", "2"] {
        studio
            .render(sketch(code, json!({ "p5": version, "frame": 2 })), "a.png")
            .await;
        let picture = pixels(&studio.path("a.png"));
        assert_eq!(
            picture.get_pixel(100, 100).0,
            [0, 255, 0, 255],
            "p5 {version}"
        );
        assert_eq!(picture.get_pixel(10, 10).0, [0, 0, 0, 255], "p5 {version}");
    }
}
