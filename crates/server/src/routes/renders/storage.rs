//! `GET /api/v1/renders/storage`

use axum::extract::State;

use crate::api::kept::Storage;
use crate::api::render::RenderStorage;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};

/// The room that outputs of renders take, those of equal jobs once, and how long they stay.
#[utoipa::path(
    get,
    path = "/renders/storage",
    tag = "renders",
    operation_id = "renders_storage",
    responses(
        (status = 200, description = "Done", body = Envelope<RenderStorage>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn storage(
    State(app): State<App>,
    _: Owner,
) -> Result<Data<RenderStorage>, ApiError> {
    let totals = app.store().renders().totals().await?;
    Ok(Data(RenderStorage {
        renders: totals.count,
        storage: Storage::of(totals, app.options().keep.renders),
    }))
}
