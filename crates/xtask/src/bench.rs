//! `cargo xtask bench`: the product and its peers side by side on this machine.

use anyhow::Result;
use clap::Args;

use crate::setup;
use crate::shell::{cargo, npm, program, root, run};

#[derive(Args)]
pub(crate) struct Options {
    /// Passed on to `benches/peers/run.mjs`, for example `--quick`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn run_it(options: &Options) -> Result<()> {
    setup::run()?;
    crate::build::web()?;
    // Their own package: peers are not dependencies of the product.
    let peers = root().join("benches/peers");
    if !peers.join("node_modules").exists() {
        run(npm(&["ci", "--no-audit", "--no-fund"]).current_dir(&peers))?;
    }
    run(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "proscenium",
    ]))?;
    run(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "replay",
        "--example",
        "flow_bench",
        "--example",
        "flow_floor",
    ]))?;
    run(program("node", &["run.mjs"])
        .args(&options.rest)
        .current_dir(&peers))
}
