//! A tab is opened, switched to or closed.

use std::time::Duration;

use browser::{LoadState, Page};
use recording::{StepKind, Tab, TabEvent};
use serde_json::Value;

use super::unknown_word;
use crate::fault::Fault;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

/// How long a step that may have opened a tab has for it, when the recording does not say who opened the tab.
const POPUP_PATIENCE: Duration = Duration::from_secs(3);

pub(super) async fn perform(scene: &mut Scene<'_>, tab: &Tab) -> Result<Done, Fault> {
    let progress = scene.progress.clone();
    // Noted by our recorder: whether the page did it, and only waiting is needed.
    let trigger = tab.extra.get("trigger").and_then(Value::as_str);
    scene.acting();
    match (&tab.event, tab.index, trigger) {
        (TabEvent::New, _, Some("popup")) => {
            let popup = scene.stage.take_popup(&progress).await?;
            let page = popup
                .ok_or_else(|| Fault::new(ErrorCode::TabNotFound, "the page opened no tab"))?;
            scene
                .wait_for_load(&page, LoadState::DomContentLoaded)
                .await?;
        }
        (TabEvent::New, ..) => open(scene, tab, trigger).await?,
        (TabEvent::Switch, Some(index), _) => {
            scene.stage.switch(&progress, index).await?;
            let page = scene.page();
            scene
                .wait_for_load(&page, LoadState::DomContentLoaded)
                .await?;
        }
        (TabEvent::Switch, None, _) => {
            return Err(Fault::new(
                ErrorCode::Unsupported,
                "the step does not say which tab",
            ));
        }
        (TabEvent::Close, Some(index), Some("page")) => {
            scene.stage.closed_by_page(&progress, index).await?
        }
        (TabEvent::Close, index, _) => scene.stage.close(&progress, index).await?,
        (TabEvent::Other(word), ..) => return Err(unknown_word("the event", word)),
    }
    Ok(Done::Performed)
}

/// A tab that a person opened; or, when nobody says so, the one that the step before opened.
async fn open(scene: &mut Scene<'_>, tab: &Tab, trigger: Option<&str>) -> Result<(), Fault> {
    let url = tab
        .target_url
        .as_deref()
        .filter(|url| !url.is_empty() && *url != "about:blank");
    if trigger.is_none() && url.is_none() {
        let patience = if may_have_opened(scene) {
            POPUP_PATIENCE
        } else {
            Duration::ZERO
        };
        let progress = scene.progress.within(patience);
        if let Some(page) = scene.stage.take_popup(&progress).await? {
            return scene
                .wait_for_load(&page, LoadState::DomContentLoaded)
                .await;
        }
    }
    let page = scene.stage.open_tab(&scene.progress).await?;
    match url {
        Some(url) => go(scene, &page, url).await,
        None => Ok(()),
    }
}

async fn go(scene: &mut Scene<'_>, page: &Page, url: &str) -> Result<(), Fault> {
    let url = scene.rebase.apply(&scene.fill_in(url)?);
    page.goto(&scene.progress, &url, LoadState::DomContentLoaded)
        .await?;
    Ok(())
}

fn may_have_opened(scene: &Scene<'_>) -> bool {
    let before = scene
        .index
        .checked_sub(1)
        .and_then(|before| scene.recording.steps.get(before));
    before.is_some_and(|step| {
        matches!(
            step.kind,
            StepKind::Click(_)
                | StepKind::Keypress(_)
                | StepKind::Submit(_)
                | StepKind::JavaScript(_)
                | StepKind::Select(_)
        )
    })
}
