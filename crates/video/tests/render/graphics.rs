//! What draws: the processor, or a driver of the system as a GPU has one. Here it is Mesa's, which draws with the processor too:
//! what a browser asks of a driver, and what comes of it, is the same.

use browser::{Driver, Graphics};
use serde_json::json;

use crate::support::{Studio, pixels, sketch};

/// A lit box that turns; shaders, depth and light.
const BOX: &str = "function setup() { createCanvas(200, 200, WEBGL); noStroke(); }
function draw() { background(30, 40, 60); ambientLight(90); directionalLight(255, 200, 120, 0.3, 0.4, -1);
  rotateX(0.6 + frameCount / 40); rotateY(0.8); fill(255); box(90); }";

#[tokio::test]
async fn a_driver_of_the_system_draws_webgl_as_the_processor_does() {
    let expected = Studio::new();
    let job = || sketch(BOX, json!({ "frame": 3 }));
    expected.render(job(), "box.png").await;
    let expected = pixels(&expected.path("box.png"));
    let lit = expected.pixels().filter(|pixel| pixel.0[0] > 120).count();
    assert!(lit > 2_000, "there is a box to see: {lit}");
    for driver in [Driver::Egl, Driver::Vulkan] {
        let studio = Studio::drawn_with(Graphics::Hardware(driver));
        let rendered = studio.render(job(), "box.png").await;
        // Whoever has a GPU reads its name here.
        if browser::find_gpu().is_none() {
            assert_eq!(rendered.gpu, "software", "{driver}");
        }
        let found = pixels(&studio.path("box.png"));
        let differs = |(one, other): (&image::Rgba<u8>, &image::Rgba<u8>)| {
            (0..3).any(|at| one.0[at].abs_diff(other.0[at]) > 24)
        };
        let different = found
            .pixels()
            .zip(expected.pixels())
            .filter(|pair| differs(*pair));
        // Its edges are rounded otherwise.
        let different = different.count();
        assert!(different < 400, "{driver}: {different} of 40000 pixels");
    }
}

#[tokio::test]
async fn a_driver_of_the_system_films_every_frame_and_the_same_twice() {
    let studio = Studio::drawn_with(Graphics::Hardware(Driver::Egl));
    let job = || sketch(BOX, json!({ "output": "mp4", "frames": 12, "fps": 30 }));
    let first = studio.render(job(), "one.mp4").await;
    let again = studio.render(job(), "two.mp4").await;
    assert_eq!(
        (first.frames, first.draws, first.warnings),
        (12, 12, vec![])
    );
    assert_eq!(first.sha256, again.sha256);
}
