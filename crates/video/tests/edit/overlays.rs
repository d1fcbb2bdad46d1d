//! Words and pictures over the new film: where, when, and how much of what is below is still seen.

use std::path::Path;
use std::process::Command;

use image::{Rgba, RgbaImage};
use video::EditError;

use crate::support::Desk;

const WIDTH: usize = 320;
const HEIGHT: usize = 180;

/// Every frame of a film of 320 × 180, in grey.
fn greys(path: &Path) -> Vec<Vec<u8>> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-fps_mode", "passthrough", "-vf", "format=gray"])
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    let frames = output.stdout.chunks_exact(WIDTH * HEIGHT);
    frames.map(<[u8]>::to_vec).collect()
}

/// The mean of a part of a frame.
fn mean(frame: &[u8], (x, y): (usize, usize), (width, height): (usize, usize)) -> f64 {
    let rows = (y..y + height).map(|row| &frame[row * WIDTH + x..row * WIDTH + x + width]);
    let sum: u32 = rows.flatten().copied().map(u32::from).sum();
    f64::from(sum) / f64::from(u32::try_from(width * height).unwrap())
}

/// In which third of a frame, across and down, something is brighter than the rest.
fn thirds(frame: &[u8]) -> Vec<(usize, usize)> {
    let third = |at: usize| (at % 3, at / 3);
    let is_bright = |&(across, down): &(usize, usize)| {
        let (width, height) = (WIDTH / 3, HEIGHT / 3);
        let brightest = (down * height..(down + 1) * height)
            .flat_map(|row| &frame[row * WIDTH + across * width..][..width])
            .max();
        brightest.is_some_and(|grey| *grey > 150)
    };
    (0..9).map(third).filter(is_bright).collect()
}

fn white(desk: &Desk, name: &str, (width, height): (u32, u32)) {
    let picture = RgbaImage::from_pixel(width, height, Rgba([255; 4]));
    picture.save(desk.path(name)).unwrap();
}

#[tokio::test]
async fn a_picture_comes_and_goes_at_its_frames_where_it_should_be() {
    let desk = Desk::new();
    desk.colour("black.mp4", "black", 3);
    white(&desk, "logo.png", (40, 20));
    let text = "
clips: [{ film: black.mp4 }]
overlays:
  - { picture: logo.png, place: top-right, width: 80, from: 1s, to: 2s }
  - { picture: logo.png, place: bottom-left, opacity: 0.5 }
";
    let edited = desk.edit(text, "out.mp4").await.unwrap();
    let frames = greys(&desk.path("out.mp4"));
    assert_eq!(frames.len(), 90);
    // Nine pixels away from the edges, made even.
    let place = &edited.overlays[0];
    assert_eq!(
        (place.x, place.y, place.width, place.height),
        (230, 8, 80, 40)
    );
    assert_eq!((place.from_ms, place.to_ms), (1000.0, 2000.0));
    let seen: Vec<f64> = frames
        .iter()
        .map(|frame| mean(frame, (234, 12), (70, 30)))
        .collect();
    for (index, grey) in seen.iter().enumerate() {
        match index {
            ..30 | 60.. => assert!(*grey < 24.0, "frame {index}: {grey}"),
            36..54 => assert!(*grey > 240.0, "frame {index}: {grey}"),
            // It comes and goes in 200 ms each.
            _ => {}
        }
    }
    assert!((80.0..180.0).contains(&seen[33]), "{seen:?}");
    assert!((80.0..180.0).contains(&seen[57]), "{seen:?}");
    // The other one is there from the first frame to the last, by half.
    let place = &edited.overlays[1];
    assert_eq!((place.x, place.width), (8, 40));
    for index in [0, 45, 89] {
        let grey = mean(&frames[index], (14, 156), (28, 10));
        assert!((120.0..140.0).contains(&grey), "frame {index}: {grey}");
    }
}

#[tokio::test]
async fn words_stand_on_a_plate_in_each_of_the_nine_places() {
    let desk = Desk::new();
    desk.colour("black.mp4", "black", 2);
    let places = [
        "top-left",
        "top",
        "top-right",
        "left",
        "center",
        "right",
        "bottom-left",
        "bottom",
        "bottom-right",
    ];
    // A frame of each, one after another.
    let overlays: Vec<String> = places
        .iter()
        .enumerate()
        .map(|(index, place)| {
            let (from, to) = (index * 200, index * 200 + 200);
            format!("{{ text: New, place: {place}, from: {from}, to: {to} }}")
        })
        .collect();
    let text = format!(
        "clips: [{{ film: black.mp4 }}]\noverlays: [{}]",
        overlays.join(", ")
    );
    desk.edit(&text, "out.mp4").await.unwrap();
    let frames = greys(&desk.path("out.mp4"));
    for (index, place) in places.iter().enumerate() {
        let seen = thirds(&frames[index * 6 + 3]);
        assert_eq!(seen, [(index % 3, index / 3)], "{place}");
    }
    assert_eq!(thirds(&frames[59]), []);
}

/// On white, the plate is what is dark: words can be read whatever is below them.
#[tokio::test]
async fn hostile_words_are_words() {
    let desk = Desk::new();
    desk.colour("white.mp4", "white", 1);
    for text in [
        "It's \"quoted\": 100% [in]; a,b \\n \\' =",
        "<img src=x onerror=document.body.remove()></script><b>bold",
        "drawtext=text=%{pts}:enable='between(t,0,1)'",
        "שלום עולם\nمرحبا بالعالم\n你好 👋🏽",
        "\u{202e}right to left\u{0}\u{7}",
        &"long ".repeat(50),
    ] {
        let document = serde_json::json!({
            "clips": [{ "film": "white.mp4" }],
            "overlays": [{ "text": text, "place": "center" }],
        });
        let edited = desk
            .edit(&document.to_string(), "out.mp4")
            .await
            .unwrap_or_else(|error| panic!("{text:?}: {error:?}"));
        let place = &edited.overlays[0];
        assert!(
            place.x + place.width <= 320 && place.y + place.height <= 180,
            "{text:?}"
        );
        let frame = &greys(&desk.path("out.mp4"))[15];
        let (x, y) = (place.x as usize + 6, place.y as usize + 2);
        let plate = mean(frame, (x, y), (place.width as usize - 12, 3));
        assert!(plate < 90.0, "{text:?}: {plate} at {place:?}");
        assert!(mean(frame, (0, 0), (WIDTH, 4)) > 240.0, "{text:?}");
    }
    assert_eq!(desk.files(), ["out.mp4", "white.mp4"]);
}

#[tokio::test]
async fn what_does_not_fit_or_is_no_picture_is_named_and_leaves_nothing() {
    let desk = Desk::new();
    desk.colour("red.mp4", "red", 1);
    white(&desk, "tall.png", (10, 100));
    std::fs::write(
        desk.path("drawing.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
    )
    .unwrap();
    std::fs::write(desk.path("cut.png"), &b"\x89PNG\r\n\x1a\nnothing"[..]).unwrap();
    let long = "word ".repeat(100);
    for (overlay, place) in [
        (format!("{{ text: '{}' }}", long.trim()), "overlays[0].text"),
        ("{ text: WWW, size: 300 }".to_owned(), "overlays[0].text"),
        (
            "{ picture: tall.png, width: 100 }".to_owned(),
            "overlays[0].width",
        ),
        ("{ picture: drawing.svg }".to_owned(), "overlays[0].picture"),
        ("{ picture: cut.png }".to_owned(), "overlays[0].picture"),
        ("{ picture: /dev/zero }".to_owned(), "overlays[0].picture"),
        ("{ picture: nowhere.png }".to_owned(), "overlays[0].picture"),
        ("{ text: a, from: 2s }".to_owned(), "overlays[0].from"),
    ] {
        let text = format!("clips: [{{ film: red.mp4 }}]\noverlays: [{overlay}]");
        let error = desk.edit(&text, "out.mp4").await.unwrap_err();
        assert!(error.is_of_the_edit(), "{overlay}: {error}");
        let (EditError::Document { place: named, .. } | EditError::Picture { place: named, .. }) =
            &error
        else {
            panic!("{overlay}: {error}");
        };
        assert_eq!(named, place, "{overlay}: {error}");
    }
    let text = "clips: [{ film: red.mp4 }]\noverlays: [{ picture: tall.png }]";
    let mut order = desk.order(text);
    order.pictures.clear();
    let error = desk.perform(&order, "out.mp4").await.unwrap_err();
    assert!(error.to_string().contains("it needs its file"), "{error}");
    assert_eq!(
        desk.files(),
        ["cut.png", "drawing.svg", "red.mp4", "tall.png"]
    );
}
