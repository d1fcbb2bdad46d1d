//! The paths of the systems that Proscenium replaces: thin aliases, one module for each system.

mod recorder;
mod streamer;

use axum::Router;

use crate::app::App;

pub(crate) fn router() -> Router<App> {
    streamer::router().merge(recorder::router())
}
