//! Answers requests until it is told to stop.

use std::io;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::router::router;

/// How long open requests may take once the server was told to stop.
const LAST_CALL: Duration = Duration::from_secs(5);

/// Answers requests until `app`'s shutdown token fires, then lets open ones finish for a moment.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, app: App) -> io::Result<()> {
    let shutdown = app.shutdown().clone();
    answer(listener, router(app), shutdown).await
}

/// Answers requests until `shutdown` fires, then lets open ones finish for a moment.
pub(crate) async fn answer(
    listener: TcpListener,
    routes: Router,
    shutdown: CancellationToken,
) -> io::Result<()> {
    // A frame or an answer must not wait for the acknowledgement of the one before it.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection may be slow");
        }
    });
    let serving =
        axum::serve(listener, routes).with_graceful_shutdown(shutdown.clone().cancelled_owned());
    tokio::select! {
        served = serving => served,
        () = overdue(&shutdown) => {
            tracing::warn!("some requests were still open when the server stopped");
            Ok(())
        }
    }
}

async fn overdue(shutdown: &CancellationToken) {
    shutdown.cancelled().await;
    tokio::time::sleep(LAST_CALL).await;
}
