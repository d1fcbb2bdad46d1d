//! `POST /api/v1/auth/logout`

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;
use http::HeaderMap;

use crate::api::auth::Me;
use crate::app::App;
use crate::auth::cookie;
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
pub(crate) async fn logout(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if let Some(token) = cookie::token_of(&headers) {
        app.store().auth_sessions().end(&token).await?;
    }
    let me = super::me::who(&app, None).await?;
    Ok((cookie::signed_out(), Data(me)).into_response())
}
