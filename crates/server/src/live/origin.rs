//! A WebSocket is opened by a GET that browsers send from any site, and a page on another port of this machine counts
//! as the same site, so its cookie comes along. Only `Origin` tells them apart.

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{StatusCode, Uri, header};

use crate::error::ApiError;

/// The request comes from this server's own pages, or from a program that is no browser.
pub(super) struct SameOrigin;

impl<S: Send + Sync> FromRequestParts<S> for SameOrigin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let text = |name| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let Some(origin) = text(header::ORIGIN) else {
            return Ok(Self);
        };
        let host = parts
            .uri
            .authority()
            .map(http::uri::Authority::as_str)
            .or_else(|| text(header::HOST));
        if host.is_some_and(|host| is_same(origin, host)) {
            return Ok(Self);
        }
        Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "cross_site",
            "Another site opened this connection; only this server's own pages may.",
        ))
    }
}

/// Compares host and port; the scheme may differ behind a proxy that speaks TLS.
fn is_same(origin: &str, host: &str) -> bool {
    let Ok(origin) = origin.parse::<Uri>() else {
        return false;
    };
    origin
        .authority()
        .is_some_and(|authority| authority.as_str().eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn only_the_same_host_and_port_are_the_same() {
        for (origin, host, same) in [
            ("http://127.0.0.1:7777", "127.0.0.1:7777", true),
            ("https://Studio.example", "studio.example", true),
            ("http://localhost:3000", "localhost:7777", false),
            ("http://evil.example", "127.0.0.1:7777", false),
            ("null", "127.0.0.1:7777", false),
        ] {
            assert_eq!(is_same(origin, host), same, "{origin} {host}");
        }
    }
}
