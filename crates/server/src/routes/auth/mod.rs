//! `/api/v1/auth`: one endpoint, one file.

mod claim;
mod login;
mod logout;
mod me;
mod password;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me::me))
        .routes(routes!(claim::claim))
        .routes(routes!(password::password))
        .routes(routes!(login::login))
        .routes(routes!(logout::logout))
}
