//! `POST /api/v1/sessions`

use axum::extract::State;

use crate::api::session::CreateSession;
use crate::api::session::Session;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::Body;

/// Starts a live session.
#[utoipa::path(
    post,
    path = "/sessions",
    tag = "sessions",
    operation_id = "sessions_create",
    request_body = CreateSession,
    responses(
        (status = 201, description = "Done", body = Envelope<Session>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    owner: Owner,
    Body(wanted): Body<CreateSession>,
) -> Result<Created<Session>, ApiError> {
    Ok(Created(crate::sessions::start(&app, &owner, wanted).await?))
}
