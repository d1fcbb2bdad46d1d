//! A page that is opened ahead of its job: what no job changes is there already, and what a job brings is waited for.
//!
//! Starting a page's process and compiling p5 takes most of the time of a small job. A page waits for one job and is that
//! job's alone, with a context of its own, so that nothing of one job is ever found by another.

use std::sync::Arc;
use std::time::Duration;

use browser::{
    Browser, BrowserError, Context, ContextOptions, LateFiles, LoadState, OwnWorld, Page, Progress,
    Viewport,
};
use tokio_util::task::AbortOnDropHandle;

use crate::complaints::Complaints;
use crate::document::{self, ADDRESS, Early};
use crate::error::RenderError;
use crate::job::{P5Version, RenderJob, Screen, Source};
use crate::libraries::CompiledLibraries;

/// How long a page may wait for its job. Its browser is replaced long before.
const PATIENCE: Duration = Duration::from_secs(24 * 3600);

/// How long leaving may take, whatever the page does.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// What has to be known of a job to open its page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    library: Option<P5Version>,
    pub(crate) screen: Screen,
    transparent: bool,
}

impl Default for Shape {
    /// What most jobs are: a sketch of p5 1 on the usual canvas.
    fn default() -> Self {
        let screen = Screen {
            width: 800,
            height: 800,
            scale: 1.0,
        };
        Self {
            library: Some(P5Version::One),
            screen,
            transparent: false,
        }
    }
}

impl Shape {
    pub(crate) fn of(job: &RenderJob) -> Self {
        Self {
            library: match job.source {
                Source::Sketch { version, .. } => Some(version),
                Source::Script { .. } | Source::Address { .. } => None,
            },
            screen: job.screen,
            transparent: job.transparent,
        }
    }

    /// Whether its library is there as the browser compiles it.
    pub(crate) fn is_compiled(&self, compiled: &CompiledLibraries) -> bool {
        self.library
            .is_some_and(|version| compiled.of(version).is_there())
    }
}

/// A page that waits for its job.
pub(crate) struct Ready {
    pub(crate) context: Context,
    pub(crate) page: Page,
    pub(crate) complaints: Complaints,
    pub(crate) late: LateFiles,
    /// Ends when the page has loaded, which needs what the job brings; nothing when it has not begun.
    pub(crate) loading: Option<Loading>,
}

impl Ready {
    /// Opens a page and brings it to where it needs its job. What it compiles for all is shared with the browser's other
    /// pages when they have somewhere to keep it.
    pub(crate) async fn open(
        progress: &Progress,
        browser: &Browser,
        shape: Shape,
        compiled: Option<&CompiledLibraries>,
    ) -> Result<Self, RenderError> {
        const DOING: &str = "opening the page";
        let refused = |source| RenderError::browser(DOING, source);
        let compiled = shape.library.zip(compiled);
        let compiled = compiled.map(|(version, compiled)| compiled.of(version));
        let Early { site, late, awaits } = document::early(shape.library, compiled)?;
        let options = ContextOptions {
            viewport: Some(Viewport {
                device_scale_factor: shape.screen.scale,
                ..Viewport::desktop(shape.screen.width, shape.screen.height)
            }),
            // The same dates and numbers on every machine.
            locale: Some("en-US".to_owned()),
            timezone: Some("UTC".to_owned()),
            offline: Some(Arc::new(site)),
            transparent: shape.transparent,
            own_world: OwnWorld::Absent,
            ..ContextOptions::default()
        };
        let context = browser
            .new_context(progress, options)
            .await
            .map_err(refused)?;
        let opened = open_in(progress, &context, &late, awaits.as_deref()).await;
        match opened {
            Ok((page, complaints, loading)) => Ok(Self {
                context,
                page,
                complaints,
                late,
                loading,
            }),
            Err(error) => {
                leave(&context).await;
                Err(refused(error))
            }
        }
    }

    /// Whether it still waits: its process may have died meanwhile.
    pub(crate) fn is_well(&self) -> bool {
        let has_ended = self
            .loading
            .as_ref()
            .is_some_and(|loading| loading.is_finished());
        !has_ended && !self.page.is_closed() && !self.page.is_crashed()
    }
}

/// Closes a context with everything in it. Says whether the browser is still good for another one.
pub(crate) async fn leave(context: &Context) -> bool {
    let progress = Progress::with_timeout(CLOSE_LIMIT);
    context.close(&progress).await.is_ok()
}

/// The opening of a page that waits.
pub(crate) type Loading = AbortOnDropHandle<Result<(), BrowserError>>;

async fn open_in(
    progress: &Progress,
    context: &Context,
    late: &LateFiles,
    awaits: Option<&str>,
) -> Result<(Page, Complaints, Option<Loading>), BrowserError> {
    let page = context.new_page(progress).await?;
    page.enable_log(progress).await?;
    let complaints = Complaints::of(&page);
    let Some(awaits) = awaits else {
        return Ok((page, complaints, None));
    };
    let mut loading = arrival(page.clone());
    let waiting = async {
        tokio::select! {
            () = late.awaited(awaits) => Ok(()),
            // It cannot load before its job is there: something failed.
            ended = &mut loading => match ended {
                Ok(Err(error)) => Err(error),
                Ok(Ok(())) | Err(_) => Err(BrowserError::ContextDestroyed),
            },
        }
    };
    progress.race("opening the page", waiting).await??;
    Ok((page, complaints, Some(loading)))
}

/// Loads the document of a page that is still empty.
pub(crate) fn load(page: Page, limit: Duration) -> Loading {
    AbortOnDropHandle::new(tokio::spawn(async move {
        let progress = Progress::with_timeout(limit);
        let gone = page.goto(&progress, ADDRESS, LoadState::Load).await;
        gone.map(drop)
    }))
}

/// The loading of the document that a page begins with.
fn arrival(page: Page) -> Loading {
    AbortOnDropHandle::new(tokio::spawn(async move {
        let progress = Progress::with_timeout(PATIENCE);
        page.wait_for_url(&progress, |url| url == ADDRESS).await?;
        page.wait_for_load_state(&progress, LoadState::Load).await
    }))
}
