//! Refuses requests that another site makes the browser send.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::error::ApiError;

/// Programs that are no browser send neither `Origin` nor `Sec-Fetch-Site` and pass; the cookie decides about them.
pub(crate) fn layer() -> CsrfLayer<fn(ProtectionError) -> Response> {
    CsrfLayer::new().with_rejection_response(refuse as fn(ProtectionError) -> Response)
}

fn refuse(_: ProtectionError) -> Response {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "cross_site",
        "Another site asked the browser for this; only this server's own pages may.",
    )
    .into_response()
}
