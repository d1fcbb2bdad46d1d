//! The API: one folder per resource.

mod artifacts;
mod auth;
mod errors;
mod films;
mod pictures;
mod recordings;
mod renders;
mod runs;
mod schedules;
mod sessions;
mod sounds;
mod system;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

pub(crate) use system::metrics;

pub(crate) fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(system::router())
        .merge(auth::router())
        .merge(sessions::router())
        .merge(recordings::router())
        .merge(runs::router())
        .merge(schedules::router())
        .merge(renders::router())
        .merge(films::router())
        .merge(sounds::router())
        .merge(pictures::router())
        .merge(artifacts::router())
        .merge(errors::router())
}
