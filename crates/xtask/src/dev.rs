//! `cargo xtask dev`: the server in its debug build and the web UI with hot reload, side by side.

use std::process::Child;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::shell::{cargo, npm, program, run, target};
use crate::{build, setup};

/// How often the two are looked at; a person waits for it only after one of them has ended.
const LOOK_EVERY: Duration = Duration::from_millis(200);

pub(crate) fn run_it() -> Result<()> {
    setup::run(setup::Purpose::Product)?;
    build::web()?;
    run(&mut cargo(&["build", "--package", "proscenium"]))?;
    let server = program(target().join("debug/proscenium"), &["serve"])
        .spawn()
        .context("starting the server")?;
    let web = npm(&["run", "dev", "--workspace", "web"])
        .spawn()
        .context("starting the web UI")?;
    eprintln!("The API is at http://127.0.0.1:7777, the UI with hot reload where Vite says.");
    until_one_ends(server, web)
}

fn until_one_ends(server: Child, web: Child) -> Result<()> {
    let mut both = [("server", server), ("web UI", web)];
    loop {
        for (name, child) in &mut both {
            if let Some(status) = child.try_wait()? {
                let name = *name;
                for (_, other) in &mut both {
                    // It may have ended already, on the same Ctrl-C.
                    let _ = other.kill();
                    other.wait()?;
                }
                bail!("the {name} ended ({status})");
            }
        }
        thread::sleep(LOOK_EVERY);
    }
}
