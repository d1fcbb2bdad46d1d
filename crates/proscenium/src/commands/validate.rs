use std::path::PathBuf;

use recording::{ParseError, Recording, Report};
use serde::Serialize;

use crate::exit_code::ExitCode;
use crate::input;
use crate::library::{self, Library, LibraryError};

/// Check a recording and name every problem in it.
///
/// Ends with 0 when every file can be performed, with 1 when one cannot, with 2 when a file cannot be read.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Recordings, JSON or YAML; `-` reads standard input.
    #[arg(required_unless_present = "recording_ids", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A recording that the server of --api-url keeps; repeatable.
    #[arg(long = "recording-id", value_name = "ID")]
    recording_ids: Vec<String>,
    #[command(flatten)]
    library: Library,
    /// Say what each file holds, not only what is wrong with it.
    #[arg(long)]
    verbose: bool,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Checked {
    version: &'static str,
    file: String,
    valid: bool,
    #[serde(flatten)]
    report: Report,
    #[serde(skip)]
    summary: Option<String>,
}

pub(crate) fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let mut all = Vec::new();
    for file in &args.files {
        let text = match input::read(file) {
            Ok(text) => text,
            Err(error) => {
                ExitCode::report(error);
                return Ok(ExitCode::USAGE);
            }
        };
        let read = Recording::parse(&text, recording::Format::Auto);
        all.push(check(file.display().to_string(), read));
    }
    for id in &args.recording_ids {
        let read = match args.library.recording(id) {
            Ok(recording) => Ok(recording),
            Err(LibraryError::NoRecording { error, .. }) => Err(error),
            Err(error) => return Ok(library::refused(error.into())),
        };
        all.push(check(format!("recording {id}"), read));
    }
    if args.json {
        // One file gives one object, as before there were several.
        match all.as_slice() {
            [one] => println!("{}", serde_json::to_string_pretty(one)?),
            many => println!("{}", serde_json::to_string_pretty(many)?),
        }
    } else {
        for checked in &all {
            print(checked, args.verbose);
        }
    }
    let valid = all.iter().all(|checked| checked.valid);
    Ok(if valid {
        ExitCode::PASSED
    } else {
        ExitCode::FAILED
    })
}

fn check(file: String, read: Result<Recording, ParseError>) -> Checked {
    let (report, summary) = match read {
        Ok(recording) => {
            let steps = recording.steps.len();
            (
                recording.validate(),
                Some(format!(
                    "{:?}, {steps} steps, {}",
                    recording.test_name, recording.url
                )),
            )
        }
        Err(ParseError { problems }) => (
            Report {
                errors: problems,
                warnings: Vec::new(),
            },
            None,
        ),
    };
    Checked {
        version: "1.0",
        file,
        valid: report.is_valid(),
        report,
        summary,
    }
}

fn print(checked: &Checked, verbose: bool) {
    let verdict = if checked.valid { "valid" } else { "not valid" };
    println!("{}: {verdict}", checked.file);
    if let Some(summary) = checked.summary.as_ref().filter(|_| verbose) {
        println!("  {summary}");
    }
    for problem in &checked.report.errors {
        println!("  error    {problem}");
    }
    for problem in &checked.report.warnings {
        println!("  warning  {problem}");
    }
}
