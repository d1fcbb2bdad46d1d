//! What the commands that make something out of pages have in common: they end in order at Ctrl-C, and show how far they
//! have come.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use browser::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use tokio_util::sync::CancellationToken;

use crate::signals;

/// Longer than any job's or film's own limit, which counts.
const NEVER: Duration = Duration::from_secs(2 * 3600);

/// Ends in order at Ctrl-C.
pub(crate) fn progress() -> anyhow::Result<Progress> {
    let stop = CancellationToken::new();
    signals::cancel_on_stop(stop.clone())?;
    Ok(Progress::with_deadline(Instant::now() + NEVER, stop))
}

/// A bar in this template of `indicatif`; on a terminal only, as the bars of `run`.
pub(crate) fn bar(template: &str) -> Option<ProgressBar> {
    if !std::io::stderr().is_terminal() {
        return None;
    }
    let bar = ProgressBar::new(1);
    let style = ProgressStyle::with_template(template);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(120));
    Some(bar)
}
