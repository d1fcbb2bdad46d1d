//! `cargo xtask up`: from a fresh checkout to a running server.

use std::os::unix::process::CommandExt as _;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::shell::{cargo, program, run, target};
use crate::{build, setup};

#[derive(Args)]
pub(crate) struct Options {
    /// Passed on to `proscenium serve`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    serve: Vec<String>,
}

pub(crate) fn run_it(options: &Options) -> Result<()> {
    setup::run(setup::Purpose::Product)?;
    build::web()?;
    run(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "proscenium",
    ]))?;
    let binary = target().join("release/proscenium");
    // The server takes this process's place: Ctrl-C and signals reach it directly.
    let error = program(&binary, &["serve"]).args(&options.serve).exec();
    Err(error).with_context(|| format!("cannot start {}", binary.display()))
}
