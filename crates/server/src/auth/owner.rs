//! The extractor that lets only signed-in people through.

use axum::extract::FromRequestParts;
use http::request::Parts;
use store::{TokenHash, User};

use super::cookie;
use crate::app::App;
use crate::error::ApiError;

/// The person who asks. A handler with this argument answers 401 to everybody else.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    pub(crate) user: User,
    pub(crate) token: TokenHash,
}

impl FromRequestParts<App> for Owner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = cookie::token_of(&parts.headers).ok_or_else(ApiError::unauthenticated)?;
        let user = app.store().auth_sessions().user_of(&token).await?;
        let user = user.ok_or_else(ApiError::unauthenticated)?;
        Ok(Self { user, token })
    }
}
