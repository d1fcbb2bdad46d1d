//! How fast things are done, from arguments.

use anyhow::anyhow;
use serde_json::{Value, json};
use video::Pace;

/// The pace of a film.
#[derive(clap::Args)]
pub(crate) struct PaceArgs {
    /// CSS pixels a second that pages are scrolled, 50 to 20000; as people do it when left out.
    #[arg(long, value_name = "N")]
    scroll_speed: Option<f64>,
    /// How long nothing is done between two steps, 10s at most; as people do it when left out.
    #[arg(long, value_name = "TIME")]
    between: Option<String>,
}

impl PaceArgs {
    /// What is said here; where nothing is, what a storyboard says.
    ///
    /// # Errors
    /// Names the option that makes no sense.
    pub(crate) fn over(&self, written: Pace) -> anyhow::Result<Pace> {
        let speed = self.scroll_speed.map(|speed| json!(speed));
        let between = self.between.as_ref().map(|time| json!(time));
        let said = Pace {
            scroll_speed: read("--scroll-speed", "scrollSpeed", speed)?.scroll_speed,
            between: read("--between", "between", between)?.between,
        };
        Ok(Pace {
            scroll_speed: said.scroll_speed.or(written.scroll_speed),
            between: said.between.or(written.between),
        })
    }
}

/// By the rules of documents.
fn read(option: &str, field: &str, value: Option<Value>) -> anyhow::Result<Pace> {
    let document = json!({ field: value });
    Pace::read(&document).map_err(|(_, problem)| anyhow!("{option}: {problem}"))
}
