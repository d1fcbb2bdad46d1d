//! Where the database and the artifacts live.

use std::path::PathBuf;

use anyhow::Context as _;
use directories::ProjectDirs;

/// The folder that was asked for, or the user's own: `~/.local/share/proscenium` on Linux.
pub(crate) fn choose(asked: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    if let Some(folder) = asked {
        return Ok(folder);
    }
    let own = ProjectDirs::from("", "", "proscenium")
        .context("this user has no home folder: choose a data folder with --data-dir")?;
    Ok(own.data_dir().to_owned())
}
