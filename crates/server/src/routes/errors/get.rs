//! `GET /api/v1/errors/{id}`

use axum::extract::State;
use ids::ErrorId;

use crate::api::error_record::ErrorRecord;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// One error with its evidence.
#[utoipa::path(
    get,
    path = "/errors/{id}",
    tag = "errors",
    operation_id = "errors_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<ErrorRecord>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<ErrorId>,
) -> Result<Data<ErrorRecord>, ApiError> {
    Ok(Data(app.store().errors().get(id).await?.into()))
}
