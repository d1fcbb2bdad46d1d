//! `POST /api/v1/sessions`

use crate::api::session::CreateSession;
use crate::api::session::Session;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Starts a live session.
#[utoipa::path(
    post,
    path = "/sessions",
    tag = "sessions",
    operation_id = "sessions_create",
    request_body = CreateSession,
    responses(
        (status = 201, description = "Done", body = Envelope<Session>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create() -> Result<Created<Session>, ApiError> {
    Err(ApiError::not_found("yet"))
}
