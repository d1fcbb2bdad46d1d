//! Sounds that films are given.

use ids::SoundId;
use serde::{Deserialize, Serialize};
use store::Time;
use utoipa::{IntoParams, ToSchema};

/// A sound that films are given by its id: a voice, music.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sound {
    pub(crate) id: SoundId,
    /// The name of the file that was sent.
    pub(crate) name: String,
    /// Read from the file, for example `audio/mpeg`.
    pub(crate) content_type: String,
    /// How the sound is kept in the file, for example `mp3`.
    pub(crate) codec: String,
    /// Milliseconds.
    pub(crate) duration_ms: u64,
    /// Bytes.
    pub(crate) size: u64,
    /// Path of its bytes.
    pub(crate) content: String,
    pub(crate) created_at: Time,
}

/// What a sound is called that is sent.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SoundName {
    /// The name of the file.
    pub(crate) name: String,
}

impl From<store::Sound> for Sound {
    fn from(sound: store::Sound) -> Self {
        Self {
            content: format!("/api/v1/sounds/{}/content", sound.id),
            id: sound.id,
            name: sound.name,
            content_type: sound.content_type,
            codec: sound.codec,
            duration_ms: sound.duration_ms,
            size: sound.size,
            created_at: sound.created_at,
        }
    }
}
