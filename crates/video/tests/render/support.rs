//! A renderer for a test, and what a film is by ffprobe and ffmpeg.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use browser::{Graphics, Progress};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use video::{RenderError, RenderJob, Rendered, Renderer};

/// A renderer and a folder for what it makes.
pub(crate) struct Studio {
    renderer: Renderer,
    pub(crate) folder: TempDir,
}

impl Studio {
    pub(crate) fn new() -> Self {
        Self {
            renderer: Renderer::new(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// With what draws.
    pub(crate) fn drawn_with(graphics: Graphics) -> Self {
        Self {
            renderer: Renderer::new().drawn_with(graphics),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) async fn try_render(&self, job: Value, name: &str) -> Result<Rendered, RenderError> {
        let job = self::job(job);
        let progress = Progress::with_timeout(Duration::from_secs(100));
        let target = self.path(name);
        self.renderer
            .render(&progress, &job, &target, &mut |_| {})
            .await
    }

    pub(crate) async fn render(&self, job: Value, name: &str) -> Rendered {
        let rendered = self.try_render(job, name).await.unwrap();
        assert_eq!(rendered.console, [], "{name}");
        rendered
    }

    /// The names of everything that is in the folder, hidden files too.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names.collect()
    }
}

fn fields(job: Value) -> Map<String, Value> {
    match job {
        Value::Object(fields) => fields,
        other => panic!("{other} is no job"),
    }
}

/// A job as the crate reads it.
pub(crate) fn job(job: Value) -> RenderJob {
    RenderJob::from_fields(fields(job)).unwrap()
}

/// A job for a sketch, with more fields.
pub(crate) fn sketch(code: &str, more: Value) -> Value {
    let mut job = json!({ "type": "p5", "code": code, "width": 200, "height": 200 });
    for (name, value) in fields(more) {
        job[name] = value;
    }
    job
}

/// A picture's pixels.
pub(crate) fn pixels(path: &Path) -> image::RgbaImage {
    image::open(path).unwrap().into_rgba8()
}

/// What ffprobe says of a film's pictures and of its file.
pub(crate) fn probed(path: &Path) -> Value {
    let output = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-count_packets",
            "-show_streams",
            "-show_format",
            "-of",
            "json",
        ])
        .arg(path)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Every frame of a film, decoded and made small: a grey value for each cell of a row of `cells`.
pub(crate) fn rows(path: &Path, cells: usize) -> Vec<Vec<u8>> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-fps_mode", "passthrough", "-vf"])
        .arg(format!("scale={cells}:1:flags=area,format=gray"))
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    output.stdout.chunks(cells).map(<[u8]>::to_vec).collect()
}

/// Every frame of a film, decoded and made small: 32 × 24 pixels of three bytes.
pub(crate) fn colours(path: &Path) -> Vec<Vec<u8>> {
    const SIZE: (usize, usize) = (32, 24);
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-fps_mode", "passthrough", "-vf"])
        .arg(format!(
            "scale={}:{}:flags=area,format=rgb24",
            SIZE.0, SIZE.1
        ))
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    let frames = output.stdout.chunks_exact(SIZE.0 * SIZE.1 * 3);
    frames.map(<[u8]>::to_vec).collect()
}

/// Every frame of a film with its transparency; how it is decoded is said in front of it.
pub(crate) fn with_alpha(path: &Path, decoder: &[&str]) -> Vec<image::RgbaImage> {
    let stream = &probed(path)["streams"][0];
    let side = |name: &str| u32::try_from(stream[name].as_u64().unwrap()).unwrap();
    let (width, height) = (side("width"), side("height"));
    let output = Command::new("ffmpeg")
        .args(["-v", "error"])
        .args(decoder)
        .arg("-i")
        .arg(path)
        .args(["-fps_mode", "passthrough", "-pix_fmt", "rgba"])
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    let frames = output.stdout.chunks_exact((width * height * 4) as usize);
    let picture = |bytes: &[u8]| image::RgbaImage::from_raw(width, height, bytes.to_vec());
    frames.map(|frame| picture(frame).unwrap()).collect()
}
