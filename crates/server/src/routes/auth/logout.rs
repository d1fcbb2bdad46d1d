//! `POST /api/v1/auth/logout`

use crate::api::auth::Me;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Ends the sign-in that the cookie names.
#[utoipa::path(
    post,
    path = "/auth/logout",
    tag = "auth",
    operation_id = "auth_logout",
    responses(
        (status = 200, description = "Done", body = Envelope<Me>),
        (status = "default", description = "Why not", body = Failure)
    ),
    security(()),
)]
pub(crate) async fn logout() -> Result<Data<Me>, ApiError> {
    Err(ApiError::not_found("yet"))
}
