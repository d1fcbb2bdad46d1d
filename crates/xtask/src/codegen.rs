//! `cargo xtask codegen`: every generated file of the tree, each made by one generator.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};

use crate::codegen_cdp;
use crate::shell::{cargo, npm, output, program, root, run, target};

#[derive(Args)]
pub(crate) struct Options {
    /// Only this one; all of them when left out.
    what: Option<What>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The protocol types, from the protocol's own description and `crates/browser/protocol.txt`.
    Cdp,
    /// The bundle that runs inside pages, from `page/src`.
    Page,
    /// The OpenAPI document, from the server's handlers.
    Openapi,
    /// The web client's types, from the OpenAPI document.
    Web,
}

/// In the order in which one may need the other.
const ALL: [What; 4] = [What::Cdp, What::Page, What::Openapi, What::Web];

impl What {
    /// Runs the generator. A file that it writes again as it was keeps its time: cargo, and whatever else goes by times, would
    /// build all that depends on it once more.
    fn generate(self) -> Result<()> {
        let before = times(&contents(&self.made())?)?;
        self.run()?;
        for (path, text) in contents(&self.made())? {
            if let Some((was, modified)) = before.get(&path)
                && *was == text
            {
                let file = File::options().write(true).open(&path);
                file.and_then(|file| file.set_modified(*modified))
                    .with_context(|| format!("setting the time of {}", path.display()))?;
            }
        }
        Ok(())
    }

    fn run(self) -> Result<()> {
        match self {
            Self::Cdp => codegen_cdp::run(),
            Self::Page => run(&mut npm(&[
                "run",
                "--silent",
                "build",
                "--workspace",
                "page",
            ])),
            Self::Openapi => {
                // Of the whole workspace: the server alone has other features of its dependencies, which would be
                // compiled a second time after the tests.
                run(&mut cargo(&[
                    "build",
                    "--quiet",
                    "--workspace",
                    "--example",
                    "openapi",
                ]))?;
                let document = output(&mut program(target().join("debug/examples/openapi"), &[]))?;
                fs::write(root().join("crates/server/openapi.json"), document)
                    .context("writing openapi.json")
            }
            Self::Web => {
                if !root().join("web/openapi/node_modules").exists() {
                    run(&mut npm(&[
                        "ci",
                        "--prefix",
                        "web/openapi",
                        "--no-audit",
                        "--no-fund",
                    ]))?;
                }
                run(&mut npm(&[
                    "run",
                    "--silent",
                    "generate",
                    "--workspace",
                    "web",
                ]))
            }
        }
    }

    /// What the generator writes: a file, or every file of a folder.
    fn made(self) -> PathBuf {
        root().join(match self {
            Self::Cdp => "crates/browser/src/cdp/protocol",
            Self::Page => "crates/browser/src/page_bundle.js",
            Self::Openapi => "crates/server/openapi.json",
            Self::Web => "web/src/api/schema.d.ts",
        })
    }
}

/// The same with the times of the files.
fn times(files: &BTreeMap<PathBuf, Vec<u8>>) -> Result<BTreeMap<PathBuf, (Vec<u8>, SystemTime)>> {
    let timed = files.iter().map(|(path, text)| {
        let modified = fs::metadata(path).and_then(|file| file.modified());
        let modified = modified.with_context(|| format!("reading {}", path.display()))?;
        Ok((path.clone(), (text.clone(), modified)))
    });
    timed.collect()
}

pub(crate) fn run_it(options: &Options) -> Result<()> {
    let chosen = ALL
        .into_iter()
        .filter(|what| options.what.is_none_or(|only| only == *what));
    chosen.into_iter().try_for_each(What::generate)
}

/// Fails when a generated file is not what its generator makes of the sources; leaves the files as they were.
pub(crate) fn check() -> Result<()> {
    let mut stale = Vec::new();
    for what in ALL {
        let before = contents(&what.made())?;
        what.generate()?;
        let after = contents(&what.made())?;
        for (path, text) in &after {
            if before.get(path) != Some(text) {
                stale.push(
                    path.strip_prefix(root())
                        .unwrap_or(path)
                        .display()
                        .to_string(),
                );
            }
        }
        restore(&before, &after)?;
    }
    if stale.is_empty() {
        return Ok(());
    }
    bail!(
        "out of date: {}; run `cargo xtask codegen`",
        stale.join(", ")
    )
}

fn contents(path: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let read = |path: PathBuf| fs::read(&path).map(|text| (path, text));
    let files = match fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|entry| read(entry.path())).collect(),
        Err(_) if path.exists() => [read(path.to_owned())].into_iter().collect(),
        Err(_) => Ok(BTreeMap::new()),
    };
    files.with_context(|| format!("reading {}", path.display()))
}

fn restore(before: &BTreeMap<PathBuf, Vec<u8>>, after: &BTreeMap<PathBuf, Vec<u8>>) -> Result<()> {
    for path in after.keys().filter(|path| !before.contains_key(*path)) {
        fs::remove_file(path).with_context(|| format!("removing {}", path.display()))?;
    }
    for (path, text) in before
        .iter()
        .filter(|(path, text)| after.get(*path) != Some(text))
    {
        fs::write(path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}
