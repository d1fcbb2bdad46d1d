use crate::exit_code::ExitCode;

/// Check a recording file and name every problem in it.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn execute(_args: Args) -> anyhow::Result<ExitCode> {
    anyhow::bail!("the reader of recordings is not connected yet")
}
