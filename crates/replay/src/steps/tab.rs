//! A tab is opened, switched to or closed.

use browser::LoadState;
use recording::{Tab, TabEvent};

use super::unknown_word;
use crate::fault::Fault;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, tab: &Tab) -> Result<Done, Fault> {
    scene.acting();
    match &tab.event {
        TabEvent::New => {
            let (page, adopted) = scene.stage.take_new(&scene.progress).await?;
            match tab
                .target_url
                .as_deref()
                .filter(|url| !adopted && !url.is_empty() && *url != "about:blank")
            {
                Some(url) => {
                    let url = scene.rebase.apply(&scene.fill_in(url)?);
                    page.goto(&scene.progress, &url, LoadState::DomContentLoaded)
                        .await?;
                }
                None => {
                    scene
                        .wait_for_load(&page, LoadState::DomContentLoaded)
                        .await?
                }
            }
        }
        TabEvent::Switch => {
            let index = tab.index.ok_or_else(|| {
                Fault::new(ErrorCode::Unsupported, "the step does not say which tab")
            })?;
            scene.stage.switch(&scene.progress, index).await?;
            let page = scene.page();
            scene
                .wait_for_load(&page, LoadState::DomContentLoaded)
                .await?;
        }
        TabEvent::Close => scene.stage.close(&scene.progress, tab.index).await?,
        TabEvent::Other(word) => return Err(unknown_word("the event", word)),
    }
    Ok(Done::Performed)
}
