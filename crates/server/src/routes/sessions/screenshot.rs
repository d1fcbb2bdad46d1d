//! `POST /api/v1/sessions/{id}/screenshot`

use axum::extract::State;
use ids::SessionId;

use crate::api::artifact::Artifact;
use crate::api::session::TakeScreenshot;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::OptionalBody;
use crate::extract::PathId;

/// Photographs the active tab.
#[utoipa::path(
    post,
    path = "/sessions/{id}/screenshot",
    tag = "sessions",
    operation_id = "sessions_screenshot",
    params(("id" = uuid::Uuid, Path)),
    request_body = TakeScreenshot,
    responses(
        (status = 201, description = "Done", body = Envelope<Artifact>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn screenshot(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SessionId>,
    OptionalBody(wanted): OptionalBody<TakeScreenshot>,
) -> Result<Created<Artifact>, ApiError> {
    Ok(Created(
        crate::sessions::screenshot(&app, id, wanted.full_page)
            .await?
            .into(),
    ))
}
