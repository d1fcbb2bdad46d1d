//! `POST /api/v1/auth/claim`

use crate::api::auth::Claim;
use crate::api::auth::Me;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Signs in with a one-time token; the first one creates the owner.
#[utoipa::path(
    post,
    path = "/auth/claim",
    tag = "auth",
    operation_id = "auth_claim",
    request_body = Claim,
    responses(
        (status = 200, description = "Done", body = Envelope<Me>),
        (status = "default", description = "Why not", body = Failure)
    ),
    security(()),
)]
pub(crate) async fn claim() -> Result<Data<Me>, ApiError> {
    Err(ApiError::not_found("yet"))
}
