//! `/api/v1/schedules`: one endpoint, one file.

mod change;
mod create;
mod delete;
mod get;
mod list;
mod preview;
mod restore;
mod run_now;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(preview::preview))
        .routes(routes!(get::get, change::change, delete::delete))
        .routes(routes!(restore::restore))
        .routes(routes!(run_now::run_now))
}
