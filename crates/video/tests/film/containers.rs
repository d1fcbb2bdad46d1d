//! Files: what they are is what was asked for, and what the result says.

use video::{Container, Extras, FilmOrder, Filmed, Look, Preset, Script, Storyboard};

use crate::support::{Set, probed, small};

const PAGE: &str = "<!doctype html><title>Page</title><style>body { height: 2000px; font: 20px sans-serif }</style><h1>Here</h1><button>Press</button>";

fn check(set: &Set, name: &str, filmed: &Filmed, codec: &str) {
    let said = probed(&set.path(name));
    let stream = &said["streams"][0];
    assert_eq!(stream["codec_name"], codec);
    assert_eq!(stream["pix_fmt"], "yuv420p");
    assert_eq!(stream["color_space"], "bt709");
    assert_eq!(stream["width"], filmed.width);
    assert_eq!(stream["height"], filmed.height);
    assert_eq!(stream["nb_read_packets"], filmed.frames.to_string());
    let duration: f64 = said["format"]["duration"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((duration * 1000.0 - filmed.duration_ms).abs() < 1.0);
    let size = std::fs::metadata(set.path(name)).unwrap().len();
    assert_eq!(filmed.bytes, size);
}

#[tokio::test]
async fn an_mp4_has_its_head_first_its_chapters_and_its_pictures_beside_it() {
    let set = Set::new(PAGE);
    let mut storyboard = set.storyboard(
        "  - chapter: One; two = three\n  - hover: button\n  - chapter: The end\n  - scroll: 300\n",
    );
    storyboard.title = Some(video::Title {
        text: "A page".to_owned(),
        subtitle: None,
        duration: Some(std::time::Duration::from_millis(600)),
    });
    let mut order = small(storyboard, Look::default());
    order.extras = Extras {
        poster: Some(set.path("poster.jpg")),
        sprite: Some(set.path("sprite.png")),
        teaser: Some(set.path("teaser.gif")),
    };
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    assert_eq!(filmed.media_type, "video/mp4");
    assert_eq!((filmed.width, filmed.height, filmed.fps), (640, 360, 30.0));
    check(&set, "a.mp4", &filmed, "h264");
    let said = probed(&set.path("a.mp4"));
    let titles: Vec<_> = said["chapters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|chapter| chapter["tags"]["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(titles, ["One; two = three", "The end"]);
    assert_eq!(said["format"]["tags"]["title"], "A page");
    let bytes = std::fs::read(set.path("a.mp4")).unwrap();
    let at = |name: &[u8]| bytes.windows(4).position(|four| four == name);
    assert!(at(b"moov") < at(b"mdat"), "the head comes first");
    let kinds: Vec<_> = filmed.extras.iter().map(|extra| extra.kind).collect();
    assert_eq!(kinds, ["poster", "sprite", "teaser"]);
    assert_eq!(
        (filmed.extras[0].width, filmed.extras[0].height),
        (640, 360)
    );
    assert_eq!(filmed.extras[1].width, 5 * 240);
    let mut files = set.files();
    files.sort();
    assert_eq!(files, ["a.mp4", "poster.jpg", "sprite.png", "teaser.gif"]);
}

#[tokio::test]
async fn a_webm_has_vp9_and_chapters() {
    let set = Set::new(PAGE);
    let storyboard = set.storyboard("  - chapter: Only\n  - pause: 500\n");
    let mut order = small(storyboard, Look::plain());
    order.container = Container::Webm;
    let filmed = set.film(&order, "a.webm").await.unwrap();
    assert_eq!(filmed.media_type, "video/webm");
    check(&set, "a.webm", &filmed, "vp9");
    let said = probed(&set.path("a.webm"));
    assert_eq!(said["chapters"][0]["tags"]["title"], "Only");
}

#[tokio::test]
async fn presets_have_their_resolution_rate_and_bitrate() {
    // Noise that never stands still: the encoder takes all that it may.
    let set = Set::new(
        "<!doctype html><style>body { margin: 0 } canvas { width: 100vw; height: 100vh; image-rendering: pixelated }</style><canvas width=320 height=180></canvas><script>
        const c = document.querySelector('canvas').getContext('2d');
        (function draw() { const d = c.createImageData(320, 180); for (let i = 0; i < d.data.length; i++) d.data[i] = Math.random() * 256; c.putImageData(d, 0, 0); requestAnimationFrame(draw) })()
        </script>",
    );
    for (preset, width, height, fps, kbps) in [
        (Preset::Low, 1280, 720, 24.0, 1500.0),
        (Preset::Medium, 1280, 720, 30.0, 2500.0),
    ] {
        let mut order = FilmOrder::new(Script::Storyboard(Storyboard {
            ..set.storyboard("  - pause: 1s\n")
        }));
        order.setup = preset.setup();
        order.look = Look::plain();
        let filmed = set.film(&order, "a.mp4").await.unwrap();
        assert_eq!(
            (filmed.width, filmed.height, filmed.fps),
            (width, height, fps)
        );
        // A short film is still finding its rate; how well it finds it is what the encoder's own test says.
        #[expect(clippy::cast_precision_loss, reason = "bits of a few seconds")]
        let share = filmed.bitrate as f64 / (kbps * 1000.0);
        assert!((0.5..1.6).contains(&share), "{}: {share}", preset.name());
        assert!(filmed.capture.delivered > 3, "{:?}", filmed.capture);
        assert!(filmed.cost.cpu_percent > 0.0 && filmed.cost.peak_memory_bytes > 10_000_000);
    }
}
