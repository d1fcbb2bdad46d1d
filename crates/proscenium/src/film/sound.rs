//! What is heard under a film: what its storyboard says, or the options.

use std::path::{Path, PathBuf};

use video::Soundtrack;

/// The options for sounds, of the commands that make films.
#[derive(clap::Args)]
pub(crate) struct SoundArgs {
    /// A file with somebody who speaks; a film of a page is at least as long.
    #[arg(long, value_name = "PATH")]
    voice_over: Option<PathBuf>,
    /// A file with music: below the voice, as long as the film.
    #[arg(long, value_name = "PATH")]
    music: Option<PathBuf>,
    /// From 0 to 1.
    #[arg(long, value_name = "VOLUME")]
    music_volume: Option<f64>,
}

impl SoundArgs {
    /// What they say.
    pub(crate) fn track(&self) -> Soundtrack {
        let usual = Soundtrack::default();
        Soundtrack {
            voice: self.voice_over.clone(),
            music: self.music.clone(),
            music_volume: self.music_volume.unwrap_or(usual.music_volume),
            ..usual
        }
    }

    /// Whether any of them is given.
    pub(crate) fn is_given(&self) -> bool {
        self.voice_over.is_some() || self.music.is_some() || self.music_volume.is_some()
    }
}

/// Paths of a storyboard are seen from its own folder; options count more than it.
pub(crate) fn sound(
    script: &str,
    written: Option<Soundtrack>,
    asked: Soundtrack,
) -> anyhow::Result<Option<Soundtrack>> {
    let sound = if asked.is_empty() {
        let folder = Path::new(script).parent().unwrap_or_else(|| Path::new(""));
        written.map(|written| written.seen_from(folder))
    } else {
        Some(asked)
    };
    if let Some(Err(problem)) = sound.as_ref().map(Soundtrack::check) {
        anyhow::bail!("--music-volume: {problem}");
    }
    Ok(sound.filter(|sound| !sound.is_empty()))
}
