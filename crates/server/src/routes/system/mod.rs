//! `/api/v1/health` and `/api/v1/system`: one endpoint, one file.

mod doctor;
mod health;
mod metrics;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) use metrics::answer as metrics;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(health::health))
        .routes(routes!(doctor::doctor))
        .routes(routes!(metrics::metrics))
}
