//! Videos in pages: each frame of the film shows theirs of the same time.

use std::path::Path;
use std::process::Command;

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::support::{Studio, rows};

/// Frames of the video, 25 a second. Each is lighter than the one before, and the first is black.
const FRAMES: usize = 40;

/// A video of those, as an address that holds it; key frames are rare, as they are in videos.
fn video(studio: &Studio) -> (String, Vec<u8>) {
    let path = studio.path("video.mp4");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i"])
        .arg(format!(
            "color=black:size=64x64:rate=25:duration={},geq=lum='16+N*5':cb=128:cr=128",
            FRAMES as f64 / 25.0
        ))
        .args([
            "-c:v", "libx264", "-g", "20", "-bf", "2", "-pix_fmt", "yuv420p",
        ])
        .arg(&path)
        .status()
        .unwrap();
    assert!(made.success());
    let shown = greys(&path);
    assert_eq!(shown.len(), FRAMES);
    let bytes = BASE64.encode(&std::fs::read(&path).unwrap());
    (format!("data:video/mp4;base64,{bytes}"), shown)
}

/// One grey value for each frame of a film.
fn greys(path: &Path) -> Vec<u8> {
    rows(path, 1).into_iter().map(|row| row[0]).collect()
}

fn job(html: String, frames: usize) -> Value {
    json!({ "type": "html", "html": html, "width": 64, "height": 64, "fps": 25, "output": "mp4", "frames": frames })
}

const STYLE: &str = "<style>body { margin: 0; background: black } video, canvas { display: block; width: 64px; height: 64px }</style>";

fn assert_shows(shown: &[u8], expected: impl Iterator<Item = u8>, what: &str) {
    let expected: Vec<u8> = expected.collect();
    assert_eq!(shown.len(), expected.len(), "{what}");
    for (index, (shown, expected)) in shown.iter().zip(&expected).enumerate() {
        // Half of the way from one frame to the next.
        assert!(
            shown.abs_diff(*expected) <= 2,
            "{what}, frame {index}: {shown} in place of {expected}"
        );
    }
}

#[tokio::test]
async fn a_video_shows_the_frame_of_the_time_and_begins_again_where_it_loops() {
    let studio = Studio::new();
    let (address, frames) = video(&studio);
    let html = format!("{STYLE}<video src=\"{address}\" autoplay muted loop></video>");
    let first = studio.render(job(html.clone(), 60), "a.mp4").await;
    let looped = frames.iter().copied().cycle().take(60);
    assert_shows(&greys(&studio.path("a.mp4")), looped, "looped");
    let second = studio.render(job(html, 60), "b.mp4").await;
    assert_eq!(first.sha256, second.sha256);
    assert_eq!(first.console, []);
}

#[tokio::test]
async fn what_a_script_does_with_a_video_happens_at_the_pages_time() {
    let studio = Studio::new();
    let (address, frames) = video(&studio);
    // Played from a timer, drawn by the frames' callbacks, twice as fast after a while, paused, put elsewhere, and at its end.
    let html = format!(
        "{STYLE}<canvas width=64 height=64></canvas><script>
const video = document.createElement('video');
video.muted = true;
video.src = '{address}';
video.load();
document.body.append(video);
video.hidden = true;
const seen = [];
for (const name of ['play', 'pause', 'ended']) video.addEventListener(name, () => seen.push(`${{name}} ${{performance.now()}}`));
const draw = document.querySelector('canvas').getContext('2d');
const at = (frame, what) => setTimeout(what, frame * 40 - 1);
at(2, () => video.play());
at(6, () => {{ video.playbackRate = 2; }});
at(10, () => video.pause());
at(12, () => {{ video.currentTime = 1.4; video.playbackRate = 1; video.play(); }});
at(19, () => {{
  const text = JSON.stringify([seen, video.ended, video.paused, video.currentTime]);
  const expected = '[[\"play 79\",\"pause 399\",\"play 479\",\"pause 680\",\"ended 680\"],true,true,1.6]';
  if (text !== expected) throw new Error(text);
}});
const frame = () => {{
  if (video.readyState > 1) draw.drawImage(video, 0, 0);
  requestAnimationFrame(frame);
}};
requestAnimationFrame(frame);
</script>"
    );
    let made = studio.render(job(html, 20), "a.mp4").await;
    assert_eq!(made.console, []);
    let played = [
        0, 0, 0, 1, 2, 3, 4, 6, 8, 10, 12, 12, 35, 36, 37, 38, 39, 39, 39, 39,
    ];
    let expected = played.into_iter().map(|frame| frames[frame]);
    assert_shows(
        &greys(&studio.path("a.mp4")),
        expected,
        "played by a script",
    );
}

#[tokio::test]
async fn a_video_that_cannot_be_shown_keeps_nobody_waiting() {
    let studio = Studio::new();
    let html = format!(
        "{STYLE}<video autoplay muted src=\"data:video/mp4;base64,AAAA\"></video>
<video><source src=\"data:video/quicktime;base64,AAAA\" type=\"video/nothing\"></video><video></video>
<div style=\"position: fixed; inset: 0; background: white\"></div>"
    );
    let made = studio.render(job(html, 3), "a.mp4").await;
    assert_eq!(made.frames, 3);
    assert!(greys(&studio.path("a.mp4")).iter().all(|grey| *grey > 250));
}

#[tokio::test]
async fn a_stream_keeps_real_time_and_the_result_says_so() {
    let studio = Studio::new();
    let html = format!(
        "{STYLE}<video autoplay muted></video><canvas width=64 height=64></canvas><script>
const [video, canvas] = [document.querySelector('video'), document.querySelector('canvas')];
canvas.getContext('2d').fillRect(0, 0, 64, 64);
video.srcObject = canvas.captureStream();
video.play().then(() => {{ if (video.paused) throw new Error('it does not play'); }});
</script>"
    );
    let made = studio.try_render(job(html, 3), "a.mp4").await.unwrap();
    let said: Vec<&str> = made.console.iter().map(|said| &*said.text).collect();
    assert_eq!(
        said,
        [
            "A <video> keeps real time, because it is a stream: what it shows may differ from one time to the next"
        ]
    );
}
