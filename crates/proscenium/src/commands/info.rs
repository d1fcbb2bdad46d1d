use std::path::PathBuf;

use recording::{Info, Recording};
use serde::Serialize;

use crate::exit_code::ExitCode;
use crate::input;

/// Describe a recording: its steps, pages, variables and timing.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A recording, JSON or YAML; `-` reads standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
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
    let recording = match input::recording(&args.file) {
        Ok(recording) => recording,
        Err(error) => {
            ExitCode::report(error);
            return Ok(ExitCode::USAGE);
        }
    };
    let info = recording.info();
    let file = args.file.display().to_string();
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
