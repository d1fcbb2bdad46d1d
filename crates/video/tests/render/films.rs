//! Films: every draw once and in order, at the rate and of the length that was asked for.

use serde_json::json;

use crate::support::{Studio, colours, pixels, probed, rows, sketch, with_alpha};

/// Draws its own frame count as a bar code of eight bits, the highest first.
const BAR_CODE: &str = "function setup() { createCanvas(160, 90); noStroke(); }
function draw() { background(0); for (let i = 0; i < 8; i += 1) { fill((frameCount >> (7 - i)) & 1 ? 255 : 0); rect(i * 20, 0, 20, 90); } }";

fn bar_code(version: &str, output: &str, frames: u32) -> serde_json::Value {
    let size =
        json!({ "p5": version, "output": output, "frames": frames, "width": 160, "height": 90 });
    sketch(BAR_CODE, size)
}

/// The numbers that the frames of a film show.
fn numbers(rows: &[Vec<u8>]) -> Vec<u32> {
    let number = |row: &Vec<u8>| {
        let bits = row.iter().map(|&grey| u32::from(grey > 127));
        bits.fold(0, |number, bit| number << 1 | bit)
    };
    rows.iter().map(number).collect()
}

#[tokio::test]
async fn sixty_frames_are_sixty_draws_in_order_and_the_same_file_twice() {
    let studio = Studio::new();
    for version in ["1", "2"] {
        let first = studio.render(bar_code(version, "mp4", 60), "a.mp4").await;
        let second = studio.render(bar_code(version, "mp4", 60), "b.mp4").await;
        assert_eq!(first.sha256, second.sha256, "p5 {version}");
        assert_eq!((first.frames, first.draws), (60, 60));
        let shown = numbers(&rows(&studio.path("a.mp4"), 8));
        assert_eq!(shown, (1..=60).collect::<Vec<_>>(), "p5 {version}");
    }
    let said = probed(&studio.path("a.mp4"));
    let stream = &said["streams"][0];
    assert_eq!(stream["codec_name"], "h264");
    assert_eq!(stream["pix_fmt"], "yuv420p");
    assert_eq!(stream["color_space"], "bt709");
    assert_eq!(stream["nb_frames"], "60");
    assert_eq!(stream["r_frame_rate"], "60/1");
    assert_eq!(said["format"]["duration"], "1.000000");
    let bytes = std::fs::read(studio.path("a.mp4")).unwrap();
    let at = |name: &[u8]| bytes.windows(4).position(|four| four == name);
    assert!(at(b"moov") < at(b"mdat"), "the head comes first");
}

#[tokio::test]
async fn a_film_has_the_colours_of_its_page_whatever_its_size_and_container() {
    const STRIPES: [[u8; 3]; 4] = [[230, 20, 40], [20, 160, 60], [30, 60, 220], [250, 240, 90]];
    let studio = Studio::new();
    let code = format!(
        "const stripes = {STRIPES:?};
        function setup() {{ createCanvas(windowWidth, windowHeight); noStroke(); }}
        function draw() {{ stripes.forEach((colour, at) => {{ fill(colour); rect(at * width / 4, 0, width / 4 + 1, height); }}); }}"
    );
    for (name, width, height) in [
        ("even.mp4", 128, 96),
        ("odd.mp4", 129, 97),
        ("even.webm", 128, 96),
        ("av1.webm", 128, 96),
    ] {
        let mut film = json!({ "output": &name[name.len() - 4..].trim_start_matches('.'), "frames": 3, "width": width, "height": height });
        if name == "av1.webm" {
            film["codec"] = "av1".into();
        }
        studio.render(sketch(&code, film), name).await;
        let frames = colours(&studio.path(name));
        assert_eq!(frames.len(), 3, "{name}");
        // The middle of each stripe in the middle row of 32 x 24.
        for (stripe, at) in STRIPES.into_iter().zip([4, 12, 20, 28]) {
            let start = (12 * 32 + at) * 3;
            let shown = &frames[2][start..start + 3];
            let apart = stripe
                .iter()
                .zip(shown)
                .map(|(one, other)| one.abs_diff(*other));
            assert!(
                apart.max() <= Some(6),
                "{name}: {shown:?} in place of {stripe:?}"
            );
        }
    }
}

#[tokio::test]
async fn webm_gif_and_a_folder_of_pictures_have_every_frame_too() {
    let studio = Studio::new();
    for (name, kind, codec, container) in [
        ("a.webm", "webm", "vp9", "matroska,webm"),
        ("a.gif", "gif", "gif", "gif"),
    ] {
        let mut job = bar_code("1", kind, 20);
        job["fps"] = 25.into();
        let rendered = studio.render(job, name).await;
        assert_eq!((rendered.frames, rendered.duration_ms), (20, Some(800.0)));
        let said = probed(&studio.path(name));
        let stream = &said["streams"][0];
        assert_eq!(stream["codec_name"], codec);
        assert_eq!(said["format"]["format_name"], container);
        assert_eq!(
            (&stream["width"], &stream["height"]),
            (&160.into(), &90.into())
        );
        assert_eq!(stream["nb_read_packets"], "20", "{kind}");
        assert_eq!(stream["r_frame_rate"], "25/1", "{kind}");
        assert_eq!(said["format"]["duration"], "0.800000", "{kind}");
        let bytes = std::fs::read(studio.path(name)).unwrap();
        assert_eq!(rendered.bytes, bytes.len() as u64);
        // A GIF begins again without end when this extension says no number of times.
        let says_loop = bytes
            .windows(14)
            .any(|part| part == b"NETSCAPE2.0\x03\x01\x00");
        assert_eq!(says_loop, kind == "gif");
        let shown = numbers(&rows(&studio.path(name), 8));
        assert_eq!(shown, (1..=20).collect::<Vec<_>>(), "{kind}");
    }
    let rendered = studio
        .render(bar_code("1", "png-sequence", 5), "frames")
        .await;
    assert_eq!(
        (rendered.frames, rendered.width, rendered.height),
        (5, 160, 90)
    );
    let mut names: Vec<_> = std::fs::read_dir(studio.path("frames"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 5);
    assert_eq!(
        (names[0].as_str(), names[4].as_str()),
        ("frame-00001.png", "frame-00005.png")
    );
    let said = probed(&studio.path("frames/frame-%05d.png"));
    let stream = &said["streams"][0];
    assert_eq!(stream["codec_name"], "png");
    assert_eq!(stream["nb_read_packets"], "5");
    let shown = numbers(&rows(&studio.path("frames/frame-%05d.png"), 8));
    assert_eq!(shown, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_webm_in_av1_has_every_frame_and_is_the_same_file_twice_whatever_its_size() {
    let studio = Studio::new();
    let mut job = bar_code("1", "webm", 20);
    job["codec"] = "av1".into();
    job["fps"] = 25.into();
    let first = studio.render(job.clone(), "a.webm").await;
    let second = studio.render(job.clone(), "b.webm").await;
    assert_eq!(first.sha256, second.sha256);
    assert_eq!((first.frames, first.draws), (20, 20));
    assert_eq!(first.duration_ms, Some(800.0));
    let shown = numbers(&rows(&studio.path("a.webm"), 8));
    assert_eq!(shown, (1..=20).collect::<Vec<_>>());
    let said = probed(&studio.path("a.webm"));
    let stream = &said["streams"][0];
    assert_eq!(stream["codec_name"], "av1");
    assert_eq!(stream["pix_fmt"], "yuv420p");
    assert_eq!(stream["color_space"], "bt709");
    assert_eq!(stream["nb_read_packets"], "20");
    assert_eq!(stream["r_frame_rate"], "25/1");

    // Smaller than a block, and odd.
    job["code"] = "function setup() { createCanvas(31, 17); } function draw() { background(frameCount * 10); }".into();
    job["width"] = 31.into();
    job["height"] = 17.into();
    let small = studio.render(job, "c.webm").await;
    assert_eq!((small.width, small.height, small.frames), (31, 17, 20));
}

/// Opaque, half transparent, and opaque again and on its way to the right; nothing else is painted.
const GLASS: &str = "function setup() { createCanvas(64, 64); noStroke(); }
function draw() { clear(); fill(255, 0, 0); rect(0, 0, 16, 64); fill(0, 0, 255, 128); rect(16, 0, 16, 64); fill(0, 160, 0); rect(24 + frameCount * 8, 0, 8, 64); }";

#[tokio::test]
async fn what_is_not_painted_is_transparent_and_what_is_half_painted_half() {
    let studio = Studio::new();
    for (name, output, (opaque, half)) in [
        ("a.webm", "webm", (250..=255, 118..=138)),
        // There is one transparent colour, and nothing in between.
        ("a.gif", "gif", (255..=255, 0..=255)),
        ("frames", "png-sequence", (255..=255, 127..=129)),
        ("a.webp", "webp", (255..=255, 126..=130)),
        ("a.png", "png", (255..=255, 127..=129)),
    ] {
        let mut job = sketch(
            GLASS,
            json!({ "output": output, "transparent": true, "width": 64, "height": 64 }),
        );
        let is_picture = matches!(output, "webp" | "png");
        if !is_picture {
            job["frames"] = 3.into();
        }
        studio.render(job, name).await;
        let shown = match output {
            "webm" => with_alpha(&studio.path(name), &["-c:v", "libvpx-vp9"]),
            "gif" => with_alpha(&studio.path(name), &[]),
            "png-sequence" => (1..=3)
                .map(|number| pixels(&studio.path(&format!("frames/frame-{number:05}.png"))))
                .collect(),
            _ => vec![pixels(&studio.path(name))],
        };
        assert_eq!(shown.len(), if is_picture { 1 } else { 3 }, "{name}");
        for (number, frame) in shown.iter().enumerate() {
            let alpha = |x: u32| frame.get_pixel(x, 32).0[3];
            assert!(opaque.contains(&alpha(8)), "{name} {number}: {}", alpha(8));
            assert!(half.contains(&alpha(24)), "{name} {number}: {}", alpha(24));
            // Where it was in the frame before, nothing is left of it.
            for place in 0..4 {
                let alpha = alpha(36 + place * 8);
                let is_there = place as usize == number;
                let expected = if is_there { opaque.clone() } else { 0..=5 };
                assert!(
                    expected.contains(&alpha),
                    "{name} {number} {place}: {alpha}"
                );
            }
            let [red, _, blue, _] = frame.get_pixel(8, 32).0;
            assert!(red > 235 && blue < 30, "{name} {number}");
        }
    }
    let stream = &probed(&studio.path("a.webm"))["streams"][0];
    assert_eq!(stream["tags"]["alpha_mode"], "1");
    let stream = &probed(&studio.path("a.webp"))["streams"][0];
    assert_eq!(stream["codec_name"], "webp");
}

#[tokio::test]
async fn a_rate_of_television_and_an_odd_size_are_kept_and_told() {
    let studio = Studio::new();
    let code = "function setup() { createCanvas(61, 41); } function draw() { background(frameCount * 10); }";
    let job = sketch(
        code,
        json!({ "output": "mp4", "fps": 29.97, "frames": 12, "width": 61, "height": 41 }),
    );
    let rendered = studio.render(job, "a.mp4").await;
    assert_eq!((rendered.width, rendered.height), (62, 42));
    assert!(rendered.warnings.contains(&video::Warning::Padded));
    assert_eq!(
        probed(&studio.path("a.mp4"))["streams"][0]["r_frame_rate"],
        "30000/1001"
    );
}
