//! Another address: gone to, or arrived at because of the step before.

use browser::{BrowserError, Interrupted, LoadState};
use recording::{Navigation, NavigationTrigger, WaitUntil};

use super::unknown_word;
use crate::address::{Arrival, compare};
use crate::fault::Fault;
use crate::opening;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, navigation: &Navigation) -> Result<Done, Fault> {
    let until = match &navigation.wait_until {
        None | Some(WaitUntil::Load) => LoadState::Load,
        Some(WaitUntil::DomContentLoaded) => LoadState::DomContentLoaded,
        Some(WaitUntil::NetworkIdle) => LoadState::NetworkIdle,
        Some(WaitUntil::Other(word)) => return Err(unknown_word("waitUntil", word)),
    };
    let to = scene.rebase.apply(&scene.fill_in(&navigation.to)?);
    match &navigation.navigation_trigger {
        NavigationTrigger::Manual => go_to(scene, &to).await?,
        NavigationTrigger::Back | NavigationTrigger::Forward => {
            history(scene, &navigation.navigation_trigger).await?
        }
        NavigationTrigger::Click | NavigationTrigger::FormSubmit | NavigationTrigger::Redirect => {}
        NavigationTrigger::Other(word) => return Err(unknown_word("navigationTrigger", word)),
    }
    if !matches!(navigation.navigation_trigger, NavigationTrigger::Manual) && !to.is_empty() {
        arrive(scene, &to).await?;
    }
    let page = scene.page();
    scene.wait_for_load(&page, until).await?;
    let progress = scene.progress.clone();
    scene.judge(&progress, &page).await?;
    Ok(Done::Performed)
}

async fn go_to(scene: &mut Scene<'_>, to: &str) -> Result<(), Fault> {
    let page = scene.page();
    // Recorders call a navigation manual when they did not see the click that caused it.
    if scene.stage.navigated && compare(to, &page.url()) == Arrival::Same {
        scene.note("the step before had already gone there");
        return Ok(());
    }
    scene.acting();
    let navigation = opening::go_to(&scene.progress, &page, to).await?;
    if let Some(status) = navigation.status.filter(|status| *status >= 400) {
        scene.note(format!("the server answered {status}"));
    }
    scene.stage.navigated = true;
    Ok(())
}

async fn history(scene: &mut Scene<'_>, trigger: &NavigationTrigger) -> Result<(), Fault> {
    let page = scene.page();
    scene.acting();
    let moved = match trigger {
        NavigationTrigger::Back => {
            page.go_back(&scene.progress, LoadState::DomContentLoaded)
                .await?
        }
        _ => {
            page.go_forward(&scene.progress, LoadState::DomContentLoaded)
                .await?
        }
    };
    if moved {
        return Ok(());
    }
    let message = format!("the history has no page to go {trigger} to");
    Err(Fault::new(ErrorCode::NavigationFailed, message))
}

/// Waits until the page is where the recording arrived.
async fn arrive(scene: &mut Scene<'_>, to: &str) -> Result<(), Fault> {
    let page = scene.page();
    scene.notes.expected = Some(to.to_owned());
    match page
        .wait_for_url(&scene.progress, |url| {
            compare(to, url) != Arrival::Elsewhere
        })
        .await
    {
        Ok(url) => {
            if compare(to, &url) == Arrival::Alike {
                scene.note("the address differs in ids or parameters");
            }
            scene.notes.actual = Some(url);
            Ok(())
        }
        Err(BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })) => {
            let url = page.url();
            let message = format!("the page is at {url}, not at {to}");
            scene.notes.actual = Some(url);
            Err(Fault::new(ErrorCode::WrongAddress, message))
        }
        Err(error) => Err(error.into()),
    }
}
