//! `proscenium render`: from arguments to a job, and what a person sees while it is rendered.

mod given;
mod told;

use std::io::IsTerminal as _;
use std::path::Path;
use std::time::Duration;

use browser::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use tokio_util::sync::CancellationToken;
use video::{FramesDone, RenderError, RenderJob, Rendered, Renderer};

pub(crate) use given::Given;
pub(crate) use told::{complain, line};

use crate::signals;

/// Longer than any job's own limit, which counts.
const NEVER: Duration = Duration::from_secs(2 * 3600);

/// Why there is no output.
pub(crate) enum NotRendered {
    /// The job could not be rendered.
    Job(RenderError),
    /// Signals cannot be listened to.
    Signals(anyhow::Error),
}

/// Renders the job; Ctrl-C ends it in order.
pub(crate) async fn perform(
    renderer: &Renderer,
    job: &RenderJob,
    target: &Path,
) -> Result<Rendered, NotRendered> {
    let stop = CancellationToken::new();
    signals::cancel_on_stop(stop.clone()).map_err(NotRendered::Signals)?;
    let progress = Progress::with_deadline(std::time::Instant::now() + NEVER, stop);
    let bar = bar();
    let mut tell = |frames: FramesDone| {
        if let Some(bar) = &bar {
            bar.set_length(frames.of.into());
            bar.set_position(frames.done.into());
        }
    };
    let rendered = renderer.render(&progress, job, target, &mut tell).await;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    rendered.map_err(NotRendered::Job)
}

/// On a terminal only, as the bars of `run`.
fn bar() -> Option<ProgressBar> {
    if !std::io::stderr().is_terminal() {
        return None;
    }
    let bar = ProgressBar::new(1);
    let template = "{spinner} {pos}/{len} frames {elapsed} {wide_bar} {per_sec} {eta}";
    let style = ProgressStyle::with_template(template);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(120));
    Some(bar)
}
