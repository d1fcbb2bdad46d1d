//! `POST /api/v1/auth/password`

use crate::api::auth::Me;
use crate::api::auth::NewPassword;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Sets the password of the person who asks.
#[utoipa::path(
    post,
    path = "/auth/password",
    tag = "auth",
    operation_id = "auth_password",
    request_body = NewPassword,
    responses(
        (status = 200, description = "Done", body = Envelope<Me>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn password() -> Result<Data<Me>, ApiError> {
    Err(ApiError::not_found("yet"))
}
