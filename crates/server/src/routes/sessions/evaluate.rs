//! `POST /api/v1/sessions/{id}/evaluate`

use crate::api::session::Evaluate;
use crate::api::session::Evaluated;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Performs JavaScript in the active tab.
#[utoipa::path(
    post,
    path = "/sessions/{id}/evaluate",
    tag = "sessions",
    operation_id = "sessions_evaluate",
    params(("id" = uuid::Uuid, Path)),
    request_body = Evaluate,
    responses(
        (status = 200, description = "Done", body = Envelope<Evaluated>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn evaluate() -> Result<Data<Evaluated>, ApiError> {
    Err(ApiError::not_found("yet"))
}
