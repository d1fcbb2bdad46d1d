//! `/api/v1/films`: one endpoint, one file.

mod again;
mod cancel;
mod change;
mod create;
mod delete;
mod deliver;
mod events;
mod file;
mod get;
mod list;
mod plan;
mod preview;
mod restore;
mod storage;
mod stream;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::films::BODY_LIMIT;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(plan::plan))
        .routes(routes!(storage::storage))
        .routes(routes!(get::get, change::change, delete::delete))
        .routes(routes!(restore::restore))
        .routes(routes!(again::again))
        .routes(routes!(cancel::cancel))
        .routes(routes!(deliver::deliver))
        .routes(routes!(file::file))
        .routes(routes!(preview::preview))
        .routes(routes!(events::events))
        .routes(routes!(stream::stream))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}
