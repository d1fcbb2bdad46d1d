//! Performs a page's recording while one of its elements is changed, and compares what the run says with what the page
//! has seen.

use browser::{Context, World};
use recording::{Recording, Step};
use replay::{
    ErrorCode, PlayEvent, PlayOptions, RunStatus, ScreenshotMode, StepResult, StepStatus, Timing,
    play,
};
use serde_json::json;
use tokio::sync::mpsc;

use super::pages::Deed;
use super::record::frame_of;
use super::site::Site;
use super::{Case, Did, Failure, Tried, progress};

/// What a step may take. Healing begins after half of it, and a refusal takes all of it.
const STEP_MS: u64 = 1_500;
/// What has to be found on an unchanged page is given the time that a busy machine needs.
const PATIENT_MS: u64 = 20_000;

pub(crate) async fn perform(
    context: &Context,
    site: &Site,
    case: Case,
    steps: &[Step],
) -> Result<Tried, Failure> {
    let limit = if case.mutation.reasons.is_empty() {
        PATIENT_MS
    } else {
        STEP_MS
    };
    let url = format!("{}{}", site.url, case.address());
    let mut recording =
        Recording::from_value(json!({ "testName": "truth", "url": url, "actions": [] }))?;
    recording.steps = steps.to_vec();
    for step in &mut recording.steps {
        step.timestamp = 0.0;
        step.completed_at = None;
        step.timeout = Some(limit);
    }
    let options = PlayOptions {
        timing: Timing::Instant,
        screenshots: ScreenshotMode::Never,
        healing: case.healing,
        ..PlayOptions::default()
    };
    let (mut observer, mut events) = mpsc::channel(64);
    let outcome = play(&progress(), context, &recording, &options, &mut observer).await;
    drop(observer);
    let mut results: Vec<StepResult> = Vec::new();
    while let Some(event) = events.recv().await {
        if let PlayEvent::StepFinished(finished) = event {
            results.push(*finished);
        }
    }
    let tab = context.pages().pop().ok_or("the page is gone")?;
    let acted = tab.evaluate(&progress(), "globalThis.acted").await?;
    let acted: Vec<String> = serde_json::from_value(acted)?;
    let passed = results
        .iter()
        .take_while(|result| result.status == StepStatus::Passed)
        .count();
    let mut untrue = Vec::new();
    for target in &case.page.targets[..passed] {
        if let Deed::Says(text) = target.deed {
            let question = format!("truth.said({}, {})", json!(target.who), json!(text));
            let frame = frame_of(&tab, case.page)?;
            let is_so = frame.evaluate(&progress(), World::Main, &question).await?;
            if is_so != true {
                untrue.push(format!("{} does not say {text:?}", target.who));
            }
        }
    }
    let (did, told) = judge(&case, outcome.status, passed, &acted, &untrue, &results);
    Ok(Tried { case, did, told })
}

/// What became of the run, and what is to be told of it.
fn judge(
    case: &Case,
    status: RunStatus,
    passed: usize,
    acted: &[String],
    untrue: &[String],
    results: &[StepResult],
) -> (Did, String) {
    let wanted: Vec<String> = case
        .page
        .targets
        .iter()
        .filter_map(|target| target.effect())
        .collect();
    let who = |line: &str| line.split('=').next().unwrap_or_default().to_owned();
    let wrong = acted.iter().enumerate().find(|(at, line)| {
        wanted
            .get(*at)
            .is_none_or(|wanted| who(wanted) != who(line))
    });
    if let Some((at, line)) = wrong {
        let by = results
            .iter()
            .zip(case.page.targets)
            .filter(|(_, target)| target.effect().is_some())
            .nth(at)
            .map(|(result, _)| result);
        return (Did::Wrong, format!("{} → {line}; all: {acted:?}", told(by)));
    }
    let green = case.page.targets[..passed]
        .iter()
        .filter_map(|target| target.effect());
    let missing = green
        .enumerate()
        .find(|(at, wanted)| acted.get(*at) != Some(wanted));
    if let Some((_, wanted)) = missing {
        return (Did::FalsePass, format!("{wanted} is missing: {acted:?}"));
    }
    if let Some(untrue) = untrue.first() {
        return (Did::FalsePass, untrue.clone());
    }
    if status == RunStatus::Passed {
        let healed = results.iter().any(|result| result.healed.is_some());
        return (if healed { Did::Healed } else { Did::Right }, String::new());
    }
    let failed = results.get(passed);
    let code = failed
        .and_then(|result| result.error.as_ref())
        .map(|error| error.code);
    let is_named = code.is_some_and(|code| case.mutation.reasons.contains(&code));
    let of = case
        .page
        .targets
        .get(passed)
        .map_or("", |target| target.who);
    let said = format!("{of}: {}", told(failed));
    let did = match code {
        _ if is_named => Did::Red,
        Some(ErrorCode::CheckFailed) => Did::Red,
        Some(ErrorCode::Timeout) => Did::Late,
        _ => Did::RedElse,
    };
    (did, said)
}

fn told(result: Option<&StepResult>) -> String {
    let Some(result) = result else {
        return "no step".to_owned();
    };
    match (&result.error, &result.healed, &result.matched) {
        (Some(error), ..) => {
            let detail = error.detail.as_deref().unwrap_or_default();
            format!("{}: {} ({detail})", error.code, error.message)
        }
        (None, Some(healed), _) => {
            format!("healed: {} {:.2}", healed.after.description, healed.score)
        }
        (None, None, Some(matched)) => format!("{} {}", matched.strategy, matched.value),
        (None, None, None) => "nothing".to_owned(),
    }
}
