//! `POST /api/v1/runs/{id}/steps/{index}/baseline`

use axum::extract::State;

use crate::api::run::RunDetail;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathStep;

/// Makes the picture that a visual check took the one that later runs compare with.
#[utoipa::path(
    post,
    path = "/runs/{id}/steps/{index}/baseline",
    tag = "runs",
    operation_id = "runs_approve_picture",
    params(("id" = uuid::Uuid, Path), ("index" = u32, Path, description = "The step, from 0")),
    responses(
        (status = 200, description = "Done", body = Envelope<RunDetail>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn approve_picture(
    State(app): State<App>,
    _: Owner,
    PathStep(run, index): PathStep,
) -> Result<Data<RunDetail>, ApiError> {
    app.store().baselines().approve(run, index).await?;
    crate::runs::detail(&app, run).await.map(Data)
}
