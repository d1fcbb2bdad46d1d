use std::path::{Path, PathBuf};

use anyhow::Context as _;
use recording::Imported;

use crate::exit_code::ExitCode;
use crate::input;
use crate::record::save;

/// Make recordings out of another tool's file; the format is told by its shape.
///
/// Reads flows of Chrome's DevTools Recorder (@puppeteer/replay), projects of Selenium IDE (.side), what Playwright's
/// code generator writes with `--target jsonl`, workflows of workflow-use, and recordings in JSON or YAML. Says what the
/// recording cannot say although the file did. Ends with 2 when the file cannot be read.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The file; `-` reads standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only the test of this name, of a file that holds several.
    #[arg(long, value_name = "NAME")]
    test: Option<String>,
    /// Where the recording goes, JSON or YAML by its name; `-` writes it to standard output. For several, a folder.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

pub(crate) fn execute(args: &Args) -> anyhow::Result<ExitCode> {
    let text = match input::read(&args.file) {
        Ok(text) => text,
        Err(error) => {
            ExitCode::report(error);
            return Ok(ExitCode::USAGE);
        }
    };
    let is_folder = args.output.is_dir() || args.output.to_string_lossy().ends_with('/');
    // Files beside each other can include each other; a recording by itself has the steps of those that it runs.
    let read = match &args.test {
        None if is_folder => recording::import_together(text, &file_name),
        _ => recording::import_all(text),
    };
    let mut all = match read {
        Ok(all) => all,
        Err(error) => {
            ExitCode::report(input::refused(&args.file, "cannot be imported", &error));
            return Ok(ExitCode::USAGE);
        }
    };
    if let Some(name) = &args.test {
        all.retain(|one| one.recording.test_name == *name);
    }
    match all.as_slice() {
        [one] => keep(one, &args.output)?,
        [] => {
            let name = args.test.as_deref().unwrap_or_default();
            ExitCode::report(anyhow::anyhow!("the file holds no test {name:?}"));
            return Ok(ExitCode::USAGE);
        }
        many if is_folder => {
            std::fs::create_dir_all(&args.output)
                .with_context(|| format!("cannot make {}", args.output.display()))?;
            for (number, one) in many.iter().enumerate() {
                keep(
                    one,
                    &args
                        .output
                        .join(file_name(number, &one.recording.test_name)),
                )?;
            }
        }
        many => {
            ExitCode::report(anyhow::anyhow!(
                "the file holds several tests ({}); choose one with --test, or give a folder: --output recordings/",
                recording::Imported::names(many)
            ));
            return Ok(ExitCode::USAGE);
        }
    }
    Ok(ExitCode::PASSED)
}

#[expect(clippy::print_stderr, reason = "standard output may be the recording")]
fn keep(made: &Imported, output: &Path) -> anyhow::Result<()> {
    for loss in &made.losses {
        eprintln!("  lost     {loss}");
    }
    save(&made.recording, output)
}

/// `1-sign-in.json`: no two are the same, and no name leads out of the folder.
fn file_name(number: usize, name: &str) -> String {
    let slug: String = name
        .chars()
        .take(60)
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    format!("{}-{}.json", number + 1, slug.to_lowercase())
}
