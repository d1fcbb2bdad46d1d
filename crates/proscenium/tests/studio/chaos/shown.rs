//! What shows the outputs: a web server on their folder that knows ranges.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

/// Shows a folder until the handle is dropped.
pub(super) async fn show(folder: PathBuf) -> (SocketAddr, AbortOnDropHandle<()>) {
    let show = move |Path(key): Path<String>, headers: HeaderMap| async move {
        match std::fs::read(folder.join(&key)) {
            Ok(bytes) => answer(&key, bytes, &headers),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        }
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = Router::new().route("/{*key}", get(show));
    let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    (address, AbortOnDropHandle::new(task))
}

fn answer(key: &str, bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let kind = if key.ends_with(".mp4") {
        "video/mp4"
    } else {
        "image/png"
    };
    let kind = [(CONTENT_TYPE, kind)];
    let Some(range) = headers.get(RANGE) else {
        return (kind, bytes).into_response();
    };
    let range = range.to_str().unwrap().strip_prefix("bytes=").unwrap();
    let (first, last) = range.split_once('-').unwrap();
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let span = [(
        CONTENT_RANGE,
        format!("bytes {first}-{last}/{}", bytes.len()),
    )];
    // A job that is done again writes in place: its file is half there for a moment.
    let Some(part) = bytes.get(first..=last).map(<[u8]>::to_vec) else {
        return StatusCode::RANGE_NOT_SATISFIABLE.into_response();
    };
    (StatusCode::PARTIAL_CONTENT, kind, span, part).into_response()
}
