//! `GET /api/v1/system/doctor`

use crate::api::system::Doctor;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// What is there and what is missing on this machine.
#[utoipa::path(
    get,
    path = "/system/doctor",
    tag = "system",
    operation_id = "system_doctor",
    responses(
        (status = 200, description = "Done", body = Envelope<Doctor>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn doctor() -> Result<Data<Doctor>, ApiError> {
    Err(ApiError::not_found("yet"))
}
