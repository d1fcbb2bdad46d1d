use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use browser::Engine;
use tokio_util::sync::CancellationToken;

use crate::exit_code::ExitCode;
use crate::keep::KeepArgs;
use crate::reach::Reach;
use crate::rendering::RenderArgs;
use crate::studio::{AtOnce, Plan, Studio};
use crate::{data_dir, outputs, signals};

/// Serve the studio: the web interface, the API, live sessions and runs.
///
/// Prints the address and, while nobody has claimed the studio, a link that signs its owner in once. Ends with Ctrl-C.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The address to listen on. Anything but a loopback address lets other machines in.
    #[arg(
        long,
        default_value = "127.0.0.1",
        value_name = "ADDRESS",
        env = "PROSCENIUM_HOST"
    )]
    host: IpAddr,
    /// The port to listen on; 0 takes a free one.
    #[arg(
        long,
        default_value_t = 7777,
        value_name = "PORT",
        env = "PROSCENIUM_PORT"
    )]
    port: u16,
    /// A name under which browsers reach the server, beside localhost and plain addresses.
    #[arg(long = "server-name", value_name = "NAME")]
    names: Vec<String>,
    /// Folder of the database and the artifacts.
    #[arg(long, value_name = "FOLDER", env = "PROSCENIUM_DATA_DIR")]
    data_dir: Option<PathBuf>,
    #[command(flatten)]
    reach: Reach,
    /// How many runs are performed at once; 0 leaves them to `proscenium worker`.
    #[arg(long, default_value_t = 2, value_name = "N")]
    workers: usize,
    #[command(flatten)]
    rendering: RenderArgs,
    /// How many films are made at once, each in a browser of its own and in real time: more than the machine has cores for
    /// lose pictures. 0 leaves them to `proscenium worker`.
    #[arg(long, default_value_t = 1, value_name = "N", env = "PROSCENIUM_FILMS")]
    films: usize,
    /// How long all of one film may take: exploring, performing, encoding.
    #[arg(long, default_value = "20m", value_name = "TIME", env = "PROSCENIUM_FILM_TIMEOUT", value_parser = super::film::duration)]
    film_timeout: Duration,
    #[command(flatten)]
    keep: KeepArgs,
    /// The most live sessions at once.
    #[arg(long, default_value_t = 8, value_name = "N")]
    max_sessions: usize,
    /// The browser's program, when it should not be searched for.
    #[arg(long, value_name = "PATH", env = "PROSCENIUM_CHROMIUM")]
    browser_path: Option<PathBuf>,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let plan = Plan {
        host: args.host,
        port: args.port,
        data_dir: data_dir::choose(args.data_dir)?,
        names: args.names,
        egress: args.reach.policy(),
        at_once: AtOnce {
            runs: args.workers,
            renders: args.rendering.at_once()?,
            films: args.films,
            longest_film: args.film_timeout,
        },
        delivery: outputs::delivery()?,
        keep: args.keep.keep(),
        max_sessions: args.max_sessions,
        engine: Engine::Chromium,
        rendering: args.rendering.rendering().await?,
        browser_path: args.browser_path,
    };
    let stop = CancellationToken::new();
    signals::cancel_on_stop(stop.clone())?;
    let data = plan.data_dir.display().to_string();
    let studio = Studio::open(plan).await?;
    println!("Proscenium listens on {}", studio.url());
    match studio.first_link().await? {
        Some(link) => println!("Open this link once to become its owner: {link}"),
        None => println!("Signed out? `proscenium link` prints a link that signs you in."),
    }
    println!("Data folder: {data}");
    if !studio.is_local() {
        println!("Other machines can reach it: put a proxy with TLS in front of it.");
    }
    studio.run_until(stop).await?;
    Ok(ExitCode::PASSED)
}
