//! `PATCH /api/v1/renders/{id}`

use axum::extract::State;
use ids::RenderId;

use crate::api::kept::ChangeKept;
use crate::api::render::Render;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::{Body, PathId};
use crate::renders;

/// Keeps the output of a render for good, or lets it expire as others do.
#[utoipa::path(
    patch,
    path = "/renders/{id}",
    tag = "renders",
    operation_id = "renders_change",
    params(("id" = uuid::Uuid, Path)),
    request_body = ChangeKept,
    responses(
        (status = 200, description = "Done", body = Envelope<Render>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn change(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RenderId>,
    Body(change): Body<ChangeKept>,
) -> Result<Data<Render>, ApiError> {
    let render = app.store().renders().pin(id, change.pinned).await?;
    Ok(Data(renders::shown(&app, render)))
}
