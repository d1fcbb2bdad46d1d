//! `GET /api/v1/recordings/{id}/document.json`

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;
use ids::RecordingId;

use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Downloads the document as JSON.
#[utoipa::path(
    get,
    path = "/recordings/{id}/document.json",
    tag = "recordings",
    operation_id = "recordings_document_json",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/json"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn document_json(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RecordingId>,
) -> Result<Response, ApiError> {
    let (summary, document) = documents::load(app.store(), id).await?;
    let text = document
        .to_json_pretty()
        .map_err(|error| ApiError::internal(&error))?;
    Ok((
        documents::download(&summary.name, "json", "application/json"),
        text,
    )
        .into_response())
}
