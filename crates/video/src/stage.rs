//! The page while it is rendered: opened without a network, stepped by its own clock, drawn on command.

use std::sync::Arc;
use std::time::{Duration, Instant};

use browser::{
    Browser, BrowserError, Context, ContextOptions, ImageFormat, Interrupted, LoadState, Page,
    Progress, Tick, Viewport,
};
use bytes::Bytes;
use serde_json::Value;

use crate::complaints::Complaints;
use crate::document::{self, ADDRESS};
use crate::error::RenderError;
use crate::job::{FrameRate, RenderJob};

/// The longest that a page's code may take for one frame, or for loading.
const FRAME_LIMIT: Duration = Duration::from_secs(30);

/// A frame that takes so long, and is not done when all of the time is over, is to blame for it.
const SLOW: Duration = Duration::from_secs(1);

/// How long leaving may take, whatever the page does.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// The browser's clock at the first frame, in milliseconds. Any value does; it must not be zero.
const FIRST_TICK: f64 = 1_000_000.0;

/// Frames that are drawn before the first one counts: layers, fonts and shaders come with them.
const WARM_UP: u32 = 2;

/// A page, ready to be stepped.
pub(crate) struct Stage {
    context: Context,
    page: Page,
    pub(crate) complaints: Complaints,
    rate: FrameRate,
    time_limit: Duration,
    frames: u32,
    /// The frame that is shown.
    frame: u32,
    /// The page's time at its first frame, in milliseconds.
    start: f64,
    /// Frames that the browser has drawn.
    ticks: u32,
    /// How often the code of a sketch has drawn.
    pub(crate) draws: u64,
    last: Option<Bytes>,
}

impl Stage {
    /// Opens the page of a job and brings it to its first frame.
    pub(crate) async fn open(
        progress: &Progress,
        browser: &Browser,
        job: &RenderJob,
        frames: u32,
    ) -> Result<Self, RenderError> {
        const DOING: &str = "opening the page";
        let refused = |source| RenderError::browser(DOING, source);
        let options = ContextOptions {
            viewport: Some(Viewport {
                device_scale_factor: job.screen.scale,
                ..Viewport::desktop(job.screen.width, job.screen.height)
            }),
            // The same dates and numbers on every machine.
            locale: Some("en-US".to_owned()),
            timezone: Some("UTC".to_owned()),
            offline: Some(Arc::new(document::site(job)?)),
            transparent: job.transparent,
            ..ContextOptions::default()
        };
        let context = browser
            .new_context(progress, options)
            .await
            .map_err(refused)?;
        let page = context.new_page(progress).await.map_err(refused)?;
        page.enable_log(progress).await.map_err(refused)?;
        let mut stage = Self {
            complaints: Complaints::of(&page),
            context,
            page,
            rate: job.output.rate(),
            time_limit: job.time_limit,
            frames,
            frame: 0,
            start: 0.0,
            ticks: 0,
            draws: 0,
            last: None,
        };
        let begun = stage.begin(progress).await;
        if let Err(error) = begun {
            stage.close().await;
            return Err(error);
        }
        Ok(stage)
    }

    async fn begin(&mut self, progress: &Progress) -> Result<(), RenderError> {
        let (part, since) = (progress.within(FRAME_LIMIT), Instant::now());
        let loading = self.page.goto(&part, ADDRESS, LoadState::Load).await;
        if let Err(error) = loading {
            return Err(self.explain(progress, "loading", since, error));
        }
        let interval = self.rate.time_of(1);
        let settled = self
            .ask(
                progress,
                "loading",
                &format!("__proscenium_stage.settle({interval})"),
            )
            .await?;
        self.check_place()?;
        self.complaints.collect();
        if let Some(exception) = self.complaints.exception() {
            return Err(RenderError::Code {
                message: exception.to_string(),
            });
        }
        self.start = settled["now"].as_f64().unwrap_or_default();
        self.draws = settled["draws"].as_u64().unwrap_or_default();
        for _ in 0..WARM_UP {
            self.draw(progress, None).await?;
        }
        Ok(())
    }

    /// Lets the page's time pass to the next frame.
    pub(crate) async fn step(&mut self, progress: &Progress) -> Result<(), RenderError> {
        self.frame += 1;
        let until = self.start + self.rate.time_of(self.frame);
        let what = format!("frame {}", self.frame);
        let draws = self
            .ask(
                progress,
                &what,
                &format!("__proscenium_stage.step({until})"),
            )
            .await?;
        self.draws = draws.as_u64().unwrap_or(self.draws);
        self.complaints.collect();
        self.check_place()
    }

    /// Whether the page still shows the job's document.
    fn check_place(&self) -> Result<(), RenderError> {
        if self.page.url().starts_with(ADDRESS) {
            Ok(())
        } else {
            Err(RenderError::Navigated)
        }
    }

    /// Draws what the page shows now.
    pub(crate) async fn draw(
        &mut self,
        progress: &Progress,
        picture: Option<ImageFormat>,
    ) -> Result<Option<Bytes>, RenderError> {
        let interval = self.rate.time_of(1);
        let tick = Tick {
            time: FIRST_TICK + self.rate.time_of(self.ticks),
            interval,
            picture,
        };
        self.ticks += 1;
        let (part, since) = (progress.within(FRAME_LIMIT), Instant::now());
        let what = format!("frame {}", self.frame);
        match self.page.draw(&part, tick).await {
            Ok(drawn) => {
                if drawn.picture.is_some() {
                    self.last = drawn.picture;
                }
                Ok(picture.and(self.last.clone()))
            }
            Err(error) => Err(self.explain(progress, &what, since, error)),
        }
    }

    /// Leaves the page. Says whether the browser is still good for another one.
    pub(crate) async fn close(&self) -> bool {
        let progress = Progress::with_timeout(CLOSE_LIMIT);
        self.context.close(&progress).await.is_ok()
    }

    async fn ask(
        &mut self,
        progress: &Progress,
        what: &str,
        expression: &str,
    ) -> Result<Value, RenderError> {
        let (part, since) = (progress.within(FRAME_LIMIT), Instant::now());
        match self.page.evaluate(&part, expression).await {
            Ok(value) => Ok(value),
            Err(error) => Err(self.explain(progress, what, since, error)),
        }
    }

    /// What an error of the browser means for a job.
    fn explain(
        &mut self,
        progress: &Progress,
        what: &str,
        since: Instant,
        error: BrowserError,
    ) -> RenderError {
        let took = since.elapsed();
        match error {
            BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. }) => {
                if took >= SLOW || !progress.remaining().is_zero() {
                    RenderError::Stuck {
                        what: what.to_owned(),
                        took,
                    }
                } else {
                    RenderError::TimeLimit {
                        frame: self.frame,
                        frames: self.frames,
                        limit: self.time_limit,
                    }
                }
            }
            BrowserError::TargetCrashed => RenderError::Crashed { frame: self.frame },
            BrowserError::Disconnected => RenderError::BrowserGone { frame: self.frame },
            BrowserError::ContextDestroyed => RenderError::Navigated,
            _ if self.check_place().is_err() => RenderError::Navigated,
            other => RenderError::browser("drawing the page", other),
        }
    }
}
