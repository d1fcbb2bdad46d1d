//! `/api/v1/sessions`: one endpoint, one file.

mod create;
mod evaluate;
mod events;
mod get;
mod list;
mod save_recording;
mod screenshot;
mod stop;
mod stream;
mod thumbnail;
mod upload;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

/// All files of one form together; each of them has a limit of its own.
const UPLOADS_LIMIT: usize = 1024 * 1024 * 1024;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(get::get))
        .routes(routes!(stop::stop))
        .routes(routes!(screenshot::screenshot))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(upload::upload))
                .layer(DefaultBodyLimit::max(UPLOADS_LIMIT)),
        )
        .routes(routes!(evaluate::evaluate))
        .routes(routes!(save_recording::save_recording))
        .routes(routes!(events::events))
        .routes(routes!(stream::stream))
        .routes(routes!(thumbnail::thumbnail))
}
