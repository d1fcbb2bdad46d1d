//! How dense the page is drawn, and how fast and where things are done in it.

use std::time::Duration;

use video::{Look, Pace, Setup};

use crate::support::{Set, rows, small};

/// A line of one CSS pixel; a click draws a green bar of eight from its place on.
const LINE: &str = "<!doctype html><style>body { margin: 0; height: 2000px } i { position: fixed; top: 0; height: 100vh }</style>
<i style='left: 40px; width: 1px; background: #000'></i>
<script>onclick = ({ clientX }) => { const bar = document.body.appendChild(document.createElement('i'));
bar.style = `left: ${clientX}px; width: 8px; background: rgb(0, 160, 0)` }</script>";

#[tokio::test]
async fn a_css_pixel_is_as_many_pixels_as_the_scale_says_and_a_place_is_clicked_where_it_is() {
    let set = Set::new(LINE);
    let storyboard = set.storyboard("  - click: { x: 100, y: 60 }\n  - scroll: 200\n");
    let mut order = small(storyboard, Look::plain());
    order.setup = Setup {
        width: 480,
        height: 480,
        scale: 3,
        ..order.setup
    };
    order.pace = Pace {
        scroll_speed: Some(200.0),
        between: Some(Duration::ZERO),
    };
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    assert_eq!((filmed.width, filmed.height), (480, 480));

    let all = rows(&set.path("a.mp4"), 480);
    let row = &all[all.len() - 1];
    let light = |column: usize| u32::from(row[column][0]) + u32::from(row[column][2]);
    let dark = (0..240).filter(|column| light(*column) < 255);
    assert_eq!(dark.collect::<Vec<_>>(), [120, 121, 122]);
    assert!(light(118) > 440 && light(124) > 440, "it is sharp");
    let green = (240..480).filter(|column| light(*column) < 255);
    assert_eq!(green.collect::<Vec<_>>(), (300..324).collect::<Vec<_>>());

    // By itself so short a way takes less than half a second.
    let took = filmed.steps[1].took_ms;
    assert!((1000.0..3000.0).contains(&took), "{took}");
}
