//! Taking a picture of a page that stands still.

use std::time::Duration;

use browser::{BrowserError, Engine, Frame, Page, Progress};
use bytes::Bytes;
use futures_util::future::join_all;
use recording::Selector;
use serde::Deserialize;
use serde_json::{Value, json};

use super::baseline::Screen;
use super::raster::{Patch, Raster};
use super::view::{Extent, View};
use crate::fault::Fault;
use crate::frames;
use crate::locate::again;
use crate::outcome::ErrorCode;
use crate::page_reply::{self, Area};
use crate::scene::Scene;

const HOLD: &str = "picture.hold";
/// How long the frames of a page may take to be let go.
const RELEASE_PATIENCE: Duration = Duration::from_secs(2);

/// What a picture is of.
#[derive(Debug)]
pub(crate) struct Subject {
    /// An element; without it the page.
    pub(crate) element: Option<Vec<Selector>>,
    /// Of the page: all of it, or what is in view.
    pub(crate) extent: Extent,
    /// What is painted out.
    pub(crate) masks: Vec<Vec<Selector>>,
}

/// A picture, with what is masked painted out.
#[derive(Debug, Clone)]
pub(crate) struct Shot {
    pub(crate) raster: Raster,
    pub(crate) masks: Vec<Patch>,
    pub(crate) screen: Screen,
    /// Whether two pictures in a row were the same.
    pub(crate) is_still: bool,
    /// As the browser gave it: equal bytes need not be read again.
    png: Bytes,
}

/// The answer of `picture.hold`.
#[derive(Debug, Deserialize)]
struct Still {
    masks: Vec<Area>,
    view: View,
}

/// Takes pictures until two in a row are the same, or until `progress` is over; then the last one is given.
pub(crate) async fn take(
    scene: &mut Scene<'_>,
    progress: &Progress,
    subject: &Subject,
) -> Result<Shot, Fault> {
    let mut last: Option<Shot> = None;
    loop {
        let shot = match once(scene, progress, subject, last.as_ref()).await {
            Ok(shot) => shot,
            // The page moved until now; the last picture is all there is to judge by.
            Err(fault) if fault.code() == ErrorCode::Timeout => return last.ok_or(fault),
            Err(fault) => return Err(fault),
        };
        let is_still = last
            .as_ref()
            .is_some_and(|last| last.masks == shot.masks && last.raster == shot.raster);
        if is_still {
            return Ok(Shot { is_still, ..shot });
        }
        if last.is_some() {
            progress.log("the page has changed while its picture was taken");
        }
        last = Some(shot);
    }
}

async fn once(
    scene: &mut Scene<'_>,
    progress: &Progress,
    subject: &Subject,
    last: Option<&Shot>,
) -> Result<Shot, Fault> {
    loop {
        let page = scene.page();
        let taken = picture(scene, progress, &page, subject, last).await;
        release(&page).await;
        match taken {
            Err(Trouble::Browser(BrowserError::ContextDestroyed)) => {
                again(scene, "the document was replaced; taking the picture again").await?;
            }
            Err(Trouble::Browser(error)) => return Err(error.into()),
            Err(Trouble::Fault(fault)) => return Err(fault),
            Ok(shot) => return Ok(shot),
        }
    }
}

/// A fault, or a trouble of the browser that another try may get over.
enum Trouble {
    Browser(BrowserError),
    Fault(Fault),
}

impl From<BrowserError> for Trouble {
    fn from(error: BrowserError) -> Self {
        Self::Browser(error)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

async fn picture(
    scene: &mut Scene<'_>,
    progress: &Progress,
    page: &Page,
    subject: &Subject,
    last: Option<&Shot>,
) -> Result<Shot, Trouble> {
    let frame = frames::resolve(progress, page, &scene.step.frame_path()).await?;
    let patience = u64::try_from(progress.remaining().as_millis()).unwrap_or(u64::MAX);
    let mut spec = json!({ "masks": subject.masks, "timeoutMs": patience });
    if let Some(selectors) = &subject.element {
        spec["selectors"] = json!(selectors);
        if let Some(signature) = &scene.step.content_signature {
            spec["signature"] = json!(signature);
        }
    }
    // The page itself waits for the element until the deadline, and then says what is wrong with it.
    let reply: Value = frame.call(&scene.asking(), HOLD, &(spec,)).await?;
    if reply.get("ok") != Some(&json!(true)) {
        page_reply::read(reply.clone()).map_err(Fault::from)?;
    }
    let element = reply
        .get("element")
        .cloned()
        .map(page_reply::read)
        .transpose()
        .map_err(Fault::from)?;
    if let Some(element) = &element {
        scene.notes.matched = Some(element.matched());
    }
    let still: Still = page_reply::of(reply)?;
    let view = hold_others(progress, page, &frame, patience)
        .await?
        .unwrap_or(still.view);
    let corner = frames::offset(progress, &frame).await?;
    let to_page = |area: Area| Area {
        x: area.x + corner.x,
        y: area.y + corner.y,
        ..area
    };
    let (options, origin) =
        view.options(element.map(|element| to_page(element.area)), subject.extent);
    let png = page.screenshot(progress, options).await?;
    // WebKitGTK's scroll bars fade in and out over the page, and neither a style nor an event of the page tells when.
    let fading = view.bars().filter(|_| page.engine() == Engine::WebKit);
    let masks = still.masks.into_iter().map(to_page).chain(fading);
    let masks: Vec<Patch> = masks.map(|area| view.patch(area, origin)).collect();
    let raster = match last.filter(|last| last.png == png && last.masks == masks) {
        Some(last) => last.raster.clone(),
        None => painted(png.clone(), masks.clone()).await?,
    };
    Ok(Shot {
        raster,
        masks,
        screen: view.screen(),
        is_still: false,
        png,
    })
}

/// Lets the other frames stand still too; gives the page's own measures, unless they are known.
async fn hold_others(
    progress: &Progress,
    page: &Page,
    frame: &Frame,
    patience: u64,
) -> Result<Option<View>, Trouble> {
    let main = page.main_frame();
    let spec = json!({ "timeoutMs": patience });
    let others = page.frames().into_iter();
    let others = others.filter(|other| other.id() != frame.id() && other.id() != main.id());
    let holding = join_all(others.map(async |other| {
        // A frame that comes or goes meanwhile makes the next picture another one.
        let held = other.call::<Value>(progress, HOLD, &(&spec,)).await;
        if let Err(error) = held {
            tracing::debug!(%error, "a frame is not held still");
        }
    }));
    holding.await;
    if main.id() == frame.id() {
        return Ok(None);
    }
    let reply: Value = main.call(progress, HOLD, &(&spec,)).await?;
    Ok(Some(page_reply::of::<Still>(reply)?.view))
}

/// Lets the page go on.
async fn release(page: &Page) {
    let progress = Progress::with_timeout(RELEASE_PATIENCE);
    join_all(page.frames().into_iter().map(async |frame| {
        if let Err(error) = frame.call::<Value>(&progress, "picture.release", &()).await {
            // Its document has gone, and what was held with it.
            tracing::debug!(%error, "a frame is not let go");
        }
    }))
    .await;
}

/// Reads a picture and paints out what is masked, away from the runtime's threads.
async fn painted(png: Bytes, masks: Vec<Patch>) -> Result<Raster, Fault> {
    super::aside(move || {
        let mut raster = Raster::read(&png)?;
        for mask in masks {
            raster.paint_out(mask);
        }
        Ok(raster)
    })
    .await
}
