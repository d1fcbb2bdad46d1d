//! What a page runs before its own scripts so that its time is the film's, and what is asked of it afterwards.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use crate::document::EPOCH;
use crate::job::Seed;

/// The parts of a rendered page that any page can have, and what the camera asks, in this order.
const PARTS: [&str; 6] = [
    include_str!("../../page/clock.js"),
    include_str!("../../page/chance.js"),
    include_str!("../../page/motion.js"),
    include_str!("../../page/media.js"),
    include_str!("../../page/stage.js"),
    include_str!("../../page/film.js"),
];

/// The page's answer to a frame.
#[derive(Debug, Deserialize)]
pub(super) struct Stepped {
    /// What goes on by itself in it, in words; nothing when everything waits.
    pub(super) unsteady: Option<String>,
    /// What is not there that should be seen, in words.
    pub(super) missing: Option<String>,
    /// Whether a video shows another frame.
    #[serde(rename = "hasSought")]
    pub(super) has_sought: bool,
}

/// The script, for the chance of this seed.
pub(crate) fn script(seed: u64) -> String {
    let options = json!({ "epoch": EPOCH, "seed": Seed::new(seed.to_string()).words() });
    let parts = PARTS.map(|part| part.trim_end().trim_end_matches(';'));
    // A frame of another site cannot be told when to go on: it keeps its own time, and is refused if it can be seen.
    format!(
        "(() => {{ try {{ void window.top.document; }} catch {{ return; }}\nconst stage = {{}}; const options = {options};\nfor (const part of [\n{}\n]) part(stage, options); }})();",
        parts.join(",\n"),
    )
}

/// Lets the page's time pass until a time of the film.
pub(super) fn step(at: Duration) -> String {
    format!("__proscenium_stage.filmTo({})", at.as_secs_f64() * 1000.0)
}

/// Waits, in real time, until what a new document shows at first is decoded.
pub(super) fn ready(limit: Duration) -> String {
    format!("__proscenium_stage.ready({})", limit.as_millis())
}

/// Lets everything run that an answer of the network has set going.
pub(super) const TASK: &str = "__proscenium_stage.task()";
