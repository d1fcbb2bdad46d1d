//! `GET /api/v1/health`

use axum::extract::State;

use crate::api::system::Health;
use crate::api::system::{QueueHealth, RenderPoolHealth};
use crate::app::App;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// How the server is; open to everybody.
#[utoipa::path(
    get,
    path = "/health",
    tag = "system",
    operation_id = "system_health",
    responses(
        (status = 200, description = "Done", body = Envelope<Health>),
        (status = "default", description = "Why not", body = Failure)
    ),
    security(()),
)]
pub(crate) async fn health(State(app): State<App>) -> Result<Data<Health>, ApiError> {
    let jobs = app.store().jobs();
    let (counts, browser, storage) = tokio::join!(jobs.counts(), app.browser(), app.storage());
    let renders: Option<RenderPoolHealth> = app.options().renderers.as_ref().map(Into::into);
    let draws = renders
        .as_ref()
        .is_none_or(|renders| renders.frames_on_command != Some(false));
    let stores = storage
        .as_ref()
        .is_none_or(|storage| storage.answers != Some(false));
    let well = counts.is_ok() && browser.is_some() && draws && stores;
    let counts = counts.unwrap_or_default();
    Ok(Data(Health {
        status: if well { "ok" } else { "degraded" }.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        uptime_ms: u64::try_from(app.started().elapsed().as_millis()).unwrap_or(u64::MAX),
        browser: browser.into(),
        workers: app.options().workers,
        queue: QueueHealth {
            queued: counts.queued,
            running: counts.running,
        },
        renders,
        storage,
        sessions: u32::try_from(app.sessions().list().len()).unwrap_or(u32::MAX),
    }))
}
