//! `cargo xtask setup`: what the machine lacks, installed once; does nothing when nothing is missing.

mod ask;
mod javascript;
mod packages;

use anyhow::Result;

pub(crate) fn run() -> Result<()> {
    packages::install_missing()?;
    javascript::install_if_changed()
}
