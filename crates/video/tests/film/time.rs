//! The film's time is the page's time.

use video::{FrameRate, Look, Setup};

use crate::support::{Set, rows, small};

/// Changes its colour every 400 ms and notes when; the colours tell which change it is.
const FLASHES: &str = "<!doctype html><style>html { background: rgb(255,255,255) }</style><script>
const colours = ['rgb(255,0,0)', 'rgb(0,255,0)', 'rgb(0,0,255)', 'rgb(255,255,0)', 'rgb(0,255,255)', 'rgb(255,0,255)'];
let next = 0;
setInterval(() => { document.documentElement.style.background = colours[next++ % colours.length]; }, 400);
</script>";

/// Every colour stays as long in the film as on the page: the length of each is that of the timer, whatever the machine does
/// in between. What was delivered late or not at all is known, and allowed for.
async fn flashes(rate: u32) {
    let set = Set::new(FLASHES);
    let storyboard = set.storyboard("  - pause: 4s\n");
    let mut order = small(storyboard, Look::plain());
    order.setup = Setup {
        rate: FrameRate::whole(rate),
        ..order.setup
    };
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    assert_eq!(filmed.fps, f64::from(rate));
    let shown: Vec<[u8; 3]> = rows(&set.path("a.mp4"), 1)
        .into_iter()
        .map(|row| row[0].map(|part| if part > 127 { 255 } else { 0 }))
        .collect();
    assert_eq!(shown.len(), filmed.frames as usize);
    // As long as the session, to the frame.
    let frame = 1000.0 / f64::from(rate);
    let length = f64::from(filmed.frames) * frame;
    assert!((filmed.duration_ms - length).abs() < frame, "{filmed:?}");

    let mut changes: Vec<usize> = Vec::new();
    for (index, pair) in shown.windows(2).enumerate() {
        if pair[0] != pair[1] {
            changes.push(index + 1);
        }
    }
    assert!(changes.len() >= 10, "{changes:?}");
    // From the first to the last change there is one every 400 ms: a film that runs slow or fast would be off by more the
    // longer it is. What a page on a busy machine draws late is late in the film too, so that the middle of the first and of
    // the last changes are compared, and the page is allowed two frames of its own. That a picture is shown in the frame
    // nearest to its time, whatever the machine, is what the tests of the resampler show.
    let offsets: Vec<f64> = changes
        .iter()
        .enumerate()
        .map(|(number, index)| *index as f64 * frame - number as f64 * 400.0)
        .collect();
    let middle = |part: &[f64]| {
        let mut sorted = part.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    };
    let half = offsets.len() / 2;
    let drift = middle(&offsets[half..]) - middle(&offsets[..half]);
    assert!(
        drift.abs() <= frame + 2.0 * 1000.0 / 60.0,
        "{rate}: {drift}: {offsets:?}"
    );
}

#[tokio::test]
async fn colours_last_as_long_in_a_film_of_24_frames_a_second_as_on_the_page() {
    flashes(24).await;
}

#[tokio::test]
async fn colours_last_as_long_in_a_film_of_30_frames_a_second_as_on_the_page() {
    flashes(30).await;
}

#[tokio::test]
async fn colours_last_as_long_in_a_film_of_60_frames_a_second_as_on_the_page() {
    flashes(60).await;
}
