//! Performing recordings from the command line: one browser, one context for each recording, several at once when
//! that is asked for.

mod baselines;
mod browsers;
mod choose;
mod find;
mod healed;
mod included;
mod job;
mod keep;
mod lines;
mod one;
mod origin;
mod reporters;
mod result;
mod screen;
mod video;

pub(crate) use choose::{Shard, Wanted};
pub(crate) use find::recordings;
pub(crate) use included::included;
pub(crate) use job::{Job, jobs, rows};
pub(crate) use keep::{Kept, Results, Written};
pub(crate) use origin::Origin;
pub(crate) use reporters::{Outputs, Reporter, Route};
pub(crate) use result::Report;
pub(crate) use video::Videos;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use browser::Engine;
use egress::{EgressPolicy, EgressProxy};
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use replay::{PlayOptions, RunStatus};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::ci::Build;
use browsers::Browsers;
use one::Scene;
use result::{Execution, Performed};
use screen::Screen;

/// Everything that was asked for, already checked.
pub(crate) struct Plan {
    pub(crate) jobs: Vec<Job>,
    pub(crate) options: PlayOptions,
    /// The engines that jobs are for; at least one.
    pub(crate) engines: Vec<Engine>,
    /// Programs of engines that are not searched for; the first one of an engine counts.
    pub(crate) programs: Vec<(Engine, PathBuf)>,
    pub(crate) is_headless: bool,
    pub(crate) policy: EgressPolicy,
    pub(crate) ignores_https_errors: bool,
    pub(crate) results: Results,
    /// How many recordings are performed at once; at least 1.
    pub(crate) workers: usize,
    /// How often a recording that failed is performed again.
    pub(crate) retries: usize,
    /// Nothing begins any more once a recording has failed for good.
    pub(crate) stops_at_failure: bool,
    pub(crate) build: Option<Build>,
    pub(crate) tags: Vec<String>,
}

/// Performs every recording of the plan; an interrupt ends those that run and leaves the others out.
pub(crate) async fn perform(plan: Plan) -> anyhow::Result<Report> {
    let cancel = CancellationToken::new();
    let interrupts = tokio::spawn(watch_interrupts(cancel.clone()));
    let mut report = blank(&plan);
    match all(&plan, &cancel).await {
        Ok(performed) => report.performed = performed,
        Err(_) if cancel.is_cancelled() => {}
        Err(error) => report.problem = Some(format!("{error:#}")),
    }
    interrupts.abort();
    report.ended = Timestamp::now();
    report.is_interrupted = cancel.is_cancelled();
    Ok(report)
}

/// The report of a plan that nothing could be performed of, and why.
pub(crate) fn nothing(plan: &Plan, problem: String) -> Report {
    Report {
        problem: Some(problem),
        ..blank(plan)
    }
}

fn blank(plan: &Plan) -> Report {
    let began = Timestamp::now();
    Report {
        began,
        ended: began,
        execution: execution(plan),
        performed: Vec::new(),
        problem: None,
        is_interrupted: false,
        build: plan.build.clone(),
        tags: plan.tags.clone(),
    }
}

async fn all(plan: &Plan, cancel: &CancellationToken) -> anyhow::Result<Vec<Performed>> {
    if plan.jobs.is_empty() {
        return Ok(Vec::new());
    }
    browser::sweep_orphans();
    let screen = Screen::new(plan.workers);
    let proxy = EgressProxy::start(plan.policy.clone()).await?;
    let browsers = Browsers::new(&plan.engines, &plan.programs, plan.is_headless, cancel);
    // A browser that does not start is said once, not for each recording.
    for engine in &plan.engines {
        let _busy = screen.busy("starting the browser");
        browsers.get(*engine).await?;
    }
    let scene = Scene {
        plan,
        browsers: &browsers,
        proxy: &proxy,
        cancel,
        screen: &screen,
    };
    let stopped = AtomicBool::new(false);
    let mut performed: Vec<(usize, Performed)> = stream::iter(plan.jobs.iter().enumerate())
        .map(|(place, job)| {
            let (scene, stopped) = (&scene, &stopped);
            async move {
                let mut performed = Performed::new(job);
                while wants_run(plan, &performed, cancel, stopped) {
                    let retry = performed.runs.len();
                    performed.runs.push(scene.run(job, retry).await);
                }
                if plan.stops_at_failure && !performed.runs.is_empty() && !performed.passed() {
                    stopped.store(true, Ordering::Relaxed);
                }
                (place, performed)
            }
        })
        .buffer_unordered(plan.workers)
        .collect()
        .await;
    browsers.close().await;
    proxy.shutdown().await;
    performed.sort_by_key(|(place, _)| *place);
    Ok(performed
        .into_iter()
        .map(|(_, performed)| performed)
        .collect())
}

/// Whether the recording is to be performed, for the first time or again.
fn wants_run(
    plan: &Plan,
    performed: &Performed,
    cancel: &CancellationToken,
    stopped: &AtomicBool,
) -> bool {
    if cancel.is_cancelled() {
        return false;
    }
    match performed.runs.last() {
        None => !stopped.load(Ordering::Relaxed),
        Some(last) => {
            !last.passed() && !last.is(RunStatus::Cancelled) && performed.runs.len() <= plan.retries
        }
    }
}

fn execution(plan: &Plan) -> Execution {
    Execution {
        browser: plan
            .engines
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(","),
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
