//! `/api/v1/runs`: one endpoint, one file.

mod approve_picture;
mod artifacts;
mod cancel;
mod create;
mod delete;
mod events;
mod get;
mod list;
mod retry;
mod stream;
mod undo_approval;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(get::get, delete::delete))
        .routes(routes!(cancel::cancel))
        .routes(routes!(retry::retry))
        .routes(routes!(
            approve_picture::approve_picture,
            undo_approval::undo_approval
        ))
        .routes(routes!(artifacts::artifacts))
        .routes(routes!(events::events))
        .routes(routes!(stream::stream))
}
