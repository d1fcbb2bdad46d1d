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
            Self::Live | Self::None => "veryfast",
        }
    }
}

/// How the pictures of a film are encoded, for its own encoder and for films that are made of films.
pub(crate) fn encoding(setup: Setup, container: Container, haste: Haste) -> Vec<String> {
    let Setup {
        height, rate, kbps, ..
    } = setup;
    let mut arguments = Vec::new();
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
