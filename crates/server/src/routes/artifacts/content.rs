//! `GET /api/v1/artifacts/{id}/content`

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use ids::ArtifactId;

use crate::app::App;
use crate::auth::Owner;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::files;

/// The bytes of a stored file; one range at a time.
#[utoipa::path(
    get,
    path = "/artifacts/{id}/content",
    tag = "artifacts",
    operation_id = "artifacts_content",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn content(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<ArtifactId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let artifact = app.store().artifacts().get(id).await?;
    files::answer(app.store(), &(&artifact).into(), &headers).await
}
