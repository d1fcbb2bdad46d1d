//! Records a page's steps as a person would make them, with the recorder of the product.

use browser::{ClickOptions, Context, Frame, LoadState, Page as Tab, Point, World};
use recording::Step;
use serde::Deserialize;
use serde_json::{Value, json};

use super::pages::{Deed, Page, Target, WORDS};
use super::site::Site;
use super::{Failure, progress, workshop};

#[derive(Deserialize)]
struct Place {
    x: f64,
    y: f64,
}

/// The steps of the page, each recorded in a document of its own.
pub(crate) async fn record(
    context: &Context,
    site: &Site,
    page: &Page,
) -> Result<Vec<Step>, Failure> {
    let mut steps = Vec::new();
    for (at, target) in page.targets.iter().enumerate() {
        let step = one(context, site, page, target).await;
        let mut step = step.map_err(|why| format!("{} of {}: {why}", target.who, page.name))?;
        step.id = format!("act_{:03}", at + 1);
        steps.push(step);
    }
    Ok(steps)
}

async fn one(
    context: &Context,
    site: &Site,
    page: &Page,
    target: &Target,
) -> Result<Step, Failure> {
    let progress = progress();
    let tab = workshop::tab(context).await?;
    let url = format!("{}/{}", site.url, page.name);
    tab.goto(&progress, &url, LoadState::Load).await?;
    let frame = frame_of(&tab, page)?;
    if target.who != page.targets[0].who && !page.before.is_empty() {
        tab.evaluate(&progress, page.before).await?;
    }
    let place = format!("truth.placeOf({})", json!(target.who));
    let at: Place = serde_json::from_value(frame.evaluate(&progress, World::Main, &place).await?)?;
    let mut step = match target.deed {
        Deed::Says(text) => check(&tab, &frame, target, text).await?,
        deed => performed(&tab, &frame, deed, Point::new(at.x, at.y)).await?,
    };
    step.url = url;
    step.frames = serde_json::from_value(page.frame_refs())?;
    Ok(step)
}

/// The innermost frame of the page's path.
pub(crate) fn frame_of(tab: &Tab, page: &Page) -> Result<Frame, Failure> {
    let Some(name) = page.path.last() else {
        return Ok(tab.main_frame());
    };
    let frame = tab.frames().into_iter().find(|frame| frame.name() == *name);
    frame.ok_or_else(|| format!("the frame {name} is not there").into())
}

async fn performed(tab: &Tab, frame: &Frame, deed: Deed, at: Point) -> Result<Step, Failure> {
    let progress = progress();
    frame
        .call::<Value>(&progress, "record.start", &(json!({}),))
        .await?;
    let mut events = tab.events();
    tab.mouse()
        .click(&progress, at, ClickOptions::default())
        .await?;
    let kind = match deed {
        Deed::Fill => {
            tab.keyboard().insert_text(&progress, WORDS).await?;
            "input"
        }
        Deed::Select(_) => {
            // The click has opened the list.
            tab.keyboard().press(&progress, "ArrowDown").await?;
            tab.keyboard().press(&progress, "Enter").await?;
            "select"
        }
        _ => "click",
    };
    workshop::recorded(&mut events, kind).await
}

/// The check of what an element says, as it is made by pointing.
async fn check(tab: &Tab, frame: &Frame, target: &Target, text: &str) -> Result<Step, Failure> {
    let who = json!(target.who);
    let own = format!(
        "(() => {{ const box = named.get({who}).getBoundingClientRect(); return {{ x: box.x + box.width / 2, y: box.y + box.height / 2 }}; }})()"
    );
    let at = frame.evaluate(&progress(), World::Main, &own).await?;
    let picked: Value = frame
        .call(&progress(), "pick", &(&at["x"], &at["y"]))
        .await?;
    let mut step = json!({
        "type": "checkpoint", "checkType": "elementText", "expectedValue": text, "url": tab.url(),
        "selectors": picked["selectors"],
    });
    if !picked["signature"].is_null() {
        step["contentSignature"] = picked["signature"].clone();
    }
    Step::from_value(step).map_err(|problem| problem.to_string().into())
}
