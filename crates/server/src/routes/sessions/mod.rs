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

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(get::get))
        .routes(routes!(stop::stop))
        .routes(routes!(screenshot::screenshot))
        .routes(routes!(upload::upload))
        .routes(routes!(evaluate::evaluate))
        .routes(routes!(save_recording::save_recording))
        .routes(routes!(events::events))
        .routes(routes!(stream::stream))
        .routes(routes!(thumbnail::thumbnail))
}
