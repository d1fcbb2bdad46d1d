//! `POST /api/v1/sounds`

use axum::body::Body;
use axum::extract::State;
use futures_util::TryStreamExt;
use http::HeaderMap;
use work::{LARGEST_SOUND, SoundError};

use crate::api::sound::{Sound, SoundName};
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Created, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::{QueryOf, announced};

/// Takes a sound for films, as the body itself: MP3, WAV, FLAC, Ogg, AAC, or the sound of a film.
#[utoipa::path(
    post,
    path = "/sounds",
    tag = "sounds",
    operation_id = "sounds_create",
    params(SoundName),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 201, description = "Done", body = Envelope<Sound>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    owner: Owner,
    QueryOf(SoundName { name }): QueryOf<SoundName>,
    headers: HeaderMap,
    // Not a form: what reads forms takes all into memory that arrives faster than it is written.
    body: Body,
) -> Result<Created<Sound>, ApiError> {
    if announced(&headers).is_some_and(|size| size > LARGEST_SOUND) {
        // Nobody has to send it all to hear this.
        return Err(SoundError::TooLarge.into());
    }
    let content = body.into_data_stream().map_err(std::io::Error::other);
    let user = Some(owner.user.id);
    let kept = work::keep_sound(app.store(), user, &name, content).await?;
    Ok(Created(kept.into()))
}
