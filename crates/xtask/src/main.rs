//! The project's own tooling, behind `make` and `cargo xtask`: set up the machine, start, test, lint, generate, measure.

#![expect(
    clippy::print_stderr,
    reason = "a command-line tool talks to the terminal"
)]

mod bench;
mod build;
mod codegen;
mod codegen_cdp;
mod dependencies;
mod dev;
mod lint;
mod phases;
mod setup;
mod shell;
mod test;
mod up;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Proscenium's tooling"
)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what the machine lacks: a browser, ffmpeg, fonts, npm packages.
    Setup,
    /// Set up, build and start the server.
    Up(up::Options),
    /// Set up and run every test.
    Test(test::Options),
    /// Start the server in its debug build and the web UI with hot reload.
    Dev,
    /// Check format, lints, dependencies, types and generated files.
    Lint(lint::Options),
    /// Make the generated files again: protocol types, page bundle, OpenAPI document, web client types.
    Codegen(codegen::Options),
    /// Measure the product and its peers side by side.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let result = match Cli::parse().task {
        Task::Setup => setup::run(setup::Purpose::Product),
        Task::Up(options) => up::run_it(&options),
        Task::Test(options) => test::run_it(&options),
        Task::Dev => dev::run_it(),
        Task::Lint(options) => lint::run_it(&options),
        Task::Codegen(options) => codegen::run_it(&options),
        Task::Bench(options) => bench::run_it(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
