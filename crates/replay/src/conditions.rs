//! What a recorder saw the page reach before a step was done (`waitConditions`), beside what every step waits for anyway.

use std::time::Duration;

use browser::{BrowserError, Interrupted, LoadState, Page};
use recording::{Step, StepKind};

use crate::fault::Fault;
use crate::scene::Scene;

/// How long such a condition is waited for. A recorder notes what it happened to see: a page that asks its server all the
/// time is never idle, and a person would not wait for it either.
const PATIENCE: Duration = Duration::from_secs(2);

/// Waits for the network to be idle, when the step was done on a page on which it was.
pub(crate) async fn reach(scene: &mut Scene<'_>) -> Result<(), Fault> {
    let conditions = scene.step.wait_conditions.as_ref();
    let is_idle = conditions.is_some_and(|all| all.network_idle == Some(true));
    if !is_idle || matches!(scene.step.kind, StepKind::Dialog(_) | StepKind::Tab(_)) {
        return Ok(());
    }
    let page = scene.page();
    let progress = scene
        .progress
        .within(PATIENCE.min(scene.progress.remaining() / 2));
    let idle = page.wait_for_load_state(&progress, LoadState::NetworkIdle);
    match idle.await {
        Ok(()) => scene.note("the network was idle"),
        Err(BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })) => {
            scene.note(format!(
                "the network was not idle within {:?}, which the recording waits for; going on",
                PATIENCE
            ));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Whether the recorder saw the address become another one. What it only guessed from words (`patterns`) does not count.
pub(crate) fn leads_elsewhere(step: &Step) -> bool {
    let change = step
        .context
        .as_ref()
        .and_then(|context| context.expected_url_change.as_ref());
    change.is_some_and(|change| {
        let (before, after) = (change.before_url.as_ref(), change.after_url.as_ref());
        before.is_some() && after.is_some_and(|url| !url.is_empty()) && before != after
    })
}

/// Waits until the page has left the address, which need not be for the one of the recording: orders have new numbers.
/// What the next step looks for may be on the page before, too.
pub(crate) async fn leave(scene: &mut Scene<'_>, page: &Page, address: &str) -> Result<(), Fault> {
    let progress = scene
        .progress
        .within(PATIENCE.min(scene.progress.remaining() / 2));
    match page.wait_for_url(&progress, |url| url != address).await {
        Ok(url) => scene.progress.log(format!("the address is {url}")),
        // Either is for the next step.
        Err(BrowserError::PageClosed | BrowserError::DialogOpen { .. }) => {}
        Err(BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })) => {
            scene.note(format!(
                "the address did not change within {PATIENCE:?}, as it did in the recording; going on"
            ));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// How long pictures in the step's element are waited for, in milliseconds: when the recorder saw them loaded, or saw so
/// of the element itself (`elementState`; what else is in there every step waits for).
pub(crate) fn pictures_ms(step: &Step) -> Option<u64> {
    let conditions = step.wait_conditions.as_ref();
    let was_complete = || {
        let state = step.element_state.as_ref()?;
        state.get("imageComplete")?.as_bool()
    };
    let are_loaded = conditions
        .and_then(|all| all.image_loaded)
        .or_else(was_complete);
    let patience = u64::try_from(PATIENCE.as_millis()).unwrap_or(u64::MAX);
    (are_loaded == Some(true)).then_some(patience)
}
