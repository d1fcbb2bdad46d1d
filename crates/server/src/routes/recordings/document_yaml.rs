//! `GET /api/v1/recordings/{id}/document.yaml`

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;
use ids::RecordingId;

use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Downloads the document as YAML.
#[utoipa::path(
    get,
    path = "/recordings/{id}/document.yaml",
    tag = "recordings",
    operation_id = "recordings_document_yaml",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/yaml"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn document_yaml(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RecordingId>,
) -> Result<Response, ApiError> {
    let (summary, document) = documents::load(app.store(), id).await?;
    let text = document
        .to_yaml()
        .map_err(|error| ApiError::internal(&error))?;
    Ok((
        documents::download(&summary.name, "yaml", "application/yaml"),
        text,
    )
        .into_response())
}
