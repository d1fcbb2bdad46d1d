//! What a recorder saw the page reach before a step was done (`waitConditions`), beside what every step waits for anyway.

use std::time::Duration;

use browser::{BrowserError, Interrupted, LoadState};
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

/// How long pictures in the step's element are waited for, in milliseconds.
pub(crate) fn pictures_ms(step: &Step) -> Option<u64> {
    let conditions = step.wait_conditions.as_ref()?;
    let patience = u64::try_from(PATIENCE.as_millis()).unwrap_or(u64::MAX);
    (conditions.image_loaded == Some(true)).then_some(patience)
}
