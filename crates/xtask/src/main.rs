//! The project's own tooling, behind `make` and `cargo xtask`: set up the machine, start, test, lint, generate, measure.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to the terminal")]

mod codegen;
mod codegen_cdp;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Proscenium's tooling")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Make the generated files again: protocol types, page bundle, OpenAPI document, web client types.
    Codegen(codegen::Options),
}

fn main() -> ExitCode {
    let result = match Cli::parse().task {
        Task::Codegen(options) => codegen::run(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
