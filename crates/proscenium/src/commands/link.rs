use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use store::Store;

use crate::data_dir;
use crate::exit_code::ExitCode;
use crate::studio;

/// A link is opened now or not at all.
const LASTS: Duration = Duration::from_secs(3600);

/// Print a link that signs its opener in, once, within an hour; or a token for programs.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the database and the artifacts.
    #[arg(long, value_name = "FOLDER", env = "PROSCENIUM_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// The server's address, when it is reached under another one than it knows.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Print a token for --api-token instead, which is good for 30 days.
    #[arg(long, conflicts_with = "url")]
    token: bool,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let folder = data_dir::choose(args.data_dir)?;
    let store = Store::open(&folder)
        .await
        .context("the data folder cannot be used")?;
    let printed = if args.token {
        server::issue_token(&store).await?
    } else {
        let known = args.url.or_else(|| studio::remembered(&folder));
        let url = known.unwrap_or_else(|| "http://127.0.0.1:7777".to_owned());
        server::issue_link(&store, &url, LASTS).await?
    };
    println!("{printed}");
    store.close().await.context("the database was not closed")?;
    Ok(ExitCode::PASSED)
}
