//! An expression is evaluated in the page. `${NAME}` in it belongs to JavaScript and is left alone.

use browser::{BrowserError, Page, World};
use recording::JavaScript;
use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;

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
        Err(BrowserError::DialogOpen { .. }) => return Ok(Done::Performed),
        Err(BrowserError::ContextDestroyed) => {
            went_on(scene, &page, navigations).await?;
            Value::Null
        }
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

/// `location.href = …` and a frame that removes itself take their own answer away; so does the end of the page, which some
/// engines tell a moment later.
async fn went_on(scene: &Scene<'_>, page: &Page, navigations: u64) -> Result<(), Fault> {
    // Subscribed before looking, or the event could pass unseen.
    let mut events = page.events();
    let still_there = page.evaluate(&scene.progress, "0").await;
    match still_there {
        Ok(_) | Err(BrowserError::DialogOpen { .. }) => return Ok(()),
        Err(BrowserError::ContextDestroyed) => {}
        Err(error) => return Err(error.into()),
    }
    let navigated = async {
        while page.navigations() <= navigations {
            if let Err(RecvError::Closed) = events.recv().await {
                return Err(BrowserError::Disconnected);
            }
        }
        Ok(())
    };
    let told = async {
        let navigated = scene.while_there(page, navigated);
        scene
            .progress
            .race("waiting for the next document", navigated)
            .await?
    };
    Ok(told.await?)
}
