//! How a performance looks to whoever watches it. By itself a run has no manner: it acts at once, where a person would have
//! gone there first.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use browser::{BrowserError, ClickOptions, Frame, MouseButton, Page, Point, Progress};
use recording::{ScrollTarget, Selector};
use serde_json::json;

use crate::frames;
use crate::page_reply::Area;
use crate::scene::Scene;
use crate::steps::Way;

/// How long an element is looked for before the pointer sets out. A step that finds it later acts without the way to it.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Something that is only for show: what goes wrong with it the step meets itself, and says.
pub type Show<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Does what a person would do around an action, for somebody to watch. The actions themselves stay the player's. Areas are
/// in the page's viewport, and outside of it when the page has to be scrolled.
pub trait Manner: Send + Sync {
    /// What is done from here on is done in this page: the tab in front. Most often it was already.
    fn turn_to<'a>(&'a self, progress: &'a Progress, page: &'a Page) -> Show<'a>;

    /// Scrolls until the area is where one looks.
    fn bring<'a>(&'a self, progress: &'a Progress, page: &'a Page, area: Area) -> Show<'a>;

    /// Moves the pointer to a point of an element.
    fn approach<'a>(
        &'a self,
        progress: &'a Progress,
        page: &'a Page,
        area: Area,
        to: Point,
    ) -> Show<'a>;

    /// Scrolls the page until so many CSS pixels are above its viewport.
    fn scroll<'a>(&'a self, progress: &'a Progress, page: &'a Page, y: f64) -> Show<'a>;

    /// A check of what is in this area, which is in view, has passed.
    fn checked(&self, page: &Page, area: Area);

    /// The button goes down where the pointer is.
    fn pressed(&self);

    /// The button comes up; the pointer is there now.
    fn released(&self, at: Point);

    /// How long the button stays down in a click.
    fn press_time(&self) -> Duration;

    /// How long it takes from one key to the next in a text of so many letters.
    fn key_time(&self, letters: usize) -> Duration;
}

/// Turns to the tab that the run is in.
pub(crate) async fn turn(scene: &mut Scene<'_>) {
    let Some(manner) = scene.manner else { return };
    let page = scene.page();
    manner.turn_to(&scene.progress, &page).await;
}

/// Goes to the step's element as a person does. It does nothing where nobody watches, and nothing when the element is not
/// there: the step looks for it itself, and is the one to fail.
pub(crate) async fn visit(scene: &mut Scene<'_>) {
    let Some(manner) = scene.manner else { return };
    let Ok(selectors) = scene.selectors() else {
        return;
    };
    let page = scene.page();
    let progress = scene.progress.clone();
    match brought(scene, manner, &page, &selectors, PATIENCE).await {
        Some(area) => {
            let middle = Point::new(area.x + area.width / 2.0, area.y + area.height / 2.0);
            manner.approach(&progress, &page, area, middle).await;
        }
        None => progress.log("the pointer did not go there first: the element was not there yet"),
    }
}

/// Shows what a check that has passed looked at.
pub(crate) async fn check(scene: &mut Scene<'_>) {
    let Some(manner) = scene.manner else { return };
    let selectors = scene.step.locators();
    if selectors.is_empty() {
        return;
    }
    let page = scene.page();
    // What is checked for being away is not there to be shown.
    if let Some(area) = brought(scene, manner, &page, &selectors, Duration::ZERO).await {
        manner.checked(&page, area);
    }
}

/// Brings the element into view, when it is there in time; answers where it is then.
async fn brought(
    scene: &Scene<'_>,
    manner: &dyn Manner,
    page: &Page,
    selectors: &[Selector],
    patience: Duration,
) -> Option<Area> {
    let progress = &scene.progress;
    let path = scene.step.frame_path();
    let frame = frames::resolve(&progress.within(PATIENCE), page, &path)
        .await
        .ok()?;
    let options = json!({ "timeoutMs": patience.as_millis() });
    let element = frame
        .call_handle(progress, "element", &json!([selectors, options]))
        .await
        .ok()??;
    // Of a frame the page's wheel does not know where it would end.
    if path.is_empty() {
        let area = element.call(progress, "box", &()).await.ok()?;
        let area = in_page(progress, &frame, area).await.ok()?;
        manner.bring(progress, page, area).await;
    }
    let area = element.call(progress, "box", &()).await.ok()?;
    in_page(progress, &frame, area).await.ok()
}

/// Moves the pointer to where the step acts.
pub(crate) async fn approach(scene: &mut Scene<'_>, frame: &Frame, area: Area, to: Point) {
    let Some(manner) = scene.manner else { return };
    let page = scene.page();
    if let Ok(area) = in_page(&scene.progress, frame, area).await {
        manner.approach(&scene.progress, &page, area, to).await;
    }
}

/// Scrolls the window to where the step is about to put it.
pub(crate) async fn scroll(scene: &mut Scene<'_>, target: &ScrollTarget, y: f64) {
    let Some(manner) = scene.manner else { return };
    if *target == ScrollTarget::Window && scene.step.frame_path().is_empty() {
        let page = scene.page();
        manner.scroll(&scene.progress, &page, y).await;
    }
}

/// Clicks, so long that it can be seen.
pub(crate) async fn click(
    scene: &Scene<'_>,
    page: &Page,
    at: Point,
    mut options: ClickOptions,
) -> Result<(), BrowserError> {
    let Some(manner) = scene.manner else {
        return page.mouse().click(&scene.progress, at, options).await;
    };
    options.delay = manner.press_time();
    manner.pressed();
    let clicked = page.mouse().click(&scene.progress, at, options).await;
    manner.released(at);
    clicked
}

/// Drags from one point to another.
pub(crate) async fn drag(
    scene: &Scene<'_>,
    page: &Page,
    (from, to): (Point, Point),
    way: &Way,
) -> Result<(), BrowserError> {
    if let Some(manner) = scene.manner {
        manner.pressed();
    }
    let dragged = match way {
        Way::Straight(moves) => page.mouse().drag(&scene.progress, from, to, *moves).await,
        Way::Along(points) => stroke(&scene.progress, page, (from, to), points).await,
    };
    if let Some(manner) = scene.manner {
        manner.released(to);
    }
    dragged
}

/// Nothing is carried: the page sees each point, and nothing between them.
async fn stroke(
    progress: &Progress,
    page: &Page,
    (from, to): (Point, Point),
    points: &[Point],
) -> Result<(), BrowserError> {
    let mouse = page.mouse();
    mouse.move_to(from).done(progress).await?;
    mouse.down(MouseButton::Left, 1).done(progress).await?;
    for point in points.iter().chain([&to]) {
        mouse.move_to(*point).done(progress).await?;
    }
    mouse.up(MouseButton::Left, 1).done(progress).await
}

/// An area of a frame, in the page's viewport.
async fn in_page(progress: &Progress, frame: &Frame, area: Area) -> Result<Area, BrowserError> {
    let offset = frames::offset(progress, frame).await?;
    Ok(Area {
        x: area.x + offset.x,
        y: area.y + offset.y,
        ..area
    })
}
