use std::path::PathBuf;

use crate::exit_code::ExitCode;
use crate::input;
use crate::record::save;

/// Make a recording out of another tool's file: a flow of Chrome's DevTools Recorder (`@puppeteer/replay`).
///
/// Says what the recording cannot say although the file did. Ends with 2 when the file cannot be read.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The file; `-` reads standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where the recording goes, JSON or YAML by its name; `-` writes it to standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

#[expect(clippy::print_stderr, reason = "standard output may be the recording")]
pub(crate) fn execute(args: &Args) -> anyhow::Result<ExitCode> {
    let text = match input::read(&args.file) {
        Ok(text) => text,
        Err(error) => {
            ExitCode::report(error);
            return Ok(ExitCode::USAGE);
        }
    };
    let made = match recording::import(text) {
        Ok(made) => made,
        Err(error) => {
            ExitCode::report(input::refused(&args.file, "cannot be imported", &error));
            return Ok(ExitCode::USAGE);
        }
    };
    for loss in &made.losses {
        eprintln!("  lost     {loss}");
    }
    save(&made.recording, &args.output)?;
    Ok(ExitCode::PASSED)
}
