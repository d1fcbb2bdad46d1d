//! `GET /api/v1/sounds/{id}/content`

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use ids::SoundId;

use crate::app::App;
use crate::auth::Owner;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::files::{self, File, Showing};

/// The bytes of a sound; one range at a time.
#[utoipa::path(
    get,
    path = "/sounds/{id}/content",
    tag = "sounds",
    operation_id = "sounds_content",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn content(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SoundId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let sound = app.store().sounds().get(id).await?;
    let file = File {
        key: &sound.key,
        sha256: &sound.sha256,
        size: sound.size,
        content_type: &sound.content_type,
        name: &sound.name,
        showing: Showing::Inline,
    };
    files::answer(app.store(), &file, &headers).await
}
