//! `PATCH /api/v1/recordings/{id}`

use axum::extract::State;
use ids::RecordingId;

use crate::api::recording::RecordingSummary;
use crate::api::recording::RenameRecording;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::Body;
use crate::extract::PathId;

/// Renames a recording.
#[utoipa::path(
    patch,
    path = "/recordings/{id}",
    tag = "recordings",
    operation_id = "recordings_rename",
    params(("id" = uuid::Uuid, Path)),
    request_body = RenameRecording,
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn rename(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RecordingId>,
    Body(change): Body<RenameRecording>,
) -> Result<Data<RecordingSummary>, ApiError> {
    let name = change.name.trim();
    if name.is_empty() || name.chars().count() > 200 {
        return Err(ApiError::invalid(
            "invalid_name",
            "A name has 1 to 200 characters.",
        ));
    }
    let recordings = app.store().recordings();
    recordings.rename(id, name.to_owned()).await?;
    Ok(Data(recordings.get(id).await?.into()))
}
