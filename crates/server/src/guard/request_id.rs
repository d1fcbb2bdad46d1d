//! A name for every request: in the log, in the header `x-request-id`, and in every error.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use tracing::Instrument;
use uuid::Uuid;

use crate::error::REQUEST_ID;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Names the request. A name that the caller sent is not taken over: it could be anything.
pub(crate) async fn add(request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().to_string();
    let method = request.method().clone();
    // The query may carry a token; the path says enough.
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", id, %method, path);
    let started = Instant::now();
    let answer = REQUEST_ID
        .scope(id.clone(), next.run(request))
        .instrument(span.clone());
    let mut response = answer.await;
    let status = response.status().as_u16();
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::debug!(status, took_ms, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
