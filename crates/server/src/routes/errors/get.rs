//! `GET /api/v1/errors/{id}`

use crate::api::error_record::ErrorRecord;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

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
pub(crate) async fn get() -> Result<Data<ErrorRecord>, ApiError> {
    Err(ApiError::not_found("yet"))
}
