//! Films with a voice, and steps that have their time.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use video::{Clock, Extras, FilmError, Look, RenderError, Soundtrack, Storyboard};

use crate::support::{Set, brightness, number, probed, small, sound, tone_in};

const PAGE: &str = "<!doctype html><title>Page</title><button>Press</button>";

fn made(set: &Set, name: &str, source: &str) {
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", source])
        .arg(set.path(name))
        .status()
        .unwrap();
    assert!(made.success());
}

/// A button below the number of each animation frame, as a bar code of 16 bits.
const NUMBERS: &str = "<!doctype html><style>body { margin: 0; background: #000 } canvas { display: block } button { position: fixed; left: 360px; top: 220px }</style><canvas width=640 height=60></canvas><button>Press</button><script>
const pen = document.querySelector('canvas').getContext('2d');
let frame = 0;
requestAnimationFrame(function draw() {
  for (let bit = 0; bit < 16; bit++) {
    pen.fillStyle = frame >> bit & 1 ? '#fff' : '#000';
    pen.fillRect(bit * 40, 0, 40, 60);
  }
  frame++;
  requestAnimationFrame(draw);
});
</script>";

/// Under the virtual clock, where a busy machine is never late: every frame of the film has its number.
#[tokio::test]
async fn a_film_is_as_long_as_its_voice_and_steps_begin_at_their_times() {
    let set = Set::new(NUMBERS);
    // It is silent at first, speaks from the first second to the fourth, and is silent until its end.
    made(
        &set,
        "voice.wav",
        "aevalsrc='0.125*sin(2*PI*440*t)*between(t,1,4)':duration=7.5",
    );
    // Shorter than the film: it begins again.
    made(
        &set,
        "music.wav",
        "aevalsrc='0.5*sin(2*PI*880*t)':duration=1.7",
    );
    let steps = "  - { hover: button, at: 2s }\n  - { highlight: button, at: 2100ms, duration: 600ms }\n  - { pause: 100ms, at: 5s }\n";
    let mut order = small(set.storyboard(steps), Look::plain());
    order.clock = Clock::Virtual;
    order.sound = Some(Soundtrack {
        voice: Some(set.path("voice.wav")),
        music: Some(set.path("music.wav")),
        ..Soundtrack::default()
    });
    order.extras = Extras {
        poster: Some(set.path("poster.jpg")),
        sprite: Some(set.path("sprite.png")),
        teaser: Some(set.path("teaser.gif")),
    };
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    assert!(
        (filmed.duration_ms - 7500.0).abs() < 50.0,
        "{}",
        filmed.duration_ms
    );
    assert_eq!(filmed.sound.as_ref().unwrap().codec, "aac");
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
    voice_and_music_are_heard(&set.path("a.mp4"));
    let numbers: Vec<u32> = brightness(&set.path("a.mp4"), (640, 360))
        .iter()
        .map(|frame| number(frame, 640))
        .collect();
    assert_eq!(numbers, (0..225).collect::<Vec<u32>>());
    poster_and_sprite_show_their_times(&set);
    teaser_shows_six_seconds_in_order(&set);
}

/// The voice when it speaks, as loud as it is; the music at a quarter, softer under the voice, and fading in the end.
fn voice_and_music_are_heard(film: &Path) {
    let heard = sound(film);
    let voice = |part| tone_in(&heard, 440.0, part);
    let music = |part| tone_in(&heard, 880.0, part);
    let silent = [voice(0.1..0.9), voice(4.2..7.4)];
    assert!(silent.iter().all(|level| *level < 0.002), "{silent:?}");
    let spoken = [voice(1.1..2.5), voice(2.5..3.9)];
    let as_loud = |level: &f64, wanted: f64| (level / wanted - 1.0).abs() < 0.05;
    assert!(
        spoken.iter().all(|level| as_loud(level, 0.125)),
        "{spoken:?}"
    );
    let alone = [music(0.1..0.9), music(5.2..5.9)];
    assert!(alone.iter().all(|level| as_loud(level, 0.125)), "{alone:?}");
    let below = music(1.5..3.9);
    assert!(below < 0.125 / 2.0 && below > 0.01, "{below}");
    let ends = [music(6.0..6.5), music(6.5..7.0), music(7.0..7.4)];
    assert!(ends.is_sorted_by(|one, next| one > next), "{ends:?}");
    assert!(ends[2] < 0.125 / 4.0, "{ends:?}");
}

/// A quarter of 225 frames is the 56th; each of 20 small pictures stands for eleven frames and a quarter.
fn poster_and_sprite_show_their_times(set: &Set) {
    let poster = brightness(&set.path("poster.jpg"), (640, 360));
    assert_eq!(poster.len(), 1);
    let shown = number(&poster[0], 640);
    assert!((56..=57).contains(&shown), "{shown}");
    let sprite = image::open(set.path("sprite.png")).unwrap().into_luma8();
    let tile = (240, sprite.height() / 4);
    assert_eq!((sprite.width(), tile.1), (5 * 240, 136));
    for index in 0..20 {
        let (x, y) = (index % 5 * tile.0, index / 5 * tile.1);
        let part = image::imageops::crop_imm(&sprite, x, y, tile.0, tile.1);
        let shown = f64::from(number(&part.to_image(), 240));
        let from = f64::from(index) * 11.25;
        assert!(
            (from - 1.0..=from + 11.25).contains(&shown),
            "{index}: {shown}"
        );
    }
}

/// Twelve frames a second for six seconds that end with the film.
fn teaser_shows_six_seconds_in_order(set: &Set) {
    let path = set.path("teaser.gif");
    let said = probed(&path);
    let stream = &said["streams"][0];
    assert_eq!(stream["codec_name"], "gif");
    assert_eq!(
        (&stream["width"], &stream["height"]),
        (&480.into(), &270.into())
    );
    let duration: f64 = said["format"]["duration"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((duration - 6.0).abs() < 0.05, "{duration}");
    let frames = brightness(&path, (480, 270));
    assert_eq!(frames.len(), 72);
    for (index, frame) in frames.iter().enumerate() {
        // From the 45th frame on, in steps of two and a half.
        let wanted = 45.0 + index as f64 * 2.5;
        let shown = f64::from(number(frame, 480));
        assert!((shown - wanted).abs() <= 2.5, "{index}: {shown}");
    }
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
