//! `GET /api/v1/recordings/{id}`

use axum::extract::State;
use ids::RecordingId;

use crate::api::recording::RecordingDetail;
use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// One recording with its document.
#[utoipa::path(
    get,
    path = "/recordings/{id}",
    tag = "recordings",
    operation_id = "recordings_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingDetail>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RecordingId>,
) -> Result<Data<RecordingDetail>, ApiError> {
    let (summary, document) = documents::load(app.store(), id).await?;
    let document = document
        .to_value()
        .map_err(|error| ApiError::internal(&error))?;
    Ok(Data(RecordingDetail {
        summary: summary.into(),
        document,
    }))
}
