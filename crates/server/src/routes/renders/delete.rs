//! `DELETE /api/v1/renders/{id}`

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

/// Deletes a finished render from the lists.
#[utoipa::path(
    delete,
    path = "/renders/{id}",
    tag = "renders",
    operation_id = "renders_delete",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Render>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn delete(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RenderId>,
) -> Result<Data<Render>, ApiError> {
    let render = app.store().renders().get(id).await?;
    if !app.store().renders().delete(id).await? {
        return Err(ApiError::conflict(
            "render_not_finished",
            "The render is not finished: cancel it first.",
        ));
    }
    Ok(Data(renders::shown(&app, render)))
}
