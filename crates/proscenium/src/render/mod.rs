//! `proscenium render`: from arguments to a job, and what a person sees while it is rendered.

mod given;
mod told;

use std::path::Path;

use video::{FramesDone, RenderError, RenderJob, Rendered, Renderer};

pub(crate) use given::Given;
pub(crate) use told::{complain, line};

use crate::making;

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
    let progress = making::progress().map_err(NotRendered::Signals)?;
    let bar = making::bar("{spinner} {pos}/{len} frames {elapsed} {wide_bar} {per_sec} {eta}");
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
