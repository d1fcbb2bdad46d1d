//! `GET /health` of a worker.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;

use super::Watched;
use crate::api::system::{BrowserHealth, QueueHealth, RenderPoolHealth, StorageHealth};
use crate::envelope::Data;

/// How a worker is.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct WorkerHealth {
    /// `ok`, or `degraded` when something is missing that it works with.
    status: &'static str,
    version: &'static str,
    worker: String,
    uptime_ms: u64,
    /// Whether the database answers.
    database: bool,
    /// Jobs of the whole studio.
    queue: QueueHealth,
    browser: BrowserHealth,
    #[serde(skip_serializing_if = "Option::is_none")]
    renders: Option<RenderPoolHealth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intake: Option<IntakeHealth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<StorageHealth>,
}

/// How jobs come from Redis.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct IntakeHealth {
    list: String,
    /// Whether Redis answers.
    connected: bool,
    /// Jobs that were taken here and not answered yet.
    held: usize,
    /// Jobs that nobody has taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting: Option<u64>,
    /// Dead letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    dead: Option<u64>,
}

/// How the worker is: 200 when it is well, 503 when something is missing that it works with.
pub(super) async fn health(State(watched): State<Watched>) -> Response {
    let monitored = &watched.monitored;
    let intake = async { Some(monitored.intake.as_ref()?.state().await) };
    let storage = async {
        let delivery = monitored.delivery.as_ref()?;
        Some(StorageHealth::of(delivery, delivery.look().await))
    };
    let jobs = monitored.store.jobs();
    let (counts, browser, intake, storage) =
        tokio::join!(jobs.counts(), watched.browser(), intake, storage);
    let intake = intake.map(IntakeHealth::from);
    let renders: Option<RenderPoolHealth> = monitored.renderers.as_ref().map(Into::into);
    let well = counts.is_ok()
        && browser.is_some()
        && renders
            .as_ref()
            .is_none_or(|renders| renders.frames_on_command != Some(false))
        && intake.as_ref().is_none_or(|intake| intake.connected)
        && storage
            .as_ref()
            .is_none_or(|storage| storage.answers != Some(false));
    let database = counts.is_ok();
    let counts = counts.unwrap_or_default();
    let health = WorkerHealth {
        status: if well { "ok" } else { "degraded" },
        version: env!("CARGO_PKG_VERSION"),
        worker: monitored.name.clone(),
        uptime_ms: u64::try_from(watched.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        database,
        queue: QueueHealth {
            queued: counts.queued,
            running: counts.running,
        },
        browser: browser.into(),
        renders,
        intake,
        storage,
    };
    let status = match well {
        true => StatusCode::OK,
        false => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Data(health)).into_response()
}

impl From<intake::State> for IntakeHealth {
    fn from(state: intake::State) -> Self {
        Self {
            list: state.list,
            connected: state.lists.is_some(),
            held: state.held,
            waiting: state.lists.map(|lists| lists.waiting),
            dead: state.lists.map(|lists| lists.dead),
        }
    }
}
