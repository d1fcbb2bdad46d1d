//! `GET /api/v1/sessions`

use crate::api::session::Session;
use crate::api::session::SessionFilter;
use crate::envelope::Envelope;
use crate::envelope::Listed;
use crate::envelope::PageQuery;
use crate::error::{ApiError, Failure};

/// Lists sessions, newest first.
#[utoipa::path(
    get,
    path = "/sessions",
    tag = "sessions",
    operation_id = "sessions_list",
    params(SessionFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Session>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list() -> Result<Listed<Session>, ApiError> {
    Err(ApiError::not_found("yet"))
}
