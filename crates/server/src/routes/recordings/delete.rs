//! `DELETE /api/v1/recordings/{id}`

use axum::extract::State;
use ids::RecordingId;

use crate::api::recording::RecordingSummary;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Deletes a recording; it can be restored.
#[utoipa::path(
    delete,
    path = "/recordings/{id}",
    tag = "recordings",
    operation_id = "recordings_delete",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn delete(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RecordingId>,
) -> Result<Data<RecordingSummary>, ApiError> {
    let recordings = app.store().recordings();
    let recording = recordings.get(id).await?;
    recordings.delete(id).await?;
    Ok(Data(recording.into()))
}
