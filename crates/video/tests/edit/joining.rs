//! Pictures: what is seen when.

use video::{Container, Extras};

use crate::support::{Desk, frames, name};

#[tokio::test]
async fn parts_of_films_follow_each_other_frame_by_frame() {
    let desk = Desk::new();
    desk.colour("red.mp4", "red", 3)
        .colour("blue.mp4", "blue", 3);
    let text = "
title: Red and blue
clips:
  - { film: red.mp4, from: 1s, to: 2s }
  - { film: blue.mp4, to: 1500ms, speed: 3 }
  - { film: red.mp4, from: 2500ms }
";
    let mut order = desk.order(text);
    order.extras = Extras {
        poster: Some(desk.path("poster.png")),
        ..Extras::default()
    };
    let edited = desk.perform(&order, "out.mp4").await.unwrap();
    let seen: Vec<&str> = frames(&desk.path("out.mp4"))
        .iter()
        .map(|row| name(row[0]))
        .collect();
    let wanted = [vec!["red"; 30], vec!["blue"; 15], vec!["red"; 15]].concat();
    assert_eq!(seen, wanted);
    assert_eq!((edited.frames, edited.fps), (60, 30.0));
    assert!((edited.duration_ms - 2000.0).abs() < 1.0, "{edited:?}");
    let at: Vec<f64> = edited.clips.iter().map(|clip| clip.at_ms).collect();
    assert_eq!(at, [0.0, 1000.0, 1500.0]);
    assert_eq!(edited.extras[0].kind, "poster");
    assert!(edited.sound.is_none());
    assert_eq!(
        desk.files(),
        ["blue.mp4", "out.mp4", "poster.png", "red.mp4"]
    );
}

#[tokio::test]
async fn transitions_show_both_clips_as_their_names_say() {
    let desk = Desk::new();
    desk.colour("red.mp4", "red", 2)
        .colour("blue.mp4", "blue", 2);
    for (kind, middle) in [
        ("cut", ["blue"; 4]),
        ("fade", ["black"; 4]),
        ("dissolve", ["purple"; 4]),
        ("wipe", ["red", "red", "blue", "blue"]),
    ] {
        let text = format!(
            "clips: [{{ film: red.mp4 }}, {{ film: blue.mp4, transition: {{ kind: {kind}, duration: 1s }} }}]"
        );
        let edited = desk.edit(&text, "out.mp4").await.unwrap();
        let rows = frames(&desk.path("out.mp4"));
        assert_eq!(rows.len(), if kind == "cut" { 120 } else { 90 }, "{kind}");
        let at = if kind == "cut" { 60 } else { 45 };
        assert_eq!(rows[at].map(name), middle, "{kind}");
        assert_eq!(
            [name(rows[0][0]), name(rows[rows.len() - 1][0])],
            ["red", "blue"],
            "{kind}"
        );
        assert_eq!(edited.frames as usize, rows.len());
    }
}

#[tokio::test]
async fn dull_parts_go_by_and_what_moves_keeps_its_pace() {
    let desk = Desk::new();
    // A bar that moves for a second, stands for six and moves for another one.
    let moving = "color=black:s=320x180:r=30:d=8[back];color=red:s=40x180:r=30:d=8[bar];\
                  [back][bar]overlay=x='if(lt(t,1),t*100,if(lt(t,7),100,100+(t-7)*100))':y=0";
    desk.made(
        "bar.mp4",
        &["-filter_complex", moving, "-pix_fmt", "yuv420p"],
    );
    let edited = desk
        .edit("clips: [{ film: bar.mp4, dull: 6 }]", "out.mp4")
        .await
        .unwrap();
    let clip = &edited.clips[0];
    assert!((5000.0..6000.0).contains(&clip.dull_ms), "{clip:?}");
    let expected = 8000.0 - clip.dull_ms * 5.0 / 6.0;
    assert!((edited.duration_ms - expected).abs() < 40.0, "{edited:?}");
    let rows = frames(&desk.path("out.mp4"));
    assert!(name(rows[rows.len() - 1][2]) == "red" || name(rows[rows.len() - 1][2]) == "black");
}

#[tokio::test]
async fn a_crop_is_the_film_and_other_sizes_are_fitted_into_it() {
    let desk = Desk::new();
    let halves = "color=red:s=160x180:r=25:d=1[l];color=blue:s=160x180:r=25:d=1[r];[l][r]hstack";
    desk.made(
        "halves.mp4",
        &["-filter_complex", halves, "-pix_fmt", "yuv420p"],
    )
    .made(
        "tall.webm",
        &["-f", "lavfi", "-i", "color=lime:s=100x200:r=10:d=1"],
    );
    let text = "
clips:
  - { film: halves.mp4, crop: { x: 160, width: 160, height: 160 } }
  - { film: tall.webm }
";
    let mut order = desk.order(text);
    order.container = Container::Webm;
    let edited = desk.perform(&order, "out.webm").await.unwrap();
    assert_eq!((edited.width, edited.height, edited.fps), (160, 160, 25.0));
    assert_eq!(
        (edited.codec.as_str(), edited.media_type),
        ("vp9", "video/webm")
    );
    let rows = frames(&desk.path("out.webm"));
    assert_eq!(rows[3].map(name), ["blue"; 4]);
    // Nothing is stretched: bars stand beside what is narrower.
    assert_eq!([name(rows[30][0]), name(rows[30][3])], ["black"; 2]);
    assert_eq!(rows.len(), 50);
}

/// Numbers are drawn into both clips as brightness: each frame of a transition has the two that belong together.
#[tokio::test]
async fn no_frame_is_lost_or_shown_twice_around_a_transition() {
    let desk = Desk::new();
    let counting = "color=black:s=320x180:r=30:d=2,format=yuv420p,geq=lum='16+N*3':cb=128:cr=128";
    for name in ["a.mp4", "b.mp4"] {
        desk.made(name, &["-f", "lavfi", "-i", counting, "-qp", "0"]);
    }
    let text =
        "clips: [{ film: a.mp4 }, { film: b.mp4, transition: { kind: wipe, duration: 1s } }]";
    desk.edit(text, "out.mp4").await.unwrap();
    let rows = frames(&desk.path("out.mp4"));
    let number = |[grey, ..]: [u8; 3]| f64::from(grey) * 219.0 / 255.0 / 3.0;
    for (index, row) in rows.iter().enumerate() {
        // Until the new clip has come to the left side, the old one is there; and the other way round.
        let left = if index < 56 { index } else { index - 30 };
        let right = if index < 33 { index } else { index - 30 };
        for (cell, wanted) in [(row[0], left), (row[3], right)] {
            let off = (number(cell) - f64::from(u32::try_from(wanted).unwrap())).abs();
            let is_between = (30..39).contains(&index) || (52..61).contains(&index);
            assert!(
                off < 0.7 || is_between,
                "frame {index}: {cell:?} in place of {wanted}"
            );
        }
    }
    assert_eq!(rows.len(), 90);
}
