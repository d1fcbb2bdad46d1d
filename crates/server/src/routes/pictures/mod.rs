//! `/api/v1/pictures`: one endpoint, one file.

mod content;
mod create;
mod delete;
mod get;
mod list;
mod restore;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(get::get, delete::delete))
        .routes(routes!(restore::restore))
        .routes(routes!(content::content))
}
