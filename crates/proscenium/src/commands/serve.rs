use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use browser::LaunchOptions;
use egress::{EgressPolicy, HostPattern};
use session::{SessionConfig, SessionManager};
use store::Store;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use work::{Backoff, BrowserPool, Handler, RUN_QUEUE, RunJob, Worker, WorkerOptions};

use crate::exit_code::ExitCode;
use crate::signals;

/// How long the link that is printed at the start can be used.
const LINK_LASTS: Duration = Duration::from_secs(24 * 60 * 60);

/// Serve the studio: the web interface, the API, live sessions and runs.
///
/// Prints the address and, while nobody has claimed the studio, a link that signs its owner in once. Ends with Ctrl-C.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Address to listen on. Anything but a loopback address lets other machines in.
    #[arg(
        long,
        default_value = "127.0.0.1",
        value_name = "ADDRESS",
        env = "PROSCENIUM_HOST"
    )]
    host: IpAddr,
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 7777, env = "PROSCENIUM_PORT")]
    port: u16,
    /// Another name under which the studio is reached, such as studio.example.test; repeat it for more.
    #[arg(long = "name", value_name = "NAME")]
    names: Vec<String>,
    /// Folder of the database and the artifacts.
    #[arg(long, env = "PROSCENIUM_DATA_DIR", value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// A host that pages may reach although it is on this machine or in its network: example.test, *.example.test,
    /// 10.0.0.0/8, host:port. Repeat it for more.
    #[arg(long = "allow-host", value_name = "HOST")]
    allow_hosts: Vec<HostPattern>,
    /// A host that pages may not reach.
    #[arg(long = "deny-host", value_name = "HOST")]
    deny_hosts: Vec<HostPattern>,
    /// How many runs are performed at once; 0 leaves them to `proscenium worker`.
    #[arg(long, default_value_t = 2, value_name = "N")]
    workers: u32,
    /// Most live sessions at once.
    #[arg(long, default_value_t = 16, value_name = "N")]
    max_sessions: usize,
    /// The browser's program, when it should not be searched for.
    #[arg(long, value_name = "PATH", env = "PROSCENIUM_CHROMIUM")]
    browser_path: Option<PathBuf>,
}

impl Args {
    fn policy(&self) -> EgressPolicy {
        let mut policy = EgressPolicy::public_only();
        policy.allow_hosts.extend(self.allow_hosts.iter().cloned());
        policy.deny_hosts.extend(self.deny_hosts.iter().cloned());
        policy
    }
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let shutdown = CancellationToken::new();
    signals::cancel_on_stop(shutdown.clone())?;
    let listener = listen(args.host, args.port).await?;
    let address = listener.local_addr()?;
    let folder = crate::data_dir::choose(args.data_dir.clone())?;
    let store = open(&folder).await?;
    let ended = store
        .sessions()
        .end_orphans("the server stopped without ending it")
        .await?;
    if ended > 0 {
        tracing::warn!(
            sessions = ended,
            "ended live sessions that an earlier server left"
        );
    }

    let policy = args.policy();
    let launch = LaunchOptions {
        executable: args.browser_path.clone(),
        ..LaunchOptions::default()
    };
    let browsers = BrowserPool::new(launch);
    let handlers: Vec<Arc<dyn Handler>> = vec![Arc::new(RunJob::new(
        store.clone(),
        browsers.clone(),
        policy.clone(),
    ))];
    // The embedded worker has the same name after each start, so that it can take back at once what it lost by dying.
    let name = format!("server-{}", address.port());
    let taken_back = work::recover(&store, &handlers, &name, Backoff::default()).await?;
    if taken_back > 0 {
        tracing::warn!(
            runs = taken_back,
            "took back runs that an earlier server left"
        );
    }
    let worker = Worker::start(
        store.clone(),
        handlers,
        WorkerOptions::new(name, RUN_QUEUE, args.workers as usize),
    );
    let sessions = SessionManager::new(SessionConfig {
        egress: policy.clone(),
        max_sessions: args.max_sessions,
        executable: args.browser_path.clone(),
        ..SessionConfig::default()
    });
    let journal = server::start_journal(store.clone(), &sessions);
    let app = server::App::new(
        store.clone(),
        sessions.clone(),
        worker.running().clone(),
        server::Options {
            names: args.names.clone(),
            workers: args.workers,
            egress: policy,
            executable: args.browser_path.clone(),
        },
        shutdown.clone(),
    );
    announce(&store, address).await?;

    let served = server::serve(listener, app).await;
    worker.shutdown().await;
    sessions.shutdown().await;
    journal.finish().await;
    browsers.close().await;
    store.close().await?;
    served.context("the server broke off")?;
    Ok(ExitCode::PASSED)
}

async fn listen(host: IpAddr, port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((host, port)).await.with_context(|| {
        format!("cannot listen on {host}:{port}; another program may use the port: choose one with --port, or 0 for a free one")
    })
}

pub(super) async fn open(folder: &Path) -> anyhow::Result<Store> {
    Store::open(folder).await.with_context(|| {
        format!(
            "cannot open the data folder {}; choose another with --data-dir",
            folder.display()
        )
    })
}

async fn announce(store: &Store, address: SocketAddr) -> anyhow::Result<()> {
    let url = local_url(address);
    println!("Proscenium listens on {url}");
    if !address.ip().is_loopback() {
        println!("Other machines can reach it: put a proxy with TLS in front of it.");
    }
    if store.users().owner().await?.is_none() {
        let link = server::issue_link(store, &url, LINK_LASTS).await?;
        println!("Open this link once to become its owner: {link}");
    } else {
        println!("Signed out? `proscenium link` prints a link that signs you in.");
    }
    Ok(())
}

/// The address as a browser on this machine takes it.
pub(super) fn local_url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://127.0.0.1:{}", address.port())
    } else {
        format!("http://{address}")
    }
}
