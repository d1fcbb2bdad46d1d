//! Films to work with, and what is seen and heard in one at a time.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use browser::Progress;
use tempfile::TempDir;
use video::{Container, Edit, EditError, EditOrder, Edited, Extras, Soundtrack, edit as make};

pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a file with ffmpeg's own sources.
    pub(crate) fn made(&self, name: &str, arguments: &[&str]) -> &Self {
        let output = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin"])
            .args(arguments)
            .arg("-y")
            .arg(self.path(name))
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        self
    }

    /// A film of one colour, 320 × 180 at 30 a second.
    pub(crate) fn colour(&self, name: &str, colour: &str, seconds: u32) -> &Self {
        let source = format!("color={colour}:s=320x180:r=30:d={seconds}");
        self.made(name, &["-f", "lavfi", "-i", &source, "-pix_fmt", "yuv420p"])
    }

    /// A tone that lasts so many seconds.
    pub(crate) fn tone(&self, name: &str, pitch: u32, seconds: u32) -> &Self {
        let source = format!("sine=frequency={pitch}:duration={seconds}");
        self.made(name, &["-f", "lavfi", "-i", &source])
    }

    pub(crate) fn order(&self, text: &str) -> EditOrder {
        let edit = Edit::parse(text).unwrap();
        EditOrder {
            films: edit
                .clips
                .iter()
                .map(|clip| self.path(&clip.film))
                .collect(),
            pictures: edit
                .overlays
                .iter()
                .filter_map(|overlay| Some(self.path(overlay.picture.as_ref()?)))
                .collect(),
            sound: edit
                .sound
                .clone()
                .map(|sound: Soundtrack| sound.seen_from(self.folder.path())),
            edit,
            container: Container::Mp4,
            extras: Extras::default(),
            time_limit: Duration::from_secs(100),
            executable: None,
        }
    }

    pub(crate) async fn edit(&self, text: &str, name: &str) -> Result<Edited, EditError> {
        self.perform(&self.order(text), name).await
    }

    pub(crate) async fn perform(&self, order: &EditOrder, name: &str) -> Result<Edited, EditError> {
        let progress = Progress::with_timeout(Duration::from_secs(120));
        make(&progress, order, &self.path(name), |_| {}).await
    }

    /// The names of everything that is in the folder, hidden files too, in order.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

/// Cells in a row of a frame that are looked at.
const CELLS: usize = 4;

/// Every frame of a film: four cells from left to right, three bytes each.
pub(crate) fn frames(path: &Path) -> Vec<[[u8; 3]; CELLS]> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-fps_mode", "passthrough", "-vf"])
        .arg(format!("scale={CELLS}:1:flags=area,format=rgb24"))
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    let rows = output.stdout.chunks_exact(CELLS * 3);
    rows.map(|row| std::array::from_fn(|cell| std::array::from_fn(|byte| row[cell * 3 + byte])))
        .collect()
}

/// Which colour a cell has most of.
pub(crate) fn name([red, green, blue]: [u8; 3]) -> &'static str {
    match (red > 90, green > 90, blue > 90) {
        (true, false, false) => "red",
        (false, true, false) => "green",
        (false, false, true) => "blue",
        (true, false, true) => "purple",
        (false, false, false) => "black",
        _ => "other",
    }
}

/// How loud a part of a film is at a pitch: the mean in decibels.
pub(crate) fn loudness(path: &Path, pitch: u32, (from, seconds): (f64, f64)) -> f64 {
    let filter = format!(
        "bandpass=f={pitch}:width_type=h:w=40,bandpass=f={pitch}:width_type=h:w=40,volumedetect"
    );
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-hide_banner", "-ss", &from.to_string()])
        .args(["-t", &seconds.to_string(), "-i"])
        .arg(path)
        .args(["-vn", "-af", &filter])
        .args(["-f", "null", "-"])
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    let mean = words.split("mean_volume: ").nth(1).unwrap();
    mean.split(' ').next().unwrap().parse().unwrap()
}
