use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use browser::Engine;
use egress::{EgressPolicy, HostPattern};
use recording::Recording;
use regex::Regex;
use replay::{Approving, Files, Healing, NoBaselines, Overlays, PlayOptions, Timing};
use url::Url;

use crate::ci;
use crate::exit_code::ExitCode;
use crate::library::{Library, LibraryError};
use crate::run::{
    self, Job, Kept, Origin, Outputs, Plan, Reporter, Results, Route, Shard, Videos, Wanted,
    Written,
};
use crate::screenshots::ScreenshotArgs;
use crate::values::ValueArgs;
use crate::videos::VideoArgs;

/// Perform recordings in a real browser and say whether they pass.
///
/// Ends with 0 when all pass, with 1 when one fails, with 2 when a recording or an argument makes no sense, with 3 when
/// no browser could be started, with 130 when it was interrupted. A recording that fails and then passes on a retry is
/// flaky: every report names it, and it counts as passed.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Recordings, JSON or YAML: files, folders, patterns such as 'flows/**/*.json'; `-` reads standard input.
    #[arg(required_unless_present_any = ["recording_ids", "api_url"], value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A recording that the server of --api-url keeps; repeatable.
    #[arg(long = "recording-id", value_name = "ID")]
    recording_ids: Vec<String>,
    #[command(flatten)]
    library: Library,
    /// Only recordings with one of these tags.
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    tags: Vec<String>,
    /// Only recordings whose name or file matches this regular expression.
    #[arg(long, value_name = "REGEX")]
    grep: Option<Regex>,
    /// Only one share of the recordings, for a machine among several: 1/3.
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// How many recordings are performed at once.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=32))]
    workers: u8,
    /// How often a recording that failed is performed again.
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=10))]
    retries: u8,
    /// Begin no further recording once one has failed for good.
    #[arg(long)]
    fail_fast: bool,
    /// The engines to perform them on: chromium, firefox, webkit; several are separated by commas.
    #[arg(
        long,
        default_value = "chromium",
        value_name = "NAME",
        value_delimiter = ','
    )]
    browser: Vec<String>,
    /// The browser's program, when it should not be searched for; for Chromium also in PROSCENIUM_CHROMIUM. Needs a
    /// single engine.
    #[arg(long, value_name = "PATH")]
    browser_path: Option<PathBuf>,
    /// Whether the browser stays invisible.
    #[arg(long, value_name = "BOOL", default_value_t = true, num_args = 0..=1, default_missing_value = "true")]
    headless: bool,
    /// Whether the pauses of the recording are kept; false is the same as `--timing-mode instant`.
    #[arg(long, value_name = "BOOL", default_value_t = true, num_args = 0..=1, default_missing_value = "true")]
    timing: bool,
    /// The pace between steps: realistic, fast (a quarter of the pauses) or instant.
    #[arg(long, default_value = "realistic", value_name = "MODE")]
    timing_mode: Timing,
    /// How much faster the recording is performed; 2 is twice as fast.
    #[arg(long, default_value_t = 1.0, value_name = "FACTOR", value_parser = positive)]
    speed: f64,
    /// The longest pause between two steps, in milliseconds.
    #[arg(long, default_value_t = 30_000, value_name = "MS")]
    max_delay: u64,
    /// How long a step may take, in milliseconds.
    #[arg(long, default_value_t = 30_000, value_name = "MS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// How long one recording may take, in milliseconds.
    #[arg(long, default_value_t = 600_000, value_name = "MS", value_parser = clap::value_parser!(u64).range(1..))]
    run_timeout: u64,
    /// Go on after a step that fails; the run fails all the same.
    #[arg(long)]
    continue_on_error: bool,
    /// Fail a step whose selectors find nothing, also when it is clear which element took the recorded one's place.
    #[arg(long)]
    no_heal: bool,
    /// Close a banner or a dialog that lies over a step's element for a second, by its own button; the step's result says so.
    #[arg(long)]
    dismiss_overlays: bool,
    /// Approve what visual checks see: pictures that are new or different become the baselines beside the recording.
    #[arg(long)]
    update_baselines: bool,
    #[command(flatten)]
    screenshots: ScreenshotArgs,
    #[command(flatten)]
    videos: VideoArgs,
    /// Folder in which each failed run leaves what the page looked like.
    #[arg(long, default_value = "./proscenium-results", value_name = "FOLDER")]
    results_dir: PathBuf,
    /// How the result is told; repeatable, `live` when left out.
    #[arg(
        long = "reporter",
        value_enum,
        value_name = "REPORTER",
        value_delimiter = ','
    )]
    reporters: Vec<Reporter>,
    /// Where reports go: REPORTER=FILE, or a folder for all of them (reports/); repeatable. `console` and `json` print
    /// that report alone.
    #[arg(long = "output", value_name = "WHERE")]
    outputs: Vec<Route>,
    /// Write the JSON report to this file too.
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    #[command(flatten)]
    values: ValueArgs,
    /// Values for several runs of each recording: a CSV file with a header, or a JSON list of objects; one run a row.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Perform the recording on another deployment: addresses of the recorded origin are taken there.
    #[arg(long, value_name = "URL", value_parser = web_address)]
    base_url: Option<Url>,
    /// A host that pages may reach in spite of --public-only: example.test, *.example.test, 10.0.0.0/8, host:port.
    #[arg(long = "allow-host", value_name = "HOST")]
    allow_hosts: Vec<HostPattern>,
    /// A host that pages may not reach.
    #[arg(long = "deny-host", value_name = "HOST")]
    deny_hosts: Vec<HostPattern>,
    /// Pages reach public addresses only, nothing on this machine or in its network.
    #[arg(long)]
    public_only: bool,
    /// Open pages whose certificate is bad.
    #[arg(long)]
    ignore_https_errors: bool,
}

pub(crate) async fn execute(args: &Args) -> anyhow::Result<ExitCode> {
    let (mut plan, outputs) = match prepare(args) {
        Ok(prepared) => prepared,
        Err(error) => {
            ExitCode::report(error);
            return Ok(ExitCode::USAGE);
        }
    };
    let report = match jobs(args, &plan) {
        Ok((jobs, included)) => {
            plan.jobs = jobs;
            plan.options.recordings = included;
            run::perform(plan).await?
        }
        Err(error) => {
            let is_away = error
                .downcast_ref::<LibraryError>()
                .is_some_and(|error| !error.is_usage());
            if !is_away {
                ExitCode::report(error);
                return Ok(ExitCode::USAGE);
            }
            // The arguments are right: the reports say why there is nothing in them.
            run::nothing(&plan, format!("{error:#}"))
        }
    };
    outputs.write(&report)?;
    Ok(report.exit_code())
}

/// What was asked for, without the recordings: those may have to be fetched.
fn prepare(args: &Args) -> anyhow::Result<(Plan, Outputs)> {
    let engines = engines(args)?;
    let outputs = Outputs::new(&args.reporters, &args.outputs, args.output_file.as_deref())?;
    let variables = args.values.all()?;
    let timing = if args.timing {
        args.timing_mode
    } else {
        Timing::Instant
    };
    let options = PlayOptions {
        timing,
        speed: args.speed,
        max_delay: Duration::from_millis(args.max_delay),
        step_timeout: Duration::from_millis(args.timeout),
        run_timeout: Duration::from_millis(args.run_timeout),
        continue_on_error: args.continue_on_error,
        healing: Healing::from(!args.no_heal),
        overlays: Overlays::from(args.dismiss_overlays),
        variables,
        base_url: args.base_url.clone(),
        is_open: false,
        screenshots: args.screenshots.mode(),
        watch_network: true,
        files: Files::default(),
        recordings: BTreeMap::new(),
        // Each recording has its own; they are put in when it is performed.
        baselines: Arc::new(NoBaselines),
        approving: if args.update_baselines {
            Approving::Now
        } else {
            Approving::Later
        },
    };
    let plan = Plan {
        jobs: Vec::new(),
        options,
        programs: programs(args, &engines),
        engines,
        is_headless: args.headless,
        policy: policy(args),
        ignores_https_errors: args.ignore_https_errors,
        results: Results {
            evidence: Kept::in_folder(&args.results_dir),
            pictures: Written::in_folder(args.screenshots.folder()),
            videos: args.videos.folder().map(Videos::in_folder),
        },
        workers: usize::from(args.workers),
        retries: usize::from(args.retries),
        stops_at_failure: args.fail_fast,
        build: ci::detect(&|name| std::env::var(name).ok()),
        tags: args.tags.clone(),
    };
    Ok((plan, outputs))
}

/// What is to be performed, and the recordings that those include.
type Wholes = (Vec<Job>, BTreeMap<String, Recording>);

/// What is to be performed, in order; never nothing, unless this machine's share is empty.
#[expect(clippy::print_stderr, reason = "standard output is for the reports")]
fn jobs(args: &Args, plan: &Plan) -> anyhow::Result<Wholes> {
    let common = &plan.options.variables;
    let rows = match &args.data {
        Some(file) => run::rows(file, common)?,
        None => vec![common.clone()],
    };
    let mut found = run::recordings(&args.files)?;
    for file in &found.left_out {
        eprintln!("left out {}: it is not a recording", file.display());
    }
    found.recordings.extend(fetched(args)?);
    let wanted = Wanted {
        tags: args.tags.clone(),
        grep: args.grep.clone(),
        shard: args.shard,
    };
    let all = found.recordings.len();
    let mut chosen = wanted.among(found.recordings);
    if chosen.is_empty() && args.shard.is_none() {
        anyhow::bail!("none of the {all} recordings is wanted; look at --tag and --grep");
    }
    if chosen.is_empty() {
        eprintln!("this share has no recording");
    }
    let fetch = |id: &str| Ok(args.library.recording(id)?);
    let included = run::included(&mut chosen, &fetch)?;
    for (origin, recording) in &chosen {
        if args.update_baselines && origin.baselines().is_none() {
            anyhow::bail!(
                "a recording from standard input has no place to keep baselines; save it as a file"
            );
        }
        performable(origin, recording)?;
    }
    for (place, recording) in &included {
        performable(&Origin::File(place.into()), recording)?;
    }
    let stored: Vec<&str> = chosen
        .iter()
        .flat_map(|(_, recording)| recording.stored_names())
        .collect();
    // A list of objects need not have the same names in each.
    for variables in &rows {
        for (origin, recording) in &chosen {
            has_values(origin, recording, |name| variables.get(name).is_some())?;
        }
        // One that is included may use what the recording around it has stored.
        for (place, recording) in &included {
            has_values(&Origin::File(place.into()), recording, |name| {
                variables.get(name).is_some() || stored.contains(&name)
            })?;
        }
    }
    let chosen = chosen
        .into_iter()
        .map(|(origin, recording)| (origin, Arc::new(recording)))
        .collect::<Vec<_>>();
    Ok((run::jobs(&chosen, &plan.engines, &rows), included))
}

/// The recordings that a server keeps: those that were named, or all of them, for the tags to choose from.
fn fetched(args: &Args) -> Result<Vec<(Origin, Recording)>, LibraryError> {
    let of_server = args.recording_ids.is_empty() && args.files.is_empty();
    let ids: Vec<String> = if of_server {
        if args.tags.is_empty() {
            return Err(LibraryError::MissingTags);
        }
        let mut ids = Vec::new();
        for tag in &args.tags {
            for entry in args.library.list(Some(tag))? {
                if !ids.contains(&entry.id) {
                    ids.push(entry.id);
                }
            }
        }
        ids
    } else {
        args.recording_ids.clone()
    };
    ids.into_iter()
        .map(|id| Ok((Origin::Server(id.clone()), args.library.recording(&id)?)))
        .collect()
}

/// A recording that cannot be performed is refused before anything begins.
fn performable(origin: &Origin, recording: &Recording) -> anyhow::Result<()> {
    let problems = recording.validate().errors;
    if !problems.is_empty() {
        let lines: Vec<String> = problems
            .iter()
            .map(|problem| format!("\n  {problem}"))
            .collect();
        anyhow::bail!("{origin} cannot be performed:{}", lines.concat());
    }
    Ok(())
}

/// The same of one that lacks a value.
fn has_values(
    origin: &Origin,
    recording: &Recording,
    is_known: impl Fn(&str) -> bool,
) -> anyhow::Result<()> {
    let missing: Vec<String> = recording
        .variable_names()
        .into_iter()
        .filter(|name| !is_known(name))
        .collect();
    if let Some(first) = missing.first() {
        let names = missing
            .iter()
            .map(|name| format!("${{{name}}}"))
            .collect::<Vec<_>>()
            .join(", ");
        anyhow::bail!("{origin} needs values for {names}; give them as --var {first}=…");
    }
    Ok(())
}

fn policy(args: &Args) -> EgressPolicy {
    let mut policy = if args.public_only {
        EgressPolicy::public_only()
    } else {
        EgressPolicy::everything()
    };
    policy.allow_hosts.clone_from(&args.allow_hosts);
    policy.deny_hosts.clone_from(&args.deny_hosts);
    policy
}

fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number),
        Ok(_) => Err("it must be greater than 0".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn web_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    if matches!(url.scheme(), "http" | "https") {
        Ok(url)
    } else {
        Err("it must begin with http:// or https://".to_owned())
    }
}

/// The engines by their names, each once.
fn engines(args: &Args) -> anyhow::Result<Vec<Engine>> {
    let mut engines = Vec::new();
    for name in &args.browser {
        let engine: Engine = name.parse()?;
        if !engines.contains(&engine) {
            engines.push(engine);
        }
    }
    anyhow::ensure!(
        args.browser_path.is_none() || engines.len() == 1,
        "--browser-path is the program of one engine; name that one with --browser"
    );
    Ok(engines)
}

/// The programs that need not be searched for: the one that was named, and the Chromium of the environment.
fn programs(args: &Args, engines: &[Engine]) -> Vec<(Engine, PathBuf)> {
    let named = args.browser_path.clone();
    let mut programs: Vec<(Engine, PathBuf)> = engines.iter().copied().zip(named).collect();
    let chromium = std::env::var_os("PROSCENIUM_CHROMIUM").filter(|path| !path.is_empty());
    programs.extend(chromium.map(|path| (Engine::Chromium, PathBuf::from(path))));
    programs
}
