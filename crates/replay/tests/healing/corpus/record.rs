//! Records one deed as a person would do it, with the recorder of the product.

use browser::{ClickOptions, Context, LoadState, Point};
use recording::Step;
use serde_json::{Value, json};

use super::pages::{Deed, Page, Target};
use super::site::Site;
use super::{Failure, before, progress, workshop};

/// The step that the recorder makes of the deed.
pub(crate) async fn record(
    context: &Context,
    site: &Site,
    page: &Page,
    target: &Target,
) -> Result<Step, Failure> {
    let progress = progress();
    let tab = workshop::tab(context).await?;
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
    let mut step = workshop::recorded(&mut events, kind).await?;
    step.id = "act_001".to_owned();
    Ok(step)
}
