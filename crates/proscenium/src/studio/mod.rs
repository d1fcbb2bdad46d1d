//! The whole studio in one process: store, sessions, workers and the HTTP server, started and stopped in order.

mod address;
mod lock;
mod workers;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use browser::{Engine, LaunchOptions};
use delivery::Delivery;
use egress::EgressPolicy;
use server::{App, Journal, Options, Scheduler};
use session::{SessionConfig, SessionManager};
use store::Store;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use work::{Keep, Retention};

pub(crate) use address::{base_url, remembered};
pub(crate) use workers::{AtOnce, Rendering, Workers};

use lock::FolderLock;

/// A link that creates the owner may wait for a person to come back from lunch.
const FIRST_LINK_LASTS: Duration = Duration::from_secs(24 * 3600);

/// The worker inside the server goes by this name; the folder's lock makes sure that there is only one.
const EMBEDDED: &str = "serve";

/// How the studio is set up.
pub(crate) struct Plan {
    pub(crate) host: IpAddr,
    pub(crate) port: u16,
    pub(crate) data_dir: PathBuf,
    pub(crate) names: Vec<String>,
    pub(crate) egress: EgressPolicy,
    pub(crate) at_once: AtOnce,
    /// Where outputs of renders, and films, go.
    pub(crate) delivery: Option<Delivery>,
    /// How long films and outputs of renders stay.
    pub(crate) keep: Keep,
    pub(crate) max_sessions: usize,
    /// The engine that `browser_path` is of.
    pub(crate) engine: Engine,
    pub(crate) browser_path: Option<PathBuf>,
    /// How renders are made.
    pub(crate) rendering: Rendering,
}

/// The studio at work.
pub(crate) struct Studio {
    app: App,
    listener: TcpListener,
    address: SocketAddr,
    store: Store,
    sessions: SessionManager,
    journal: Journal,
    workers: Workers,
    retention: Retention,
    scheduler: Scheduler,
    shutdown: CancellationToken,
    _lock: FolderLock,
}

impl Studio {
    /// Opens the data folder and the port, cleans up after a predecessor that died, and starts the workers.
    pub(crate) async fn open(mut plan: Plan) -> anyhow::Result<Self> {
        let listener = bind(plan.host, plan.port).await?;
        let address = listener
            .local_addr()
            .context("the port that was opened has no address")?;
        plan.egress = plan.egress.own_port(address.port());
        let store = Store::open(&plan.data_dir)
            .await
            .context("the data folder cannot be used")?;
        let lock = FolderLock::take(&plan.data_dir)?;
        address::remember(&plan.data_dir, &base_url(address)).await;
        let launch = LaunchOptions {
            engine: plan.engine,
            executable: plan.browser_path.clone(),
            ..LaunchOptions::default()
        };
        let mut workers = Workers::start(
            &store,
            EMBEDDED,
            plan.at_once,
            launch,
            plan.egress.clone(),
            plan.delivery.clone(),
            plan.rendering,
        );
        recover(&store, &workers, &plan).await?;
        workers.warm_meanwhile();

        let retention = Retention::start(store.clone(), plan.keep);
        let sessions = SessionManager::new(SessionConfig {
            egress: plan.egress.clone(),
            max_sessions: plan.max_sessions,
            engine: plan.engine,
            executable: plan.browser_path.clone(),
            folder: Some(sessions_folder(&plan)),
            ..SessionConfig::default()
        });
        let journal = server::start_journal(store.clone(), &sessions);
        let shutdown = CancellationToken::new();
        let options = Options {
            names: plan.names,
            workers: u32::try_from(plan.at_once.runs).unwrap_or(u32::MAX),
            egress: plan.egress,
            delivery: plan.delivery,
            keep: plan.keep,
            renderers: Some(workers.renderers().clone()).filter(|_| plan.at_once.renders > 0),
            executable: plan.browser_path,
        };
        let app = App::new(
            store.clone(),
            sessions.clone(),
            workers.running().clone(),
            options,
            shutdown.clone(),
        );
        let scheduler = server::start_scheduler(app.clone());
        Ok(Self {
            app,
            listener,
            address,
            store,
            sessions,
            journal,
            workers,
            retention,
            scheduler,
            shutdown,
            _lock: lock,
        })
    }

    /// The sessions of this studio.
    pub(crate) fn sessions(&self) -> &SessionManager {
        &self.sessions
    }

    /// Where people reach it.
    pub(crate) fn url(&self) -> String {
        base_url(self.address)
    }

    /// Whether only this machine can reach it.
    pub(crate) fn is_local(&self) -> bool {
        self.address.ip().is_loopback()
    }

    /// A link that creates the owner, while there is none.
    pub(crate) async fn first_link(&self) -> anyhow::Result<Option<String>> {
        if self.store.users().owner().await?.is_some() {
            return Ok(None);
        }
        Ok(Some(
            server::issue_link(&self.store, &self.url(), FIRST_LINK_LASTS).await?,
        ))
    }

    /// Answers requests until `stop` fires, then ends everything in order: no new work, sessions and runs, browsers,
    /// what is left to write down.
    pub(crate) async fn run_until(self, stop: CancellationToken) -> anyhow::Result<()> {
        let Self {
            app,
            listener,
            store,
            sessions,
            journal,
            workers,
            retention,
            scheduler,
            shutdown,
            ..
        } = self;
        let serving = server::serve(listener, app);
        let stopping = async {
            stop.cancelled().await;
            tracing::info!("stopping: sessions are ended, runs go back to the queue");
            shutdown.cancel();
            scheduler.shutdown().await;
            tokio::join!(
                sessions.shutdown(),
                workers.shutdown(),
                retention.shutdown()
            );
            journal.finish().await;
        };
        let (served, ()) = tokio::join!(serving, stopping);
        store.close().await.context("the database was not closed")?;
        served.context("the server stopped answering")
    }
}

/// Ends what a predecessor left behind when it died.
async fn recover(store: &Store, workers: &Workers, plan: &Plan) -> anyhow::Result<()> {
    let reason = "the server stopped without ending it";
    let sessions = store.sessions().end_orphans(reason).await?;
    let runs = workers.recover(store, EMBEDDED).await?;
    let folder = sessions_folder(plan);
    tokio::task::spawn_blocking(move || {
        browser::sweep_orphans();
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(%error, folder = %folder.display(), "files of earlier sessions could not be removed");
            }
            _ => {}
        }
    })
    .await
    .context("cleaning up broke off")?;
    if sessions + runs > 0 {
        tracing::warn!(
            sessions,
            runs,
            "a server died before: its sessions are ended, its runs are queued again"
        );
    }
    Ok(())
}

fn sessions_folder(plan: &Plan) -> PathBuf {
    plan.data_dir.join("sessions")
}

async fn bind(host: IpAddr, port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((host, port))
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => anyhow::anyhow!(
                "port {port} is taken: another program listens on it (perhaps Proscenium itself); \
             choose another one with --port"
            ),
            std::io::ErrorKind::PermissionDenied => {
                anyhow::anyhow!(
                    "this user may not listen on port {port}; ports from 1024 on need no permission"
                )
            }
            _ => anyhow::anyhow!("cannot listen on {host}:{port}: {error}"),
        })
}
