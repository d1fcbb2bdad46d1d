//! What every request passes before a handler sees it.

mod cross_site;
mod headers;
mod host;
mod panic;
mod request_id;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::app::App;

/// Wraps the routes. Read from the bottom: the last layer is the first that a request meets.
pub(crate) fn around(router: Router<App>, app: &App) -> Router<App> {
    router
        .layer(cross_site::layer())
        .layer(from_fn(cross_site::admit_extensions))
        .layer(from_fn_with_state(app.clone(), host::check))
        .layer(panic::layer())
        .layer(from_fn(headers::add))
        .layer(from_fn(request_id::add))
}

/// Wraps routes that anybody may ask and that change nothing: whoever sends a request and by which name makes no difference.
pub(crate) fn around_open(router: Router) -> Router {
    router
        .layer(panic::layer())
        .layer(from_fn(headers::add))
        .layer(from_fn(request_id::add))
}
