//! `cargo xtask setup`: what the machine lacks, installed once; does nothing when nothing is missing.

mod ask;
mod javascript;
mod packages;

use anyhow::Result;

/// What the machine is set up for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To build, check and run the product.
    Product,
    /// To test it too, which takes other tools.
    Tests,
}

pub(crate) fn run(purpose: Purpose) -> Result<()> {
    packages::install_missing(purpose)?;
    javascript::install_if_changed()
}
