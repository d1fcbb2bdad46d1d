//! A browser that renders, and what is done in it beside the jobs: the last page is left, and the next one opened.

use std::collections::VecDeque;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use browser::{
    Browser, BrowserError, Context, Drawing, Graphics, Headless, LaunchOptions, Progress,
};
use tokio_util::task::AbortOnDropHandle;

use crate::error::RenderError;
use crate::gpu;
use crate::libraries::CompiledLibraries;
use crate::limits::{BrowserEnd, BrowserLimits};
use crate::memory;
use crate::ready::{self, Ready, Shape};

/// How long the browser may take to start on a busy machine.
const LAUNCH_LIMIT: Duration = Duration::from_secs(30);

/// How long a page may take to be opened ahead of its job.
const OPENING_LIMIT: Duration = Duration::from_secs(30);

/// Between two looks at its memory: each reads a file for every process of the machine.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A browser that is kept for job after job.
pub(crate) struct Warm {
    pub(crate) browser: Browser,
    /// What draws in it, by name.
    pub(crate) drawn_by: String,
    /// Pixels per CSS pixel: the surface that frames are drawn on has those of the browser's start.
    scale: f64,
    jobs: u32,
    since: Instant,
    /// A job has begun and not ended: when the next one comes all the same, it was broken off in the middle.
    at_work: bool,
    /// What pages that were opened ahead have left for those after them.
    compiled: Arc<CompiledLibraries>,
    /// Pages of one shape, the oldest first.
    next: VecDeque<Opening>,
    /// When its memory was looked at.
    looked: Instant,
    /// What is left beside the next job, and why the browser should not be kept.
    leaving: Option<AbortOnDropHandle<Option<BrowserEnd>>>,
}

/// A page that is opened ahead; nothing when that failed, which the next job finds out by itself.
struct Opening {
    shape: Shape,
    page: AbortOnDropHandle<Option<Ready>>,
}

impl Warm {
    pub(crate) async fn launch(
        progress: &Progress,
        executable: Option<PathBuf>,
        scale: f64,
        graphics: Graphics,
    ) -> Result<Self, RenderError> {
        let options = LaunchOptions {
            executable,
            headless: Headless::Shell,
            drawing: Drawing::OnCommand,
            graphics,
            // No name and no address is ever looked up, whatever asks for it.
            extra_args: vec![
                "--host-resolver-rules=MAP * ~NOTFOUND".to_owned(),
                format!("--force-device-scale-factor={scale}"),
                // Each page has a context of its own, which no spare process could be of.
                // Code that was compiled before is taken up only where scripts are not compiled while they come in.
                "--disable-features=SpareRendererForSitePerProcess,ScriptStreaming".to_owned(),
            ],
            ..LaunchOptions::default()
        };
        let browser = Browser::launch(&progress.within(LAUNCH_LIMIT), options)
            .await
            .map_err(|error| match error {
                BrowserError::NotFound { .. } => RenderError::NoFramesOnCommand,
                error => RenderError::browser("starting the browser", error),
            })?;
        Ok(Self {
            drawn_by: gpu::drawn_by(progress, &browser, graphics).await?,
            browser,
            scale,
            jobs: 0,
            since: Instant::now(),
            at_work: false,
            compiled: Arc::default(),
            next: VecDeque::new(),
            looked: Instant::now(),
            leaving: None,
        })
    }

    /// Why it cannot take a job of this scale, if it cannot.
    pub(crate) async fn unfit(&mut self, scale: f64) -> Option<BrowserEnd> {
        #[expect(clippy::float_cmp, reason = "the same job has the same number")]
        let is_other = self.scale != scale;
        if !self.browser.is_connected() {
            Some(BrowserEnd::Crash)
        } else if is_other {
            Some(BrowserEnd::Scale)
        } else if self.at_work {
            Some(BrowserEnd::Page)
        } else if self.leaving.as_ref().is_some_and(|left| left.is_finished()) {
            self.left().await
        } else {
            None
        }
    }

    /// Which of its limits it has come to.
    pub(crate) fn reached(&self, limits: &BrowserLimits) -> Option<BrowserEnd> {
        limits.reached(self.jobs, self.since)
    }

    pub(crate) fn begin_job(&mut self) {
        self.jobs += 1;
        self.at_work = true;
    }

    /// The job has ended and its page is left. Says why the browser should not be kept, if it should not.
    pub(crate) fn end_job(&mut self, limits: &BrowserLimits) -> Option<BrowserEnd> {
        self.at_work = false;
        self.reached(limits)
    }

    /// A page that waits, when there is one of this shape and it is well, else a new one.
    pub(crate) async fn page(
        &mut self,
        progress: &Progress,
        shape: Shape,
    ) -> Result<Ready, RenderError> {
        const DOING: &str = "opening the page";
        while let Some(next) = self.next.pop_front_if(|next| next.shape == shape) {
            let opened = progress.race(DOING, next.page).await;
            let opened = opened.map_err(|why| RenderError::browser(DOING, why.into()))?;
            match opened {
                Ok(Some(ready)) if ready.is_well() => return Ok(ready),
                Ok(Some(ready)) => drop(ready::leave(&ready.context).await),
                Ok(None) | Err(_) => {}
            }
        }
        // Its job waits: it takes what is there, and leaves nothing to others.
        let compiled = Some(&*self.compiled).filter(|compiled| shape.is_compiled(compiled));
        Ready::open(progress, &self.browser, shape, compiled).await
    }

    /// Opens pages for the next jobs, while this one goes on, until so many wait.
    pub(crate) fn open_ahead(&mut self, shape: Shape, pages: usize) {
        let is_other = self.next.front().is_some_and(|next| next.shape != shape);
        let mut unused = match is_other {
            true => std::mem::take(&mut self.next),
            false => VecDeque::new(),
        };
        while self.next.len() < pages {
            let (browser, compiled) = (self.browser.clone(), Arc::clone(&self.compiled));
            let unused = std::mem::take(&mut unused);
            let page = tokio::spawn(async move {
                for unused in unused {
                    if let Ok(Some(unused)) = unused.page.await {
                        ready::leave(&unused.context).await;
                    }
                }
                let progress = Progress::with_timeout(OPENING_LIMIT);
                match Ready::open(&progress, &browser, shape, Some(&compiled)).await {
                    Ok(ready) => Some(ready),
                    Err(error) => {
                        tracing::debug!(%error, "no page was opened ahead of its job");
                        None
                    }
                }
            });
            self.next.push_back(Opening {
                shape,
                page: AbortOnDropHandle::new(page),
            });
        }
    }

    /// Leaves a page, while the next job goes on.
    pub(crate) fn leave(&mut self, context: Context, kept: u64) {
        let before = self.leaving.take();
        let browser = self.browser.pid();
        let is_time = self.looked.elapsed() >= LOOK_EVERY;
        if is_time {
            self.looked = Instant::now();
        }
        let leaving = tokio::spawn(async move {
            let before = match before {
                Some(before) => before.await.ok().flatten(),
                None => None,
            };
            if !ready::leave(&context).await {
                return Some(BrowserEnd::Page);
            }
            let has_grown = is_time && memory::is_above(browser, kept).await;
            before.or(has_grown.then_some(BrowserEnd::Memory))
        });
        self.leaving = Some(AbortOnDropHandle::new(leaving));
    }

    /// How the last leaving ended.
    async fn left(&mut self) -> Option<BrowserEnd> {
        match self.leaving.take() {
            Some(leaving) => leaving.await.ok().flatten(),
            None => None,
        }
    }
}

impl fmt::Debug for Warm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Warm")
            .field("browser", &self.browser)
            .field("jobs", &self.jobs)
            .finish_non_exhaustive()
    }
}
