//! `POST /api/v1/sessions/{id}/stop`

use crate::api::session::Session;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Ends a session; ending an ended one changes nothing.
#[utoipa::path(
    post,
    path = "/sessions/{id}/stop",
    tag = "sessions",
    operation_id = "sessions_stop",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Session>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn stop() -> Result<Data<Session>, ApiError> {
    Err(ApiError::not_found("yet"))
}
