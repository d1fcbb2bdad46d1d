//! A key or a chord.

use browser::{BrowserError, Keyboard, Progress};
use recording::Keypress;
use serde_json::json;

use crate::fault::Fault;
use crate::listening;
use crate::locate;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};
use crate::steps::{click, submit};

pub(super) async fn perform(scene: &mut Scene<'_>, keypress: &Keypress) -> Result<Done, Fault> {
    let key = match (keypress.key.as_str(), keypress.code.as_deref()) {
        ("", Some(code)) if !code.is_empty() => code.to_owned(),
        ("", _) => return Err(Fault::new(ErrorCode::Unsupported, "the step names no key")),
        (key, _) => key.to_owned(),
    };
    // Checked before anything is pressed.
    click::modifiers(&keypress.modifiers)?;
    let held: Vec<&str> = keypress.modifiers.iter().map(held_key).collect();

    let page = scene.page();
    let selectors = scene.step.locators();
    let frame = if selectors.is_empty() {
        page.main_frame()
    } else {
        let options = json!({ "action": "press" });
        let target = locate::ask(scene, "focus", |common| {
            json!([selectors, locate::merged(common, &options)])
        })
        .await?;
        // A field takes the other keys for itself.
        if matches!(key.as_str(), "Enter" | "Escape") {
            listening::before_press(scene, &target).await?;
        }
        target.frame
    };
    if key == "Enter" {
        submit::watch(scene, &page, &frame).await?;
    }
    let navigations = page.navigations();
    scene.acting();
    match press(&scene.progress, &page.keyboard(), &held, &key).await {
        Ok(()) => scene.settle(&page, navigations).await?,
        Err(BrowserError::DialogOpen { .. } | BrowserError::PageClosed) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Done::Performed)
}

pub(super) fn held_key(modifier: &recording::Modifier) -> &'static str {
    match modifier {
        recording::Modifier::Ctrl => "Control",
        recording::Modifier::Shift => "Shift",
        recording::Modifier::Alt => "Alt",
        recording::Modifier::Meta | recording::Modifier::Other(_) => "Meta",
    }
}

/// Written together, awaited once. A key called `+` makes no chord text, so the keys are pressed one by one.
async fn press(
    progress: &Progress,
    keyboard: &Keyboard,
    held: &[&str],
    key: &str,
) -> browser::Result<()> {
    for modifier in held {
        keyboard.down(modifier)?.forget();
    }
    keyboard.down(key)?.forget();
    let mut last = keyboard.up(key)?;
    for modifier in held.iter().rev() {
        std::mem::replace(&mut last, keyboard.up(modifier)?).forget();
    }
    last.done(progress).await
}
