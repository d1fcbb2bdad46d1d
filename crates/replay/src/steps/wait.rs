//! A wait that the recording asks for.

use browser::{BrowserError, Interrupted, LoadState};
use recording::{Wait, WaitFor};
use serde_json::{Value, json};

use super::{checkpoint, control, unknown_word};
use crate::fault::Fault;
use crate::locate::selectors_of;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, wait: &Wait) -> Result<Done, Fault> {
    let text = wait.value.as_ref().and_then(Value::as_str);
    match &wait.wait_for {
        WaitFor::Duration => {
            let duration = wait
                .duration()
                .ok_or_else(|| Fault::new(ErrorCode::Unsupported, "not a duration"))?;
            if duration > scene.progress.remaining() {
                let message = format!("cannot wait {duration:?}: the step may take less");
                return Err(Fault::new(ErrorCode::Timeout, message));
            }
            // Asked for by a person, so it holds in every pace.
            scene
                .progress
                .race(
                    "waiting as the recording asks",
                    tokio::time::sleep(duration),
                )
                .await?;
            Ok(Done::Performed)
        }
        WaitFor::Element => {
            let spec = json!({ "kind": "elementVisible", "negated": false, "selectors": selectors_of(scene.step)? });
            checkpoint::holds(scene, spec, true).await
        }
        WaitFor::Url => {
            let part = text
                .ok_or_else(|| Fault::new(ErrorCode::Unsupported, "the wait names no address"))?;
            let part = scene.rebase.apply(&scene.fill_in(part)?);
            let page = scene.page();
            scene.notes.expected = Some(part.clone());
            match page
                .wait_for_url(&scene.progress, |url| url.contains(&part))
                .await
            {
                Ok(url) => {
                    scene.notes.actual = Some(url);
                    Ok(Done::Performed)
                }
                Err(BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })) => {
                    let url = page.url();
                    let fault =
                        Fault::new(ErrorCode::WrongAddress, format!("the page is at {url}"));
                    scene.notes.actual = Some(url);
                    Err(fault)
                }
                Err(error) => Err(error.into()),
            }
        }
        WaitFor::Load => {
            let until = match text {
                None | Some("load") => LoadState::Load,
                Some("domcontentloaded") => LoadState::DomContentLoaded,
                Some("networkidle") => LoadState::NetworkIdle,
                Some(word) => return Err(unknown_word("the load state", word)),
            };
            let page = scene.page();
            page.wait_for_load_state(&scene.progress, until).await?;
            Ok(Done::Performed)
        }
        WaitFor::Expression => {
            let code = text.ok_or_else(|| missing("the wait has no expression"))?;
            let late = || Fault::new(ErrorCode::Timeout, "the expression did not become true");
            match control::becomes(scene, code, true).await {
                Ok(true) => Ok(Done::Performed),
                Ok(false) => Err(late()),
                // It did not even answer.
                Err(fault) if fault.code() == ErrorCode::Timeout => Err(late()),
                Err(fault) => Err(fault),
            }
        }
        WaitFor::Response => {
            let part = text.ok_or_else(|| missing("the wait names no address"))?;
            let part = scene.fill_in(part)?;
            if !scene.options.watch_network {
                return Err(Fault::new(
                    ErrorCode::Unsupported,
                    "requests are not watched in this run",
                ));
            }
            scene.notes.expected = Some(part.clone());
            let (answers, since) = scene.stage.answers();
            let page = scene.page();
            let waited = async {
                let answer = answers.after(since, |answer| answer.url.contains(&part));
                let answer = scene.progress.race("waiting for an answer", answer).await?;
                Ok(answer)
            };
            match scene.while_there(&page, waited).await {
                Ok(answer) => {
                    scene.notes.actual = Some(format!("{} {}", answer.status, answer.url));
                    Ok(Done::Performed)
                }
                Err(BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })) => {
                    Err(Fault::new(
                        ErrorCode::Timeout,
                        format!("no answer from {part:?} has come since the step before began"),
                    ))
                }
                Err(error) => Err(error.into()),
            }
        }
        WaitFor::Other(word) => Err(unknown_word("the wait", word)),
    }
}

fn missing(what: &str) -> Fault {
    Fault::new(ErrorCode::Unsupported, what)
}
