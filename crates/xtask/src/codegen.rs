//! `cargo xtask codegen`: every generated file of the tree, each made by one generator.

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::codegen_cdp;

#[derive(Args)]
pub(crate) struct Options {
    /// Only this one; all of them when left out.
    what: Option<What>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// `crates/browser/src/cdp/protocol`, from the protocol's own description.
    Cdp,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let wanted = |what| options.what.is_none_or(|only| only == what);
    if wanted(What::Cdp) {
        codegen_cdp::run()?;
    }
    Ok(())
}
