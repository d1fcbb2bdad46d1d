//! `POST /api/v1/sessions/{id}/evaluate`

use axum::extract::State;
use ids::SessionId;

use crate::api::session::Evaluate;
use crate::api::session::Evaluated;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::Body;
use crate::extract::PathId;

/// Performs JavaScript in the active tab.
#[utoipa::path(
    post,
    path = "/sessions/{id}/evaluate",
    tag = "sessions",
    operation_id = "sessions_evaluate",
    params(("id" = uuid::Uuid, Path)),
    request_body = Evaluate,
    responses(
        (status = 200, description = "Done", body = Envelope<Evaluated>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn evaluate(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SessionId>,
    Body(wanted): Body<Evaluate>,
) -> Result<Data<Evaluated>, ApiError> {
    let session = crate::sessions::live(&app, id).await?;
    let value = session
        .evaluate(&wanted.expression)
        .await
        .map_err(crate::sessions::refused)?;
    Ok(Data(Evaluated { value }))
}
