//! What a branch or a loop finds out before its block: whether its condition holds, how often, for what.

use browser::{BrowserError, Progress, World};
use recording::{Control, ControlCommand};
use serde_json::Value;

use super::{checkpoint, unknown_word};
use crate::fault::Fault;
use crate::flow::Decision;
use crate::frames;
use crate::locate::again;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, control: &Control) -> Result<Done, Fault> {
    if let ControlCommand::Other(word) = &control.command {
        return Err(unknown_word("the control", word));
    }
    if !scene.has_to_decide {
        note_round(scene);
        return Ok(Done::Performed);
    }
    let decision = match control.command {
        ControlCommand::Times => Decision::Times(count(scene, control)?),
        ControlCommand::ForEach => Decision::Items(items(scene, control).await?),
        _ => Decision::Holds(holds(scene, control).await?),
    };
    scene.notes.actual = Some(match &decision {
        Decision::Holds(true) => "it holds".to_owned(),
        Decision::Holds(false) => "it does not hold".to_owned(),
        Decision::Times(times) => format!("{times} rounds"),
        Decision::Items(items) => format!("{} rounds", items.len()),
    });
    if decision != Decision::Holds(false) {
        note_round(scene);
    }
    scene.notes.decision = Some(decision);
    Ok(Done::Performed)
}

/// Which round of a loop begins, from its second one on.
fn note_round(scene: &mut Scene<'_>) {
    if let Some(round) = scene.round {
        scene.note(format!("round {round}"));
    }
}

async fn holds(scene: &mut Scene<'_>, control: &Control) -> Result<bool, Fault> {
    if let Some(code) = written(control) {
        return is_true(scene, code).await;
    }
    match control.statement() {
        Some(statement) => checkpoint::is_so(scene, &statement).await,
        None => Err(Fault::new(
            ErrorCode::Unsupported,
            "the step has no condition",
        )),
    }
}

/// Whether an expression is true, as JavaScript counts it.
pub(super) async fn is_true(scene: &mut Scene<'_>, code: &str) -> Result<bool, Fault> {
    // A line break ends a comment.
    let code = format!("(async () => !!(await (\n{code}\n)))()");
    Ok(evaluate(scene, &code).await? == Value::Bool(true))
}

fn count(scene: &Scene<'_>, control: &Control) -> Result<u64, Fault> {
    let written = match &control.count {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) => scene.fill_in(text)?,
        _ => String::new(),
    };
    written.trim().parse().map_err(|_| {
        let message = format!("{written:?} is no number of rounds");
        Fault::new(ErrorCode::InvalidValue, message)
    })
}

async fn items(scene: &mut Scene<'_>, control: &Control) -> Result<Vec<Value>, Fault> {
    if let Some(code) = written(control) {
        let code = format!("(async () => [...(await (\n{code}\n))])()");
        return match evaluate(scene, &code).await? {
            Value::Array(items) => Ok(items),
            _ => Err(Fault::new(
                ErrorCode::ScriptFailed,
                "the expression gives no list",
            )),
        };
    }
    control
        .items
        .iter()
        .flatten()
        .map(|item| match item {
            Value::String(text) => Ok(Value::from(scene.fill_in(text)?)),
            other => Ok(other.clone()),
        })
        .collect()
}

fn written(control: &Control) -> Option<&str> {
    control
        .expression
        .as_deref()
        .filter(|code| !code.trim().is_empty())
}

/// Evaluates JavaScript with the values of variables in it, in the document that is there when it can be.
pub(super) async fn evaluate(scene: &mut Scene<'_>, code: &str) -> Result<Value, Fault> {
    let progress = scene.progress.clone();
    evaluate_within(scene, &progress, code).await
}

async fn evaluate_within(
    scene: &mut Scene<'_>,
    progress: &Progress,
    code: &str,
) -> Result<Value, Fault> {
    let code = scene.variables.in_javascript(code).into_owned();
    let path = scene.step.frame_path();
    loop {
        let page = scene.page();
        let frame = frames::resolve(&scene.progress, &page, &path).await?;
        match frame.evaluate(progress, World::Main, &code).await {
            Ok(value) => return Ok(value),
            Err(BrowserError::ContextDestroyed) => {
                again(scene, "the document was replaced; evaluating again").await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether the expression becomes true, or false, within the step's time. The page looks again with each picture it draws,
/// and on its own clock when it draws none.
pub(super) async fn becomes(
    scene: &mut Scene<'_>,
    code: &str,
    wanted: bool,
) -> Result<bool, Fault> {
    let patience = scene.patience_ms();
    let code = format!(
        "(async () => {{ const end = performance.now() + {patience}; for (;;) {{ \
         if (!!(await (\n{code}\n)) === {wanted}) return true; if (performance.now() > end) return false; \
         await new Promise((next) => {{ const timer = setTimeout(next, 50); \
         requestAnimationFrame(() => {{ clearTimeout(timer); next(); }}); }}); }} }})()"
    );
    let progress = scene.asking();
    Ok(evaluate_within(scene, &progress, &code).await? == Value::Bool(true))
}
