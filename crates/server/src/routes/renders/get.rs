//! `GET /api/v1/renders/{id}`

use axum::extract::State;
use ids::RenderId;

use crate::api::render::RenderDetail;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::renders;

/// One render with its job.
#[utoipa::path(
    get,
    path = "/renders/{id}",
    tag = "renders",
    operation_id = "renders_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<RenderDetail>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RenderId>,
) -> Result<Data<RenderDetail>, ApiError> {
    let render = app.store().renders().get(id).await?;
    let job = app.store().blobs().read(&render.document_key).await?;
    let job = serde_json::from_slice(&job).map_err(|error| ApiError::internal(&error))?;
    Ok(Data(RenderDetail {
        render: renders::shown(&app, render),
        job,
    }))
}
