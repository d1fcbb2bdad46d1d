//! `proscenium film`: from arguments to a film, and what a person sees while it is made.

mod from_recording;
mod script;
mod told;

use std::io::IsTerminal as _;
use std::path::Path;
use std::time::{Duration, Instant};

use browser::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use tokio_util::sync::CancellationToken;
use video::{FilmError, FilmEvent, FilmOrder, Filmed};

pub(crate) use script::{Given, read};
pub(crate) use told::{lines, warnings};

use crate::signals;

/// Longer than any film's own limit, which counts.
const NEVER: Duration = Duration::from_secs(2 * 3600);

/// Ends in order at Ctrl-C.
pub(crate) fn progress() -> anyhow::Result<Progress> {
    let stop = CancellationToken::new();
    signals::cancel_on_stop(stop.clone())?;
    Ok(Progress::with_deadline(Instant::now() + NEVER, stop))
}

/// Makes the film.
pub(crate) async fn perform(
    progress: &Progress,
    order: &FilmOrder,
    target: &Path,
) -> Result<Filmed, FilmError> {
    let bar = bar();
    let shown = bar.clone();
    let tell = move |event: FilmEvent| {
        let Some(bar) = &shown else { return };
        match event {
            FilmEvent::Preparing => bar.set_message("preparing"),
            FilmEvent::Rolling => bar.set_message("rolling"),
            FilmEvent::Step {
                number, of, what, ..
            } => {
                bar.set_length(of.unwrap_or(number) as u64);
                bar.set_position(number as u64);
                bar.set_message(what);
            }
            FilmEvent::Wrapped { .. } => bar.set_message("encoding"),
            FilmEvent::Finishing => bar.set_message("finishing"),
        }
    };
    let filmed = video::film(progress, order, target, tell).await;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    filmed
}

/// On a terminal only, as the bars of `run`.
fn bar() -> Option<ProgressBar> {
    if !std::io::stderr().is_terminal() {
        return None;
    }
    let bar = ProgressBar::new(1);
    let style = ProgressStyle::with_template("{spinner} {pos}/{len} {elapsed} {wide_msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(120));
    Some(bar)
}
