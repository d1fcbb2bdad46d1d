//! A site for a test, and what a film is by ffprobe and ffmpeg.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use browser::Progress;
use image::RgbImage;
use serde_json::Value;
use tempfile::TempDir;
use video::{FilmError, FilmOrder, Filmed, Look, Preset, Script, Setup, Storyboard, film};

/// A folder for films, and a site on loopback that has one page for every address.
pub(crate) struct Set {
    pub(crate) folder: TempDir,
    address: SocketAddr,
    /// The addresses that were asked for, in order: "/" for the page itself.
    asked: Arc<Mutex<Vec<String>>>,
}

/// A file of a site, besides its page.
pub(crate) struct SiteFile {
    pub(crate) path: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Whether parts of it are given to those who ask for them.
    pub(crate) has_ranges: bool,
}

impl SiteFile {
    /// The whole answer to a request.
    fn answer(&self, request: &str) -> Vec<u8> {
        let all = self.bytes.len();
        let from = request
            .split("ange: bytes=")
            .nth(1)
            .and_then(|range| range.split('-').next()?.parse::<usize>().ok());
        let head = match from.filter(|from| self.has_ranges && *from < all) {
            Some(from) => format!(
                "206 Partial Content\r\nContent-Range: bytes {from}-{}/{all}\r\nAccept-Ranges: bytes",
                all - 1
            ),
            None => "200 OK".to_owned(),
        };
        let part = &self.bytes[from.filter(|_| self.has_ranges).unwrap_or(0).min(all)..];
        let length = part.len();
        let head = format!(
            "HTTP/1.1 {head}\r\nContent-Type: video/mp4\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
        );
        [head.as_bytes(), part].concat()
    }
}

impl Set {
    pub(crate) fn new(html: &'static str) -> Self {
        Self::with_file(html, None)
    }

    pub(crate) fn with_file(html: &'static str, file: Option<SiteFile>) -> Self {
        let file = Arc::new(file);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                // Browsers open connections ahead of need: one that stays silent must not hold up the others.
                let (kept, file) = (Arc::clone(&kept), Arc::clone(&file));
                std::thread::spawn(move || {
                    let mut request = [0; 4096];
                    let read = stream.read(&mut request).unwrap_or_default();
                    let request = String::from_utf8_lossy(&request[..read]);
                    let path = request.split(' ').nth(1).unwrap_or_default();
                    if let Some(file) = file.as_ref().as_ref().filter(|file| file.path == path) {
                        let _ = stream.write_all(&file.answer(&request));
                        return;
                    }
                    if !path.is_empty() {
                        kept.lock().unwrap().push(path.to_owned());
                    }
                    let length = html.len();
                    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
                    let _ = write!(stream, "{head}\r\nContent-Length: {length}\r\n\r\n{html}");
                });
            }
        });
        Self {
            folder: tempfile::tempdir().unwrap(),
            address,
            asked,
        }
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A storyboard for the site, of steps in YAML.
    pub(crate) fn storyboard(&self, steps: &str) -> Storyboard {
        let text = format!("url: {}\nsteps:\n{steps}", self.url());
        Storyboard::parse(&text).unwrap()
    }

    pub(crate) async fn film(&self, order: &FilmOrder, name: &str) -> Result<Filmed, FilmError> {
        let progress = Progress::with_timeout(Duration::from_secs(120));
        film(&progress, order, &self.path(name), |_| {}).await
    }

    /// The names of everything that is in the folder, hidden files too.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names.collect()
    }
}

/// An order for a small film, which every machine can make.
pub(crate) fn small(storyboard: Storyboard, look: Look) -> FilmOrder {
    let mut order = FilmOrder::new(Script::Storyboard(storyboard));
    order.setup = Setup {
        width: 640,
        height: 360,
        ..Preset::Medium.setup()
    };
    order.look = look;
    order
}

/// What ffprobe says of a film.
pub(crate) fn probed(path: &Path) -> Value {
    let output = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-count_packets",
            "-show_streams",
            "-show_format",
            "-show_chapters",
            "-of",
            "json",
        ])
        .arg(path)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// So many pixels of every frame of a film, from its upper left corner: one byte of brightness for each.
pub(crate) fn brightness(path: &Path, (width, height): (usize, usize)) -> Vec<Vec<u8>> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-fps_mode", "passthrough", "-vf"])
        .arg(format!("crop={width}:{height}:0:0,format=gray"))
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    let frames = output.stdout.chunks_exact(width * height);
    frames.map(<[u8]>::to_vec).collect()
}

/// The number that a frame says by bars at its upper edge: sixteen bits, the lowest first.
pub(crate) fn number(frame: &[u8], width: usize) -> u32 {
    let bar = width / 16;
    let middle = &frame[bar * width..(bar + 1) * width];
    (0..16)
        .filter(|bit| middle[bit * bar + bar / 2] > 127)
        .map(|bit| 1 << bit)
        .sum()
}

/// The frames of a film that is [`small`].
pub(crate) fn frames(film: &Path) -> Vec<RgbImage> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(film)
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
        .output()
        .unwrap();
    let size = 640 * 360 * 3;
    let frames = output.stdout.chunks_exact(size);
    frames
        .map(|frame| RgbImage::from_raw(640, 360, frame.to_vec()).unwrap())
        .collect()
}

/// Every frame of a film, decoded and made small: so many cells in a row, three bytes each.
pub(crate) fn rows(path: &Path, cells: usize) -> Vec<Vec<[u8; 3]>> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-fps_mode", "passthrough", "-vf"])
        .arg(format!("scale={cells}:1:flags=area,format=rgb24"))
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    let row = |bytes: &[u8]| {
        bytes
            .chunks_exact(3)
            .map(|rgb| [rgb[0], rgb[1], rgb[2]])
            .collect()
    };
    output.stdout.chunks_exact(cells * 3).map(row).collect()
}

/// Samples a second of what [`sound`] gives.
const SAMPLES: f64 = 8000.0;

/// What is heard in a film: one channel, in samples of -1 to 1.
pub(crate) fn sound(path: &Path) -> Vec<f32> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-map", "0:a", "-ac", "1", "-ar", "8000", "-f", "f32le", "-"])
        .output()
        .unwrap();
    let samples = output.stdout.as_chunks::<4>().0.iter();
    samples.map(|&sample| f32::from_le_bytes(sample)).collect()
}

/// How much of one pitch is in a part of a sound (Goertzel's algorithm): 1 is a tone of full scale. `part` is in seconds; whole
/// tenths hold whole waves of tones of whole tens of hertz.
pub(crate) fn tone_in(sound: &[f32], pitch: f64, part: std::ops::Range<f64>) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sounds of seconds"
    )]
    let at = |seconds: f64| (seconds * SAMPLES).round() as usize;
    let part = &sound[at(part.start)..at(part.end)];
    let turn = std::f64::consts::TAU * pitch / SAMPLES;
    let (mut last, mut before) = (0.0, 0.0);
    for sample in part {
        let next = f64::from(*sample) + 2.0 * turn.cos() * last - before;
        (last, before) = (next, last);
    }
    let power = last * last + before * before - 2.0 * turn.cos() * last * before;
    power.max(0.0).sqrt() * 2.0 / part.len() as f64
}

/// Kills a browser that this process has started: of several the `--oldest` or the `--newest`.
pub(crate) fn kill_browser(which: &str) {
    let own = std::process::id().to_string();
    kill_all(&pids(&[which, "-P", &own, "chrom"]));
}

/// Kills what draws the pages of the browsers that this process has started.
pub(crate) fn kill_pages() {
    let own = std::process::id().to_string();
    let browsers = pids(&["-P", &own, "chrom"]);
    let pages: Vec<String> = browsers
        .iter()
        .flat_map(|group| pids(&["-g", group, "-f", "type=renderer"]))
        .collect();
    kill_all(&pages);
}

fn pids(arguments: &[&str]) -> Vec<String> {
    let found = Command::new("pgrep").args(arguments).output().unwrap();
    let found = String::from_utf8_lossy(&found.stdout).into_owned();
    found.lines().map(str::to_owned).collect()
}

fn kill_all(pids: &[String]) {
    assert!(!pids.is_empty(), "nothing to kill");
    let killed = Command::new("kill").arg("-KILL").args(pids).status();
    assert!(killed.unwrap().success());
}
