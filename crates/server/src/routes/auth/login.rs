//! `POST /api/v1/auth/login`

use crate::api::auth::Login;
use crate::api::auth::Me;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Signs in with a name and a password.
#[utoipa::path(
    post,
    path = "/auth/login",
    tag = "auth",
    operation_id = "auth_login",
    request_body = Login,
    responses(
        (status = 200, description = "Done", body = Envelope<Me>),
        (status = "default", description = "Why not", body = Failure)
    ),
    security(()),
)]
pub(crate) async fn login() -> Result<Data<Me>, ApiError> {
    Err(ApiError::not_found("yet"))
}
