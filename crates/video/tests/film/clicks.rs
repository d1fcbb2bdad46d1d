//! What a press does is seen in the film when it was done. `time` asks the same of what the page does by itself.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use browser::Progress;
use video::{FilmEvent, FrameRate, Look, Setup, film};

use crate::support::{Set, rows, small};

/// Another colour at each press, at once; and tells its site when that was.
const PRESSED: &str = "<!doctype html><style>body { margin: 0 } button { position: fixed; inset: 0; border: 0; background: rgb(255,255,255) }</style><button>Go</button><script>
const colours = ['rgb(255,0,0)', 'rgb(0,255,0)', 'rgb(0,0,255)', 'rgb(255,255,0)'];
let next = 0;
document.querySelector('button').onmousedown = (event) => {
  event.target.style.background = colours[next++ % colours.length];
  fetch('/pressed?' + (performance.timeOrigin + event.timeStamp));
};
</script>";

/// For each press: the milliseconds from the page's event to the frame that shows it first.
async fn delays(rate: u32) -> Vec<f64> {
    let set = Set::new(PRESSED);
    let storyboard = set.storyboard(&"  - click: button\n  - pause: 333\n".repeat(4));
    let mut order = small(storyboard, Look::plain());
    order.setup = Setup {
        rate: FrameRate::whole(rate),
        ..order.setup
    };
    let began = Arc::new(Mutex::new(None));
    let noted = Arc::clone(&began);
    let tell = move |event| {
        if let FilmEvent::Step { at, .. } = event {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            *noted.lock().unwrap() = Some(now - at);
        }
    };
    let progress = Progress::with_timeout(Duration::from_secs(60));
    film(&progress, &order, &set.path("a.mp4"), tell)
        .await
        .unwrap();
    let began = began.lock().unwrap().unwrap().as_secs_f64() * 1000.0;
    let asked = set.asked();
    let pressed = asked.iter().filter_map(|path| {
        let at: f64 = path.strip_prefix("/pressed?")?.parse().unwrap();
        Some(at - began)
    });
    let pressed: Vec<f64> = pressed.collect();
    let shown: Vec<[u8; 3]> = rows(&set.path("a.mp4"), 1)
        .into_iter()
        .map(|row| row[0].map(|part| if part > 127 { 255 } else { 0 }))
        .collect();
    let changed = shown.windows(2).enumerate();
    let changed = changed.filter(|(_, pair)| pair[0] != pair[1]);
    #[expect(clippy::cast_precision_loss, reason = "a film of seconds")]
    let changed: Vec<f64> = changed
        .map(|(index, _)| (index + 1) as f64 * 1000.0 / f64::from(rate))
        .collect();
    assert_eq!(
        (pressed.len(), changed.len()),
        (4, 4),
        "{pressed:?} {changed:?}"
    );
    let pairs = changed.iter().zip(&pressed);
    pairs.map(|(changed, pressed)| changed - pressed).collect()
}

fn check(rate: u32, delays: &[f64]) {
    let frame = 1000.0 / f64::from(rate);
    // Usually within a frame of the film. A single press may meet the browser right after a drawing, or the machine at other
    // work: the page itself is then drawn a sixtieth of a second later.
    let mut sorted = delays.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = (sorted[1] + sorted[2]) / 2.0;
    assert!(middle.abs() <= frame, "{middle}: {delays:?}");
    let most = frame + 1000.0 / 60.0;
    assert!(delays.iter().all(|delay| delay.abs() <= most), "{delays:?}");
}

#[tokio::test]
async fn a_press_is_seen_within_a_frame_at_30_frames_a_second() {
    check(30, &delays(30).await);
}

#[tokio::test]
async fn a_press_is_seen_within_a_frame_at_60_frames_a_second() {
    check(60, &delays(60).await);
}
