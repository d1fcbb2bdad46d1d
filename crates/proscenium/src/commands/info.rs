use std::path::PathBuf;

use recording::{Info, Recording};
use serde::Serialize;

use crate::exit_code::ExitCode;
use crate::input;
use crate::library::{self, Library};

/// Describe a recording: its steps, pages, variables and timing.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A recording, JSON or YAML; `-` reads standard input.
    #[arg(value_name = "FILE", required_unless_present = "recording_id")]
    file: Option<PathBuf>,
    /// A recording that the server of --api-url keeps, instead of a file.
    #[arg(long, value_name = "ID", conflicts_with = "file")]
    recording_id: Option<String>,
    #[command(flatten)]
    library: Library,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
    /// How to print the result.
    #[arg(long, value_enum, default_value_t = Format::Console, conflicts_with = "json")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Console,
    Json,
}

#[derive(Serialize)]
struct Described<'a> {
    file: String,
    #[serde(flatten)]
    info: &'a Info,
}

pub(crate) fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let (file, read) = match (&args.file, &args.recording_id) {
        (Some(file), _) => (file.display().to_string(), input::recording(file)),
        (None, id) => {
            let id = id.as_deref().unwrap_or_default();
            let fetched = args.library.recording(id);
            (format!("recording {id}"), fetched.map_err(Into::into))
        }
    };
    let recording = match read {
        Ok(recording) => recording,
        Err(error) => return Ok(library::refused(error)),
    };
    let info = recording.info();
    if args.json || args.format == Format::Json {
        println!(
            "{}",
            serde_json::to_string_pretty(&Described { file, info: &info })?
        );
    } else {
        print(&file, &info, &recording);
    }
    Ok(ExitCode::PASSED)
}

fn print(file: &str, info: &Info, recording: &Recording) {
    let name = Some(info.metadata.test_name.as_str())
        .filter(|name| !name.is_empty())
        .unwrap_or("Untitled recording");
    println!("{name}");
    println!("  file       {file}");
    println!("  starts at  {}", info.metadata.url);
    println!(
        "  page       {} × {} ({})",
        info.viewport.width, info.viewport.height, info.viewport.category
    );
    if !info.metadata.variables.is_empty() {
        println!("  variables  {}", info.metadata.variables.join(", "));
    }
    let types: Vec<String> = info
        .statistics
        .by_type
        .iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    println!(
        "  steps      {} ({})",
        info.statistics.total,
        types.join(", ")
    );
    println!("  pages      {}", info.navigation.unique_pages.len());
    println!("  takes      {:.1} s", info.timing.action_span / 1000.0);
    if let Some(gaps) = info.timing.gaps {
        println!(
            "  pauses     {:.1} s on average, {:.1} s at most",
            gaps.avg / 1000.0,
            gaps.max / 1000.0
        );
    }
    println!();
    let width = recording.steps.len().to_string().len();
    for (index, step) in recording.steps.iter().enumerate() {
        println!("  {:>width$}  {}", index + 1, step.title());
    }
}
