//! Films under the virtual clock: every frame is drawn, once, at its own time.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use video::{
    Clock, FilmError, FilmOrder, FrameRate, Look, Preset, Script, Setup, Storyboard, Unsteady,
};

use crate::support::{Set, SiteFile, brightness, number, rows, small};

/// Draws the number of each animation frame as a bar code of 16 bits, and a box that goes 120 px a second by the page's clock.
const BARS: &str = "<!doctype html><style>body { margin: 0; background: #000 } canvas { display: block }</style><canvas width=640 height=60></canvas><div id=box style='position:absolute;left:0;top:200px;width:40px;height:40px;background:#fff'></div><script>
const pen = document.querySelector('canvas').getContext('2d');
const box = document.querySelector('#box');
let frame = 0, begun;
requestAnimationFrame(function draw(now) {
  begun ??= now;
  for (let bit = 0; bit < 16; bit++) {
    pen.fillStyle = frame >> bit & 1 ? '#fff' : '#000';
    pen.fillRect(bit * 40, 0, 40, 60);
  }
  box.style.transform = `translateX(${(performance.now() - begun) * 0.12}px)`;
  frame++;
  requestAnimationFrame(draw);
});
</script>";

fn perfect(storyboard: Storyboard, look: Look, rate: u32) -> FilmOrder {
    let mut order = small(storyboard, look);
    order.clock = Clock::Virtual;
    order.setup = Setup {
        rate: FrameRate::whole(rate),
        ..order.setup
    };
    order
}

/// Where the box begins.
fn left(frame: &[u8]) -> usize {
    let middle = &frame[220 * 640..221 * 640];
    middle.iter().position(|pixel| *pixel > 127).unwrap()
}

#[tokio::test]
async fn at_60_frames_a_second_none_is_missing_and_none_is_twice() {
    let set = Set::new(BARS);
    let order = perfect(set.storyboard("  - pause: 2s\n"), Look::plain(), 60);
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    // 0.7 s before the first step, the pause, and 1.2 s after the last one.
    assert_eq!((filmed.frames, filmed.fps), (234, 60.0));
    assert!((filmed.duration_ms - 3900.0).abs() < 0.5, "{filmed:?}");
    let frames = brightness(&set.path("a.mp4"), (640, 360));
    let codes: Vec<u32> = frames.iter().map(|frame| number(frame, 640)).collect();
    assert_eq!(codes, (0..234).collect::<Vec<u32>>());
    for (index, frame) in frames.iter().enumerate() {
        // Two pixels a frame.
        assert!(
            left(frame).abs_diff(2 * index) <= 1,
            "{index}: {}",
            left(frame)
        );
    }
    assert_eq!(filmed.capture.way, "begin-frame");
    assert_eq!((filmed.capture.dropped, filmed.capture.late), (0, 0));
    assert_eq!(filmed.capture.merged, 0);
}

/// The highest preset takes a minute on two cores: `PROSCENIUM_TEST_4K=1`. Else a third of its sides, as dense.
fn dense() -> Setup {
    let ultra = Preset::Ultra.setup();
    if std::env::var_os("PROSCENIUM_TEST_4K").is_some() {
        return ultra;
    }
    Setup {
        width: ultra.width / 3,
        height: ultra.height / 3,
        ..ultra
    }
}

#[tokio::test]
async fn neither_is_one_of_dense_pixels() {
    let set = Set::new(BARS);
    let mut order = perfect(set.storyboard("  - pause: 1ms\n"), Look::plain(), 60);
    order.setup = dense();
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    let size = (order.setup.width, order.setup.height);
    assert_eq!((filmed.width, filmed.height), size);
    let frames = brightness(&set.path("a.mp4"), (1280, 120));
    let codes: Vec<u32> = frames.iter().map(|frame| number(frame, 1280)).collect();
    assert_eq!(codes, (0..filmed.frames).collect::<Vec<u32>>());
    assert_eq!(filmed.capture.way, "begin-frame");
}

#[tokio::test]
async fn the_same_storyboard_gives_the_same_bytes_twice() {
    let set = Set::new(
        "<!doctype html><style>body { height: 1500px; margin: 40px } b { display: inline-block; animation: turn 3s linear infinite } @keyframes turn { to { transform: rotate(360deg) } } button:hover { background: gold }</style>
        <b>Here</b> <button>Press</button> <input aria-label=Name> <output></output><script>
        const out = document.querySelector('output');
        document.querySelector('button').onclick = () => { setTimeout(() => { out.innerHTML = '<i id=done>' + Math.random() + ' ' + Date.now() + '</i>' }, 600) };
        setInterval(() => { document.title = performance.now() }, 10);
        </script>",
    );
    let steps = "  - caption: Both the same\n  - click: button\n  - wait: { for: '#done' }\n  - type: Ada\n    into: { label: Name }\n  - zoom: '#done'\n  - zoom: out\n  - scroll: 300\n";
    let order = perfect(set.storyboard(steps), Look::default(), 30);
    let first = set.film(&order, "a.mp4").await.unwrap();
    let second = set.film(&order, "b.mp4").await.unwrap();
    assert_eq!(first.steps, second.steps);
    assert_eq!(first.frames, second.frames);
    let pictures = ["a.mp4", "b.mp4"].map(|name| brightness(&set.path(name), (640, 360)));
    let pairs = pictures[0].iter().zip(&pictures[1]).enumerate();
    let different: Vec<_> = pairs
        .filter(|(_, (one, other))| one != other)
        .map(|(index, _)| index)
        .collect();
    assert!(
        different.is_empty(),
        "frames that are not the same: {different:?}"
    );
    assert_eq!(first.sha256, second.sha256);
}

#[tokio::test]
async fn a_click_is_seen_in_the_frame_after_it() {
    let set = Set::new(
        "<!doctype html><style>body { margin: 0 } button { position: fixed; inset: 0; border: 0; background: #fff }</style><button>Go</button><script>
        document.querySelector('button').onmousedown = (event) => { event.target.style.background = '#000' }
        </script>",
    );
    let order = perfect(set.storyboard("  - click: button\n"), Look::plain(), 24);
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    let shown = rows(&set.path("a.mp4"), 1);
    let changed = shown.iter().position(|row| row[0][0] < 128).unwrap();
    // The press is where the pointer has arrived and aimed; what was done after it is the finger, the rest and the breath.
    let step = &filmed.steps[0];
    let released = step.at_ms + step.took_ms - 700.0 - 320.0;
    let pressed = released - 95.0;
    #[expect(clippy::cast_precision_loss, reason = "a few frames")]
    let seen = changed as f64 * 1000.0 / 24.0;
    assert!(
        (0.0..=1000.0 / 24.0 + 0.1).contains(&(seen - pressed)),
        "pressed at {pressed}, seen at {seen}: {step:?}"
    );
}

#[tokio::test]
async fn another_document_takes_as_long_as_the_script_says_and_not_as_the_network_does() {
    let set = Set::new(
        "<!doctype html><style>body { margin: 0 }</style><h1>Here</h1><a href=/two>On</a><img src=/slow.png width=1 height=1><p id=now></p><script>
        let frame = 0;
        requestAnimationFrame(function draw() { document.querySelector('#now').textContent = frame++; requestAnimationFrame(draw) });
        setTimeout(() => { document.body.insertAdjacentHTML('beforeend', '<b id=late>late</b>') }, 1000);
        </script>",
    );
    let steps =
        "  - click: a\n  - wait: { for: '#late' }\n  - goto: /three\n  - wait: { for: '#late' }\n";
    let order = perfect(set.storyboard(steps), Look::plain(), 30);
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    assert_eq!(filmed.steps.len(), 4);
    // It comes a second after its document, of which the step before has passed what comes after it.
    let waited = [filmed.steps[1].took_ms, filmed.steps[3].took_ms];
    for took in waited {
        assert!(took < 1000.0 + 320.0 + 40.0, "{:?}", filmed.steps);
    }
    assert!(
        (filmed.steps[3].took_ms - 1000.0).abs() < 100.0,
        "{:?}",
        filmed.steps
    );
}

/// A video of 25 frames a second, each lighter than the one before; and those.
fn video() -> (Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("video.mp4");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i"])
        .arg("color=black:size=64x64:rate=25:duration=1.6,geq=lum='16+N*5':cb=128:cr=128")
        .args([
            "-c:v", "libx264", "-g", "20", "-bf", "2", "-pix_fmt", "yuv420p",
        ])
        .arg(&path)
        .status()
        .unwrap();
    assert!(made.success());
    (std::fs::read(&path).unwrap(), greys(&path))
}

/// Shows a video that is played by a click.
const PLAYER: &str = "<!doctype html><style>body { margin: 0 } video { display: block; width: 640px; height: 360px; object-fit: fill }</style>
<video src=\"/video.mp4\" muted></video><script>onclick = () => document.querySelector('video').play();</script>";

fn player(has_ranges: bool) -> (Set, Vec<u8>) {
    let (bytes, frames) = video();
    let path = "/video.mp4";
    let file = SiteFile {
        path,
        bytes,
        has_ranges,
    };
    (Set::with_file(PLAYER, Some(file)), frames)
}

/// One grey value for each frame of a film.
fn greys(path: &Path) -> Vec<u8> {
    let shown = rows(path, 1).into_iter();
    shown.map(|row| row[0][0]).collect()
}

#[tokio::test]
async fn a_video_shows_the_frame_of_the_films_time() {
    let (set, frames) = player(true);
    let look = Look {
        pointer: video::PointerStyle::None,
        ..Look::plain()
    };
    let order = perfect(
        set.storyboard("  - click: video\n  - pause: 2s\n"),
        look,
        25,
    );
    set.film(&order, "a.mp4").await.unwrap();
    let shown = greys(&set.path("a.mp4"));
    let begins = shown.iter().position(|grey| *grey > frames[0] + 2).unwrap();
    assert!(begins > 5, "it waits for the click: {shown:?}");
    for (index, expected) in frames.iter().enumerate().skip(1) {
        let grey = shown[begins + index - 1];
        assert!(
            grey.abs_diff(*expected) <= 3,
            "frame {index}: {grey} in place of {expected}: {shown:?}"
        );
    }
    let last = *shown.last().unwrap();
    assert!(
        last.abs_diff(frames[frames.len() - 1]) <= 3,
        "it stays at its end: {last}"
    );
    set.film(&order, "b.mp4").await.unwrap();
    let bytes = ["a.mp4", "b.mp4"].map(|name| std::fs::read(set.path(name)).unwrap());
    assert!(bytes[0] == bytes[1], "the same bytes each time");
}

#[tokio::test]
async fn a_video_that_cannot_be_put_to_its_time_is_said_to_be() {
    let (set, _) = player(false);
    let order = perfect(
        set.storyboard("  - click: video\n  - pause: 2s\n"),
        Look::plain(),
        25,
    );
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    assert!(error.is_of_the_script());
    // The step during which it was to be seen is named around it.
    let error = format!("{error:?}");
    assert!(error.contains("answers no range requests"), "{error}");
    assert_eq!(set.files(), Vec::<String>::new());
}

#[tokio::test]
async fn a_stream_is_refused_by_name() {
    let set = Set::new(
        "<!doctype html><video muted></video><canvas></canvas><script>
const [video, canvas] = ['video', 'canvas'].map((name) => document.querySelector(name));
canvas.getContext('2d').fillRect(0, 0, 64, 64);
video.srcObject = canvas.captureStream();
video.play();
</script>",
    );
    let order = perfect(set.storyboard("  - pause: 1s\n"), Look::plain(), 30);
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    let FilmError::Unsteady(Unsteady::Page { what, .. }) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(what, "a <video> that plays a stream");
}

#[tokio::test]
async fn what_keeps_its_own_time_is_refused_by_name() {
    let set = Set::new(
        "<!doctype html><h1>Here</h1><iframe sandbox srcdoc='<p>There</p>' width=200 height=100></iframe>",
    );
    let order = perfect(set.storyboard("  - pause: 1s\n"), Look::plain(), 30);
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    let FilmError::Unsteady(Unsteady::Page { what, url }) = &error else {
        panic!("{error:?}");
    };
    assert!(what.starts_with("a frame of another site"), "{error}");
    assert_eq!(*url, set.url());
    assert!(error.is_of_the_script());
    assert_eq!(set.files(), Vec::<String>::new());
}

/// Does nothing, in real time.
struct Idle;

impl video::Performance for Idle {
    fn opening(&self) -> Option<String> {
        None
    }

    fn perform<'a>(
        &'a self,
        progress: &'a browser::Progress,
        performer: &'a video::Performer,
    ) -> video::Performing<'a> {
        Box::pin(async move {
            performer.pause(progress, Duration::from_millis(10)).await?;
            Ok(())
        })
    }
}

#[tokio::test]
async fn what_is_no_storyboard_is_refused() {
    let set = Set::new(BARS);
    let mut order = perfect(set.storyboard("  - pause: 1s\n"), Look::plain(), 30);
    order.script = Script::Performance(std::sync::Arc::new(Idle));
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    assert!(
        matches!(error, FilmError::Unsteady(Unsteady::Script)),
        "{error:?}"
    );
}
