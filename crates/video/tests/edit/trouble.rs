//! What goes wrong is named, and leaves nothing behind.

use std::time::Duration;

use browser::Progress;
use tokio_util::sync::CancellationToken;
use video::{EditError, RenderError, edit};

use crate::support::Desk;

#[tokio::test]
async fn what_is_no_film_is_named_with_its_clip() {
    let desk = Desk::new();
    desk.colour("red.mp4", "red", 1).tone("tone.wav", 440, 1);
    std::fs::write(desk.path("text.mp4"), "no film at all").unwrap();
    for name in ["text.mp4", "nowhere.mp4", "tone.wav"] {
        let text = format!("clips: [{{ film: red.mp4 }}, {{ film: {name} }}]");
        let error = desk.edit(&text, "out.mp4").await.unwrap_err();
        assert!(error.is_of_the_edit(), "{name}: {error}");
        let EditError::Film { place, path, .. } = error else {
            panic!("{name}: {error}");
        };
        assert_eq!((place.as_str(), path), ("clips[1]", desk.path(name)));
    }
    assert_eq!(desk.files(), ["red.mp4", "text.mp4", "tone.wav"]);
}

/// A list of other files is a way to read them: whoever may name a film could name it.
#[tokio::test]
async fn a_list_of_other_files_is_no_film_and_no_sound() {
    let desk = Desk::new();
    desk.colour("red.mp4", "red", 1).tone("secret.wav", 440, 1);
    let secret = desk.path("secret.wav");
    let lists = [
        (
            "list.m3u8",
            format!(
                "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{}\n#EXT-X-ENDLIST\n",
                secret.display()
            ),
        ),
        (
            "list.ffconcat",
            format!("ffconcat version 1.0\nfile '{}'\n", secret.display()),
        ),
    ];
    for (name, list) in lists {
        std::fs::write(desk.path(name), list).unwrap();
        let error = desk
            .edit(&format!("clips: [{{ film: {name} }}]"), "out.mp4")
            .await;
        assert!(
            matches!(error, Err(EditError::Film { .. })),
            "{name}: {error:?}"
        );
        let text = format!("sound: {{ voice: {name} }}\nclips: [{{ film: red.mp4 }}]");
        let error = desk.edit(&text, "out.mp4").await;
        assert!(
            matches!(&error, Err(EditError::Output(why)) if matches!(**why, RenderError::NoSound { .. })),
            "{name}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_film_without_sound_is_no_voice_and_a_name_like_an_option_is_a_name() {
    let desk = Desk::new();
    desk.colour("red.mp4", "red", 1).made(
        "-y.mp4",
        &[
            "-f",
            "lavfi",
            "-i",
            "color=red:s=320x180:r=30:d=1",
            "-pix_fmt",
            "yuv420p",
        ],
    );
    let text = "sound: { music: red.mp4 }\nclips: [{ film: red.mp4 }]";
    let error = desk.edit(text, "out.mp4").await.unwrap_err();
    assert!(error.to_string().contains("holds no sound"), "{error}");
    let edited = desk
        .edit("clips: [{ film: '-y.mp4' }]", "out.mp4")
        .await
        .unwrap();
    assert_eq!(edited.frames, 30);
}

#[tokio::test]
async fn cancelled_or_late_it_leaves_nothing_and_ends_at_once() {
    let desk = Desk::new();
    desk.made(
        "long.mp4",
        &[
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=1280x720:r=60:d=20",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
        ],
    );
    let mut order = desk.order("clips: [{ film: long.mp4 }]");
    let stop = CancellationToken::new();
    let progress = Progress::with_deadline(
        std::time::Instant::now() + Duration::from_secs(100),
        stop.clone(),
    );
    let out = desk.path("out.mp4");
    // With the first frames that are written.
    let cancelled = edit(&progress, &order, &out, |_| stop.cancel()).await;
    assert!(
        matches!(cancelled, Err(EditError::Cancelled)),
        "{cancelled:?}"
    );
    order.time_limit = Duration::from_millis(400);
    let late = desk.perform(&order, "out.mp4").await;
    assert!(matches!(late, Err(EditError::TimeLimit(_))), "{late:?}");
    assert_eq!(desk.files(), ["long.mp4"]);
}
