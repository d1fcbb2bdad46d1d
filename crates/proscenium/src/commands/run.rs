use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use browser::Engine;
use egress::{EgressPolicy, HostPattern};
use recording::Variables;
use replay::{Files, PlayOptions, ScreenshotMode, Timing};
use url::Url;

use crate::exit_code::ExitCode;
use crate::run::{self, Kept, Plan, Results, Written};

/// Perform recordings in a real browser and say whether they pass.
///
/// Ends with 0 when all pass, with 1 when one fails, with 2 when a recording or an argument makes no sense, with 3 when
/// no browser could be started, with 130 when it was interrupted.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Recordings, JSON or YAML; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The browser to use.
    #[arg(long, default_value = "chromium", value_name = "NAME")]
    browser: String,
    /// The browser's program, when it should not be searched for.
    #[arg(long, value_name = "PATH", env = "PROSCENIUM_CHROMIUM")]
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
    /// When pictures are taken: always, on-failure or never.
    #[arg(long, default_value = "on-failure", value_name = "MODE")]
    screenshot_mode: ScreenshotMode,
    /// Folder for the pictures of the steps.
    #[arg(long, default_value = "./screenshots", value_name = "FOLDER")]
    screenshot_dir: PathBuf,
    /// Folder in which each failed run leaves what the page looked like.
    #[arg(long, default_value = "./proscenium-results", value_name = "FOLDER")]
    results_dir: PathBuf,
    /// How the result is printed.
    #[arg(long, value_enum, default_value_t = Output::Console)]
    output: Output,
    /// Write the result to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    /// A value for `${NAME}`. The environment gives values too: PROSCENIUM_VAR_NAME.
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = name_and_value)]
    variables: Vec<(String, String)>,
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

/// How the result is printed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Output {
    /// For people.
    Console,
    /// For programs.
    Json,
}

/// The environment variables that give values begin with this.
const VARIABLE_PREFIX: &str = "PROSCENIUM_VAR_";

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let plan = match prepare(&args) {
        Ok(plan) => plan,
        Err(error) => {
            ExitCode::report(error);
            return Ok(ExitCode::USAGE);
        }
    };
    let report = run::perform(plan).await?;
    if let Some(file) = &args.output_file {
        std::fs::write(file, report.to_json()?)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    match args.output {
        Output::Json => print!("{}", report.to_json()?),
        Output::Console => print!("{}", report.to_text()),
    }
    Ok(report.exit_code())
}

/// Everything that can be wrong before a browser is started is found here.
fn prepare(args: &Args) -> anyhow::Result<Plan> {
    let engine: Engine = args.browser.parse()?;
    let variables = variables(args);
    let mut recordings = Vec::new();
    for file in &args.files {
        let recording = crate::input::recording(file)?;
        let problems = recording.validate().errors;
        if !problems.is_empty() {
            let lines: Vec<String> = problems
                .iter()
                .map(|problem| format!("\n  {problem}"))
                .collect();
            anyhow::bail!("{} cannot be performed:{}", file.display(), lines.concat());
        }
        let missing: Vec<String> = recording
            .variable_names()
            .into_iter()
            .filter(|name| variables.get(name).is_none())
            .collect();
        if let Some(first) = missing.first() {
            let names = missing
                .iter()
                .map(|name| format!("${{{name}}}"))
                .collect::<Vec<_>>()
                .join(", ");
            anyhow::bail!(
                "{} needs values for {names}; give them as --var {first}=…",
                file.display()
            );
        }
        recordings.push((file.clone(), recording));
    }
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
        variables,
        base_url: args.base_url.clone(),
        screenshots: args.screenshot_mode,
        watch_network: true,
        files: Files::default(),
    };
    Ok(Plan {
        recordings,
        options,
        engine,
        browser_path: args.browser_path.clone(),
        is_headless: args.headless,
        policy: policy(args),
        ignores_https_errors: args.ignore_https_errors,
        results: Results {
            evidence: Kept::in_folder(&args.results_dir),
            pictures: Written::in_folder(&args.screenshot_dir),
        },
    })
}

/// From the environment, so that a secret need not stand in the list of processes, and from the arguments.
fn variables(args: &Args) -> Variables {
    let from_environment = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.to_str()?.strip_prefix(VARIABLE_PREFIX)?.to_owned();
        Some((name, value.to_str()?.to_owned()))
    });
    let mut all: BTreeMap<String, String> = from_environment.collect();
    all.extend(args.variables.iter().cloned());
    all.into_iter().collect()
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

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    let good = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if good {
        Ok((name.to_owned(), value.to_owned()))
    } else {
        Err("a name has letters, digits and underscores and begins with a letter".to_owned())
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
