//! `POST /api/v1/sessions/{id}/stop`

use axum::extract::State;
use ids::SessionId;

use crate::api::session::Session;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Ends a session; ending an ended one changes nothing.
#[utoipa::path(
    post,
    path = "/sessions/{id}/stop",
    tag = "sessions",
    operation_id = "sessions_stop",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Session>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn stop(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SessionId>,
) -> Result<Data<Session>, ApiError> {
    Ok(Data(crate::sessions::stop(&app, id).await?))
}
