//! `POST /api/v1/sessions/{id}/screenshot`

use crate::api::artifact::Artifact;
use crate::api::session::TakeScreenshot;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Photographs the active tab.
#[utoipa::path(
    post,
    path = "/sessions/{id}/screenshot",
    tag = "sessions",
    operation_id = "sessions_screenshot",
    params(("id" = uuid::Uuid, Path)),
    request_body = TakeScreenshot,
    responses(
        (status = 201, description = "Done", body = Envelope<Artifact>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn screenshot() -> Result<Created<Artifact>, ApiError> {
    Err(ApiError::not_found("yet"))
}
