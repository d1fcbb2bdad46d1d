//! `POST /api/v1/renders`

use axum::extract::State;

use crate::api::render::Render;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::JsonBytes;

/// Queues a render job: a sketch, a script or a page becomes a picture or a film. What was made before is answered at once
/// and says so (`cached`). Fields that are not known are kept.
#[utoipa::path(
    post,
    path = "/renders",
    tag = "renders",
    operation_id = "renders_create",
    request_body(content((serde_json::Value = "application/json"))),
    responses(
        (status = 201, description = "Done", body = Envelope<Render>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    owner: Owner,
    JsonBytes(job): JsonBytes,
) -> Result<Created<Render>, ApiError> {
    crate::renders::ask(&app, &owner, job).await.map(Created)
}
