//! `PUT /api/v1/recordings/{id}`

use axum::extract::State;
use ids::RecordingId;

use crate::api::recording::RecordingDetail;
use crate::api::recording::ReplaceDocument;
use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::Body;
use crate::extract::PathId;

/// Saves a changed document; a stale revision is a conflict.
#[utoipa::path(
    put,
    path = "/recordings/{id}",
    tag = "recordings",
    operation_id = "recordings_replace",
    params(("id" = uuid::Uuid, Path)),
    request_body = ReplaceDocument,
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingDetail>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn replace(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RecordingId>,
    Body(change): Body<ReplaceDocument>,
) -> Result<Data<RecordingDetail>, ApiError> {
    let recording = documents::from_value(change.document)?;
    let name = Some(recording.test_name.trim().to_owned()).filter(|name| !name.is_empty());
    let document = documents::to_store(&recording)?;
    app.store()
        .recordings()
        .replace(id, change.revision, name, document)
        .await?;
    let (summary, document) = documents::load(app.store(), id).await?;
    let document = document
        .to_value()
        .map_err(|error| ApiError::internal(&error))?;
    Ok(Data(RecordingDetail {
        summary: summary.into(),
        document,
    }))
}
