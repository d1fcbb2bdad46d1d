//! The proxy: a listener, its connections, and the handle to them.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, broadcast};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::connect::Door;
use crate::forward::Forwarder;
use crate::ledger::{ConnectFailure, EgressStats, Ledger};
use crate::{Denial, EgressError, EgressPolicy, Resolve, SystemResolver};

/// Client connections at once; more wait in the operating system's queue. Browsers open at most some hundreds.
const MAX_CONNECTIONS: usize = 1024;
/// How long a client connection may sit idle between requests.
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);
/// How long to wait when the process is out of file descriptors; nothing announces that some are free again.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A running proxy. Clones are handles to the same one; it stops with the last of them.
#[derive(Clone, Debug)]
pub struct EgressProxy {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    address: SocketAddr,
    ledger: Arc<Ledger>,
    tasks: TaskTracker,
    shutdown: CancellationToken,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

impl EgressProxy {
    /// Starts a proxy on a free loopback port.
    ///
    /// # Errors
    /// No port can be opened.
    pub async fn start(policy: EgressPolicy) -> Result<Self, EgressError> {
        Self::start_with_resolver(policy, Arc::new(SystemResolver)).await
    }

    /// Starts a proxy that asks `resolver` for addresses.
    ///
    /// # Errors
    /// No port can be opened.
    pub async fn start_with_resolver(
        policy: EgressPolicy,
        resolver: Arc<dyn Resolve>,
    ) -> Result<Self, EgressError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .map_err(EgressError::Listen)?;
        let address = listener.local_addr().map_err(EgressError::Listen)?;
        let ledger = Arc::new(Ledger::new());
        let (tasks, shutdown) = (TaskTracker::new(), CancellationToken::new());
        let door = Arc::new(Door {
            policy,
            resolver,
            ledger: Arc::clone(&ledger),
            own: address,
        });
        let accepting = accept(listener, door, tasks.clone(), shutdown.clone());
        let stopped = shutdown.clone();
        tasks.spawn(async move { stopped.run_until_cancelled(accepting).await });
        Ok(Self {
            inner: Arc::new(Inner {
                address,
                ledger,
                tasks,
                shutdown,
            }),
        })
    }

    /// Where browsers find it: `127.0.0.1` and its port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.inner.address
    }

    /// Every refusal from now on. A listener that is far behind skips the oldest.
    #[must_use]
    pub fn denials(&self) -> broadcast::Receiver<Denial> {
        self.inner.ledger.subscribe()
    }

    /// The last refusal of this host: why a page that shows a tunnel error did not load.
    #[must_use]
    pub fn last_denial_for(&self, host: &str) -> Option<Denial> {
        self.inner.ledger.last_denial_for(host)
    }

    /// The last failure to reach this host although the policy allows it: through a tunnel, the browser itself
    /// cannot tell a missing name from a closed port.
    #[must_use]
    pub fn last_failure_for(&self, host: &str) -> Option<ConnectFailure> {
        self.inner.ledger.last_failure_for(host)
    }

    /// What went through since the start.
    #[must_use]
    pub fn stats(&self) -> EgressStats {
        self.inner.ledger.stats()
    }

    /// Closes the port and every connection, and waits until all are gone.
    pub async fn shutdown(self) {
        self.inner.shutdown.cancel();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
    }
}

async fn accept(
    listener: TcpListener,
    door: Arc<Door>,
    tasks: TaskTracker,
    shutdown: CancellationToken,
) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let serving = serve(
                    stream,
                    Arc::clone(&door),
                    tasks.clone(),
                    shutdown.clone(),
                    place,
                );
                let stopped = shutdown.clone();
                tasks.spawn(async move { stopped.run_until_cancelled(serving).await });
            }
            Err(error) => {
                tracing::warn!(%error, "the egress proxy cannot take a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn serve(
    stream: TcpStream,
    door: Arc<Door>,
    tasks: TaskTracker,
    shutdown: CancellationToken,
    place: OwnedSemaphorePermit,
) {
    // Small messages both ways; a socket that refuses the option still works.
    let _ = stream.set_nodelay(true);
    let client_gone = shutdown.child_token();
    let _ends_upstream = client_gone.clone().drop_guard();
    let place = Arc::new(place);
    let forwarder = Arc::new(Forwarder {
        door,
        tasks,
        shutdown,
        client_gone,
        place,
        upstream: Mutex::new(None),
    });
    let service = service_fn(move |request| {
        let forwarder = Arc::clone(&forwarder);
        async move { Ok::<_, Infallible>(forwarder.answer(request).await) }
    });
    let connection = http1::Builder::new()
        .preserve_header_case(true)
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // A client may break off at any time; nobody is left to tell.
    let _ = connection.await;
}
