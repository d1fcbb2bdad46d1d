use std::path::PathBuf;

use anyhow::Context as _;
use browser::LaunchOptions;
use ids::JobId;
use store::Store;
use tokio_util::sync::CancellationToken;

use crate::exit_code::ExitCode;
use crate::reach::Reach;
use crate::studio::{AtOnce, Workers};
use crate::{data_dir, outputs, signals};

/// Perform runs and make renders that a server has queued, in a process of its own on the same data folder.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the database and the artifacts: the server's.
    #[arg(long, value_name = "FOLDER", env = "PROSCENIUM_DATA_DIR")]
    data_dir: Option<PathBuf>,
    #[command(flatten)]
    reach: Reach,
    /// How many runs are performed at once.
    #[arg(long, default_value_t = 2, value_name = "N")]
    workers: usize,
    /// How many renders are made at once, each in a browser of its own.
    #[arg(
        long,
        default_value_t = 2,
        value_name = "N",
        env = "PROSCENIUM_RENDERS"
    )]
    renders: usize,
    /// The browser's program, when it should not be searched for.
    #[arg(long, value_name = "PATH", env = "PROSCENIUM_CHROMIUM")]
    browser_path: Option<PathBuf>,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let stop = CancellationToken::new();
    signals::cancel_on_stop(stop.clone())?;
    let folder = data_dir::choose(args.data_dir)?;
    let store = Store::open(&folder)
        .await
        .context("the data folder cannot be used")?;
    tokio::task::spawn_blocking(browser::sweep_orphans)
        .await
        .context("cleaning up broke off")?;
    let name = format!("worker-{}-{}", std::process::id(), JobId::new());
    let launch = LaunchOptions {
        executable: args.browser_path,
        ..LaunchOptions::default()
    };
    let delivery = outputs::delivery()?;
    let at_once = AtOnce {
        runs: args.workers,
        renders: args.renders,
    };
    let workers = Workers::start(
        &store,
        &name,
        at_once,
        launch,
        args.reach.policy(),
        delivery,
    );
    println!(
        "Performing runs from {}, {} at once",
        folder.display(),
        args.workers
    );
    stop.cancelled().await;
    workers.shutdown().await;
    store.close().await.context("the database was not closed")?;
    Ok(ExitCode::PASSED)
}
