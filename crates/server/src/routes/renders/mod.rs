//! `/api/v1/renders`: one endpoint, one file.

mod cancel;
mod change;
mod create;
mod delete;
mod deliver;
mod events;
mod get;
mod list;
mod output;
mod page;
mod storage;
mod stream;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::renders::BODY_LIMIT;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(storage::storage))
        .routes(routes!(get::get, change::change, delete::delete))
        .routes(routes!(output::output))
        .routes(routes!(page::page))
        .routes(routes!(cancel::cancel))
        .routes(routes!(deliver::deliver))
        .routes(routes!(events::events))
        .routes(routes!(stream::stream))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}
