//! Sounds: what is heard when.

use crate::support::{Desk, loudness};

/// Decibels between what is heard and what is not.
const HEARD: f64 = -45.0;

#[tokio::test]
async fn music_gives_way_to_a_voice_and_lasts_as_long_as_the_film() {
    let desk = Desk::new();
    desk.colour("red.mp4", "red", 6)
        .tone("voice.wav", 440, 2)
        .tone("music.mp3", 1500, 1);
    let text = "
sound: { voice: voice.wav, music: music.mp3, musicVolume: 0.5 }
clips: [{ film: red.mp4 }]
";
    let edited = desk.edit(text, "out.mp4").await.unwrap();
    let out = desk.path("out.mp4");
    let heard = edited.sound.unwrap();
    assert_eq!((heard.codec.as_str(), heard.channels), ("aac", 2));
    assert!(
        (edited.duration_ms - 6000.0).abs() < 60.0,
        "{}",
        edited.duration_ms
    );
    assert!(loudness(&out, 440, (0.5, 1.0)) > HEARD);
    assert!(loudness(&out, 440, (2.5, 1.0)) < HEARD);
    let (below, alone) = (
        loudness(&out, 1500, (0.5, 1.0)),
        loudness(&out, 1500, (3.0, 1.0)),
    );
    assert!(alone > HEARD, "{alone}");
    assert!(
        below < alone - 4.0,
        "{below} beside the voice, {alone} without it"
    );
    // It ends softly.
    assert!(loudness(&out, 1500, (5.7, 0.3)) < alone - 4.0);
}

#[tokio::test]
async fn what_clips_say_themselves_goes_with_their_pictures() {
    let desk = Desk::new();
    desk.colour("blue.mp4", "blue", 2).made(
        "red.mp4",
        &[
            "-f",
            "lavfi",
            "-i",
            "color=red:s=320x180:r=30:d=2",
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=1000:duration=2",
            "-pix_fmt",
            "yuv420p",
            "-shortest",
        ],
    );
    let text = "clips: [{ film: blue.mp4 }, { film: red.mp4, speed: 2 }, { film: blue.mp4 }]";
    desk.edit(text, "out.mp4").await.unwrap();
    let out = desk.path("out.mp4");
    assert!(loudness(&out, 1000, (0.2, 1.5)) < HEARD);
    assert!(loudness(&out, 1000, (2.2, 0.6)) > HEARD);
    assert!(loudness(&out, 1000, (3.3, 1.5)) < HEARD);
}

#[tokio::test]
async fn sounds_of_clips_blend_where_their_pictures_do() {
    let desk = Desk::new();
    for (name, colour, pitch) in [("a.mp4", "red", 500), ("b.mp4", "blue", 2000)] {
        let picture = format!("color={colour}:s=320x180:r=30:d=3");
        let tone = format!("sine=frequency={pitch}:duration=3");
        desk.made(
            name,
            &[
                "-f", "lavfi", "-i", &picture, "-f", "lavfi", "-i", &tone, "-pix_fmt", "yuv420p",
            ],
        );
    }
    let text =
        "clips: [{ film: a.mp4 }, { film: b.mp4, transition: { kind: dissolve, duration: 1s } }]";
    let edited = desk.edit(text, "out.mp4").await.unwrap();
    assert!((edited.duration_ms - 5000.0).abs() < 60.0);
    let out = desk.path("out.mp4");
    for pitch in [500, 2000] {
        assert!(loudness(&out, pitch, (2.4, 0.2)) > HEARD, "{pitch}");
    }
    assert!(loudness(&out, 2000, (0.5, 1.0)) < HEARD);
    assert!(loudness(&out, 500, (3.5, 1.0)) < HEARD);
}
