//! `POST /api/v1/recordings/{id}/restore`

use axum::extract::State;
use ids::RecordingId;

use crate::api::recording::RecordingSummary;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Brings a deleted recording back.
#[utoipa::path(
    post,
    path = "/recordings/{id}/restore",
    tag = "recordings",
    operation_id = "recordings_restore",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn restore(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RecordingId>,
) -> Result<Data<RecordingSummary>, ApiError> {
    let recordings = app.store().recordings();
    recordings.restore(id).await?;
    Ok(Data(recordings.get(id).await?.into()))
}
