use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ::intake::Intake;
use anyhow::Context as _;
use browser::LaunchOptions;
use ids::JobId;
use server::Monitored;
use store::Store;
use tokio_util::sync::CancellationToken;

use crate::exit_code::ExitCode;
use crate::monitor::Monitor;
use crate::reach::Reach;
use crate::rendering::RenderArgs;
use crate::studio::{AtOnce, Workers};
use crate::{data_dir, intake, outputs, signals};

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
    #[command(flatten)]
    rendering: RenderArgs,
    /// How many films are made at once, each in a browser of its own and in real time: more than the machine has cores for
    /// lose pictures.
    #[arg(long, default_value_t = 1, value_name = "N", env = "PROSCENIUM_FILMS")]
    films: usize,
    /// How long all of one film may take: exploring, performing, encoding.
    #[arg(long, default_value = "20m", value_name = "TIME", env = "PROSCENIUM_FILM_TIMEOUT", value_parser = super::film::duration)]
    film_timeout: Duration,
    /// Where it answers `/health` and `/metrics`, to whoever asks: `127.0.0.1:9464`. Nowhere when nothing is said; a port of 0
    /// takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", env = "PROSCENIUM_WORKER_LISTEN")]
    listen: Option<SocketAddr>,
    /// The browser's program, when it should not be searched for.
    #[arg(long, value_name = "PATH", env = "PROSCENIUM_CHROMIUM")]
    browser_path: Option<PathBuf>,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let stop = CancellationToken::new();
    signals::cancel_on_stop(stop.clone())?;
    let monitor = Monitor::listen(args.listen).await?;
    let mut policy = args.reach.policy();
    if let Some(monitor) = &monitor {
        policy = policy.own_port(monitor.port()?);
    }
    // What is said is looked at before anything is begun.
    let delivery = outputs::delivery()?;
    let renders = args.rendering.at_once()?;
    let rendering = args.rendering.rendering().await?;
    let folder = data_dir::choose(args.data_dir)?;
    let store = Store::open(&folder)
        .await
        .context("the data folder cannot be used")?;
    tokio::task::spawn_blocking(browser::sweep_orphans)
        .await
        .context("cleaning up broke off")?;
    let name = format!("worker-{}-{}", std::process::id(), JobId::new());
    let launch = LaunchOptions {
        executable: args.browser_path.clone(),
        ..LaunchOptions::default()
    };
    let at_once = AtOnce {
        runs: args.workers,
        renders,
        films: args.films,
        longest_film: args.film_timeout,
    };
    let mut workers = Workers::start(
        &store,
        &name,
        at_once,
        launch,
        policy,
        delivery.clone(),
        rendering,
    );
    let intake = intake::start(&store, delivery.clone(), &workers, renders).await?;
    if intake.is_none() {
        workers.warm_meanwhile();
    }
    println!(
        "Performing runs from {}, {} at once",
        folder.display(),
        args.workers
    );
    if let Some(list) = intake.as_ref().map(Intake::list) {
        println!("Taking render jobs from the list {list} in Redis");
    }
    let answering = match monitor {
        Some(monitor) => {
            println!("Health and metrics: {}", monitor.url()?);
            Some(monitor.answer(Monitored {
                name,
                store: store.clone(),
                renderers: Some(workers.renderers().clone()).filter(|_| renders > 0),
                delivery,
                intake: intake.as_ref().map(|intake| intake.watch().clone()),
                executable: args.browser_path,
            }))
        }
        None => None,
    };
    stop.cancelled().await;
    // First nothing more is taken; what was taken stays in Redis until its render, wherever it is made, is over.
    if let Some(intake) = intake {
        intake.shutdown().await;
    }
    workers.shutdown().await;
    // Until then whoever looks sees it end.
    if let Some(answering) = answering {
        answering.shutdown().await?;
    }
    store.close().await.context("the database was not closed")?;
    Ok(ExitCode::PASSED)
}
