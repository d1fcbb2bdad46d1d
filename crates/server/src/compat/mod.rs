//! The paths of the systems that Proscenium replaces: thin aliases, one module for each system.

mod streamer;

use axum::Router;

use crate::app::App;

pub(crate) fn router() -> Router<App> {
    streamer::router()
}
