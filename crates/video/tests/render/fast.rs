//! The faster way: taken where the page is one canvas, to the pixel, and nowhere else.

use serde_json::{Value, json};
use video::{Warning, Way};

use crate::support::{Studio, colours, probed};

const SKETCH: &str = "
function setup() { createCanvas(320, 240) }
function draw() {
  background(20, 40, 80);
  noStroke();
  fill(230, 60, 40);
  circle(40 + frameCount * 4, 120, 60);
  fill(random(255), 200, 90);
  rect(10, 10, 40, 40);
}";

#[tokio::test]
async fn a_sketch_on_one_canvas_is_filmed_from_it_and_looks_the_same() {
    let studio = Studio::new();
    for code in [
        SKETCH.to_owned(),
        SKETCH.replace("createCanvas(320, 240)", "createCanvas(320, 240, WEBGL)"),
    ] {
        let film = |fast: bool| json!({ "type": "p5", "code": code, "output": "mp4", "frames": 130, "fps": 60, "fast": fast, "seed": 5 });
        let fast = studio.render(film(true), "fast.mp4").await;
        let slow = studio.render(film(false), "slow.mp4").await;
        assert_eq!((fast.way, slow.way), (Way::Canvas, Way::BeginFrame));
        assert_eq!((fast.frames, fast.draws), (slow.frames, slow.draws));
        assert_eq!(fast.warnings, []);
        assert_eq!((fast.duration_ms, fast.fps), (slow.duration_ms, slow.fps));
        // The file of either says the same of itself, and plays while it loads.
        for (name, rendered) in [("fast.mp4", &fast), ("slow.mp4", &slow)] {
            let said = probed(&studio.path(name));
            let stream = &said["streams"][0];
            assert_eq!(stream["codec_name"], "h264", "{name}");
            assert!(
                said["format"]["format_name"]
                    .as_str()
                    .unwrap()
                    .contains("mp4")
            );
            assert_eq!(
                (&stream["width"], &stream["height"]),
                (&320.into(), &240.into())
            );
            assert_eq!(stream["nb_read_packets"], "130", "{name}");
            assert_eq!(stream["avg_frame_rate"], "60/1", "{name}");
            let duration: f64 = said["format"]["duration"]
                .as_str()
                .unwrap()
                .parse()
                .unwrap();
            assert!(
                (duration - 130.0 / 60.0).abs() < 0.001,
                "{name}: {duration}"
            );
            assert!((rendered.duration_ms.unwrap() - 1000.0 * duration).abs() < 1.0);
            let bytes = std::fs::read(studio.path(name)).unwrap();
            let at = |name: &[u8]| bytes.windows(4).position(|four| four == name);
            assert!(at(b"moov") < at(b"mdat"), "{name}: the head comes first");
            assert!(at(b"moov").is_some(), "{name}");
        }
        // Two encoders of one film: every frame has the same things at the same places in the same colours.
        let (fast, slow) = (
            colours(&studio.path("fast.mp4")),
            colours(&studio.path("slow.mp4")),
        );
        assert_eq!(fast.len(), 130);
        for (index, (fast, slow)) in fast.iter().zip(&slow).enumerate() {
            let off: u32 = fast
                .iter()
                .zip(slow)
                .map(|(one, other)| u32::from(one.abs_diff(*other)))
                .sum();
            let mean = f64::from(off) / fast.len() as f64;
            assert!(mean < 3.0, "frame {index}: {mean}");
        }
    }
}

#[tokio::test]
async fn a_page_with_more_than_its_canvas_is_drawn_as_a_whole_and_says_so() {
    let studio = Studio::new();
    let words = SKETCH.replace(
        "function setup() {",
        "function setup() { createP('words over it').position(20, 20);",
    );
    let clear = SKETCH.replace("background(20, 40, 80)", "clear()");
    // Only the last frame tells that the page is more than its canvas.
    let late = format!("{SKETCH}\nsetTimeout(() => createDiv('late').position(5, 5), 900)");
    let two = "<canvas id=a></canvas><canvas id=b></canvas>";
    for source in [
        json!({ "type": "p5", "code": words }),
        json!({ "type": "p5", "code": clear }),
        json!({ "type": "p5", "code": late }),
        json!({ "type": "html", "html": two, "width": 320, "height": 240 }),
    ] {
        let mut asked: Value = source.clone();
        let more = json!({ "output": "mp4", "frames": 60, "fps": 60, "fast": true });
        asked
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let rendered = studio.render(asked, "a.mp4").await;
        assert_eq!(rendered.way, Way::BeginFrame, "{source}");
        assert!(
            rendered.warnings.contains(&Warning::WholePage),
            "{source}: {:?}",
            rendered.warnings
        );
        assert_eq!(rendered.frames, 60);
    }
}

#[tokio::test]
async fn what_does_not_move_is_frozen_here_too_and_a_loop_without_end_is_ended() {
    let studio = Studio::new();
    let still = SKETCH
        .replace("frameCount * 4", "0")
        .replace("random(255)", "9");
    let film = |code: &str| json!({ "type": "p5", "code": code, "output": "mp4", "frames": 60, "fast": true });
    let rendered = studio.render(film(&still), "a.mp4").await;
    assert_eq!(
        (rendered.way, rendered.warnings),
        (Way::Canvas, vec![Warning::Frozen])
    );
    let mut stuck = film(&SKETCH.replace("noStroke();", "if (frameCount > 20) for (;;) {}"));
    stuck["timeout"] = json!("4s");
    let error = studio.try_render(stuck, "b.mp4").await.unwrap_err();
    assert!(error.is_of_the_code(), "{error}");
}
