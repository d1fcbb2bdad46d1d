//! Records one deed as a person would do it, with the recorder of the product.

use browser::{ClickOptions, Context, LoadState, PageEvent, Point};
use recording::Step;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

use super::pages::{Deed, Page, Target};
use super::site::Site;
use super::{Failure, before, progress};

/// The step that the recorder makes of the deed.
pub(crate) async fn record(
    context: &Context,
    site: &Site,
    page: &Page,
    target: &Target,
) -> Result<Step, Failure> {
    let progress = progress();
    let tab = match context.pages().into_iter().next() {
        Some(tab) => tab,
        None => context.new_page(&progress).await?,
    };
    let url = format!("{}{}", site.url, before(page, target));
    tab.goto(&progress, &url, LoadState::Load).await?;
    let frame = tab.main_frame();
    frame
        .call::<Value>(&progress, "record.start", &(json!({}),))
        .await?;
    let mut events = tab.events();
    let selectors = json!([{ "strategy": "css", "value": target.css }]);
    let ready: Value = frame
        .call(
            &progress,
            "actionable",
            &(selectors, json!({ "action": "click" })),
        )
        .await?;
    let at = |axis: &str| {
        ready["point"][axis]
            .as_f64()
            .ok_or_else(|| format!("{} of {}: {ready}", target.css, page.name))
    };
    let point = Point::new(at("x")?, at("y")?);
    let kind = match target.deed {
        Deed::Click => "click",
        Deed::Fill => "input",
        Deed::Select => "select",
    };
    match target.deed {
        Deed::Click | Deed::Fill => {
            tab.mouse()
                .click(&progress, point, ClickOptions::default())
                .await?;
        }
        Deed::Select => {
            let css = Value::from(target.css);
            tab.evaluate(&progress, &format!("document.querySelector({css}).focus()"))
                .await?;
            tab.keyboard().press(&progress, "ArrowDown").await?;
        }
    }
    if target.deed == Deed::Fill {
        tab.keyboard().insert_text(&progress, "words").await?;
    }
    let step = progress
        .race("waiting for the recorder", step_of(&mut events, kind))
        .await??;
    Ok(step)
}

/// The first step of a kind that the recorder tells.
async fn step_of(events: &mut Receiver<PageEvent>, kind: &str) -> Result<Step, Failure> {
    loop {
        let PageEvent::PageScript { payload, .. } = events.recv().await? else {
            continue;
        };
        let message: Value = serde_json::from_str(&payload)?;
        if message["kind"] == "step" && message["step"]["type"] == kind {
            let mut step =
                Step::from_value(message["step"].clone()).map_err(|problem| problem.to_string())?;
            step.id = "act_001".to_owned();
            return Ok(step);
        }
    }
}
