//! `GET /api/v1/auth/me`

use crate::api::auth::Me;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Who is asking; open to everybody.
#[utoipa::path(
    get,
    path = "/auth/me",
    tag = "auth",
    operation_id = "auth_me",
    responses(
        (status = 200, description = "Done", body = Envelope<Me>),
        (status = "default", description = "Why not", body = Failure)
    ),
    security(()),
)]
pub(crate) async fn me() -> Result<Data<Me>, ApiError> {
    Err(ApiError::not_found("yet"))
}
