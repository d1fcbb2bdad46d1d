//! The cookie that names a sign-in.

use std::time::Duration;

use axum::response::{AppendHeaders, IntoResponseParts};
use axum_extra::extract::cookie::CookieJar;
use http::HeaderMap;
use http::header::{AUTHORIZATION, SET_COOKIE};
use store::TokenHash;

/// Its name.
pub(crate) const NAME: &str = "proscenium_session";

/// How long a sign-in lasts.
pub(crate) const LASTS: Duration = Duration::from_secs(30 * 24 * 3600);

/// The hash of the token that the request carries: programs send it as `Authorization: Bearer …`, browsers as the cookie.
pub(crate) fn token_of(headers: &HeaderMap) -> Option<TokenHash> {
    if let Some(token) = bearer_of(headers) {
        return Some(TokenHash::of(token));
    }
    let jar = CookieJar::from_headers(headers);
    jar.get(NAME).map(|cookie| TokenHash::of(cookie.value()))
}

/// The token of `Authorization: Bearer …`, which goes before the cookie.
pub(crate) fn bearer_of(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    Some(value.strip_prefix("Bearer ")?.trim())
}

/// The cookie for a new sign-in.
pub(crate) fn signed_in(token: &str) -> impl IntoResponseParts {
    set(token, LASTS)
}

/// Takes the cookie back.
pub(crate) fn signed_out() -> impl IntoResponseParts {
    set("", Duration::ZERO)
}

/// No script can read it and no other site can make the browser send it.
fn set(value: &str, lasts: Duration) -> impl IntoResponseParts + use<> {
    let cookie = format!(
        "{NAME}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}",
        lasts.as_secs()
    );
    AppendHeaders([(SET_COOKIE, cookie)])
}
