use std::path::PathBuf;

use comfy_table::{Table, presets};
use serde_json::json;

use crate::exit_code::ExitCode;
use crate::library::{self, Library};
use crate::run;

/// List the recordings of a folder, or those that a server keeps (--api-url).
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files, folders or patterns; this folder when left out.
    #[arg(value_name = "FOLDER", conflicts_with = "api_url")]
    places: Vec<PathBuf>,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    library: Library,
}

/// One line of the list.
struct Line {
    /// The file, or the id at the server.
    place: String,
    name: String,
    steps: u64,
    url: String,
    tags: Vec<String>,
}

#[expect(clippy::print_stderr, reason = "standard output is the list")]
pub(crate) fn execute(args: &Args) -> anyhow::Result<ExitCode> {
    let of_server = args.library.api_url.is_some() && args.places.is_empty();
    let found = if of_server {
        served(&args.library)
    } else {
        filed(&args.places)
    };
    let lines = match found {
        Ok(lines) => lines,
        Err(error) => return Ok(library::refused(error)),
    };
    if args.json {
        let place = if of_server { "id" } else { "file" };
        let all: Vec<_> = lines
            .iter()
            .map(|line| json!({ place: line.place, "testName": line.name, "actions": line.steps, "url": line.url, "tags": line.tags }))
            .collect();
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else if lines.is_empty() {
        eprintln!("no recordings");
    } else {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        for line in &lines {
            let steps = format!("{} steps", line.steps);
            table.add_row([
                &line.place,
                &line.name,
                &steps,
                &line.url,
                &line.tags.join(", "),
            ]);
        }
        println!("{table}");
    }
    Ok(ExitCode::PASSED)
}

fn filed(places: &[PathBuf]) -> anyhow::Result<Vec<Line>> {
    let here = [PathBuf::from(".")];
    let places = if places.is_empty() { &here } else { places };
    let found = run::recordings(places)?;
    Ok(found
        .recordings
        .into_iter()
        .map(|(origin, recording)| Line {
            place: origin.to_string(),
            steps: recording.steps.len() as u64,
            url: recording.url.clone(),
            tags: recording.tags().into_iter().map(str::to_owned).collect(),
            name: recording.test_name,
        })
        .collect())
}

fn served(library: &Library) -> anyhow::Result<Vec<Line>> {
    Ok(library
        .list(None)?
        .into_iter()
        .map(|entry| Line {
            place: entry.id,
            name: entry.name,
            steps: entry.steps,
            url: entry.url,
            tags: entry.tags,
        })
        .collect())
}
