//! `POST /api/v1/sessions/{id}/recording`

use axum::extract::State;
use ids::SessionId;

use crate::api::recording::RecordingSummary;
use crate::api::session::SaveRecording;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::OptionalBody;
use crate::extract::PathId;

/// Saves the recorded steps as a recording.
#[utoipa::path(
    post,
    path = "/sessions/{id}/recording",
    tag = "sessions",
    operation_id = "sessions_save_recording",
    params(("id" = uuid::Uuid, Path)),
    request_body = SaveRecording,
    responses(
        (status = 201, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn save_recording(
    State(app): State<App>,
    owner: Owner,
    PathId(id): PathId<SessionId>,
    OptionalBody(wanted): OptionalBody<SaveRecording>,
) -> Result<Created<RecordingSummary>, ApiError> {
    Ok(Created(
        crate::sessions::save_recording(&app, &owner, id, wanted.name)
            .await?
            .into(),
    ))
}
