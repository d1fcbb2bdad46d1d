//! What is heard in a film of this studio: sounds that were sent to it, named by their ids where files are named elsewhere.

use std::path::Path;
use std::str::FromStr as _;

use ids::SoundId;
use serde_json::Value;
use store::{Sound, Store, StoreError};
use video::Soundtrack;

use super::desk::FilmAskError;
use super::request::{FilmRequest, WrongOrder};

/// A soundtrack and the field of the order that asks for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Track {
    pub(crate) field: &'static str,
    pub(crate) track: Soundtrack,
}

impl Track {
    /// Refuses the sound of a page where there can be none.
    pub(super) fn must_not_hear_page(&self, why: &str) -> Result<(), WrongOrder> {
        match self.track.page {
            true => Err(WrongOrder::new(format!("{}.page", self.field), why)),
            false => Ok(()),
        }
    }
}

/// The sounds of a track.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sounds {
    pub(crate) voice: Option<Sound>,
    pub(crate) music: Option<Sound>,
}

impl FilmRequest {
    /// What is heard: the order's own `sound` counts more than its script's.
    ///
    /// # Errors
    /// Says which field makes no sense.
    pub(crate) fn track(
        &self,
        script: Option<(&'static str, &Soundtrack)>,
    ) -> Result<Option<Track>, WrongOrder> {
        let own = match &self.sound {
            None | Some(Value::Null) => None,
            Some(value) => Some(read(value)?),
        };
        let track = own.map(|track| Track {
            field: "sound",
            track,
        });
        let of_script = script.map(|(field, track)| Track {
            field,
            track: track.clone(),
        });
        Ok(track.or(of_script).filter(|track| !track.track.is_empty()))
    }
}

fn read(value: &Value) -> Result<Soundtrack, WrongOrder> {
    let track: Soundtrack =
        serde_path_to_error::deserialize(value).map_err(|error| match error.path() {
            path if path.iter().len() == 0 => WrongOrder::new("sound", error.inner().to_string()),
            path => WrongOrder::new(format!("sound.{path}"), error.inner().to_string()),
        })?;
    track
        .check()
        .map_err(|problem| WrongOrder::new("sound.musicVolume", problem))?;
    Ok(track)
}

/// The sounds that a track names; each is there.
pub(crate) async fn sounds_of(
    store: &Store,
    asked: Option<&Track>,
) -> Result<Sounds, FilmAskError> {
    let Some(Track { field, track }) = asked else {
        return Ok(Sounds::default());
    };
    Ok(Sounds {
        voice: one(store, track.voice.as_deref(), format!("{field}.voice")).await?,
        music: one(store, track.music.as_deref(), format!("{field}.music")).await?,
    })
}

async fn one(
    store: &Store,
    named: Option<&Path>,
    field: String,
) -> Result<Option<Sound>, FilmAskError> {
    let Some(named) = named.map(|path| path.to_string_lossy()) else {
        return Ok(None);
    };
    let missing = || {
        let problem = format!(
            "{named:?} is no sound here: a server opens no file by its name; send the sound to /api/v1/sounds and name it by its id"
        );
        FilmAskError::Order(WrongOrder::new(&*field, problem))
    };
    let id = SoundId::from_str(&named).map_err(|_| missing())?;
    match store.sounds().get(id).await {
        Ok(sound) => Ok(Some(sound)),
        Err(StoreError::NotFound { .. }) => Err(missing()),
        Err(error) => Err(error.into()),
    }
}

impl Sounds {
    /// Which ones.
    pub(super) fn ids(&self) -> Vec<SoundId> {
        let both = [&self.voice, &self.music].into_iter().flatten();
        both.map(|sound| sound.id).collect()
    }
}
