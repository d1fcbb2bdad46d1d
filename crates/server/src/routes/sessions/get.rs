//! `GET /api/v1/sessions/{id}`

use crate::api::session::Session;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// One session.
#[utoipa::path(
    get,
    path = "/sessions/{id}",
    tag = "sessions",
    operation_id = "sessions_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Session>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get() -> Result<Data<Session>, ApiError> {
    Err(ApiError::not_found("yet"))
}
