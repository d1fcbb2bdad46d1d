//! The light and the dark look, and what the pointer and clicks look like: by pixels of the film.

use std::path::Path;

use browser::Engine;
use image::RgbImage;
use video::{ClickEffect, FilmError, Frame, Look, PointerStyle, Scheme};

use crate::support::{Set, frames, small};

/// White, and black for whom that is too bright; a spot in its middle.
const PAGE: &str = "<!doctype html><style>:root { background: #fff } @media (prefers-color-scheme: dark) { :root { background: #000 } }
#spot { position: fixed; left: 300px; top: 160px; width: 40px; height: 40px }</style><div id=spot></div>";

fn last(film: &Path) -> RgbImage {
    frames(film).pop().unwrap()
}

async fn a_page_shows_its_dark_look_in_a_dark_window(engine: Engine) {
    let set = Set::new(PAGE);
    let mut seen = Vec::new();
    for (scheme, name) in [
        (Some(Scheme::Dark), "dark.mp4"),
        (Some(Scheme::Light), "light.mp4"),
    ] {
        let look = Look {
            scheme,
            pointer: PointerStyle::None,
            ..Look::default()
        };
        let mut order = small(set.storyboard("  - pause: 600\n"), look);
        order.engine = engine;
        set.film(&order, name).await.unwrap();
        let frame = last(&set.path(name));
        // In the middle of the page, and in the bar beside its dots and its address.
        seen.push([
            frame.get_pixel(320, 200).0[1],
            frame.get_pixel(560, 40).0[1],
        ]);
    }
    let [dark, light] = [seen[0], seen[1]];
    assert!(dark[0] < 30 && dark[1] < 90, "{seen:?}");
    assert!(light[0] > 225 && light[1] > 200, "{seen:?}");
}

#[tokio::test]
async fn a_page_shows_its_dark_look_in_chromium() {
    a_page_shows_its_dark_look_in_a_dark_window(Engine::Chromium).await;
}

#[tokio::test]
async fn a_page_shows_its_dark_look_in_webkit() {
    a_page_shows_its_dark_look_in_a_dark_window(Engine::WebKit).await;
}

#[tokio::test]
async fn firefox_cannot_be_asked_for_it_and_says_so() {
    let set = Set::new(PAGE);
    let look = Look {
        scheme: Some(Scheme::Dark),
        ..Look::plain()
    };
    let mut order = small(set.storyboard("  - pause: 600\n"), look);
    order.engine = Engine::Firefox;
    let refused = set.film(&order, "a.mp4").await.unwrap_err();
    assert!(matches!(refused, FilmError::Browser { .. }), "{refused:?}");
    let cause = std::error::Error::source(&refused).unwrap().to_string();
    assert!(cause.contains("the light or the dark look"), "{cause}");
}

#[tokio::test]
async fn each_pointer_looks_as_its_style_says_and_points_at_the_same_place() {
    let set = Set::new(PAGE);
    for (pointer, inside, beside) in [
        (PointerStyle::Arrow, 0..=90, 250..=255),
        (PointerStyle::White, 235..=255, 250..=255),
        (PointerStyle::Dot, 130..=190, 130..=190),
        (PointerStyle::None, 250..=255, 250..=255),
    ] {
        let look = Look {
            frame: Frame::None,
            zoom: false,
            pointer,
            ..Look::default()
        };
        let order = small(set.storyboard("  - hover: '#spot'\n"), look);
        set.film(&order, "a.mp4").await.unwrap();
        let frame = last(&set.path("a.mp4"));
        let at = |x: u32, y: u32| frame.get_pixel(x, y).0[1];
        // The element's middle is 320, 180: arrows lie to the lower right of it, and a dot around it.
        assert!(
            inside.contains(&at(323, 191)) || pointer == PointerStyle::Dot,
            "{pointer:?}: {}",
            at(323, 191)
        );
        assert!(
            beside.contains(&at(315, 178)),
            "{pointer:?}: {}",
            at(315, 178)
        );
        // An arrow has an edge of the other colour.
        let darkest = (316..345).map(|x| at(x, 195)).min().unwrap();
        match pointer {
            PointerStyle::Arrow | PointerStyle::White => {
                assert!(darkest < 120, "{pointer:?}: {darkest}")
            }
            PointerStyle::Dot | PointerStyle::None => {
                assert!(darkest > 200, "{pointer:?}: {darkest}")
            }
        }
    }
}

/// How far from the middle a film's clicks colour the page, in each of its frames: the nearest and the farthest pixel.
fn coloured(film: &Path) -> Vec<(u32, u32)> {
    let is_red = |frame: &RgbImage, x: u32| {
        let [red, green, _] = frame.get_pixel(x, 180).0;
        red > green.saturating_add(30)
    };
    let all = frames(film);
    let spans = all.iter().filter_map(|frame| {
        let mut red = (320..380).filter(|x| is_red(frame, *x)).map(|x| x - 320);
        let first = red.next()?;
        Some((first, red.next_back().unwrap_or(first)))
    });
    spans.collect()
}

#[tokio::test]
async fn each_click_looks_as_its_effect_says() {
    let set = Set::new(PAGE);
    let mut seen = Vec::new();
    for ripples in [ClickEffect::Ring, ClickEffect::Disc, ClickEffect::None] {
        let look = Look {
            frame: Frame::None,
            zoom: false,
            pointer: PointerStyle::None,
            ripples,
            ..Look::default()
        };
        let order = small(
            set.storyboard("  - click: '#spot'\n    highlight: false\n"),
            look,
        );
        set.film(&order, "a.mp4").await.unwrap();
        seen.push(coloured(&set.path("a.mp4")));
    }
    let farthest = |at: usize| seen[at].iter().map(|(_, far)| *far).max().unwrap_or(0);
    assert!(farthest(0) >= 24, "a ring spreads: {seen:?}");
    // What is inside a ring fades before the ring does; a disc is filled to its end.
    assert!(seen[0].iter().any(|(near, _)| *near >= 15), "{seen:?}");
    assert!(
        !seen[1].is_empty() && seen[1].iter().all(|(near, _)| *near <= 2),
        "{seen:?}"
    );
    assert!(farthest(1) >= 15 && farthest(1) < farthest(0), "{seen:?}");
    assert!(seen[2].is_empty(), "{seen:?}");
}
