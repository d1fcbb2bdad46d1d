//! One film with all that can be around and over a page, each looked at by its pixels.

use std::time::Duration;

use image::RgbImage;
use video::{Background, Clock, Look, PointerStyle, Title};

use crate::support::{Set, frames, small};

/// White, with a green block of 40 x 40 pixels to the upper right of its middle.
const PAGE: &str = "<!doctype html><style>body { margin: 0; background: #fff }
#block { position: fixed; left: 380px; top: 70px; width: 40px; height: 40px; background: rgb(0, 160, 0) }</style><div id=block></div>";

/// Of the background.
const BLUE: [u8; 3] = [60, 120, 200];
/// Of boxes, when nothing is said.
const RED: [u8; 3] = [0xff, 0x3b, 0x30];

/// The encoder keeps colours for four pixels at a time: near an edge they are a mixture.
fn is_near(found: [u8; 3], wanted: [u8; 3], by: u8) -> bool {
    let mut parts = found.iter().zip(wanted);
    parts.all(|(found, wanted)| found.abs_diff(wanted) <= by)
}

fn at(frame: &RgbImage, x: u32, y: u32) -> [u8; 3] {
    frame.get_pixel(x, y).0
}

fn brightness([red, green, blue]: [u8; 3]) -> u32 {
    u32::from(red) + u32::from(green) + u32::from(blue)
}

fn is_green([red, green, blue]: [u8; 3]) -> bool {
    green > 110 && red < 90 && blue < 90
}

/// How many pixels of an area are white letters.
fn letters(frame: &RgbImage, (x, y): (u32, u32), (width, height): (u32, u32)) -> usize {
    let rows = (y..y + height).flat_map(|y| (x..x + width).map(move |x| (x, y)));
    rows.filter(|&(x, y)| brightness(at(frame, x, y)) > 3 * 225)
        .count()
}

#[tokio::test]
async fn card_caption_box_zoom_window_corners_and_shadow_are_where_and_when_they_should_be() {
    let set = Set::new(PAGE);
    let steps =
        "  - caption: Here it is\n    duration: 600\n  - highlight: '#block'\n    duration: 1500\n";
    let mut storyboard = set.storyboard(steps);
    storyboard.title = Some(Title {
        text: "All of it".to_owned(),
        subtitle: Some("by pixels".to_owned()),
        duration: Some(Duration::from_millis(500)),
    });
    let look = Look {
        background: Background(format!("rgb({}, {}, {})", BLUE[0], BLUE[1], BLUE[2])),
        pointer: PointerStyle::None,
        ..Look::default()
    };
    let mut order = small(storyboard, look);
    order.clock = Clock::Virtual;
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    let shown = frames(&set.path("a.mp4"));
    let frame = |ms: f64| &shown[(ms * 30.0 / 1000.0).round() as usize];
    let began = |step: usize| filmed.steps[step].at_ms;

    let [card, after] = [frame(200.0), frame(800.0)];
    the_card_covers_everything(card);
    let is_gone = |x| is_near(at(after, x, 180), [255; 3], 4);
    assert!((100..540).all(is_gone), "the card goes after its time");

    let [before, during, after] = [-40.0, 450.0, 900.0].map(|ms| frame(began(0) + ms));
    the_caption_lies_at_the_bottom(during);
    for (what, frame) in [("before", before), ("after", after)] {
        assert!(is_near(at(frame, 320, 300), [255; 3], 4), "{what}");
        assert_eq!(at(frame, 320, 282), at(frame, 320, 200), "{what}");
    }

    the_window_stands_on_its_background(before);
    let [before, near, wide] = [
        frame(began(1) - 40.0),
        frame(began(1) + 1200.0),
        shown.last().unwrap(),
    ];
    // The block's middle is 400, 90 of the page, which begins at 20, 60; the view may go so near that it is 1.7 times as large.
    the_block_is_seen(before, (420, 150), 1.0);
    the_block_is_seen(near, (320, 180), 1.7);
    the_block_is_seen(wide, (420, 150), 1.0);
    let reds = |frame: &RgbImage| {
        let is_red = |pixel: &&image::Rgb<u8>| is_near(pixel.0, RED, 40);
        // The bar has a red dot of its own, above the page.
        let below = image::imageops::crop_imm(frame, 0, 70, 640, 290).to_image();
        below.pixels().filter(is_red).count()
    };
    assert_eq!([reds(before), reds(wide)], [0, 0]);
    // Six pixels around it, all of them larger.
    let far = (26.0 * 1.7) as u32;
    for (x, y) in [
        (320 - far, 180),
        (320 + far, 180),
        (320, 180 - far),
        (320, 180 + far),
    ] {
        let found = at(near, x, y);
        assert!(is_near(found, RED, 40), "{x}, {y}: {found:?}");
        let (x, y) = ((x + 320) / 2, (y + 180) / 2);
        let inside = at(near, x, y);
        assert!(is_green(inside), "{x}, {y}: {inside:?}");
    }
}

fn the_card_covers_everything(frame: &RgbImage) {
    for (x, y) in [
        (2, 2),
        (637, 2),
        (2, 357),
        (637, 357),
        (320, 60),
        (320, 300),
    ] {
        let found = at(frame, x, y);
        assert!(is_near(found, BLUE, 6), "{x}, {y}: {found:?}");
    }
    // A heading of a height of 33 pixels and a line of 15 below it, in the middle.
    let heading = letters(frame, (220, 145), (200, 42));
    assert!(heading > 300, "{heading}");
    assert_eq!(letters(frame, (0, 0), (640, 120)), 0);
    assert_eq!(letters(frame, (0, 240), (640, 120)), 0);
    assert_eq!(letters(frame, (0, 120), (150, 120)), 0);
}

fn the_caption_lies_at_the_bottom(frame: &RgbImage) {
    // 7 % of the height above the lower edge; as high as a line of 24 pixels and its plate.
    for (y, is_plate) in [(270, false), (282, true), (328, true), (338, false)] {
        let found = at(frame, 320, y);
        let is_dark = brightness(found) < 3 * 70;
        assert_eq!(is_dark, is_plate, "{y}: {found:?}");
    }
    let words = letters(frame, (250, 285), (140, 42));
    assert!(words > 150, "{words}");
    let is_page = |x| is_near(at(frame, x, 305), [255; 3], 4);
    assert!(is_page(180) && is_page(460), "no wider than its words");
}

fn the_window_stands_on_its_background(frame: &RgbImage) {
    let bar = at(frame, 560, 40);
    assert!(is_near(bar, [0xe4, 0xe7, 0xee], 6), "{bar:?}");
    let dots = [42, 62, 82].map(|x| at(frame, x, 40));
    for (dot, wanted) in
        dots.iter()
            .zip([[0xff, 0x5f, 0x57], [0xfe, 0xbc, 0x2e], [0x28, 0xc8, 0x40]])
    {
        assert!(is_near(*dot, wanted, 24), "{dots:?}");
    }
    let address = (250..390).map(|x| brightness(at(frame, x, 40)));
    assert!(
        address.clone().min() < Some(3 * 140),
        "an address is written"
    );
    assert!(at(frame, 100, 64) == [255; 3] || is_near(at(frame, 100, 64), [255; 3], 3));
    // Outside of the round corners is what is behind them, in the light of the shadow: bluer than it is red, and not the
    // window's light grey or white.
    for (x, y) in [(20, 20), (619, 20), (20, 339), (619, 339)] {
        let found = at(frame, x, y);
        assert!(
            found[2] > found[0].saturating_add(40) && brightness(found) < 450,
            "{x}, {y}: {found:?}"
        );
    }
    for (x, y) in [(36, 22), (604, 22), (36, 337), (604, 337)] {
        let found = at(frame, x, y);
        assert!(brightness(found) > 600, "{x}, {y}: {found:?}");
    }
    // The shadow falls below the window and fades to the sides.
    let lightness =
        [(320, 343), (320, 358), (8, 180), (2, 4)].map(|(x, y)| brightness(at(frame, x, y)));
    assert!(
        lightness.is_sorted_by(|one, next| one + 8 < *next),
        "{lightness:?}"
    );
    let whole = brightness(BLUE);
    assert!(lightness[0] + 100 < whole, "{lightness:?} of {whole}");
    assert!(lightness[3] + 40 > whole, "{lightness:?} of {whole}");
}

/// Where its middle is, and how many times as large as on the page.
fn the_block_is_seen(frame: &RgbImage, (x, y): (u32, u32), factor: f64) {
    let row: Vec<u32> = (0..640).filter(|x| is_green(at(frame, *x, y))).collect();
    let column: Vec<u32> = (0..360).filter(|y| is_green(at(frame, x, *y))).collect();
    for (line, middle) in [(row, x), (column, y)] {
        let length = line.len() as f64;
        assert!((length - 40.0 * factor).abs() <= 2.0, "{factor}: {length}");
        let found = (line[0] + line[line.len() - 1]).div_ceil(2);
        assert!(
            found.abs_diff(middle) <= 1,
            "{factor}: {found}, not {middle}"
        );
    }
}
