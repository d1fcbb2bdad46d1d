//! `GET /api/v1/sessions/{id}`

use axum::extract::State;
use ids::SessionId;

use crate::api::session::Session;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// One session.
#[utoipa::path(
    get,
    path = "/sessions/{id}",
    tag = "sessions",
    operation_id = "sessions_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Session>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SessionId>,
) -> Result<Data<Session>, ApiError> {
    let row = app.store().sessions().get(id).await?;
    Ok(Data(crate::sessions::describe(&app, row)))
}
