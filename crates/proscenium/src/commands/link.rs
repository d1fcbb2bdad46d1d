use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::exit_code::ExitCode;

/// How long the link can be used.
const LINK_LASTS: Duration = Duration::from_secs(15 * 60);

/// Print a link that signs the owner in, once, within fifteen minutes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the database and the artifacts.
    #[arg(long, env = "PROSCENIUM_DATA_DIR", value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// The address under which the studio is reached.
    #[arg(long, default_value = "http://127.0.0.1:7777", value_name = "URL")]
    url: Url,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let folder = crate::data_dir::choose(args.data_dir)?;
    let store = super::serve::open(&folder).await?;
    println!(
        "{}",
        server::issue_link(&store, args.url.as_str(), LINK_LASTS).await?
    );
    store.close().await?;
    Ok(ExitCode::PASSED)
}
