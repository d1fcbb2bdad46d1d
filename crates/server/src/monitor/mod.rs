//! What a worker answers: how it is, and its metrics. It has no people and no API; nothing that is asked here changes anything.

mod health;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use delivery::Delivery;
use http::StatusCode;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use video::RendererPool;

use crate::browsers::InstalledBrowser;
use crate::error::ApiError;
use crate::metrics::Seen;
use crate::{guard, metrics, routes};

/// The parts of a worker that are looked at.
#[derive(Clone, Debug)]
pub struct Monitored {
    /// Its name in the rows of the jobs that it holds.
    pub name: String,
    /// The database that it takes jobs from.
    pub store: Store,
    /// What renders in it; nothing when it renders nothing.
    pub renderers: Option<RendererPool>,
    /// Where outputs go; they stay in the data folder when `None`.
    pub delivery: Option<Delivery>,
    /// What takes jobs from Redis.
    pub intake: Option<intake::Watch>,
    /// The browser program; found by itself when `None`.
    pub executable: Option<PathBuf>,
}

/// Begins to count what the metrics tell. What happened before is not in them.
pub fn count() {
    metrics::install();
}

/// Answers `/health` and `/metrics` until `shutdown` fires.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    monitored: Monitored,
    shutdown: CancellationToken,
) -> io::Result<()> {
    let watched = Watched {
        monitored: Arc::new(monitored),
        started: Instant::now(),
        browser: Arc::default(),
    };
    let routes = Router::new()
        .route("/health", get(health::health))
        .route("/metrics", get(counted))
        .fallback(nothing_else)
        .with_state(watched);
    crate::serve::answer(listener, guard::around_open(routes), shutdown).await
}

/// What the handlers see.
#[derive(Clone)]
struct Watched {
    monitored: Arc<Monitored>,
    started: Instant,
    /// Looked for once, because asking a browser for its version takes a while.
    browser: Arc<OnceCell<Option<InstalledBrowser>>>,
}

impl Watched {
    async fn browser(&self) -> Option<&InstalledBrowser> {
        let executable = self.monitored.executable.clone();
        let found = self
            .browser
            .get_or_init(|| crate::browsers::installed(executable));
        found.await.as_ref()
    }
}

async fn counted(State(watched): State<Watched>) -> Result<Response, ApiError> {
    let monitored = &watched.monitored;
    let seen = Seen {
        store: &monitored.store,
        sessions: None,
        renderers: monitored.renderers.as_ref(),
        delivery: monitored.delivery.as_ref(),
        intake: monitored.intake.as_ref(),
        started: watched.started,
    };
    routes::metrics(seen).await
}

async fn nothing_else() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        "not_found",
        "A worker answers /health and /metrics; the API is the server's.",
    )
}
