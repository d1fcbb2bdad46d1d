//! `POST /api/v1/renders/{id}/cancel`

use axum::extract::State;
use ids::RenderId;

use crate::api::render::Render;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::renders;

/// Cancels a render, also in the middle; cancelling a finished one changes nothing.
#[utoipa::path(
    post,
    path = "/renders/{id}/cancel",
    tag = "renders",
    operation_id = "renders_cancel",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Render>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn cancel(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RenderId>,
) -> Result<Data<Render>, ApiError> {
    let render = app.store().renders().cancel(id).await?;
    if let Some(job) = render.job {
        // Rendered in this process: it need not wait for its next heartbeat.
        app.running().cancel(job);
    }
    Ok(Data(renders::shown(&app, render)))
}
