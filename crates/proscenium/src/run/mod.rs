//! Performing recordings from the command line: one browser, one context for each recording, one after the other.

mod keep;
mod lines;
mod report;

pub(crate) use keep::{Kept, Results, Written};
pub(crate) use report::Report;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use browser::{Browser, ContextOptions, Engine, Headless, LaunchOptions, Progress, Viewport};
use egress::{EgressPolicy, EgressProxy};
use jiff::Timestamp;
use recording::Recording;
use replay::{Files, Outcome, PlayOptions, RunStatus};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use lines::Lines;
use report::{Execution, Performed};

/// Everything that was asked for, already checked.
pub(crate) struct Plan {
    pub(crate) recordings: Vec<(PathBuf, Recording)>,
    pub(crate) options: PlayOptions,
    pub(crate) engine: Engine,
    pub(crate) browser_path: Option<PathBuf>,
    pub(crate) is_headless: bool,
    pub(crate) policy: EgressPolicy,
    pub(crate) ignores_https_errors: bool,
    pub(crate) results: Results,
}

/// How long the browser may take to start, and its contexts to open and to close.
const BROWSER_PATIENCE: Duration = Duration::from_secs(30);

/// Performs every recording of the plan; an interrupt ends the one that runs and leaves the others out.
pub(crate) async fn perform(plan: Plan) -> anyhow::Result<Report> {
    let began = Timestamp::now();
    let cancel = CancellationToken::new();
    let interrupts = tokio::spawn(watch_interrupts(cancel.clone()));
    let mut report = Report::new(began, execution(&plan));
    match start(&plan, &cancel).await {
        Ok((browser, proxy)) => {
            for (file, recording) in &plan.recordings {
                if cancel.is_cancelled() {
                    break;
                }
                let performed = one(&plan, &browser, &proxy, &cancel, file, recording).await;
                report.add(performed);
            }
            browser.close().await;
            proxy.shutdown().await;
        }
        Err(_) if cancel.is_cancelled() => {}
        Err(error) => report.could_not_run(format!("{error:#}")),
    }
    interrupts.abort();
    if cancel.is_cancelled() {
        report.interrupted();
    }
    Ok(report)
}

async fn start(plan: &Plan, cancel: &CancellationToken) -> anyhow::Result<(Browser, EgressProxy)> {
    browser::sweep_orphans();
    let proxy = EgressProxy::start(plan.policy.clone()).await?;
    let options = LaunchOptions {
        executable: plan.browser_path.clone(),
        headless: if plan.is_headless {
            Headless::Shell
        } else {
            Headless::Headed
        },
        ..LaunchOptions::default()
    };
    let progress = Progress::with_deadline(Instant::now() + BROWSER_PATIENCE, cancel.clone());
    Ok((Browser::launch(&progress, options).await?, proxy))
}

async fn one(
    plan: &Plan,
    browser: &Browser,
    proxy: &EgressProxy,
    cancel: &CancellationToken,
    file: &Path,
    recording: &Recording,
) -> Performed {
    let mut performed = Performed::new(file, recording);
    let mut lines = Lines::new(recording, &plan.results.pictures, plan.engine);
    let deadline = Instant::now() + BROWSER_PATIENCE + plan.options.run_timeout;
    let progress = Progress::with_deadline(deadline, cancel.clone());
    let context = match browser
        .new_context(&progress, context_options(plan, proxy, recording))
        .await
    {
        Ok(context) => context,
        Err(error) => {
            performed.failed_before(error.to_string());
            return performed;
        }
    };
    // Files of upload steps lie beside the recording.
    let folder = file.parent().map(|folder| {
        if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        }
    });
    let options = PlayOptions {
        files: Files {
            folder: folder.map(Path::to_owned),
            ..Files::default()
        },
        ..plan.options.clone()
    };
    let outcome = replay::play(&progress, &context, recording, &options, &mut lines).await;
    if let Err(error) = context
        .close(&Progress::with_timeout(BROWSER_PATIENCE))
        .await
    {
        // The browser is closed soon after, and takes the context with it.
        tracing::debug!(%error, "a context could not be closed");
    }
    let (steps, picture_problem) = lines.finish();
    let kept = keep_evidence(plan, recording, &outcome, &steps);
    performed.performed(
        outcome,
        steps,
        kept,
        picture_problem,
        denials(proxy, recording),
    );
    performed
}

fn context_options(plan: &Plan, proxy: &EgressProxy, recording: &Recording) -> ContextOptions {
    let (width, height) = recording.page_size();
    ContextOptions {
        viewport: Some(Viewport {
            device_scale_factor: recording.device_pixel_ratio.unwrap_or(1.0),
            mobile: recording.is_mobile.unwrap_or_default(),
            touch: recording.has_touch.unwrap_or_default(),
            ..Viewport::desktop(width, height)
        }),
        proxy: Some(proxy.address()),
        ignore_https_errors: plan.ignores_https_errors,
        network_events: plan.options.watch_network,
        ..ContextOptions::default()
    }
}

fn keep_evidence(
    plan: &Plan,
    recording: &Recording,
    outcome: &Outcome,
    steps: &[replay::StepResult],
) -> Option<Result<PathBuf, String>> {
    let wanted = matches!(outcome.status, RunStatus::Failed | RunStatus::TimedOut);
    wanted.then(|| {
        plan.results
            .evidence
            .keep(recording, outcome, steps)
            .map_err(|error| format!("{error:#}"))
    })
}

/// Why the start page was refused, when it was this program that refused it.
fn denials(proxy: &EgressProxy, recording: &Recording) -> Option<String> {
    let url = url::Url::parse(&recording.url).ok()?;
    proxy
        .last_denial_for(url.host_str()?)
        .map(|denial| denial.to_string())
}

fn execution(plan: &Plan) -> Execution {
    Execution {
        browser: plan.engine.to_string(),
        headless: plan.is_headless,
        timing_enabled: plan.options.timing != replay::Timing::Instant,
        timing_mode: plan.options.timing.to_string(),
        timeout: u64::try_from(plan.options.step_timeout.as_millis()).unwrap_or(u64::MAX),
        base_url_override: plan.options.base_url.as_ref().map(ToString::to_string),
    }
}

/// The first interrupt ends the run in order; the second ends the program, and the browser with it.
async fn watch_interrupts(cancel: CancellationToken) {
    let (Ok(mut interrupt), Ok(mut terminate)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) else {
        return;
    };
    for again in [false, true] {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        if again {
            std::process::exit(130);
        }
        cancel.cancel();
    }
}
