//! Performs one recorded step on a page that has changed.

use browser::Browser;
use recording::{Recording, Step};
use replay::{PlayEvent, PlayOptions, ScreenshotMode, StepResult, Timing, play};
use serde_json::json;
use tokio::sync::mpsc;

use super::site::Site;
use super::{Case, Did, Failure, Tried, after, open, progress};

/// What a step may take. Healing begins after half of it, and a refusal takes all of it.
const STEP_MS: u64 = 2_000;

pub(crate) async fn perform(
    browser: &Browser,
    site: &Site,
    case: Case,
    step: &Step,
) -> Result<Tried, Failure> {
    let context = open(browser).await?;
    let url = format!("{}{}", site.url, after(&case));
    let mut recording =
        Recording::from_value(json!({ "testName": "corpus", "url": url, "actions": [] }))?;
    let mut step = step.clone();
    // A password is a variable when it is recorded.
    let variables = step.to_value()?["variableName"]
        .as_str()
        .map(|name| (name.to_owned(), "correct horse".to_owned()));
    step.timestamp = 0.0;
    step.timeout = Some(STEP_MS);
    recording.steps.push(step);
    let options = PlayOptions {
        timing: Timing::Instant,
        screenshots: ScreenshotMode::Never,
        variables: variables.into_iter().collect(),
        ..PlayOptions::default()
    };
    let (mut observer, mut events) = mpsc::channel(16);
    play(&progress(), &context, &recording, &options, &mut observer).await;
    drop(observer);
    let mut result: Option<StepResult> = None;
    while let Some(event) = events.recv().await {
        if let PlayEvent::StepFinished(finished) = event {
            result = Some(*finished);
        }
    }
    let result = result.ok_or("the step has no result")?;
    let page = context.pages().pop().ok_or("the page is gone")?;
    let acted = page.evaluate(&progress(), "globalThis.acted").await?;
    let acted: Vec<String> = serde_json::from_value(acted)?;
    context.close(&progress()).await?;
    let wrong = acted.iter().find(|line| line.as_str() != "right");
    // A hidden or changed element keeps no mark, so that whatever was reached is wrong then.
    let did = match (acted.is_empty(), wrong, &result.healed) {
        (true, ..) => Did::Failed,
        (false, None, None) => Did::Located,
        (false, None, Some(_)) => Did::Healed,
        (false, Some(_), None) => Did::LocatedWrong,
        (false, Some(_), Some(_)) => Did::HealedWrong,
    };
    Ok(Tried {
        case,
        did,
        score: result.healed.as_ref().map(|healed| {
            let second = healed.runner_up.as_ref().map_or(0.0, |second| second.score);
            (healed.score, healed.score - second)
        }),
        told: told(&result, wrong),
    })
}

fn told(result: &StepResult, wrong: Option<&String>) -> String {
    let found = match (&result.healed, &result.matched, &result.error) {
        (Some(healed), ..) => format!(
            "{} {:.2}, second {}",
            healed.after.description,
            healed.score,
            healed
                .runner_up
                .as_ref()
                .map_or("none".to_owned(), |second| format!(
                    "{} {:.2}",
                    second.description, second.score
                ))
        ),
        (None, Some(matched), _) => format!("{} {}", matched.strategy, matched.value),
        (None, None, Some(error)) => {
            let why = error
                .call_log
                .last()
                .filter(|line| line.starts_with("not healed"));
            format!("{}: {}", error.code, why.unwrap_or(&error.message))
        }
        (None, None, None) => String::new(),
    };
    wrong.map_or(found.clone(), |wrong| format!("{found} → {wrong}"))
}
