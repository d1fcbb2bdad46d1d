//! From a checked job to a stored file.

use browser::Progress;
use store::{RenderComplaint, RenderDone, RenderMade, Store};
use video::{FramesDone, Rendered, RendererPool};

use super::NotMade;

/// What a job is made with.
pub(super) struct Making<'a> {
    pub(super) store: &'a Store,
    pub(super) renderers: &'a RendererPool,
    pub(super) progress: &'a Progress,
}

impl Making<'_> {
    /// Renders into a temporary folder and stores what was made by its content.
    pub(super) async fn make(
        &self,
        job: &video::RenderJob,
        tell: &mut (dyn FnMut(FramesDone) + Send),
    ) -> Result<RenderDone, NotMade> {
        let folder = tempfile::Builder::new()
            .prefix(&format!("proscenium-{}-render-", std::process::id()))
            .tempdir();
        let folder =
            folder.map_err(|error| NotMade::Machine(format!("no temporary folder: {error}")))?;
        let target = folder.path().join("output");
        let rendered = self
            .renderers
            .render(self.progress, job, &target, tell)
            .await
            .map_err(NotMade::Render)?;
        let blob = self
            .store
            .blobs()
            .put_file(&target)
            .await
            .map_err(NotMade::Store)?;
        if blob.sha256 != rendered.sha256 {
            return Err(NotMade::Machine(
                "the file that was stored is not the one that was rendered".to_owned(),
            ));
        }
        let page = match &rendered.page {
            Some(page) => {
                let blob = self.store.blobs().put_file(&page.path).await;
                Some(blob.map_err(NotMade::Store)?.into())
            }
            None => None,
        };
        Ok(RenderDone {
            made: Some(made(rendered)),
            output: Some(blob.into()),
            page,
            ..RenderDone::default()
        })
    }
}

fn made(rendered: Rendered) -> RenderMade {
    let console = rendered
        .console
        .into_iter()
        .map(|complaint| RenderComplaint {
            kind: complaint.kind.as_str().to_owned(),
            text: complaint.text,
            place: complaint.place,
        });
    RenderMade {
        media_type: rendered.media_type.to_owned(),
        width: rendered.width,
        height: rendered.height,
        frames: rendered.frames,
        fps: rendered.fps.map(video::FrameRate::per_second),
        duration_ms: rendered.duration_ms,
        bytes: rendered.bytes,
        sha256: rendered.sha256,
        seed: rendered.seed.to_string(),
        engine: rendered.engine,
        browser: rendered.browser,
        gpu: Some(rendered.gpu),
        way: rendered.way.as_str().to_owned(),
        pages: Some(rendered.pages),
        draws: rendered.draws,
        warnings: rendered
            .warnings
            .iter()
            .map(|warning| warning.as_str().to_owned())
            .collect(),
        console: console.collect(),
        elapsed_ms: rendered.elapsed_ms,
        frames_per_second: rendered.frames_per_second,
    }
}
