//! A page that is still being put together shows elements before anything listens to them: what is done to them then is
//! lost. An action that has no effect without a listener waits for one, as long as scripts may be on their way.

use std::time::{Duration, Instant};

use browser::{BrowserError, Capability, Engine, Frame, Point, Spot, Support};

use crate::fault::Fault;
use crate::locate::Target;
use crate::scene::Scene;

/// What a click can be listened to by.
const CLICK: [&str; 11] = [
    "auxclick",
    "click",
    "contextmenu",
    "dblclick",
    "mousedown",
    "mouseup",
    "pointerdown",
    "pointerup",
    "submit",
    "touchend",
    "touchstart",
];
/// What a key can be listened to by.
const PRESS: [&str; 6] = ["change", "input", "keydown", "keypress", "keyup", "submit"];
/// No page is waited for longer: one that loads script after script may never attach a listener there.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long after the last script a page is taken to have done its work: where listeners are known, an element that has
/// none may get one; where they are not, every element waits, also one that was ready.
const KNOWN_WINDOW_MS: u32 = 300;
const BLIND_WINDOW_MS: u32 = 100;

/// For how long a page is young on an engine that does not tell what listens to an element.
pub(crate) fn blind_window_ms(engine: Engine) -> Option<u32> {
    let tells_nothing = matches!(Capability::Listeners.on(engine), Support::None(_));
    tells_nothing.then_some(BLIND_WINDOW_MS)
}

/// Before a click at the point that the page found free. Whether it had to wait.
pub(crate) async fn before_click(scene: &mut Scene<'_>, target: &Target) -> Result<bool, Fault> {
    let Target { frame, ready } = target;
    let (x, y) = (ready.point.x, ready.point.y);
    match ready.unsure {
        true => wait(scene, frame, Spot::At(Point { x, y }), &CLICK).await,
        false => Ok(false),
    }
}

/// Before a key goes to the element that has the focus. Whether it had to wait.
pub(crate) async fn before_press(scene: &mut Scene<'_>, target: &Target) -> Result<bool, Fault> {
    match target.ready.unsure {
        true => wait(scene, &target.frame, Spot::Focused, &PRESS).await,
        false => Ok(false),
    }
}

async fn wait(
    scene: &mut Scene<'_>,
    frame: &Frame,
    spot: Spot,
    wanted: &[&str],
) -> Result<bool, Fault> {
    let began = Instant::now();
    let progress = scene
        .progress
        .within(PATIENCE.min(scene.progress.remaining() / 2));
    let blind = blind_window_ms(scene.page().engine());
    let window = blind.unwrap_or(KNOWN_WINDOW_MS);
    let mut looks = 0;
    loop {
        if blind.is_none() {
            match frame.listened_to(&progress, spot).await {
                Ok(types) if types.iter().any(|kind| wanted.contains(&kind.as_str())) => {
                    if looks > 0 {
                        let waited = began.elapsed().as_millis();
                        scene.note(format!("waited {waited} ms until something listened to it"));
                    }
                    return Ok(looks > 0);
                }
                Ok(_) => {}
                Err(error) => return excuse(scene, error),
            }
        }
        looks += 1;
        match frame.call::<bool>(&progress, "listening", &(window,)).await {
            Ok(true) => {}
            Ok(false) => {
                if looks > 1 {
                    let waited = began.elapsed().as_millis();
                    scene.note(format!("waited {waited} ms for the page's scripts"));
                }
                return Ok(looks > 1);
            }
            Err(error) => return excuse(scene, error),
        }
    }
}

/// The action itself meets what is wrong with the page, and says it better; time that has run out is no fault.
fn excuse(scene: &Scene<'_>, error: BrowserError) -> Result<bool, Fault> {
    scene
        .progress
        .log(format!("no longer waiting for a listener: {error}"));
    match error {
        BrowserError::Interrupted(_)
        | BrowserError::ContextDestroyed
        | BrowserError::DialogOpen { .. }
        | BrowserError::Evaluation { .. } => Ok(true),
        error => Err(error.into()),
    }
}
