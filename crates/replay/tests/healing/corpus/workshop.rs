//! What recording and performing on changed pages needs, whatever is looked at: a context, its tab, and what the product's
//! recorder tells.

use std::time::Duration;

use browser::{Browser, Context, ContextOptions, Page as Tab, PageEvent, Progress, Viewport};
use recording::Step;
use serde_json::Value;
use tokio::sync::broadcast::Receiver;

/// Far more than any part of it needs; the machine may be busy.
const PATIENT: Duration = Duration::from_secs(60);

/// Why a case could not be tried; such a case counts for nothing and ends the run.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

pub(crate) fn progress() -> Progress {
    Progress::with_timeout(PATIENT)
}

pub(crate) async fn open(browser: &Browser) -> Result<Context, Failure> {
    let options = ContextOptions {
        viewport: Some(Viewport::desktop(1024, 768)),
        ..ContextOptions::default()
    };
    Ok(browser.new_context(&progress(), options).await?)
}

/// The tab of a context that has one at most.
pub(crate) async fn tab(context: &Context) -> Result<Tab, Failure> {
    match context.pages().into_iter().next() {
        Some(tab) => Ok(tab),
        None => Ok(context.new_page(&progress()).await?),
    }
}

/// The first step of a kind that the recorder tells.
pub(crate) async fn recorded(
    events: &mut Receiver<PageEvent>,
    kind: &str,
) -> Result<Step, Failure> {
    let telling = async {
        loop {
            let PageEvent::PageScript { payload, .. } = events.recv().await? else {
                continue;
            };
            let message: Value = serde_json::from_str(&payload)?;
            if message["kind"] == "step" && message["step"]["type"] == kind {
                let step = Step::from_value(message["step"].clone());
                return step.map_err(|problem| problem.to_string().into());
            }
        }
    };
    progress().race("waiting for the recorder", telling).await?
}
