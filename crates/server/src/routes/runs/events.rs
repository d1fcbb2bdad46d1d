//! `GET /api/v1/runs/{id}/events`

use crate::api::event::Event;
use crate::api::event::EventFilter;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// What happened in a run, oldest first.
#[utoipa::path(
    get,
    path = "/runs/{id}/events",
    tag = "runs",
    operation_id = "runs_events",
    params(("id" = uuid::Uuid, Path), EventFilter),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Event>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn events() -> Result<Data<Vec<Event>>, ApiError> {
    Err(ApiError::not_found("yet"))
}
