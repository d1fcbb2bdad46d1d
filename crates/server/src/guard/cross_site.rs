//! Refuses requests that another site makes the browser send.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::ORIGIN;
use http::{HeaderMap, HeaderName, StatusCode};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::auth::cookie;
use crate::error::ApiError;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Origins of browser extensions, which no web page can have.
const EXTENSIONS: [&str; 2] = ["chrome-extension://", "moz-extension://"];

/// Programs that are no browser send neither `Origin` nor `Sec-Fetch-Site` and pass; the cookie decides about them.
pub(crate) fn layer() -> CsrfLayer<fn(ProtectionError) -> Response> {
    CsrfLayer::new().with_rejection_response(refuse as fn(ProtectionError) -> Response)
}

/// Lets a browser extension pass that brings a token of its own: its requests bear its own origin, and over plain HTTP
/// nothing else speaks for them. The token alone says who asks then; the browser's cookie is not looked at.
pub(crate) async fn admit_extensions(mut request: Request, next: Next) -> Response {
    if is_extension(request.headers()) && cookie::bearer_of(request.headers()).is_some() {
        for header in [ORIGIN, FETCH_SITE] {
            request.headers_mut().remove(header);
        }
    }
    next.run(request).await
}

fn is_extension(headers: &HeaderMap) -> bool {
    let origin = headers.get(ORIGIN).and_then(|value| value.to_str().ok());
    origin.is_some_and(|origin| EXTENSIONS.iter().any(|scheme| origin.starts_with(scheme)))
}

fn refuse(_: ProtectionError) -> Response {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "cross_site",
        "Another site asked the browser for this; only this server's own pages may.",
    )
    .into_response()
}
