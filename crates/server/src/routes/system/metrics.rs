//! `GET /api/v1/metrics`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;

use crate::app::App;
use crate::auth::Owner;
use crate::error::{ApiError, Failure};
use crate::metrics::{self, Seen};

/// The version of the text format that Prometheus has read since 2014.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What monitoring asks for, as Prometheus reads it; with a token as `Authorization: Bearer …`.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "system",
    operation_id = "system_metrics",
    responses(
        (status = 200, description = "Metrics", body = String, content_type = "text/plain"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn metrics(State(app): State<App>, _: Owner) -> Result<Response, ApiError> {
    answer(app.seen()).await
}

/// What is known, in Prometheus' text format.
pub(crate) async fn answer(seen: Seen<'_>) -> Result<Response, ApiError> {
    match metrics::text(seen).await? {
        Some(text) => Ok(([(CONTENT_TYPE, FORMAT)], text).into_response()),
        None => Err(ApiError::new(
            StatusCode::NOT_IMPLEMENTED,
            "no_metrics",
            "This process counts nothing: its metrics could not be set up; its log says why.",
        )),
    }
}
