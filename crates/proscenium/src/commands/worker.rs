use std::path::PathBuf;
use std::time::Duration;

use ::intake::Intake;
use anyhow::Context as _;
use browser::LaunchOptions;
use ids::JobId;
use store::Store;
use tokio_util::sync::CancellationToken;

use crate::exit_code::ExitCode;
use crate::reach::Reach;
use crate::studio::{AtOnce, Rendering, Workers};
use crate::{data_dir, gpu, intake, outputs, signals};

/// Renders at once when nothing is said.
const RENDERS: usize = 2;

/// Perform runs and make renders that a server has queued, in a process of its own on the same data folder.
///
/// With PROSCENIUM_REDIS_URL it takes render jobs from a list in Redis too (PROSCENIUM_REDIS_LIST, `playwright-jobs` when left
/// out) and answers them there; their outputs go to PROSCENIUM_STORAGE.
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
    /// How many renders are made at once, each in a browser of its own; 2 when nothing is said.
    ///
    /// The former render service's `BROWSER_POOL_SIZE` counts where this is not given.
    #[arg(long, value_name = "N", env = "PROSCENIUM_RENDERS")]
    renders: Option<usize>,
    /// How many films are made at once, each in a browser of its own and in real time: more than the machine has cores for
    /// lose pictures.
    #[arg(long, default_value_t = 1, value_name = "N", env = "PROSCENIUM_FILMS")]
    films: usize,
    /// How long all of one film may take: exploring, performing, encoding.
    #[arg(long, default_value = "20m", value_name = "TIME", env = "PROSCENIUM_FILM_TIMEOUT", value_parser = super::film::duration)]
    film_timeout: Duration,
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
    let renders = match args.renders {
        Some(renders) => renders,
        None => intake::pool_size()?.unwrap_or(RENDERS),
    };
    let at_once = AtOnce {
        runs: args.workers,
        renders,
        films: args.films,
        longest_film: args.film_timeout,
    };
    let rendering = Rendering {
        graphics: gpu::graphics(None).await?,
        usual_limit: intake::time_limit()?.unwrap_or(video::USUAL_TIME_LIMIT),
    };
    let workers = Workers::start(
        &store,
        &name,
        at_once,
        launch,
        args.reach.policy(),
        delivery.clone(),
        rendering,
    );
    let intake = intake::start(&store, delivery, &workers, renders).await?;
    println!(
        "Performing runs from {}, {} at once",
        folder.display(),
        args.workers
    );
    if let Some(list) = intake.as_ref().map(Intake::list) {
        println!("Taking render jobs from the list {list} in Redis");
    }
    stop.cancelled().await;
    // First nothing more is taken; what was taken stays in Redis until its render, wherever it is made, is over.
    if let Some(intake) = intake {
        intake.shutdown().await;
    }
    workers.shutdown().await;
    store.close().await.context("the database was not closed")?;
    Ok(ExitCode::PASSED)
}
