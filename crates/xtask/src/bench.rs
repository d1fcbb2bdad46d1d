//! `cargo xtask bench`: the product and its peers side by side on this machine.

use anyhow::Result;
use clap::Args;

use crate::shell::{cargo, npm, program, root, run};
use crate::{build, setup};

#[derive(Args)]
pub(crate) struct Options {
    /// Passed on to the measurements: `--repeat=20`, `--seconds=10`, `--browser=PATH`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn run_it(options: &Options) -> Result<()> {
    setup::run(setup::Purpose::Product)?;
    build::web()?;
    // A package of their own: peers are no dependencies of the product.
    let peers = root().join("benches/peers");
    if !peers.join("node_modules").exists() {
        run(npm(&["ci", "--no-audit", "--no-fund"])
            // One of the peers would fetch a browser of its own.
            .env("PUPPETEER_SKIP_CHROMIUM_DOWNLOAD", "1")
            .current_dir(&peers))?;
    }
    run(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "proscenium",
        "--package",
        "bench-floor",
    ]))?;
    run(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "replay",
        "--example",
        "flow_bench",
    ]))?;
    run(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "video",
        "--example",
        "render_bench",
    ]))?;
    run(&mut cargo(&[
        "run",
        "--release",
        "--package",
        "video",
        "--example",
        "film_bench",
        "--",
        "--seconds=90",
    ]))?;
    for measurement in ["flow.mjs", "live.mjs", "render.mjs", "record.mjs"] {
        run(program("node", &[measurement])
            .args(&options.rest)
            .current_dir(&peers))?;
    }
    Ok(())
}
