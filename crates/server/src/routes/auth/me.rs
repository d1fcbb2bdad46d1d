//! `GET /api/v1/auth/me`

use axum::extract::State;
use http::HeaderMap;

use crate::api::auth::Me;
use crate::app::App;
use crate::auth::cookie;
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
pub(crate) async fn me(State(app): State<App>, headers: HeaderMap) -> Result<Data<Me>, ApiError> {
    let user = match cookie::token_of(&headers) {
        Some(token) => app.store().auth_sessions().user_of(&token).await?,
        None => None,
    };
    Ok(Data(who(&app, user).await?))
}

/// What the caller is told of `user`.
pub(super) async fn who(app: &App, user: Option<store::User>) -> Result<Me, ApiError> {
    let setup_required = user.is_none() && app.store().users().owner().await?.is_none();
    Ok(Me {
        user: user.map(Into::into),
        setup_required,
    })
}
