//! The page while it is rendered: opened without a network, stepped by its own clock, drawn on command.

use std::time::{Duration, Instant};

use browser::{BrowserError, Context, ImageFormat, Interrupted, LateFiles, Page, Progress, Tick};
use bytes::Bytes;
use serde_json::Value;
use tokio_util::task::AbortOnDropHandle;

use crate::complaints::Complaints;
use crate::document::{self, ADDRESS};
use crate::error::RenderError;
use crate::job::{FrameRate, RenderJob};
use crate::ready::{self, Loading, Ready};

/// The longest that a page's code may take for one frame, or for loading.
const FRAME_LIMIT: Duration = Duration::from_secs(30);

/// A frame that takes so long, and is not done when all of the time is over, is to blame for it.
const SLOW: Duration = Duration::from_secs(1);

/// The browser's clock at the first frame, in milliseconds. Any value does; it must not be zero.
const FIRST_TICK: f64 = 1_000_000.0;

/// Frames that are drawn before the first one counts: layers, fonts and shaders come with them.
const WARM_UP: u32 = 2;

/// Frames that are drawn before one counts in which a video has moved: the last one is shown, and the new one taken.
pub(crate) const VIDEO_FRAMES: u32 = 2;

/// A page, ready to be stepped.
pub(crate) struct Stage {
    /// Left by whoever has the stage.
    pub(crate) context: Context,
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
    /// The page has changed since the last picture of it.
    is_stale: bool,
    /// A video in the page has been put to another of its frames.
    has_sought: bool,
}

/// Whether another frame follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    Wanted,
    None,
}

/// The page's way to its next frame.
pub(crate) struct GoingOn {
    since: Instant,
    step: AbortOnDropHandle<Result<Value, BrowserError>>,
}

/// A job whose page came to no first frame.
pub(crate) struct NotOpened {
    pub(crate) error: RenderError,
    pub(crate) context: Context,
}

impl Stage {
    /// Brings a job into the page that waits for it, and the page to its first frame.
    pub(crate) async fn open(
        progress: &Progress,
        ready: Ready,
        job: &RenderJob,
    ) -> Result<Self, NotOpened> {
        let mut stage = Self {
            context: ready.context,
            page: ready.page,
            complaints: ready.complaints,
            rate: job.output.rate(),
            time_limit: job.time_limit,
            frames: job.output.frames(),
            frame: 0,
            start: 0.0,
            ticks: 0,
            draws: 0,
            last: None,
            is_stale: false,
            has_sought: false,
        };
        let waits = (ready.late, ready.loading);
        match stage.begin(progress, job, waits).await {
            Ok(()) => Ok(stage),
            Err(error) => Err(NotOpened {
                error,
                context: stage.context,
            }),
        }
    }

    async fn begin(
        &mut self,
        progress: &Progress,
        job: &RenderJob,
        (late, loading): (LateFiles, Option<Loading>),
    ) -> Result<(), RenderError> {
        const LOADING: &str = "loading";
        let (part, since) = (progress.within(FRAME_LIMIT), Instant::now());
        let brought = self.page.carry(&part, &document::cast(job)).await;
        let loaded = match brought {
            Ok(()) => {
                late.arrive(document::late(&job.source));
                let page = self.page.clone();
                let mut loading = loading.unwrap_or_else(|| ready::load(page, FRAME_LIMIT));
                match part.race("loading the page", &mut loading).await {
                    Ok(Ok(loaded)) => loaded,
                    // The task is aborted by nobody else.
                    Ok(Err(_)) => Err(BrowserError::PageClosed),
                    Err(why) => Err(why.into()),
                }
            }
            Err(error) => Err(error),
        };
        if let Err(error) = loaded {
            return Err(self.explain(progress, LOADING, since, error));
        }
        let interval = self.rate.time_of(1);
        let settle = format!("__proscenium_stage.settle({interval})");
        let settled = self.ask(progress, LOADING, &settle).await?;
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

    /// Draws what the page shows now and, when there is a `next` frame, lets the page's time pass to that one as soon as it
    /// is free to: while the browser still draws and encodes.
    pub(crate) async fn draw_and_go_on(
        &mut self,
        progress: &Progress,
        picture: Option<ImageFormat>,
        next: Next,
    ) -> Result<(Option<Bytes>, Option<GoingOn>), RenderError> {
        // Only a step of the film says when its frame has been taken out of the page.
        let is_ahead = !self.draw_videos(progress).await?;
        let ahead =
            (is_ahead && next == Next::Wanted && self.frame > 0).then(|| self.go_on(progress));
        let drawn = self.draw(progress, picture).await?;
        let going = match ahead {
            None if next == Next::Wanted => Some(self.go_on(progress)),
            ahead => ahead,
        };
        Ok((drawn, going))
    }

    /// Frames of videos come to the screen by a way of their own, which takes a new one when it has shown the last: where one
    /// has moved, the page is drawn before it counts. Then the page has been told that this frame was taken.
    async fn draw_videos(&mut self, progress: &Progress) -> Result<bool, RenderError> {
        let has_sought = std::mem::take(&mut self.has_sought);
        if has_sought {
            for _ in 0..VIDEO_FRAMES {
                self.draw(progress, None).await?;
            }
        }
        Ok(has_sought)
    }

    fn go_on(&self, progress: &Progress) -> GoingOn {
        let until = self.start + self.rate.time_of(self.frame + 1);
        let (part, page) = (progress.within(FRAME_LIMIT), self.page.clone());
        let step = format!("__proscenium_stage.follow({until})");
        GoingOn {
            since: Instant::now(),
            step: AbortOnDropHandle::new(tokio::spawn(
                async move { page.evaluate(&part, &step).await },
            )),
        }
    }

    /// Waits until the page is at the next frame.
    pub(crate) async fn arrive(
        &mut self,
        progress: &Progress,
        going: GoingOn,
    ) -> Result<(), RenderError> {
        self.frame += 1;
        let what = format!("frame {}", self.frame);
        // The task is aborted by nobody else, and has its deadline.
        let stepped = going.step.await.unwrap_or(Err(BrowserError::PageClosed));
        let stepped = stepped.map_err(|error| self.explain(progress, &what, going.since, error))?;
        self.draws = stepped["draws"].as_u64().unwrap_or(self.draws);
        self.has_sought = stepped["hasSought"].as_bool().unwrap_or_default();
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
    async fn draw(
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
                match drawn.picture {
                    Some(picture) => {
                        self.last = Some(picture);
                        self.is_stale = false;
                    }
                    None => self.is_stale |= drawn.changed,
                }
                match picture {
                    None => Ok(None),
                    Some(_) => self.last_picture().map(Some),
                }
            }
            Err(error) => Err(self.explain(progress, &what, since, error)),
        }
    }

    /// The browser gives none of a frame that looks like the one before.
    fn last_picture(&self) -> Result<Bytes, RenderError> {
        let last = self.last.clone().filter(|_| !self.is_stale);
        last.ok_or_else(|| {
            let none = BrowserError::Invalid("the browser gave no picture of the frame".to_owned());
            RenderError::browser("taking a picture", none)
        })
    }

    /// A picture of what the page shows now.
    pub(crate) async fn picture(
        &mut self,
        progress: &Progress,
        format: ImageFormat,
    ) -> Result<Bytes, RenderError> {
        self.draw_videos(progress).await?;
        self.draw(progress, Some(format)).await?;
        self.last_picture()
    }

    /// The page's time at a frame, in milliseconds.
    pub(crate) fn time_of(&self, frame: u32) -> f64 {
        self.start + self.rate.time_of(frame)
    }

    /// How many frames are in a second.
    pub(crate) fn rate(&self) -> FrameRate {
        self.rate
    }

    /// The page has come to this frame.
    pub(crate) fn is_at(&mut self, frame: u32) {
        self.frame = frame;
        self.complaints.collect();
    }

    /// Asks the part of the page that films a canvas.
    pub(crate) async fn ask_for_canvas(
        &mut self,
        progress: &Progress,
        expression: &str,
    ) -> Result<Value, RenderError> {
        let what = format!("frames from {}", self.frame);
        let answer = self.ask(progress, &what, expression).await?;
        self.check_place()?;
        Ok(answer)
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
