//! What ffmpeg is told about sounds.

use std::ffi::OsString;
use std::fmt::Write as _;

use crate::film::Container;
use crate::label::{PLAIN_FILES, file};
use crate::sound::Soundtrack;

/// Seconds for which music fades out at the film's end.
const FADE: f64 = 1.5;

/// What all sounds are brought to before they are mixed.
pub(crate) const COMMON: &str = "aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo";

/// Music gives way while the voice is louder than this, as a share of full scale, …
const DUCK_ABOVE: f64 = 0.02;
/// … by this ratio, quickly, and comes back within less than a second.
const DUCK: &str = "ratio=6:attack=30:release=700";

/// Sounds that become one, as long as the film.
pub(crate) struct Mix {
    /// Arguments that open the files.
    pub(crate) inputs: Vec<OsString>,
    /// How many files these are.
    pub(crate) files: usize,
    /// A filter graph whose output is `[sound]`.
    pub(crate) graph: String,
}

impl Mix {
    /// `first` is the number of the first file among ffmpeg's inputs, `seconds` the film's length. `own` is a pad of the
    /// graph with the film's own sound, which a voice lies over.
    pub(crate) fn new(track: &Soundtrack, first: usize, seconds: f64, own: Option<&str>) -> Self {
        let mut inputs = Vec::new();
        let mut graph = String::new();
        let mut next = first;
        let mut pads: Vec<&str> = own.into_iter().collect();
        let cut = format!("apad,atrim=0:{seconds:.6},asetpts=PTS-STARTPTS");
        let has_voice = track.voice.is_some();
        if let Some(voice) = &track.voice {
            inputs.extend(PLAIN_FILES.map(Into::into));
            inputs.extend(["-i".into(), file(voice)]);
            let split = match track.music {
                Some(_) => "asplit[voice][heard]",
                None => "anull[voice]",
            };
            let _ = write!(graph, "[{next}:a:0]{COMMON},{cut},{split};");
            pads.push("[voice]");
            next += 1;
        }
        if let Some(music) = &track.music {
            inputs.extend(["-stream_loop", "-1"].map(Into::into));
            inputs.extend(PLAIN_FILES.map(Into::into));
            inputs.extend(["-i".into(), file(music)]);
            let volume = track.music_volume;
            let (ducked, begin) = (
                if has_voice { "[loud]" } else { "[music]" },
                (seconds - FADE).max(0.0),
            );
            let _ = write!(
                graph,
                "[{next}:a:0]{COMMON},volume={volume:.4},{cut},afade=t=out:st={begin:.6}:d={FADE}{ducked};"
            );
            if has_voice {
                let _ = write!(
                    graph,
                    "[loud][heard]sidechaincompress=threshold={DUCK_ABOVE}:{DUCK}[music];"
                );
            }
            pads.push("[music]");
        }
        let count = pads.len();
        for pad in pads {
            graph += pad;
        }
        let _ = match count {
            1 => write!(graph, "anull[sound]"),
            // No sound is made softer because there is another; a limiter keeps the sum below full scale.
            _ => write!(
                graph,
                "amix=inputs={count}:duration=longest:normalize=0,alimiter=level=0,atrim=0:{seconds:.6}[sound]"
            ),
        };
        let files = usize::from(has_voice) + usize::from(track.music.is_some());
        Self {
            inputs,
            files,
            graph,
        }
    }
}

/// How sound is kept in a film: what browsers and players of each kind of file expect.
pub(crate) fn coding(container: Container) -> [&'static str; 4] {
    match container {
        Container::Mp4 => ["-c:a", "aac", "-b:a", "160k"],
        Container::Webm => ["-c:a", "libopus", "-b:a", "128k"],
    }
}
