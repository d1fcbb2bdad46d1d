//! `GET /api/v1/health`

use crate::api::system::Health;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// How the server is; open to everybody.
#[utoipa::path(
    get,
    path = "/health",
    tag = "system",
    operation_id = "system_health",
    responses(
        (status = 200, description = "Done", body = Envelope<Health>),
        (status = "default", description = "Why not", body = Failure)
    ),
    security(()),
)]
pub(crate) async fn health() -> Result<Data<Health>, ApiError> {
    Err(ApiError::not_found("yet"))
}
