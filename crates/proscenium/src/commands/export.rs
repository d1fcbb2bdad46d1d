use std::path::{Path, PathBuf};

use anyhow::Context as _;
use recording::{Exported, Recording, Target};

use crate::exit_code::ExitCode;
use crate::input;
use crate::run::{self, Origin};

/// Write a recording as another tool's file, or as a test in code.
///
/// Says what the other format cannot say. A step that has no counterpart there stops the exported test, so that it does
/// not pass without it.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A recording, JSON or YAML; `-` reads standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The format.
    #[arg(long, value_enum)]
    to: Format,
    /// Where it goes; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A flow of Chrome's DevTools Recorder and @puppeteer/replay, JSON.
    Devtools,
    /// A project of Selenium IDE.
    Side,
    /// What Playwright's code generator writes with --target jsonl.
    PlaywrightJsonl,
    /// A workflow of workflow-use, JSON.
    WorkflowUse,
    /// A test of @playwright/test, TypeScript.
    Playwright,
    /// A script of Puppeteer, JavaScript.
    Puppeteer,
    /// A test of pytest with Selenium, Python.
    Selenium,
    /// A test of Cypress, JavaScript.
    Cypress,
    /// The recording itself, YAML.
    Yaml,
    /// The recording itself, JSON.
    Json,
}

impl From<Format> for Target {
    fn from(format: Format) -> Self {
        match format {
            Format::Devtools => Self::DevTools,
            Format::Side => Self::Side,
            Format::PlaywrightJsonl => Self::PlaywrightJsonl,
            Format::WorkflowUse => Self::WorkflowUse,
            Format::Playwright => Self::Playwright,
            Format::Puppeteer => Self::Puppeteer,
            Format::Selenium => Self::Selenium,
            Format::Cypress => Self::Cypress,
            Format::Yaml => Self::Yaml,
            Format::Json => Self::Json,
        }
    }
}

#[expect(clippy::print_stderr, reason = "standard output may be the export")]
pub(crate) fn execute(args: &Args) -> anyhow::Result<ExitCode> {
    let recording = match input::recording(&args.file) {
        Ok(recording) => recording,
        Err(error) => {
            ExitCode::report(error);
            return Ok(ExitCode::USAGE);
        }
    };
    let made = made(args, recording)?;
    for loss in &made.losses {
        eprintln!("  lost     {loss}");
    }
    if args.output == Path::new("-") {
        print!("{}", made.text);
        return Ok(ExitCode::PASSED);
    }
    std::fs::write(&args.output, made.text)
        .with_context(|| format!("cannot write {}", args.output.display()))?;
    eprintln!("Wrote {}", args.output.display());
    Ok(ExitCode::PASSED)
}

/// The export. Recordings that are included go into it where the format has a place for them, and stay where they are
/// where it has none.
#[expect(clippy::print_stderr, reason = "standard output may be the export")]
fn made(args: &Args, recording: Recording) -> anyhow::Result<Exported> {
    let target = args.to.into();
    let takes_no_others = matches!(
        target,
        Target::DevTools
            | Target::PlaywrightJsonl
            | Target::WorkflowUse
            | Target::Yaml
            | Target::Json
    );
    if takes_no_others {
        return Ok(recording::export(&recording, target)?);
    }
    let no_server = |id: &str| anyhow::bail!("recording {id} is not beside the file");
    let mut all = [(Origin::File(args.file.clone()), recording.clone())];
    match run::included(&mut all, &no_server) {
        Ok(included) => Ok(recording::export_with(&all[0].1, &included, target)?),
        Err(error) => {
            eprintln!("  lost     {error:#}");
            Ok(recording::export(&recording, target)?)
        }
    }
}
