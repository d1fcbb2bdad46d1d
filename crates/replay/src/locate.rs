//! From a step to an element that can be acted on. The waiting happens in the page; only a navigation, which takes the
//! page's waiting with it, makes us ask again.

use std::time::{Duration, Instant};

use browser::{BrowserError, Engine, Frame, Point};
use recording::{Selector, Step, StepKind};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::conditions;
use crate::covers;
use crate::fault::Fault;
use crate::frames;
use crate::heal;
use crate::listening;
use crate::outcome::ErrorCode;
use crate::page_reply::{self, At, Ready};
use crate::scene::Scene;

/// What is about to be done; it decides which conditions have to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Action {
    Click,
    Check,
    Hover,
    Drag,
    Upload,
}

/// An element that can be acted on.
pub(crate) struct Target {
    pub(crate) frame: Frame,
    pub(crate) ready: Ready,
}

/// Pause before a covered frame is looked at again; nothing reports that what covers it went away.
const COVERED_PAUSE: Duration = Duration::from_millis(100);

/// The selectors of a step's element.
pub(crate) fn selectors_of(step: &Step) -> Result<Vec<Selector>, Fault> {
    let selectors = step.locators();
    if selectors.is_empty() {
        return Err(Fault::new(
            ErrorCode::Unsupported,
            "the step does not say which element it means",
        ));
    }
    Ok(selectors)
}

/// Waits until the step's element can be acted on.
pub(crate) async fn ready(scene: &mut Scene<'_>, action: Action) -> Result<Target, Fault> {
    let selectors = scene.selectors()?;
    ready_for(scene, &selectors, json!({ "action": action })).await
}

/// Waits until the element of `selectors`, in the step's frame, can be acted on.
pub(crate) async fn ready_for(
    scene: &mut Scene<'_>,
    selectors: &[Selector],
    options: Value,
) -> Result<Target, Fault> {
    ask(scene, "actionable", |common| {
        json!([selectors, merged(common, &options)])
    })
    .await
}

/// Whether keys go to the element afterwards.
fn takes_focus(function: &str) -> bool {
    matches!(function, "fillPrepare" | "focus")
}

/// Calls a function of the page bundle that waits for an element. `arguments` gets the options common to all of them.
pub(crate) async fn ask(
    scene: &mut Scene<'_>,
    function: &'static str,
    arguments: impl Fn(Value) -> Value,
) -> Result<Target, Fault> {
    let path = scene.step.frame_path();
    if let Some(first) = scene.step.locators().first() {
        scene
            .progress
            .log(format!("looking for {} {}", first.strategy, first.value));
    }
    loop {
        let page = scene.page();
        let frame = frames::resolve(&scene.progress, &page, &path).await?;
        if takes_focus(function) && page.engine() == Engine::WebKit {
            frames::let_focus(&scene.progress, &frame).await?;
        }
        let mut common = json!({ "timeoutMs": scene.patience_ms() });
        if let Some(window) = listening::blind_window_ms(page.engine()) {
            common["youngMs"] = json!(window);
        }
        if let Some(signature) = &scene.step.content_signature {
            common["signature"] = json!(signature);
        }
        if let Some(limit) = conditions::pictures_ms(scene.step) {
            common["picturesMs"] = json!(limit);
        }
        if let Some(was) = recorded(scene.step) {
            common["was"] = was;
        }
        if let Some(allowed) = heal::allowed(scene) {
            common["heal"] = allowed;
        }
        if let Some(limit) = covers::patience_ms(scene) {
            common["coveredMs"] = json!(limit);
        }
        match frame
            .call::<Value>(&scene.asking(), function, &arguments(common))
            .await
        {
            Ok(reply) => {
                let ready = match page_reply::read(reply) {
                    Ok(ready) => ready,
                    Err(refused) => {
                        covers::close(scene, &frame, refused).await?;
                        continue;
                    }
                };
                covers::none_left(scene);
                scene.notes.retries += ready.retries;
                scene.notes.waits.extend(ready.waits.iter().cloned());
                match &ready.healed {
                    Some(healed) => heal::note(scene, healed),
                    None => {
                        scene.notes.matched = Some(ready.matched());
                        scene.progress.log(format!(
                            "found <{}> by {}",
                            ready.tag, ready.selector.strategy
                        ));
                    }
                }
                return Ok(Target { frame, ready });
            }
            Err(BrowserError::ContextDestroyed) => {
                again(scene, "the document was replaced; looking again").await?
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// What the recorder saw of the step's element itself: an element that only its place speaks for has to look like it.
fn recorded(step: &Step) -> Option<Value> {
    let said = |extra: &Map<String, Value>| extra.get("text").cloned();
    let mut was = match &step.kind {
        StepKind::Click(click) => json!({ "tag": click.tag_name, "text": click.text }),
        StepKind::Hover(hover) => json!({ "tag": hover.tag_name, "text": hover.text }),
        StepKind::Drag(drag) => json!({ "tag": drag.tag_name, "text": drag.text }),
        StepKind::Input(input) => {
            json!({ "tag": input.tag_name, "text": said(&input.extra), "inputType": input.input_type })
        }
        StepKind::Select(select) => {
            json!({ "tag": select.tag_name, "text": said(&select.extra), "multiple": select.is_multiple })
        }
        _ => return None,
    };
    // Our own recorder writes no selector that matches anything else as well.
    if heal::fingerprint(step).is_some() {
        was["unique"] = json!(true);
    }
    let name = step
        .fingerprint
        .as_ref()
        .and_then(|print| print.get("name"));
    if let Some(name) = name.filter(|name| {
        name.as_str()
            .is_some_and(|name| !name.is_empty() && !name.ends_with('…'))
    }) {
        was["name"] = name.clone();
    }
    Some(was)
}

/// The point of the page's viewport at which to act on the target.
pub(crate) async fn aim(scene: &mut Scene<'_>, target: &Target, at: At) -> Result<Point, Fault> {
    let mut covered_since = Instant::now();
    loop {
        match frames::to_page(&scene.progress, &target.frame, at).await {
            Ok(Ok(point)) => {
                covers::none_left(scene);
                return Ok(point);
            }
            Ok(Err((frame, refused))) => {
                let is_last = scene.progress.remaining() < COVERED_PAUSE * 2;
                let is_long = covers::patience_ms(scene)
                    .is_some_and(|limit| covered_since.elapsed() >= Duration::from_millis(limit));
                if is_last || (is_long && refused.has_way_out()) {
                    covers::close(scene, &frame, refused).await?;
                    covered_since = Instant::now();
                    continue;
                }
                let pause = tokio::time::sleep(COVERED_PAUSE);
                scene
                    .progress
                    .race("waiting for the frame to be uncovered", pause)
                    .await?;
                scene.notes.retries += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Counts a retry. The next call waits for the new document by itself; the pause keeps a frame that is being torn down
/// from being asked in a tight loop.
pub(crate) async fn again(scene: &mut Scene<'_>, why: &str) -> Result<(), Fault> {
    scene.progress.log(why);
    scene.notes.retries += 1;
    let pause = Duration::from_millis(if scene.notes.retries > 2 { 50 } else { 0 });
    scene
        .progress
        .race("waiting for the new document", tokio::time::sleep(pause))
        .await?;
    Ok(())
}

/// The options common to all functions of the page bundle, and more.
pub(crate) fn merged(mut common: Value, more: &Value) -> Value {
    if let (Some(common), Some(more)) = (common.as_object_mut(), more.as_object()) {
        for (key, value) in more {
            common.insert(key.clone(), value.clone());
        }
    }
    common
}
