//! Films with a voice, and steps that have their time.

use std::process::Command;
use std::time::Duration;

use video::{Clock, FilmError, Look, RenderError, Soundtrack, Storyboard};

use crate::support::{Set, probed, small};

const PAGE: &str = "<!doctype html><title>Page</title><button>Press</button>";

fn tone(set: &Set, name: &str, seconds: f64) {
    let source = format!("sine=frequency=440:duration={seconds}");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", &source])
        .arg(set.path(name))
        .status()
        .unwrap();
    assert!(made.success());
}

/// Under the virtual clock, where a busy machine is never late.
#[tokio::test]
async fn a_film_is_as_long_as_its_voice_and_steps_begin_at_their_times() {
    let set = Set::new(PAGE);
    tone(&set, "voice.wav", 7.5);
    let steps = "  - { hover: button, at: 2s }\n  - { highlight: button, at: 2100ms, duration: 600ms }\n  - { pause: 100ms, at: 5s }\n";
    let mut order = small(set.storyboard(steps), Look::default());
    order.clock = Clock::Virtual;
    order.sound = Some(Soundtrack {
        voice: Some(set.path("voice.wav")),
        ..Soundtrack::default()
    });
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    assert!(
        (filmed.duration_ms - 7500.0).abs() < 50.0,
        "{}",
        filmed.duration_ms
    );
    let heard = filmed.sound.unwrap();
    assert_eq!(heard.codec, "aac");
    let said = probed(&set.path("a.mp4"));
    assert_eq!(said["streams"].as_array().unwrap().len(), 2);
    let begins: Vec<f64> = filmed.steps.iter().map(|step| step.at_ms).collect();
    assert!((begins[0] - 2000.0).abs() < 40.0, "{begins:?}");
    assert!((begins[2] - 5000.0).abs() < 40.0, "{begins:?}");
    let late: Vec<bool> = filmed
        .steps
        .iter()
        .map(|step| step.late_ms.is_some())
        .collect();
    assert_eq!(
        late,
        [false, true, false],
        "the first one is not done within a tenth of a second"
    );
}

#[tokio::test]
async fn a_script_of_sections_with_times_is_a_film_of_their_length() {
    let set = Set::new(PAGE);
    let text = format!(
        r#"{{"title":"Harbour","url":"{}","total_duration_seconds":4,"sections":[
            {{"name":"Intro","duration_seconds":2.5,"visual_cues":["The button"],"target_elements":["button"],"actions":[]}},
            {{"name":"End","duration_seconds":2,"visual_cues":[],"target_elements":[],"actions":[{{"type":"hover","selector":"button","duration_ms":300}}]}}]}}"#,
        set.url()
    );
    let storyboard = Storyboard::parse(&text).unwrap();
    assert_eq!(storyboard.length, Some(Duration::from_millis(4500)));
    let mut order = small(storyboard, Look::default());
    order.clock = Clock::Virtual;
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    let chapters: Vec<_> = filmed
        .chapters
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert_eq!(chapters, ["Intro", "End"]);
    assert!(filmed.duration_ms >= 4500.0, "{}", filmed.duration_ms);
    assert!(filmed.sound.is_none());
}

#[tokio::test]
async fn a_voice_that_is_none_is_said_before_anything_is_filmed() {
    let set = Set::new(PAGE);
    std::fs::write(set.path("voice.mp3"), "not a sound").unwrap();
    let mut order = small(set.storyboard("  - pause: 1s\n"), Look::default());
    order.sound = Some(Soundtrack {
        voice: Some(set.path("voice.mp3")),
        ..Soundtrack::default()
    });
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    assert!(
        matches!(error, FilmError::Output(RenderError::NoSound { .. })),
        "{error}"
    );
    assert!(set.asked().is_empty());
    assert_eq!(set.files(), ["voice.mp3"]);
}
