//! Sound under a film: a voice, music below it. Both are files; ffmpeg mixes them.

mod mix;

use std::path::{Path, PathBuf};
use std::time::Duration;

use browser::Progress;
use serde::{Deserialize, Serialize};

pub(crate) use mix::{COMMON, Mix, coding};

use crate::error::RenderError;
use crate::label;

/// How loud music is when nothing is said: a quarter, about 12 dB below the voice.
const MUSIC_VOLUME: f64 = 0.25;

/// What is heard under a film. Paths; who lets others name them says which they may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Soundtrack {
    /// Somebody who speaks. The film is at least as long as that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<PathBuf>,
    /// Music, from its beginning as often as the film needs it; softer while the voice speaks, and faded out at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub music: Option<PathBuf>,
    /// From 0 to 1.
    #[serde(default = "music_volume")]
    pub music_volume: f64,
    /// What the page itself plays is heard too. Of films in real time only, and where PulseAudio is installed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub page: bool,
}

fn music_volume() -> f64 {
    MUSIC_VOLUME
}

impl Default for Soundtrack {
    fn default() -> Self {
        Self {
            voice: None,
            music: None,
            music_volume: MUSIC_VOLUME,
            page: false,
        }
    }
}

impl Soundtrack {
    /// Whether nothing is heard.
    pub fn is_empty(&self) -> bool {
        self.voice.is_none() && self.music.is_none() && !self.page
    }

    /// Whether files are heard.
    pub(crate) fn has_files(&self) -> bool {
        self.voice.is_some() || self.music.is_some()
    }

    /// With paths as they are seen from `folder`.
    #[must_use]
    pub fn seen_from(mut self, folder: &Path) -> Self {
        for path in [&mut self.voice, &mut self.music].into_iter().flatten() {
            *path = folder.join(&*path);
        }
        self
    }

    /// Whether the volume is one.
    ///
    /// # Errors
    /// Says what volumes are.
    pub fn check(&self) -> Result<(), String> {
        if (0.0..=1.0).contains(&self.music_volume) {
            return Ok(());
        }
        Err(format!(
            "a volume is a number from 0 to 1, not {}",
            self.music_volume
        ))
    }

    /// Looks whether the files are sounds. The answer is how long the voice is, in seconds.
    pub(crate) async fn open(&self, progress: &Progress) -> Result<Option<f64>, RenderError> {
        let mut speaks = None;
        for (path, is_voice) in [(&self.voice, true), (&self.music, false)] {
            let Some(path) = path else { continue };
            let sound = read_sound(progress, path).await?;
            if is_voice {
                speaks = Some(sound.duration.as_secs_f64());
            }
        }
        Ok(speaks)
    }
}

/// A file that holds a sound, as the file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundFile {
    /// How the sound is kept: "mp3", "flac".
    pub codec: String,
    /// How long it is.
    pub duration: Duration,
}

/// Looks whether a file is a sound that films can have.
///
/// # Errors
/// [`RenderError::NoSound`] when it is none; else why it could not be looked at.
pub async fn read_sound(progress: &Progress, path: &Path) -> Result<SoundFile, RenderError> {
    let silent = |why: &str| RenderError::NoSound {
        path: path.to_owned(),
        why: why.to_owned(),
    };
    let sound = match label::read_sound(progress, path).await {
        Ok(sound) => sound.ok_or_else(|| silent("it holds no sound"))?,
        Err(RenderError::Encoder { said }) => return Err(silent(&said)),
        Err(error) => return Err(error),
    };
    let duration = Duration::try_from_secs_f64(sound.duration).unwrap_or_default();
    if duration.is_zero() {
        return Err(silent("it does not say how long it is"));
    }
    Ok(SoundFile {
        codec: sound.codec,
        duration,
    })
}
