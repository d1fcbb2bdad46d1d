//! `POST /api/v1/recordings`

use axum::extract::State;
use store::NewRecording;

use crate::api::recording::RecordingSummary;
use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::DocumentBody;

/// Keeps a recording document, JSON or YAML.
#[utoipa::path(
    post,
    path = "/recordings",
    tag = "recordings",
    operation_id = "recordings_create",
    request_body(content(
        (serde_json::Value = "application/json"),
        (String = "application/yaml"),
    )),
    responses(
        (status = 201, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    owner: Owner,
    body: DocumentBody,
) -> Result<Created<RecordingSummary>, ApiError> {
    let recording = documents::read(&body.bytes, body.format)?;
    let new = NewRecording {
        user: Some(owner.user.id),
        session: None,
        name: documents::name(&recording),
        document: documents::to_store(&recording)?,
        thumbnail: None,
    };
    Ok(Created(app.store().recordings().create(new).await?.into()))
}
