//! What is drawn over the page, and where.

use serde_json::Value;
use video::{Frame, Look};

use crate::support::{Set, probed, rows, small};

/// A white page with a black button in its middle, that counts its clicks and turns green.
const BUTTON: &str = "<!doctype html><style>body { margin: 0; background: #fff } button { position: fixed; left: 280px; top: 140px; width: 80px; height: 80px; border: 0; background: #000 }</style>
<button aria-label=Go></button><script>document.querySelector('button').onclick = (event) => { event.target.style.background = event.isTrusted ? 'rgb(0,160,0)' : 'red' }</script>";

#[tokio::test]
async fn a_click_is_trusted_and_its_effect_and_pointer_are_in_the_film() {
    let set = Set::new(BUTTON);
    let storyboard = set.storyboard("  - click: { role: 'button[name=\"Go\"]' }\n");
    let look = Look {
        frame: Frame::None,
        zoom: false,
        ..Look::default()
    };
    let order = small(storyboard, look);
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    assert_eq!(probed(&set.path("a.mp4"))["streams"][0]["width"], 640);
    let all = rows(&set.path("a.mp4"), 8);
    let (first, last) = (&all[0], &all[all.len() - 1]);
    // A row of eight cells, each as high as the film: the button is in the fourth and the fifth.
    assert!(
        first[3][1] < 200 && first[0] == [255; 3] || first[0][1] > 250,
        "{first:?}"
    );
    assert!(last[3][1] > last[3][0] + 10, "it is green: {last:?}");
    assert!(last[3][1] > last[3][2] + 10, "it is green: {last:?}");
    assert_eq!(filmed.steps.len(), 1);
    // Between the two the pointer has come through the lower right, which was white.
    let came = all
        .iter()
        .any(|row| row[5][0] < first[5][0].saturating_sub(1));
    assert!(came, "the pointer is seen on its way");
}

#[tokio::test]
async fn the_page_knows_nothing_of_the_film() {
    let set = Set::new(
        "<!doctype html><title>Page</title><style>body { margin: 0 }</style><h1>Here</h1><p id=out>0</p><script>
        new MutationObserver((all) => { document.title = 'changed ' + all.length }).observe(document, { subtree: true, childList: true, attributes: true });
        </script>",
    );
    let storyboard = set.storyboard(
        "  - highlight: h1\n    caption: A heading\n    duration: 800\n  - zoom: h1\n    duration: 500\n  - wait: { for: { xpath: \"//html[not(//title[contains(.,'changed')])]\" } }\n",
    );
    let order = small(storyboard, Look::default());
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    let words: Vec<Value> = filmed
        .steps
        .iter()
        .map(|step| step.what.clone().into())
        .collect();
    assert_eq!(words.len(), 3, "{words:?}");
}

/// An application: the window stays where it is, and the part beside its menu scrolls, from white over red to blue.
const APPLICATION: &str = "<!doctype html><style>* { box-sizing: border-box } html, body { margin: 0; height: 100%; overflow: hidden } body { display: flex }
nav { width: 160px; background: #fff; overflow: auto } main { flex: 1; overflow: auto } section { height: 360px }</style>
<nav><div id=menu style='height:2000px'>Menu</div></nav><main><section></section><section style='background:rgb(255,0,0)'><button id=red>Red</button></section>
<section></section><section style='background:rgb(0,0,255)'></section></main>";

#[tokio::test]
async fn what_scrolls_in_place_of_the_window_is_scrolled() {
    for (steps, colour) in [
        ("  - scroll: 360\n", [255, 0, 0]),
        ("  - hover: '#menu'\n  - scroll: bottom\n", [0, 0, 255]),
        ("  - scroll: { to: '#red' }\n", [255, 0, 0]),
        ("  - scroll: bottom\n  - highlight: '#red'\n", [255, 0, 0]),
        ("  - scroll: bottom\n  - scroll: top\n", [255, 255, 255]),
    ] {
        let set = Set::new(APPLICATION);
        let order = small(set.storyboard(steps), Look::plain());
        set.film(&order, "a.mp4").await.unwrap();
        let all = rows(&set.path("a.mp4"), 64);
        let last = all[all.len() - 1][60];
        let near = last
            .iter()
            .zip(colour)
            .all(|(found, wanted): (&u8, u8)| found.abs_diff(wanted) < 130);
        assert!(near, "{steps}: {last:?}");
        assert_ne!(last.map(|part| part > 127), [false; 3], "{steps}: {last:?}");
    }
}
