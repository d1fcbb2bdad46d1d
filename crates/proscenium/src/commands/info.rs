use crate::exit_code::ExitCode;

/// Describe a recording: its steps, pages and timing.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn execute(_args: Args) -> anyhow::Result<ExitCode> {
    anyhow::bail!("the reader of recordings is not connected yet")
}
