use crate::exit_code::ExitCode;

/// Perform recordings in a real browser and say whether they pass.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) async fn execute(_args: Args) -> anyhow::Result<ExitCode> {
    anyhow::bail!("the player is not connected yet")
}
