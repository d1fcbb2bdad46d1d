//! What the page plays, kept while it is filmed.

mod timeline;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use browser::{BrowserError, Engine, Loudspeaker, LoudspeakerSound, Progress};
use bytes::Bytes;
use tempfile::NamedTempFile;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::draft;
use crate::encode::Process;
use crate::film::error::FilmError;
use crate::film::notes::Start;
use timeline::Timeline;

/// Pieces of sound that may wait to be kept. What waits longer waits in the loudspeaker.
const AHEAD: usize = 64;

/// Bytes of a sample, of all channels.
const SAMPLE: usize = 4;

/// A sample of less than this nobody hears: 66 dB below full scale.
const AUDIBLE: u16 = 16;

/// Listens to a browser from before it starts.
pub(crate) struct Hearing {
    loudspeaker: Loudspeaker,
    stop: CancellationToken,
    listening: AbortOnDropHandle<std::io::Result<Kept>>,
    keeping: Process,
    file: NamedTempFile,
}

/// What was kept while somebody listened.
struct Kept {
    timeline: Timeline,
    /// When something could be heard at last.
    audible: Option<Instant>,
    /// Whether there was a server to the end.
    is_whole: bool,
}

/// What the page played.
pub(crate) struct PageSound {
    file: NamedTempFile,
    /// How much of it is before the film.
    pub(crate) before: Duration,
    /// Whether the film has anything of it that can be heard.
    pub(crate) is_audible: bool,
}

impl PageSound {
    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }
}

impl Hearing {
    /// Begins to listen. What is heard is kept beside the target, compressed without loss.
    pub(crate) async fn start(progress: &Progress, target: &Path) -> Result<Self, FilmError> {
        let (loudspeaker, sound) = match Loudspeaker::start(progress).await {
            Ok(started) => started,
            Err(BrowserError::NoSoundServer) => return Err(FilmError::NoSoundServer),
            Err(error) => return Err(FilmError::browser("starting the loudspeaker", error)),
        };
        let file = draft::hidden_beside(target)?;
        let (pieces, taken) = mpsc::channel(AHEAD);
        let arguments = arguments().into_iter().chain([file.path().into()]);
        let keeping = Process::start(arguments, taken)?;
        let stop = CancellationToken::new();
        let listening = tokio::spawn(listen(sound, pieces, stop.clone()));
        Ok(Self {
            loudspeaker,
            stop,
            listening: AbortOnDropHandle::new(listening),
            keeping,
            file,
        })
    }

    /// Where the browser finds its loudspeaker.
    pub(crate) fn socket(&self) -> PathBuf {
        self.loudspeaker.socket()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.loudspeaker.pid()
    }

    /// Ends with the film; what was heard before its start is not in it.
    pub(crate) async fn finish(
        mut self,
        progress: &Progress,
        start: Start,
        engine: Engine,
    ) -> Result<PageSound, FilmError> {
        self.stop.cancel();
        let trouble = |source| FilmError::file("listening to", "the page", source);
        let stopped = progress.race("listening to the page", &mut self.listening);
        let kept = match stopped.await {
            Ok(Ok(kept)) => kept.map_err(trouble)?,
            Ok(Err(task)) => return Err(FilmError::Performance(Box::new(task))),
            // An encoder that takes nothing any more.
            Err(why) => return Err(FilmError::browser("listening to the page", why.into())),
        };
        let kept_all = progress
            .race("keeping the sound", self.keeping.ended())
            .await;
        kept_all.map_err(|why| FilmError::browser("keeping the sound", why.into()))??;
        let before = kept.timeline.before(start.0).filter(|_| kept.is_whole);
        let before = before.ok_or(FilmError::Unheard)?;
        Ok(PageSound {
            file: self.file,
            before: with_picture(before, engine),
            is_audible: kept.audible.is_some_and(|last| last >= start.0),
        })
    }
}

/// How much is before the film when so much was heard before it: what is heard and what is seen do not take the same
/// time. Measured with a page that flashes and sounds at once (`film heard::`); Firefox's pictures are the slow ones.
fn with_picture(before: Duration, engine: Engine) -> Duration {
    match engine {
        Engine::Chromium => before + Duration::from_millis(20),
        Engine::Firefox => before.saturating_sub(Duration::from_millis(40)),
        Engine::WebKit => before,
    }
}

async fn listen(
    mut sound: LoudspeakerSound,
    pieces: mpsc::Sender<Bytes>,
    stop: CancellationToken,
) -> std::io::Result<Kept> {
    let mut kept = Kept {
        timeline: Timeline::default(),
        audible: None,
        is_whole: true,
    };
    loop {
        let piece = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            piece = sound.read() => piece?,
        };
        let Some(piece) = piece else {
            kept.is_whole = false;
            break;
        };
        let now = Instant::now();
        let samples = piece.len() / SAMPLE;
        if is_audible(&piece) {
            kept.audible = Some(now);
        }
        let lost = kept.timeline.arrived(now, samples as u64);
        // An encoder that has ended says why when it is waited for.
        let _ = pieces.send(piece).await;
        if lost > 0 {
            tracing::warn!(
                samples = lost,
                "sound of the page was lost; the film is silent for as long"
            );
            let silence = usize::try_from(lost)
                .unwrap_or(usize::MAX)
                .saturating_mul(SAMPLE);
            let _ = pieces.send(vec![0; silence].into()).await;
        }
    }
    Ok(kept)
}

fn is_audible(piece: &[u8]) -> bool {
    let (samples, _) = piece.as_chunks::<2>();
    samples
        .iter()
        .any(|&sample| i16::from_le_bytes(sample).unsigned_abs() >= AUDIBLE)
}

fn arguments() -> Vec<OsString> {
    let rate = Loudspeaker::RATE.to_string();
    let channels = Loudspeaker::CHANNELS.to_string();
    let arguments = [
        "-hide_banner",
        "-nostdin",
        "-loglevel",
        "error",
        "-f",
        "s16le",
        "-ar",
        &rate,
        "-ac",
        &channels,
    ];
    let output = [
        "-i",
        "pipe:0",
        "-c:a",
        "flac",
        "-compression_level",
        "0",
        "-f",
        "flac",
        "-y",
    ];
    arguments
        .into_iter()
        .chain(output)
        .map(OsString::from)
        .collect()
}
