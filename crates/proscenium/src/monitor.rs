//! The address at which a worker tells how it is.

use std::net::SocketAddr;

use anyhow::Context as _;
use server::Monitored;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::studio::base_url;

/// A port that is open and not answered yet.
pub(crate) struct Monitor {
    listener: TcpListener,
}

/// A port that is answered.
pub(crate) struct Answering {
    shutdown: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
}

impl Monitor {
    /// Opens the port, before anything is worked on, and counts from now on. Without an address there is none.
    pub(crate) async fn listen(address: Option<SocketAddr>) -> anyhow::Result<Option<Self>> {
        let Some(address) = address else {
            return Ok(None);
        };
        server::count_metrics();
        let listener = TcpListener::bind(address).await;
        let listener = listener.with_context(|| {
            format!("cannot listen on {address} for health and metrics; choose another address with --listen")
        })?;
        Ok(Some(Self { listener }))
    }

    pub(crate) fn port(&self) -> anyhow::Result<u16> {
        Ok(self.address()?.port())
    }

    pub(crate) fn url(&self) -> anyhow::Result<String> {
        Ok(base_url(self.address()?))
    }

    fn address(&self) -> anyhow::Result<SocketAddr> {
        self.listener
            .local_addr()
            .context("the port that was opened has no address")
    }

    /// Begins to answer.
    pub(crate) fn answer(self, monitored: Monitored) -> Answering {
        let shutdown = CancellationToken::new();
        let serving = server::serve_monitor(self.listener, monitored, shutdown.clone());
        Answering {
            shutdown,
            task: tokio::spawn(serving),
        }
    }
}

impl Answering {
    /// Ends after the answers that are under way.
    pub(crate) async fn shutdown(self) -> anyhow::Result<()> {
        self.shutdown.cancel();
        let ended = self
            .task
            .await
            .context("what tells how the worker is broke off")?;
        ended.context("what tells how the worker is stopped answering")
    }
}
