//! The encoder of a film: raw frames in through its standard input while the script still runs.

use std::ffi::OsString;
use std::path::Path;

use browser::{Interrupted, Progress};
use bytes::Bytes;
use tempfile::NamedTempFile;
use tokio::sync::mpsc;

use crate::draft;
use crate::encode::Process;
use crate::film::error::FilmError;
use crate::film::order::{Container, Setup};

/// Bytes of frames that may wait for the encoder.
const AHEAD: u64 = 64 << 20;

/// A running ffmpeg and the file that it writes, which gets its chapters and its head at the end.
pub(crate) struct Encoder {
    process: Process,
    raw: NamedTempFile,
}

impl Encoder {
    /// Starts; frames of RGBA go into the sender, and its end is theirs.
    pub(crate) fn start(
        setup: Setup,
        container: Container,
        haste: Haste,
        target: &Path,
    ) -> Result<(Self, mpsc::Sender<Bytes>), FilmError> {
        let raw = draft::hidden_beside(target)?;
        let frame = u64::from(setup.width) * u64::from(setup.height) * 4;
        let ahead = usize::try_from((AHEAD / frame).clamp(1, 16)).unwrap_or(1);
        let (sender, receiver) = mpsc::channel(ahead);
        let arguments = arguments(setup, container, haste).into_iter();
        let arguments = arguments.map(OsString::from);
        let process = Process::start(arguments.chain([raw.path().into()]), receiver)?;
        Ok((Self { process, raw }, sender))
    }

    pub(crate) fn pid(&self) -> Option<u32> {
        self.process.pid()
    }

    /// Waits until the last frame is in the file.
    pub(crate) async fn finish(mut self, progress: &Progress) -> Result<NamedTempFile, FilmError> {
        match progress.race("encoding", self.process.ended()).await {
            Ok(encoded) => encoded?,
            Err(Interrupted::Cancelled { .. }) => return Err(FilmError::Cancelled),
            Err(late) => return Err(FilmError::browser("encoding", late.into())),
        }
        Ok(self.raw)
    }
}

fn arguments(setup: Setup, container: Container, haste: Haste) -> Vec<String> {
    let Setup {
        width,
        height,
        rate,
        ..
    } = setup;
    let mut arguments = words(&[
        "-hide_banner",
        "-nostdin",
        "-loglevel",
        "error",
        "-f",
        "rawvideo",
        "-pixel_format",
        "rgba",
    ]);
    arguments.extend(["-video_size".into(), format!("{width}x{height}")]);
    arguments.extend(["-framerate".into(), rate.to_string()]);
    arguments.extend(words(&["-i", "pipe:0", "-an"]));
    // Screens show RGB; films are kept in the colours of television, and say so.
    arguments.extend(words(&[
        "-vf",
        "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
    ]));
    arguments.extend(encoding(setup, container, haste));
    let muxer = match container {
        Container::Mp4 => "mp4",
        Container::Webm => "webm",
    };
    arguments.extend(words(&["-f", muxer, "-y"]));
    arguments
}

/// Whether frames come in their own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Haste {
    /// They do, from a browser that has to draw them on the same machine.
    Live,
    /// They wait for the encoder.
    None,
    /// They wait for the encoder, and the same frames give the same bytes, on any number of cores.
    Repeatable,
}

/// A machine with so many cores cannot draw a page and search for the best way to encode it, both in time.
const FEW_CORES: usize = 2;

impl Haste {
    /// How thoroughly x264 searches. 4K is only ever done with the fastest search.
    fn preset(self, height: u32) -> &'static str {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        match self {
            _ if height > 1440 => "ultrafast",
            Self::Live if cores <= FEW_CORES && height > 720 => "superfast",
            Self::Live | Self::None | Self::Repeatable => "veryfast",
        }
    }
}

/// x264 lets a film of a few seconds take half as much again as it may. With a third of its usual patience it is hardly ever
/// more than a tenth after five seconds; with less, the first second of a film would be blurred for the sake of the others.
const RATE_TOLERANCE: &str = "ratetol=0.3";

/// How the pictures of a film are encoded, for its own encoder and for films that are made of films.
pub(crate) fn encoding(setup: Setup, container: Container, haste: Haste) -> Vec<String> {
    let Setup {
        height, rate, kbps, ..
    } = setup;
    let mut arguments = Vec::new();
    // With a limit for the peaks, x264 asks how far the frames beside it have come: on several threads, that is chance.
    if haste == Haste::Repeatable {
        arguments.extend(words(&["-threads", "1"]));
    }
    arguments.extend(["-b:v".into(), format!("{kbps}k")]);
    // Moments with much motion may take half as much again; the buffer evens out two seconds.
    arguments.extend(["-maxrate".into(), format!("{}k", kbps + kbps / 2)]);
    arguments.extend(["-bufsize".into(), format!("{}k", kbps * 2)]);
    // A player can seek to every second second.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rate is at most 120"
    )]
    let group = (rate.per_second() * 2.0).ceil() as u32;
    arguments.extend(["-g".into(), group.to_string()]);
    arguments.extend(match container {
        Container::Mp4 => words(&[
            "-c:v",
            "libx264",
            "-preset",
            haste.preset(height),
            "-profile:v",
            if height > 1440 { "main" } else { "high" },
            "-x264-params",
            RATE_TOLERANCE,
        ]),
        Container::Webm => words(&[
            "-c:v",
            "libvpx-vp9",
            "-deadline",
            "realtime",
            "-cpu-used",
            "8",
            "-row-mt",
            "1",
            "-tile-columns",
            "2",
        ]),
    });
    arguments.extend(words(&[
        "-colorspace",
        "bt709",
        "-color_primaries",
        "bt709",
        "-color_trc",
        "bt709",
        "-color_range",
        "tv",
    ]));
    arguments
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::film::order::Preset;

    /// Shorter films are still finding their rate.
    const SECONDS: f64 = 3.0;

    /// The noise: squares, so many across and down.
    const GRID: (usize, usize) = (160, 90);

    /// What a film of noise takes, as a share of what its preset says. Each frame has other greys, and so is as hard as the one
    /// before.
    fn share(preset: Preset) -> f64 {
        let setup = preset.setup();
        // All their pixels take two cores half a minute; encoder, settings and rate are the same with fewer.
        let shrunk = match preset {
            _ if std::env::var_os("PROSCENIUM_TEST_4K").is_some() => 1,
            Preset::Ultra => 4,
            _ => 2,
        };
        let folder = tempfile::tempdir().unwrap();
        let [noise, film] = ["noise.raw", "film.mp4"].map(|name| folder.path().join(name));
        let frames = (SECONDS * setup.rate.per_second()) as usize;
        let mut chance = fastrand::Rng::with_seed(7);
        let bytes: Vec<u8> = (0..frames * GRID.0 * GRID.1)
            .map(|_| chance.u8(..))
            .collect();
        std::fs::write(&noise, bytes).unwrap();
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "rawvideo", "-pixel_format", "gray"])
            .args(["-video_size", &format!("{}x{}", GRID.0, GRID.1)])
            .args(["-framerate", &setup.rate.to_string(), "-i"])
            .arg(&noise)
            .arg("-vf")
            .arg(format!(
                "scale={}:{}:flags=neighbor,format=yuv420p",
                setup.width / shrunk,
                setup.height / shrunk
            ))
            .args(encoding(setup, Container::Mp4, Haste::Live))
            .arg(&film)
            .status();
        assert!(made.unwrap().success());
        let bits = std::fs::metadata(&film).unwrap().len() as f64 * 8.0;
        bits / SECONDS / (f64::from(setup.kbps) * 1000.0)
    }

    /// A word that turns and noise, encoded by several at once, as on a machine that is too busy.
    #[test]
    fn the_same_frames_give_the_same_bytes_however_busy_the_machine_is() {
        const AT_ONCE: usize = 8;
        let folder = tempfile::tempdir().unwrap();
        let setup = Setup {
            width: 640,
            height: 360,
            ..Preset::Low.setup()
        };
        for container in [Container::Mp4, Container::Webm] {
            let files: Vec<_> = (0..AT_ONCE)
                .map(|nth| folder.path().join(format!("{container:?}-{nth}.mkv")))
                .collect();
            let encoders: Vec<_> = files
                .iter()
                .map(|file| {
                    Command::new("ffmpeg")
                        .args(["-v", "error", "-nostdin", "-f", "lavfi", "-i"])
                        .arg("testsrc2=size=640x360:rate=24:duration=1,noise=alls=30:allf=t:all_seed=7")
                        .args(["-pix_fmt", "yuv420p"])
                        .args(encoding(setup, container, Haste::Repeatable))
                        .args(["-fflags", "+bitexact"])
                        .arg(file)
                        .spawn()
                        .unwrap()
                })
                .collect();
            for mut encoder in encoders {
                assert!(encoder.wait().unwrap().success());
            }
            let mut bytes = files.iter().map(|file| std::fs::read(file).unwrap());
            let first = bytes.next().unwrap();
            let others = bytes.filter(|other| *other != first).count();
            assert_eq!(others, 0, "of {AT_ONCE} files of {container:?}");
        }
    }

    #[test]
    fn what_needs_all_the_bits_of_a_preset_gets_them_and_no_more() {
        for preset in Preset::ALL {
            let share = share(preset);
            assert!((0.9..=1.1).contains(&share), "{}: {share}", preset.name());
        }
    }
}
