//! The UI, embedded in the binary.

use axum::response::{Html, IntoResponse, Response};
use data_encoding::HEXLOWER;
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use rust_embed::RustEmbed;

use crate::error::ApiError;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Built;

/// Files under this folder carry a hash of their content in their names and never change.
const HASHED: &str = "assets/";

/// Shown when the binary was built without the UI.
const NOT_BUILT: &str = include_str!("not_built.html");

/// A file of the UI, or its only page for every address that a person may open.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || !matches!(method, Method::GET | Method::HEAD) {
        return ApiError::not_found("endpoint").into_response();
    }
    if let Some(file) = Built::get(path).filter(|_| !path.is_empty()) {
        let forever = path.starts_with(HASHED);
        return answer(path, file, forever, &headers);
    }
    let wants_page = headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_none_or(|accept| accept.contains("text/html") || accept.contains("*/*"));
    if path.starts_with(HASHED) || !wants_page {
        return ApiError::not_found("file").into_response();
    }
    match Built::get("index.html") {
        Some(page) => answer("index.html", page, false, &headers),
        None => (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response(),
    }
}

fn answer(
    path: &str,
    file: rust_embed::EmbeddedFile,
    forever: bool,
    headers: &HeaderMap,
) -> Response {
    let etag = format!("\"{}\"", hex_start(&file.metadata.sha256_hash()));
    let caching = if forever {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let known = headers
        .get(IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == etag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = mime_guess::from_path(path).first_or_octet_stream();
        ([(CONTENT_TYPE, kind.to_string())], file.data).into_response()
    };
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}

fn hex_start(hash: &[u8; 32]) -> String {
    HEXLOWER.encode(&hash[..16])
}
