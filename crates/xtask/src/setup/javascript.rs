//! The npm workspace: installed when the lock file is not the one that was installed last.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::shell::{npm, output, root, run};

/// The oldest Node.js that the build tools run on.
const OLDEST_NODE: (u32, u32) = (20, 19);

pub(crate) fn install_if_changed() -> Result<()> {
    check_node()?;
    let lock = fs::read(root().join("package-lock.json")).context("reading package-lock.json")?;
    let installed = root().join("node_modules/.proscenium-installed-lock");
    if fs::read(&installed).is_ok_and(|last| last == lock) {
        return Ok(());
    }
    run(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, lock).with_context(|| format!("writing {}", installed.display()))
}

fn check_node() -> Result<()> {
    let version = output(Command::new("node").arg("--version")).context(
        "Node.js is missing: install version 20.19 or later, for example from https://nodejs.org",
    )?;
    let mut parts = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map_while(|part| part.parse().ok());
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < OLDEST_NODE {
        let (major, minor) = OLDEST_NODE;
        bail!(
            "Node.js {} is too old: version {major}.{minor} or later is needed, see https://nodejs.org",
            version.trim()
        );
    }
    Ok(())
}
