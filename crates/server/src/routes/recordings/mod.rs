//! `/api/v1/recordings`: one endpoint, one file.

mod create;
mod delete;
mod document_json;
mod document_yaml;
mod get;
mod list;
mod rename;
mod replace;
mod restore;
mod validate;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::documents::BODY_LIMIT;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(
            get::get,
            replace::replace,
            rename::rename,
            delete::delete
        ))
        .routes(routes!(restore::restore))
        .routes(routes!(validate::validate))
        .routes(routes!(document_json::document_json))
        .routes(routes!(document_yaml::document_yaml))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}
