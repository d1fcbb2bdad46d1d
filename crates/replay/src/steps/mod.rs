//! One file per kind of step: how it is performed, and what makes it fail.

mod checkpoint;
mod click;
mod control;
mod dialog;
mod download;
mod drag;
mod hover;
mod input;
mod javascript;
mod keypress;
mod landing;
mod modal;
mod navigation;
mod screenshot;
mod scroll;
mod select;
mod store;
mod submit;
mod tab;
mod upload;
mod viewport;
mod visual;
mod wait;
mod wheel;

use recording::StepKind;

pub(crate) use drag::Way;

use crate::conditions;
use crate::fault::Fault;
use crate::manner;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

/// Performs the step of `scene`.
pub(crate) async fn perform(scene: &mut Scene<'_>) -> Result<Done, Fault> {
    let page = scene.page();
    let kind = &scene.step.kind;
    if !matches!(kind, StepKind::Dialog(_))
        && let Some(dialog) = page.open_dialog()
    {
        return Err(browser::BrowserError::DialogOpen { dialog }.into());
    }
    // A step about tabs ends in another one than it begins in.
    if !matches!(kind, StepKind::Tab(_)) {
        manner::turn(scene).await;
    }
    conditions::reach(scene).await?;
    let address = conditions::leads_elsewhere(scene.step).then(|| page.url());
    let done = act(scene).await?;
    if let (Done::Performed, Some(address)) = (&done, address) {
        conditions::leave(scene, &page, &address).await?;
    }
    Ok(done)
}

async fn act(scene: &mut Scene<'_>) -> Result<Done, Fault> {
    match &scene.step.kind {
        StepKind::Click(click) => click::perform(scene, click).await,
        StepKind::Input(input) => input::perform(scene, input).await,
        StepKind::Select(select) => select::perform(scene, select).await,
        StepKind::Navigation(navigation) => navigation::perform(scene, navigation).await,
        StepKind::Hover(hover) => hover::perform(scene, hover).await,
        StepKind::Scroll(scroll) => scroll::perform(scene, scroll).await,
        StepKind::Wheel(wheel) => wheel::perform(scene, wheel).await,
        StepKind::Keypress(keypress) => keypress::perform(scene, keypress).await,
        StepKind::Submit(_) => submit::perform(scene).await,
        StepKind::Checkpoint(check) => {
            let done = checkpoint::perform(scene, check).await?;
            manner::check(scene).await;
            Ok(done)
        }
        StepKind::ModalLifecycle(modal) => modal::perform(scene, modal).await,
        StepKind::Drag(drag) => drag::perform(scene, drag).await,
        StepKind::Upload(upload) => upload::perform(scene, upload).await,
        StepKind::Download(download) => download::perform(scene, download).await,
        StepKind::Screenshot(picture) => screenshot::perform(scene, picture).await,
        StepKind::Dialog(dialog) => dialog::perform(scene, dialog).await,
        StepKind::Tab(tab) => {
            let done = tab::perform(scene, tab).await?;
            manner::turn(scene).await;
            Ok(done)
        }
        StepKind::Wait(wait) => wait::perform(scene, wait).await,
        StepKind::JavaScript(script) => javascript::perform(scene, script).await,
        StepKind::Viewport(size) => viewport::perform(scene, size).await,
        StepKind::Control(control) => control::perform(scene, control).await,
        StepKind::Store(store) => store::perform(scene, store).await,
        // The player performs the other recording's steps one by one.
        StepKind::Include(_) => Err(Fault::new(
            ErrorCode::Unsupported,
            "a recording in a recording is performed by the player",
        )),
        StepKind::Unknown(unknown) => {
            let message = format!(
                "steps of the type {:?} cannot be performed",
                unknown.type_name
            );
            Err(Fault::new(ErrorCode::Unsupported, message))
        }
    }
}

/// A word of the document that this version does not know.
fn unknown_word(field: &str, word: &str) -> Fault {
    Fault::new(
        ErrorCode::Unsupported,
        format!("{field} {word:?} is not known"),
    )
}
