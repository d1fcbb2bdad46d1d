//! `POST /api/v1/renders/{id}/deliver`

use axum::extract::State;
use ids::RenderId;

use crate::api::render::Render;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::renders;

/// Brings an output that is kept to its public place once more, and looks at it there. Nothing is drawn again.
#[utoipa::path(
    post,
    path = "/renders/{id}/deliver",
    tag = "renders",
    operation_id = "renders_deliver",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Render>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn deliver(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RenderId>,
) -> Result<Data<Render>, ApiError> {
    let render = renders::deliver(&app, id).await?;
    Ok(Data(renders::shown(&app, render)))
}
