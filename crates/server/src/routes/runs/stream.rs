//! `GET /api/v1/runs/{id}/events/stream`

use crate::error::{ApiError, Failure};
use axum::response::Response;

/// What happens in a run, as server-sent events; resumes with `Last-Event-ID` and ends with the run.
#[utoipa::path(
    get,
    path = "/runs/{id}/events/stream",
    tag = "runs",
    operation_id = "runs_stream",
    params(("id" = uuid::Uuid, Path), ("Last-Event-ID" = Option<i64>, Header, description = "Only events after this sequence number")),
    responses(
        (status = 200, description = "A stream that stays open", body = String, content_type = "text/event-stream"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn stream() -> Result<Response, ApiError> {
    Err(ApiError::not_found("yet"))
}
