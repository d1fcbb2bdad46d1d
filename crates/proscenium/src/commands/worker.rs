use std::path::PathBuf;
use std::sync::Arc;

use browser::LaunchOptions;
use egress::{EgressPolicy, HostPattern};
use tokio_util::sync::CancellationToken;
use work::{BrowserPool, Handler, RUN_QUEUE, RunJob, Worker, WorkerOptions};

use crate::exit_code::ExitCode;
use crate::signals;

/// Perform queued runs, beside a server that uses the same data folder. Ends with Ctrl-C.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the database and the artifacts.
    #[arg(long, env = "PROSCENIUM_DATA_DIR", value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// How many runs are performed at once.
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    concurrency: u32,
    /// A host that pages may reach although it is on this machine or in its network.
    #[arg(long = "allow-host", value_name = "HOST")]
    allow_hosts: Vec<HostPattern>,
    /// A host that pages may not reach.
    #[arg(long = "deny-host", value_name = "HOST")]
    deny_hosts: Vec<HostPattern>,
    /// The browser's program, when it should not be searched for.
    #[arg(long, value_name = "PATH", env = "PROSCENIUM_CHROMIUM")]
    browser_path: Option<PathBuf>,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let shutdown = CancellationToken::new();
    signals::cancel_on_stop(shutdown.clone())?;
    let folder = crate::data_dir::choose(args.data_dir)?;
    let store = super::serve::open(&folder).await?;
    let mut policy = EgressPolicy::public_only();
    policy.allow_hosts.extend(args.allow_hosts);
    policy.deny_hosts.extend(args.deny_hosts);
    let browsers = BrowserPool::new(LaunchOptions {
        executable: args.browser_path,
        ..LaunchOptions::default()
    });
    let handlers: Vec<Arc<dyn Handler>> = vec![Arc::new(RunJob::new(
        store.clone(),
        browsers.clone(),
        policy,
    ))];
    let name = format!("worker-{}", std::process::id());
    let options = WorkerOptions::new(name.clone(), RUN_QUEUE, args.concurrency as usize);
    let worker = Worker::start(store.clone(), handlers, options);
    println!("{name} takes runs from {}", folder.display());
    shutdown.cancelled().await;
    worker.shutdown().await;
    browsers.close().await;
    store.close().await?;
    Ok(ExitCode::PASSED)
}
