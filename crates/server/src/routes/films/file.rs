//! `GET /api/v1/films/{id}/files/{file}`

use axum::extract::{Path, State};
use axum::response::Response;
use http::HeaderMap;
use ids::FilmId;

use crate::api::film::FilmFile;
use crate::app::App;
use crate::auth::Owner;
use crate::error::{ApiError, Failure};
use crate::files::Showing;
use crate::films;

/// One of a film's files: `video`, `poster`, `sprite`, `teaser`, `storyboard`; one range at a time.
#[utoipa::path(
    get,
    path = "/films/{id}/files/{file}",
    tag = "films",
    operation_id = "films_file",
    params(("id" = uuid::Uuid, Path), ("file" = inline(FilmFile), Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn file(
    State(app): State<App>,
    _: Owner,
    path: Result<Path<(FilmId, FilmFile)>, axum::extract::rejection::PathRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Path((id, wanted)) = path.map_err(|_| ApiError::not_found("file"))?;
    let film = app.store().films().get(id).await?;
    let showing = match wanted {
        FilmFile::Storyboard => Showing::Saved,
        _ => Showing::Inline,
    };
    films::file(&app, &film, wanted, (&headers, showing)).await
}
