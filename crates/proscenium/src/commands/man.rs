use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::CommandFactory as _;

use crate::Cli;
use crate::exit_code::ExitCode;

/// Print the manual page, or write one for each command into a folder.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder for `proscenium.1`, `proscenium-run.1` and so on.
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

pub(crate) fn execute(args: &Args) -> anyhow::Result<ExitCode> {
    let command = Cli::command();
    let Some(folder) = &args.output else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        std::io::stdout()
            .write_all(&page)
            .context("cannot write to standard output")?;
        return Ok(ExitCode::PASSED);
    };
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    clap_mangen::generate_to(command, folder)
        .with_context(|| format!("cannot write into {}", folder.display()))?;
    Ok(ExitCode::PASSED)
}
