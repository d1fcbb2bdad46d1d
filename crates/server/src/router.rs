//! All routes behind all guards.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, StatusCode};

use crate::app::App;
use crate::error::ApiError;
use crate::{assets, compat, guard, live, openapi};

/// Bodies that say nothing else are not larger than this.
const BODY_LIMIT: usize = 1024 * 1024;

/// The whole server as a service: the API, the compatibility routes and the UI.
pub fn router(app: App) -> Router {
    let (api, _) = openapi::router().split_for_parts();
    let routes = api
        .route("/api/v1/openapi.json", get(document))
        .merge(live::router())
        .merge(compat::router())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .method_not_allowed_fallback(wrong_method)
        .fallback(assets::serve);
    guard::around(routes, &app).with_state(app)
}

async fn document() -> Response {
    let kind = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
    ([kind], openapi::openapi()).into_response()
}

async fn wrong_method(method: Method) -> ApiError {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        format!("This endpoint does not answer to {method}."),
    )
}
