//! `POST /api/v1/auth/login`

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;
use http::StatusCode;
use store::TokenHash;

use crate::api::auth::Login;
use crate::api::auth::Me;
use crate::app::App;
use crate::auth::{cookie, new_token};
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::Body;

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
pub(crate) async fn login(
    State(app): State<App>,
    Body(login): Body<Login>,
) -> Result<Response, ApiError> {
    let found = app.store().users().by_name(&login.name).await?;
    let kept = found.as_ref().and_then(|user| user.password_hash.clone());
    let right = app.passwords().verify(login.password, kept).await?;
    let Some(user) = found.filter(|_| right) else {
        return Err(ApiError::new(
            StatusCode::UNAUTHORIZED,
            "wrong_credentials",
            "The name or the password is wrong.",
        ));
    };
    let token = new_token("pss").map_err(|error| ApiError::internal(&error))?;
    app.store()
        .auth_sessions()
        .create(user.id, &TokenHash::of(&token), cookie::LASTS)
        .await?;
    let me = super::me::who(&app, Some(user)).await?;
    Ok((cookie::signed_in(&token), Data(me)).into_response())
}
