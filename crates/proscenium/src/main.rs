//! The `proscenium` command: raw arguments in, one call into the rooms below, an exit code out.
#![expect(clippy::print_stdout, reason = "the command line speaks on stdout")]

mod ci;
mod commands;
mod data_dir;
mod exit_code;
mod film;
mod gpu;
mod input;
mod intake;
mod keep;
mod library;
mod logging;
mod making;
mod monitor;
mod outputs;
mod reach;
mod record;
mod render;
mod rendering;
mod run;
mod screenshots;
mod signals;
mod studio;
mod values;
mod videos;

use clap::{Parser, Subcommand};
use exit_code::ExitCode;

/// Self-hosted studio for real browsers: watch one live, record what you do, perform it as a test.
#[derive(Parser)]
#[command(name = "proscenium", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// One file per command under `commands/`.
#[derive(Subcommand)]
enum Command {
    Serve(commands::serve::Args),
    Worker(commands::worker::Args),
    Link(commands::link::Args),
    Run(Box<commands::run::Args>),
    Record(commands::record::Args),
    Render(Box<commands::render::Args>),
    Film(Box<commands::film::Args>),
    Edit(Box<commands::edit::Args>),
    Validate(commands::validate::Args),
    Info(commands::info::Args),
    List(commands::list::Args),
    Import(commands::import::Args),
    Export(commands::export::Args),
    Doctor(commands::doctor::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
    Licenses(commands::licenses::Args),
}

#[tokio::main]
async fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    logging::start();
    let result = match cli.command {
        Command::Serve(args) => commands::serve::execute(args).await,
        Command::Worker(args) => commands::worker::execute(args).await,
        Command::Link(args) => commands::link::execute(args).await,
        Command::Run(args) => commands::run::execute(&args).await,
        Command::Record(args) => commands::record::execute(args).await,
        Command::Render(args) => commands::render::execute(*args).await,
        Command::Film(args) => commands::film::execute(*args).await,
        Command::Edit(args) => commands::edit::execute(*args).await,
        Command::Validate(args) => commands::validate::execute(args),
        Command::Info(args) => commands::info::execute(args),
        Command::List(args) => commands::list::execute(&args),
        Command::Import(args) => commands::import::execute(&args),
        Command::Export(args) => commands::export::execute(&args),
        Command::Doctor(args) => commands::doctor::execute(args).await,
        Command::Completions(args) => Ok(commands::completions::execute(&args)),
        Command::Man(args) => commands::man::execute(&args),
        Command::Licenses(_) => Ok(commands::licenses::execute()),
    };
    result.unwrap_or_else(ExitCode::report).into()
}
