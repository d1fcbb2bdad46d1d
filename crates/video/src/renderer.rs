//! Renders jobs, one after another, in a browser that is kept warm.

use std::path::{Path, PathBuf};
use std::time::Instant;

use browser::{Graphics, Progress};
use tokio::sync::Mutex;

use crate::address::{self, Camera};
use crate::encode::Encoder;
use crate::error::RenderError;
use crate::gpu;
use crate::guard;
use crate::job::{Extent, RenderJob, Source};
use crate::limits::{BrowserEnd, BrowserLimits, Ends};
use crate::making;
use crate::ready::Shape;
use crate::real_time;
use crate::rendered::Rendered;
use crate::side_by_side;
use crate::stage::{NotOpened, Stage};
use crate::warm::Warm;
use crate::watch::Warning;

/// Renders jobs. The browser starts with the first one and ends with the renderer.
#[derive(Debug, Default)]
pub struct Renderer {
    executable: Option<PathBuf>,
    limits: BrowserLimits,
    warm: Mutex<Option<Warm>>,
    ends: Ends,
    /// How many pages are opened before their jobs are known; none when there may be no next job.
    ahead: usize,
    graphics: Drawn,
}

/// What draws; the processor when nothing is said.
#[derive(Debug, Clone, Copy)]
struct Drawn(Graphics);

impl Default for Drawn {
    fn default() -> Self {
        Self(Graphics::Software)
    }
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FramesDone {
    /// Frames that were drawn.
    pub done: u32,
    /// Frames that will be.
    pub of: u32,
}

impl Renderer {
    /// A renderer that searches for its browser.
    pub fn new() -> Self {
        Self::default()
    }

    /// A renderer with this program, a `chromium-headless-shell`.
    pub fn with_browser(executable: PathBuf) -> Self {
        Self {
            executable: Some(executable),
            ..Self::default()
        }
    }

    /// The same, drawn with this.
    #[must_use]
    pub fn drawn_with(mut self, graphics: Graphics) -> Self {
        self.graphics = Drawn(graphics);
        self
    }

    /// One of a pool, for job after job.
    pub(crate) fn limited(
        executable: Option<PathBuf>,
        limits: BrowserLimits,
        ends: Ends,
        ahead: usize,
    ) -> Self {
        Self {
            executable,
            limits,
            ends,
            ahead,
            ..Self::default()
        }
    }

    /// Starts the browser before the first job comes.
    ///
    /// # Errors
    /// When it is not there or does not start.
    pub async fn warm(&self, progress: &Progress) -> Result<(), RenderError> {
        let mut warm = self.warm.lock().await;
        if warm.is_none() {
            let launched = self.browser(&mut warm, progress, 1.0).await;
            self.ends.launched(&launched);
            let warm = launched?;
            self.open_ahead(warm, Shape::default());
        }
        Ok(())
    }

    /// Renders a job to `target`: a file, or a folder for a sequence of pictures. What was there before stays until the
    /// output is whole. `tell` is called after each frame.
    ///
    /// # Errors
    /// Says whether the code or the machine is to blame; nothing new is left under the name of the target.
    pub async fn render(
        &self,
        progress: &Progress,
        job: &RenderJob,
        target: &Path,
        tell: &mut (dyn FnMut(FramesDone) + Send),
    ) -> Result<Rendered, RenderError> {
        let begun = Instant::now();
        let mut lock = self.warm.lock().await;
        if let Source::Address { url, extent } = &job.source {
            return self
                .photograph(progress, job, (url, *extent), target, begun)
                .await;
        }
        if job.is_real_time {
            return self
                .film_as_it_goes(progress, job, target, tell, begun)
                .await;
        }
        let launched = self.browser(&mut lock, progress, job.screen.scale).await;
        self.ends.launched(&launched);
        let warm = launched?;
        warm.begin_job();
        let limited = progress.within(job.time_limit);
        let limits = self.limits.of(job);
        let browsers = [warm.browser.pid()];
        let beyond = guard::beyond(&browsers, &limits);
        let work = self.perform(&limited, job, target, tell, warm, begun);
        let result = tokio::select! {
            result = work => result,
            error = beyond => Err(error),
        };
        self.ends.look(&result);
        let end = match &result {
            Ok(_) | Err(RenderError::Code { .. } | RenderError::TooLarge { .. }) => {
                warm.end_job(&self.limits)
            }
            // A page that did not answer may go on for ever: its browser goes with it.
            Err(_) => Some(BrowserEnd::of(&result, warm.browser.is_connected())),
        };
        if let Some(end) = end {
            self.replace(&mut lock, end).await;
        }
        result
    }

    /// Ends the browser.
    pub async fn close(&self) {
        if let Some(warm) = self.warm.lock().await.take() {
            warm.browser.close().await;
        }
    }

    /// Takes a picture of an address, in a browser that ends with it: nothing of one site is ever seen by another.
    async fn photograph(
        &self,
        progress: &Progress,
        job: &RenderJob,
        page: (&str, Extent),
        target: &Path,
        begun: Instant,
    ) -> Result<Rendered, RenderError> {
        let (executable, Drawn(graphics)) = (self.executable.clone(), self.graphics);
        let browser = address::launch(progress, executable, graphics).await?;
        let limited = progress.within(job.time_limit);
        let limits = self.limits.of(job);
        let camera = Camera {
            drawn_by: gpu::drawn_by(progress, &browser, graphics).await?,
            browser,
            door: job.door,
        };
        self.ends.started(&camera.drawn_by);
        let browsers = [camera.browser.pid()];
        let result = tokio::select! {
            result = address::take(&limited, job, page, target, &camera, begun) => result,
            error = guard::beyond(&browsers, &limits) => Err(error),
        };
        camera.browser.close().await;
        result
    }

    /// Makes a job in real time, in a browser that ends with it.
    async fn film_as_it_goes(
        &self,
        progress: &Progress,
        job: &RenderJob,
        target: &Path,
        tell: &mut (dyn FnMut(FramesDone) + Send),
        begun: Instant,
    ) -> Result<Rendered, RenderError> {
        let (executable, Drawn(graphics)) = (self.executable.clone(), self.graphics);
        let browser = real_time::launch(progress, executable, graphics).await?;
        let limited = progress.within(job.time_limit);
        let limits = self.limits.of(job);
        let browsers = [browser.pid()];
        let work = async {
            let camera = Camera {
                drawn_by: gpu::drawn_by(&limited, &browser, graphics).await?,
                browser: browser.clone(),
                door: None,
            };
            self.ends.started(&camera.drawn_by);
            real_time::make(&limited, job, target, tell, &camera, begun).await
        };
        let result = tokio::select! {
            result = work => result,
            error = guard::beyond(&browsers, &limits) => Err(error),
        };
        browser.close().await;
        result
    }

    async fn perform(
        &self,
        progress: &Progress,
        job: &RenderJob,
        target: &Path,
        tell: &mut (dyn FnMut(FramesDone) + Send),
        warm: &mut Warm,
        begun: Instant,
    ) -> Result<Rendered, RenderError> {
        let mut warnings = Vec::new();
        let mut other: Option<RenderJob> = None;
        // From its beginning again, by a slower way, when a page turns out to be something else than it was taken for.
        loop {
            let job = other.as_ref().unwrap_or(job);
            let made = self.attempt(progress, job, target, tell, warm, begun).await;
            let slower = match made {
                Err(RenderError::Unequal { .. }) => {
                    warnings.push(Warning::WholePage);
                    RenderJob {
                        is_fast: false,
                        ..job.clone()
                    }
                }
                Err(RenderError::Apart { .. }) => {
                    warnings.push(Warning::OnePage);
                    RenderJob {
                        parallel: 1,
                        ..job.clone()
                    }
                }
                made => {
                    return made.map(|mut rendered| {
                        rendered.warnings.append(&mut warnings);
                        rendered
                    });
                }
            };
            other = Some(slower);
        }
    }

    async fn attempt(
        &self,
        progress: &Progress,
        job: &RenderJob,
        target: &Path,
        tell: &mut (dyn FnMut(FramesDone) + Send),
        warm: &mut Warm,
        begun: Instant,
    ) -> Result<Rendered, RenderError> {
        let encoder = Encoder::of(job, target)?;
        let shape = Shape::of(job);
        let ready = warm.page(progress, shape).await?;
        // Beside this job, whose page leaves cores to it.
        self.open_ahead(warm, shape);
        let mut stage = match Stage::open(progress, ready, job).await {
            Ok(stage) => stage,
            Err(NotOpened { error, context }) => {
                warm.leave(context, self.limits.kept);
                return Err(error);
            }
        };
        let launch = || async {
            let (executable, Drawn(graphics)) = (self.executable.clone(), self.graphics);
            let warm = Warm::launch(progress, executable, job.screen.scale, graphics).await?;
            self.ends.started(&warm.drawn_by);
            Ok(warm)
        };
        let made = match side_by_side::open(progress, job, launch).await {
            Ok(mut others) => {
                // The first one's alone is watched from the beginning of the job.
                let first = warm.browser.pid();
                let browsers: Vec<u32> = side_by_side::pids(&others).chain([first]).collect();
                let limits = self.limits.of(job);
                let is_shared = !others.is_empty();
                let beyond = async {
                    match is_shared {
                        true => guard::beyond(&browsers, &limits).await,
                        false => std::future::pending().await,
                    }
                };
                let stages = others.iter_mut().map(|other| &mut other.stage);
                let place = (&*warm, &mut stage, stages.collect());
                let made = tokio::select! {
                    made = making::make(progress, job, target, tell, place, encoder, begun) => made,
                    error = beyond => Err(error),
                };
                side_by_side::close(others).await;
                made
            }
            Err(error) => Err(error),
        };
        warm.leave(stage.context, self.limits.kept);
        made
    }

    fn open_ahead(&self, warm: &mut Warm, shape: Shape) {
        if warm.reached(&self.limits).is_none() {
            warm.open_ahead(shape, self.ahead);
        }
    }

    /// The browser for a job of this scale.
    async fn browser<'a>(
        &self,
        lock: &'a mut Option<Warm>,
        progress: &Progress,
        scale: f64,
    ) -> Result<&'a mut Warm, RenderError> {
        let unfit = match lock.as_mut() {
            Some(warm) => warm.unfit(scale).await,
            None => None,
        };
        if let Some(end) = unfit {
            self.replace(lock, end).await;
        }
        if lock.is_none() {
            let (executable, Drawn(graphics)) = (self.executable.clone(), self.graphics);
            let launched = Warm::launch(progress, executable, scale, graphics).await?;
            self.ends.started(&launched.drawn_by);
            *lock = Some(launched);
        }
        lock.as_mut().ok_or(RenderError::Cancelled)
    }

    /// Ends a browser; the next job gets another.
    async fn replace(&self, lock: &mut Option<Warm>, end: BrowserEnd) {
        if let Some(warm) = lock.take() {
            self.ends.count(end);
            warm.browser.close().await;
        }
    }
}
