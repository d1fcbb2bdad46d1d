//! `cargo xtask lint`: format, lints, dependencies, types, and generated files that are up to date.

use std::env;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::phases::Phases;
use crate::shell::{cargo, npm, run};
use crate::{build, codegen, dependencies, setup};

#[derive(Args)]
pub(crate) struct Options {
    /// Only this check; all of them when left out.
    check: Option<Check>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Check {
    /// Rust sources are formatted.
    Rustfmt,
    /// Clippy has nothing to say.
    Clippy,
    /// No banned crate, licence or source (`deny.toml`).
    Dependencies,
    /// TypeScript, JSON and CSS are formatted and linted.
    Biome,
    /// TypeScript's types are right.
    Types,
    /// Generated files are what their generators make.
    Generated,
}

impl Check {
    fn perform(self) -> Result<()> {
        match self {
            Self::Rustfmt => run(&mut cargo(&["fmt", "--all", "--check"])),
            Self::Clippy => {
                // The UI is embedded in the server, which does not compile without it.
                build::web()?;
                if linted_while_built() {
                    let arguments = [
                        "test",
                        "--workspace",
                        "--all-targets",
                        "--no-run",
                        "--quiet",
                    ];
                    return run(&mut cargo(&arguments));
                }
                let arguments = [
                    "clippy",
                    "--workspace",
                    "--all-targets",
                    "--quiet",
                    "--",
                    "--deny",
                    "warnings",
                ];
                run(&mut cargo(&arguments))
            }
            Self::Dependencies => dependencies::check(),
            Self::Biome => run(&mut npm(&["run", "--silent", "lint"])),
            Self::Types => run(&mut npm(&[
                "run",
                "--silent",
                "check",
                "--workspaces",
                "--if-present",
            ])),
            Self::Generated => codegen::check(),
        }
    }
}

/// Whether every build is made by Clippy's compiler, as CI has it: what the tests need anyway is then linted as it is
/// compiled, where `cargo clippy` would check everything, dependencies included, once more beside it.
fn linted_while_built() -> bool {
    env::var_os("RUSTC_WORKSPACE_WRAPPER").is_some_and(|wrapper| wrapper == "clippy-driver")
}

pub(crate) fn run_it(options: &Options) -> Result<()> {
    let mut phases = Phases::new();
    phases.time("set-up", || setup::run(setup::Purpose::Product))?;
    let mut failed = Vec::new();
    for check in Check::value_variants() {
        if options.check.is_none_or(|only| only == *check) {
            let name = check
                .to_possible_value()
                .map(|value| value.get_name().to_owned())
                .unwrap_or_default();
            // A failed check does not hide what the others say.
            failed.extend(phases.time(&name, || check.perform()).err());
        }
    }
    phases.report();
    if failed.is_empty() {
        return Ok(());
    }
    let messages: Vec<String> = failed.iter().map(|error| format!("{error:#}")).collect();
    bail!("{}", messages.join("\n"))
}
