//! `GET /api/v1/runs/{id}`

use axum::extract::State;
use ids::RunId;

use crate::api::run::RunDetail;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// One run with its steps.
#[utoipa::path(
    get,
    path = "/runs/{id}",
    tag = "runs",
    operation_id = "runs_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<RunDetail>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RunId>,
) -> Result<Data<RunDetail>, ApiError> {
    crate::runs::detail(&app, id).await.map(Data)
}
