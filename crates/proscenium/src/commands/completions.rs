use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::Cli;
use crate::exit_code::ExitCode;

/// Print the script that completes this command's arguments in a shell.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn execute(args: &Args) -> ExitCode {
    clap_complete::generate(
        args.shell,
        &mut Cli::command(),
        "proscenium",
        &mut std::io::stdout(),
    );
    ExitCode::PASSED
}
