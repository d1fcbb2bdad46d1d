//! A form is submitted: by the click or key before, when that did it, else by the form's own button.

use browser::{BrowserError, Frame, Page, World};
use serde::Deserialize;
use serde_json::json;

use crate::fault::Fault;
use crate::frames;
use crate::locate::{self, again};
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};
use crate::stage::Submission;

const WATCH: &str = "(() => {
  globalThis.__proscenium_submitted = false;
  addEventListener('submit', () => { globalThis.__proscenium_submitted = true; }, { capture: true, once: true });
})()";

const SUBMIT: &str = "(async (selectors, limit) => {
  const element = await __proscenium.element(selectors, { timeoutMs: limit });
  const form = element instanceof HTMLFormElement ? element : element?.form ?? element?.closest?.('form') ?? null;
  if (!form) return { state: 'missing' };
  const usable = (button) => !button.disabled && button.form === form;
  const button = [...form.elements].find((e) => usable(e) && (e.type === 'submit' || e.type === 'image')) ?? null;
  let sent = false;
  form.addEventListener('submit', () => { sent = true; }, { capture: true, once: true });
  form.requestSubmit(button);
  if (sent) return { state: 'sent' };
  const invalid = [...form.elements].filter((e) => e.willValidate && !e.validity.valid);
  return { state: 'refused', fields: invalid.map((e) => `${e.name || e.id || e.localName}: ${e.validationMessage}`) };
})";

/// Waits for the element by itself: a dialog that opens meanwhile is not the form's.
const FIND: &str = "(async (selectors, limit) => { await __proscenium.element(selectors, { timeoutMs: limit }); })";

#[derive(Deserialize)]
struct Reply {
    state: String,
    #[serde(default)]
    fields: Vec<String>,
}

/// Before a click or Enter that a submit step follows: notices whether it submits a form.
pub(super) async fn watch(scene: &mut Scene<'_>, page: &Page, frame: &Frame) -> Result<(), Fault> {
    scene.stage.submission = None;
    if !scene.submit_follows() {
        return Ok(());
    }
    let navigations = page.navigations();
    match frame
        .evaluate(&scene.progress, World::Isolated, WATCH)
        .await
    {
        Ok(_) => {}
        Err(BrowserError::ContextDestroyed) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    scene.stage.submission = Some(Submission {
        frame: frame.clone(),
        page: page.id(),
        navigations,
    });
    Ok(())
}

pub(super) async fn perform(scene: &mut Scene<'_>) -> Result<Done, Fault> {
    if already_sent(scene).await? {
        scene.note("the step before submitted the form");
        return Ok(Done::Performed);
    }
    let selectors = locate::selectors_of(scene.step)?;
    let path = scene.step.frame_path();
    loop {
        let page = scene.page();
        let frame = frames::resolve(&scene.progress, &page, &path).await?;
        let find = format!("{FIND}({}, {})", json!(selectors), scene.patience_ms());
        match frame
            .evaluate(&scene.asking(), World::Isolated, &find)
            .await
        {
            Ok(_) => {}
            Err(BrowserError::ContextDestroyed) => {
                again(scene, "the document was replaced; looking again").await?;
                continue;
            }
            Err(error) => return Err(error.into()),
        }
        let expression = format!("{SUBMIT}({}, {})", json!(selectors), scene.patience_ms());
        let navigations = page.navigations();
        scene.acting();
        let reply = match frame
            .evaluate(&scene.asking(), World::Isolated, &expression)
            .await
        {
            Ok(reply) => reply,
            // The answer went down with the document that the form's navigation replaced.
            Err(BrowserError::ContextDestroyed)
                if page.navigations() > navigations || page.is_navigating() =>
            {
                scene.settle(&page, navigations).await?;
                return Ok(Done::Performed);
            }
            Err(BrowserError::ContextDestroyed) => {
                again(scene, "the document was replaced; looking again").await?;
                continue;
            }
            Err(BrowserError::DialogOpen { .. }) => return Ok(Done::Performed),
            Err(error) => return Err(error.into()),
        };
        let reply: Reply = serde_json::from_value(reply).map_err(|error| {
            Fault::new(ErrorCode::Browser, "the page's answer could not be read")
                .detail(error.to_string())
        })?;
        return match reply.state.as_str() {
            "sent" => {
                scene.settle(&page, navigations).await?;
                Ok(Done::Performed)
            }
            "refused" => Err(Fault::new(
                ErrorCode::NotSubmitted,
                "the form was not submitted: the browser found it incomplete",
            )
            .detail(reply.fields.join("; "))),
            _ => Err(Fault::new(ErrorCode::NotFound, "no form matches")),
        };
    }
}

/// Whether the click or key before this step submitted a form.
async fn already_sent(scene: &mut Scene<'_>) -> Result<bool, Fault> {
    let Some(before) = scene.stage.submission.take() else {
        return Ok(false);
    };
    let page = scene.page();
    if page.id() != before.page || page.navigations() > before.navigations {
        return Ok(true);
    }
    match before
        .frame
        .evaluate(
            &scene.progress,
            World::Isolated,
            "globalThis.__proscenium_submitted === true",
        )
        .await
    {
        Ok(sent) => Ok(sent.as_bool() == Some(true)),
        Err(BrowserError::ContextDestroyed) => Ok(true),
        Err(error) => Err(error.into()),
    }
}
