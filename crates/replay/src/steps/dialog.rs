//! An alert, a confirmation or a prompt is answered.

use browser::{BrowserError, DialogAnswer, Interrupted};
use recording::{Dialog, DialogResponse};

use super::unknown_word;
use crate::fault::Fault;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, dialog: &Dialog) -> Result<Done, Fault> {
    let answer = match &dialog.response {
        DialogResponse::Accept => {
            let text = dialog
                .prompt_value
                .as_ref()
                .map(|text| scene.fill_in(text))
                .transpose()?;
            DialogAnswer::Accept(text)
        }
        DialogResponse::Dismiss => DialogAnswer::Dismiss,
        DialogResponse::Other(word) => return Err(unknown_word("the response", word)),
    };
    let page = scene.page();
    let waited = page.wait_for_dialog(&scene.progress);
    let open = match scene.while_there(&page, waited).await {
        Ok(open) => open,
        Err(BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })) => {
            return Err(Fault::new(ErrorCode::NoDialog, "no dialog opened"));
        }
        Err(error) => return Err(error.into()),
    };
    scene.notes.actual = Some(open.message.to_string());
    scene.notes.expected = dialog
        .message
        .as_ref()
        .map(|message| scene.fill_in(message))
        .transpose()?;
    if let Some(kind) = dialog
        .dialog_type
        .as_deref()
        .filter(|kind| *kind != open.kind.as_str())
    {
        let message = format!("a dialog of the kind {} opened, not {kind}", open.kind);
        return Err(Fault::new(ErrorCode::WrongDialog, message).detail(open.message.to_string()));
    }
    if scene
        .notes
        .expected
        .as_deref()
        .is_some_and(|message| message != &*open.message)
    {
        if dialog.check_message == Some(true) {
            let message = "the dialog says something else";
            let fault = Fault::new(ErrorCode::WrongDialog, message);
            return Err(fault.detail(open.message.to_string()));
        }
        scene.note("the dialog says something else than when recorded");
    }
    let navigations = page.navigations();
    scene.acting();
    page.handle_dialog(&scene.progress, answer).await?;
    scene.settle(&page, navigations).await?;
    Ok(Done::Performed)
}
