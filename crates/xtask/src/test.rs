//! `cargo xtask test`: everything that is tested, after its own set-up.

use std::env;
use std::process::Command;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::phases::Phases;
use crate::shell::{cargo, npm, run, run_and_watch, target};
use crate::{build, setup};

#[derive(Args)]
pub(crate) struct Options {
    /// Only this part; all of them when left out.
    part: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The crates.
    Rust,
    /// The browser layer, steps and live sessions on Firefox and on WebKit; the other parts are on Chromium.
    Engines,
    /// What runs inside pages.
    Page,
    /// The web UI's units.
    Web,
    /// The recorder extension in a browser, and what it recorded performed again.
    Extension,
    /// The whole product in a browser.
    E2e,
}

pub(crate) fn run_it(options: &Options) -> Result<()> {
    let wanted = |part| options.part.is_none_or(|only| only == part);
    let mut phases = Phases::new();
    phases.time("set-up", || setup::run(setup::Purpose::Tests))?;
    phases.time("web build", build::web)?;
    // A failed part does not hide what the others say.
    let mut failed = Vec::new();
    if wanted(Part::Rust) {
        failed.extend(phases.time("rust tests", rust).err());
    }
    if wanted(Part::Engines) {
        for engine in ["firefox", "webkit"] {
            let name = format!("{engine} tests");
            failed.extend(
                phases
                    .time(&name, || on_engine(engine, "browser", &[]))
                    .err(),
            );
            let name = format!("{engine} steps");
            failed.extend(
                phases
                    .time(&name, || on_engine(engine, "play", chosen_steps()))
                    .err(),
            );
            let name = format!("{engine} sessions");
            failed.extend(phases.time(&name, || sessions_on(engine)).err());
        }
    }
    for (part, workspace) in [(Part::Page, "page"), (Part::Web, "web")] {
        if wanted(part) {
            let name = format!("{workspace} tests");
            failed.extend(
                phases
                    .time(&name, || run(&mut npm(&["test", "--workspace", workspace])))
                    .err(),
            );
        }
    }
    for (part, workspace, name) in [
        (Part::Extension, "extension", "extension tests"),
        (Part::E2e, "e2e", "end-to-end tests"),
    ] {
        if wanted(part) {
            let after_rust = wanted(Part::Rust);
            failed.extend(
                phases
                    .time(name, || with_product(workspace, after_rust))
                    .err(),
            );
        }
    }
    phases.report();
    if failed.is_empty() {
        return Ok(());
    }
    let messages: Vec<String> = failed.iter().map(|error| format!("{error:#}")).collect();
    bail!("{}", messages.join("\n"))
}

fn rust() -> Result<()> {
    if has_nextest() {
        return run(&mut cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
        ]));
    }
    run(&mut cargo(&["test", "--workspace", "--no-fail-fast"]))
}

/// The tests of steps that an engine does in its own way. CI performs these on Firefox and WebKit; what waits, compares,
/// decides and heals is the same program on every engine.
fn chosen_steps() -> &'static [&'static str] {
    if env::var_os("CI").is_none() {
        return &[];
    }
    &[
        "click::",
        "dialog::",
        "download::",
        "frames::",
        "keys::",
        "overlays::",
        "tabs::",
        "upload::",
        "wheel::",
    ]
}

/// The tests of one target in one process, which shares one browser: it takes long to start. With
/// `PROSCENIUM_TEST_RETRIES`, those that failed get another go, and are named as flaky when they pass it. Of the whole
/// workspace, as the tests before it: a package by itself has other features, and would be compiled a second time.
fn on_engine(engine: &str, target: &str, chosen: &[&str]) -> Result<()> {
    let retries = env::var("PROSCENIUM_TEST_RETRIES").ok();
    let retries: u32 = retries.map_or(Ok(0), |count| count.parse())?;
    let mut again: Vec<String> = Vec::new();
    for go in 0..=retries {
        let mut tests = cargo(&["test", "--workspace", "--test", target, "--"]);
        tests.arg("--test-threads=3");
        match go {
            0 => tests.args(chosen),
            _ => tests.arg("--exact").args(&again),
        }
        .env("PROSCENIUM_TEST_ENGINE", engine);
        let is_last = go == retries;
        let failed = run_and_watch(&mut tests, failed_test, |line| {
            // A test that has another go before it has not failed yet.
            match failed_test(&line) {
                Some(name) if !is_last => format!("test {name} ... did not pass, gets another go"),
                _ => line,
            }
        })?;
        match failed {
            None => {
                for name in &again {
                    eprintln!("flaky: {name} on {engine}");
                }
                return Ok(());
            }
            // Nothing to give another go: it did not come as far as its tests.
            Some(names) if names.is_empty() => break,
            Some(names) => again = names,
        }
    }
    bail!("tests of {target} failed on {engine}")
}

/// The tests of live sessions, each in a process and a browser of its own. CI performs those of input and of the recorder:
/// the rest of a session knows nothing of its engine.
fn sessions_on(engine: &str) -> Result<()> {
    let mut tests = if has_nextest() {
        let mut tests = cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]);
        let all = "package(session) & binary(session)";
        let chosen = match env::var_os("CI") {
            Some(_) => format!("{all} & test(/^(input|recorder)::/)"),
            None => all.to_owned(),
        };
        tests.args(["-E", &chosen]);
        tests
    } else {
        cargo(&["test", "--workspace", "--test", "session"])
    };
    tests.env("PROSCENIUM_TEST_ENGINE", engine);
    run(&mut tests)
}

/// The test's name in libtest's line about one that failed.
fn failed_test(line: &str) -> Option<String> {
    let name = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
    Some(name.to_owned())
}

/// The tests of a workspace that start the product.
fn with_product(workspace: &str, after_rust: bool) -> Result<()> {
    // The Rust tests have built the program for their own use, with the same features; a build of it alone would
    // compile half of its dependencies again.
    if !after_rust {
        run(&mut cargo(&["build", "--package", "proscenium"]))?;
    }
    let mut tests = npm(&["test", "--workspace", workspace]);
    tests.env("PROSCENIUM_BIN", target().join("debug/proscenium"));
    run(&mut tests)
}

fn has_nextest() -> bool {
    let mut asked: Command = cargo(&["nextest", "--version"]);
    asked.output().is_ok_and(|output| output.status.success())
}
