//! What a page plays is in its film, when it was played.

use std::ops::Range;
use std::path::Path;
use std::process::Command;

use browser::Engine;
use video::{Clock, FilmError, FilmOrder, Look, Soundtrack, Unsteady, Warning};

use crate::support::{Set, probed, rows, small};

/// After a press: three flashes of 300 ms, each with a tone of the same length.
const PAGE: &str = "<!doctype html><title>Page</title><style>html { background: black } button { background: black }</style>
<button>Play</button><script>
document.querySelector('button').onclick = async () => {
  const sound = new AudioContext();
  await sound.resume();
  const tone = new OscillatorNode(sound, { frequency: 440 });
  const loud = new GainNode(sound, { gain: 0 });
  tone.connect(loud).connect(sound.destination);
  tone.start();
  const show = (is_on) => {
    document.documentElement.style.background = is_on ? 'white' : 'black';
    loud.gain.value = is_on ? 0.8 : 0;
  };
  for (let at = 0; at < 6; at++) setTimeout(show, 400 + at * 300, at % 2 === 0);
};
</script>";

/// Milliseconds: later than it is seen by an eighth of a second nobody notices, earlier by half of that (ITU-R BT.1359).
const TOGETHER: Range<f64> = -62.0..125.0;

fn heard(set: &Set, look: Look) -> FilmOrder {
    let mut order = small(
        set.storyboard("  - click: button\n  - pause: 2300ms\n"),
        look,
    );
    order.sound = Some(Soundtrack {
        page: true,
        ..Soundtrack::default()
    });
    order
}

/// Milliseconds at which something begins.
fn begins(is_on: impl Iterator<Item = bool>, step: f64, quiet: usize) -> Vec<f64> {
    let mut begins = Vec::new();
    let mut off = quiet;
    for (index, is_on) in is_on.enumerate() {
        if is_on && off >= quiet {
            begins.push(index as f64 * step);
        }
        off = if is_on { 0 } else { off + 1 };
    }
    begins
}

/// Milliseconds at which tones begin in a film.
fn tones(path: &Path) -> Vec<f64> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-map", "0:a", "-ac", "1", "-ar", "8000", "-f", "s16le", "-"])
        .output()
        .unwrap();
    let samples = output.stdout.as_chunks::<2>().0.iter();
    let loud = samples.map(|&sample| i16::from_le_bytes(sample).unsigned_abs() > 3000);
    begins(loud, 1000.0 / 8000.0, 800)
}

async fn flashes_and_tones_are_together(engine: Engine, allowed: Range<f64>) {
    let set = Set::new(PAGE);
    let mut order = heard(&set, Look::plain());
    order.engine = engine;
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    assert_eq!(filmed.sound.as_ref().unwrap().codec, "aac");
    assert!(
        !filmed.warnings.contains(&Warning::Silent),
        "{:?}",
        filmed.warnings
    );
    let path = set.path("a.mp4");
    let white = rows(&path, 1).into_iter().map(|row| row[0][0] > 100);
    let seen = begins(white, 1000.0 / filmed.fps, 3);
    let heard = tones(&path);
    assert_eq!((seen.len(), heard.len()), (3, 3), "{seen:?} {heard:?}");
    let apart: Vec<f64> = heard
        .iter()
        .zip(&seen)
        .map(|(heard, seen)| heard - seen)
        .collect();
    let mut sorted = apart.clone();
    sorted.sort_by(f64::total_cmp);
    assert!(allowed.contains(&sorted[1]), "{engine:?}: {apart:?}");
    assert_eq!(
        set.files(),
        ["a.mp4"],
        "what was heard is gone with its film"
    );
    let lengths: Vec<f64> = probed(&path)["streams"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stream| stream["duration"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!((lengths[0] - lengths[1]).abs() < 0.05, "{lengths:?}");
}

#[tokio::test]
async fn what_a_page_plays_is_heard_when_it_is_seen() {
    flashes_and_tones_are_together(Engine::Chromium, TOGETHER).await;
}

#[tokio::test]
async fn what_a_page_plays_in_firefox_is_heard_when_it_is_seen() {
    // Its pictures are up to a tenth of a second apart on a busy machine.
    let allowed = TOGETHER.start - 100.0..TOGETHER.end;
    flashes_and_tones_are_together(Engine::Firefox, allowed).await;
}

#[tokio::test]
async fn what_a_page_plays_in_webkit_is_heard_when_it_is_seen() {
    flashes_and_tones_are_together(Engine::WebKit, TOGETHER).await;
}

#[tokio::test]
async fn a_clock_that_waits_is_not_heard_and_says_so() {
    let set = Set::new(PAGE);
    let mut order = heard(&set, Look::default());
    order.clock = Clock::Virtual;
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    assert!(
        matches!(error, FilmError::Unsteady(Unsteady::Sound)),
        "{error}"
    );
    assert!(set.asked().is_empty());
}
