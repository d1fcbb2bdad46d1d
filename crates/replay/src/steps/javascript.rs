//! An expression is evaluated in the page. `${NAME}` in it belongs to JavaScript and is left alone.

use browser::World;
use recording::JavaScript;
use serde_json::Value;

use crate::fault::Fault;
use crate::frames;
use crate::scene::{Done, Scene};

/// Longest result kept, in characters.
const LONGEST: usize = 2_000;

pub(super) async fn perform(scene: &mut Scene<'_>, script: &JavaScript) -> Result<Done, Fault> {
    let page = scene.page();
    let path = scene.step.frame_path();
    let frame = frames::resolve(&scene.progress, &page, &path).await?;
    let navigations = page.navigations();
    scene.acting();
    let value = match frame
        .evaluate(&scene.progress, World::Main, &script.expression)
        .await
    {
        Ok(value) => value,
        // The next step answers it.
        Err(browser::BrowserError::DialogOpen { .. }) => return Ok(Done::Performed),
        // `location.href = …` takes its own answer away.
        Err(browser::BrowserError::ContextDestroyed) => Value::Null,
        Err(error) => return Err(error.into()),
    };
    scene.notes.actual = match value {
        Value::Null => None,
        Value::String(text) => Some(text.chars().take(LONGEST).collect()),
        other => Some(other.to_string().chars().take(LONGEST).collect()),
    };
    scene.settle_after_call(&page, navigations).await?;
    Ok(Done::Performed)
}
