use std::path::PathBuf;

use doctor::{Report, Status, Surroundings, examine};

use crate::exit_code::ExitCode;

/// Look at this machine: what is there, what is missing, how to get it.
///
/// Ends with 0 when everything needed is there (warnings included), with 1 when something is missing.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the database and the artifacts.
    #[arg(long, env = "PROSCENIUM_DATA_DIR", value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// Port that the server would listen on.
    #[arg(long, default_value_t = 7777)]
    port: u16,
    /// Print what each engine can do, as a table, and look at nothing.
    #[arg(long)]
    engines: bool,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    if args.engines {
        print!("{}", browser::Capability::table());
        return Ok(ExitCode::PASSED);
    }
    let data_dir = crate::data_dir::choose(args.data_dir)?;
    let report = examine(&Surroundings {
        data_dir,
        port: Some(args.port),
    })
    .await;
    if args.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print(&report);
    }
    Ok(if report.is_well() {
        ExitCode::PASSED
    } else {
        ExitCode::FAILED
    })
}

fn print(report: &Report) {
    let width = report
        .checks
        .iter()
        .map(|check| check.name.len())
        .max()
        .unwrap_or(0);
    for check in &report.checks {
        let mark = match check.status {
            Status::Ok => "ok     ",
            Status::Warning => "warning",
            Status::Missing => "MISSING",
        };
        println!("{mark}  {:width$}  {}", check.name, check.detail);
        if let Some(help) = &check.help {
            println!("         {:width$}  → {help}", "");
        }
    }
}
