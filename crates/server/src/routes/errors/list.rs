//! `GET /api/v1/errors`

use crate::api::error_record::ErrorFilter;
use crate::api::error_record::ErrorRecord;
use crate::envelope::Envelope;
use crate::envelope::Listed;
use crate::envelope::PageQuery;
use crate::error::{ApiError, Failure};

/// Lists errors, newest first.
#[utoipa::path(
    get,
    path = "/errors",
    tag = "errors",
    operation_id = "errors_list",
    params(ErrorFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<ErrorRecord>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list() -> Result<Listed<ErrorRecord>, ApiError> {
    Err(ApiError::not_found("yet"))
}
