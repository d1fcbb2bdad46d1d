//! A job in real time, for browsers that draw no frames on command and for code whose time cannot be held. Its page reaches as
//! little as any other's, and chance draws from its seed; what it shows depends on when it is looked at, and the result says so
//! by its way.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use browser::{
    Browser, BrowserError, ContextOptions, Graphics, ImageFormat, Interrupted, LaunchOptions,
    LoadState, Page, Progress, ScreenshotOptions, Viewport, World,
};
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::address::Camera;
use crate::complaints::Complaints;
use crate::document::{self, ADDRESS};
use crate::draft::DraftFile;
use crate::encode::Encoder;
use crate::error::RenderError;
use crate::job::{Output, PictureFormat, RenderJob};
use crate::made::Made;
use crate::rendered::{Rendered, Way};
use crate::renderer::FramesDone;
use crate::watch::{Warning, Watch};

/// How long the browser may take to start on a busy machine.
const LAUNCH_LIMIT: Duration = Duration::from_secs(30);

/// How long loading, or one picture, may take: what is not done by then never will be.
const PART_LIMIT: Duration = Duration::from_secs(30);

/// Pictures that wait to be encoded.
const AHEAD: usize = 2;

/// Resolves when the first picture is there to be taken: fonts, pictures, and two frames, of which the first is the code's.
const SHOWN: &str = "Promise.all([document.fonts.ready, ...Array.from(document.images, (image) => image.decode().catch(() => {}))])\
    .then(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(() => shown()))))";

/// A browser for one job: any Chromium.
pub(crate) async fn launch(
    progress: &Progress,
    executable: Option<PathBuf>,
    graphics: Graphics,
) -> Result<Browser, RenderError> {
    let options = LaunchOptions {
        executable,
        graphics,
        // No name and no address is ever looked up, whatever asks for it.
        extra_args: vec!["--host-resolver-rules=MAP * ~NOTFOUND".to_owned()],
        ..LaunchOptions::default()
    };
    Browser::launch(&progress.within(LAUNCH_LIMIT), options)
        .await
        .map_err(|error| RenderError::browser("starting the browser", error))
}

/// Makes the output.
pub(crate) async fn make(
    progress: &Progress,
    job: &RenderJob,
    target: &Path,
    tell: &mut (dyn FnMut(FramesDone) + Send),
    camera: &Camera,
    begun: std::time::Instant,
) -> Result<Rendered, RenderError> {
    // It takes a while to be ready.
    let encoder = Encoder::of(job, target)?;
    let page = open(progress, job, camera).await?;
    let mut complaints = Complaints::of(&page);
    let mut shoot = Shoot {
        progress,
        job,
        page,
        watch: Watch::default(),
        pictures: 0,
    };
    shoot.load(&mut complaints).await?;
    let drawing = Instant::now();
    let made = match (job.output, encoder) {
        (Output::Picture { format, frame, .. }, _) => {
            shoot.picture(target, (format, frame), tell).await?
        }
        (Output::Film { frames, .. }, Some(encoder)) => shoot.film(encoder, frames, tell).await?,
        (Output::Film { .. }, None) => {
            return Err(RenderError::WrongOutput("no encoder".to_owned()));
        }
    };
    let drawing = drawing.elapsed().as_secs_f64();
    complaints.collect();
    let mut warnings = shoot.watch.warnings();
    warnings.push(Warning::RealTime);
    if (made.width, made.height) != job.screen.pixels() {
        warnings.push(Warning::Padded);
    }
    let browser = &camera.browser;
    Ok(Rendered {
        path: target.to_owned(),
        media_type: job.media_type(),
        width: made.width,
        height: made.height,
        frames: made.frames,
        fps: made.duration.map(|_| job.output.rate()),
        duration_ms: made.duration.map(|seconds| seconds * 1000.0),
        bytes: made.bytes,
        sha256: made.sha256,
        page: None,
        seed: job.seed.clone(),
        engine: browser.engine().to_string(),
        browser: format!("{} {}", browser.product(), browser.version()),
        gpu: camera.drawn_by.clone(),
        way: Way::RealTime,
        pages: 1,
        draws: 0,
        warnings,
        console: complaints.all(),
        elapsed_ms: begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
        frames_per_second: f64::from(shoot.pictures) / drawing.max(f64::EPSILON),
    })
}

async fn open(progress: &Progress, job: &RenderJob, camera: &Camera) -> Result<Page, RenderError> {
    let refused = |source| RenderError::browser("opening the page", source);
    let options = ContextOptions {
        viewport: Some(Viewport {
            device_scale_factor: job.screen.scale,
            ..Viewport::desktop(job.screen.width, job.screen.height)
        }),
        locale: Some("en-US".to_owned()),
        timezone: Some("UTC".to_owned()),
        offline: Some(Arc::new(document::in_real_time(job)?)),
        transparent: job.transparent,
        ..ContextOptions::default()
    };
    let context = camera.browser.new_context(progress, options).await;
    let page = context.map_err(refused)?.new_page(progress).await;
    let page = page.map_err(refused)?;
    page.enable_log(progress).await.map_err(refused)?;
    Ok(page)
}

/// A page that is looked at while it goes on.
struct Shoot<'a> {
    progress: &'a Progress,
    job: &'a RenderJob,
    page: Page,
    watch: Watch,
    /// How many were taken.
    pictures: u32,
}

impl Shoot<'_> {
    async fn load(&mut self, complaints: &mut Complaints) -> Result<(), RenderError> {
        let limited = self.progress.within(PART_LIMIT);
        let opened = self.page.goto(&limited, ADDRESS, LoadState::Load).await;
        opened.map_err(|error| self.explain(0, error))?;
        let frame = self.page.main_frame();
        let shown = frame.evaluate(&limited, World::Isolated, SHOWN).await;
        complaints.collect();
        if let Some(exception) = complaints.exception() {
            return Err(RenderError::Code {
                message: exception.to_string(),
            });
        }
        shown.map(drop).map_err(|error| self.explain(0, error))
    }

    async fn picture(
        &mut self,
        target: &Path,
        (format, frame): (PictureFormat, u32),
        tell: &mut (dyn FnMut(FramesDone) + Send),
    ) -> Result<Made, RenderError> {
        let mut draft = DraftFile::beside(target)?;
        self.wait_for(Instant::now(), frame).await?;
        let encoding = match format {
            PictureFormat::Png => ImageFormat::Png,
            PictureFormat::Jpeg { quality } => ImageFormat::Jpeg { quality },
            PictureFormat::Webp { quality } => ImageFormat::Webp { quality },
        };
        let bytes = self.take(frame, encoding).await?;
        self.watch
            .see(&bytes, format, self.job.screen.pixels())
            .map_err(RenderError::Picture)?;
        self.pictures = 1;
        if bytes.len() as u64 > self.job.most_bytes {
            return Err(RenderError::TooLarge {
                most: self.job.most_bytes,
            });
        }
        let made = Made::of_picture(&bytes)?;
        draft.write(&bytes)?;
        draft.publish()?;
        let of = frame + 1;
        tell(FramesDone { done: of, of });
        Ok(made)
    }

    /// As many frames as were asked for, at their rate: each is the latest picture that there was at its time. Pictures are
    /// taken while those before are encoded.
    async fn film(
        &mut self,
        mut encoder: Encoder,
        frames: u32,
        tell: &mut (dyn FnMut(FramesDone) + Send),
    ) -> Result<Made, RenderError> {
        let mut watch = std::mem::take(&mut self.watch);
        let (mut pictures, mut done) = (0, 0);
        let (sender, mut taken) = mpsc::channel::<(Duration, Bytes)>(AHEAD);
        let cutting = async {
            let mut shown: Option<Bytes> = None;
            loop {
                let next = taken.recv().await;
                // The last one stays to the film's end.
                let until = next.as_ref().map_or(Duration::MAX, |(at, _)| *at);
                let Some(picture) = shown.take().or_else(|| Some(next.as_ref()?.1.clone())) else {
                    // Who takes them says why there is none.
                    return Ok(());
                };
                while done < frames && self.time_of(done) < until {
                    encoder.frame(self.progress, picture.clone()).await?;
                    done += 1;
                    tell(FramesDone { done, of: frames });
                }
                let Some((_, picture)) = next else {
                    return Ok::<(), RenderError>(());
                };
                pictures += 1;
                watch
                    .see(&picture, PictureFormat::Png, self.job.screen.pixels())
                    .map_err(RenderError::Picture)?;
                shown = Some(picture);
            }
        };
        tokio::try_join!(cutting, self.take_pictures(frames, sender))?;
        (self.watch, self.pictures) = (watch, pictures);
        encoder.finish(self.progress).await
    }

    /// Takes pictures until the time of so many frames is over, one for each at most.
    async fn take_pictures(
        &self,
        frames: u32,
        taken: mpsc::Sender<(Duration, Bytes)>,
    ) -> Result<(), RenderError> {
        let (begun, mut frame) = (Instant::now(), 0);
        while frame < frames {
            let at = begun.elapsed();
            let picture = self.take(frame, ImageFormat::Png).await?;
            if taken.send((at, picture)).await.is_err() {
                // Nobody wants more of them, and says why.
                return Ok(());
            }
            while frame < frames && self.time_of(frame) <= begun.elapsed() {
                frame += 1;
            }
            self.wait_for(begun, frame).await?;
        }
        Ok(())
    }

    async fn take(&self, frame: u32, format: ImageFormat) -> Result<Bytes, RenderError> {
        let options = ScreenshotOptions {
            format,
            ..ScreenshotOptions::default()
        };
        let limited = self.progress.within(PART_LIMIT);
        let taken = self.page.screenshot(&limited, options).await;
        let bytes = taken.map_err(|error| self.explain(frame, error))?;
        if !self.page.url().starts_with(ADDRESS) {
            return Err(RenderError::Navigated);
        }
        Ok(bytes)
    }

    fn time_of(&self, frame: u32) -> Duration {
        Duration::from_secs_f64(self.job.output.rate().time_of(frame) / 1000.0)
    }

    /// Lets time pass until the frame's.
    async fn wait_for(&self, begun: Instant, frame: u32) -> Result<(), RenderError> {
        let until = tokio::time::sleep_until(begun + self.time_of(frame));
        let waited = self.progress.race("waiting for a frame", until).await;
        waited.map_err(|why| self.explain(frame, why.into()))
    }

    /// What an error of the browser means for a job.
    fn explain(&self, frame: u32, error: BrowserError) -> RenderError {
        match error {
            BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })
                if self.progress.remaining().is_zero() =>
            {
                RenderError::TimeLimit {
                    frame,
                    frames: self.job.output.frames(),
                    limit: self.job.time_limit,
                }
            }
            BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. }) => RenderError::Stuck {
                what: format!("frame {frame}"),
                took: PART_LIMIT,
            },
            BrowserError::TargetCrashed => RenderError::Crashed { frame },
            BrowserError::Disconnected => RenderError::BrowserGone { frame },
            BrowserError::ContextDestroyed => RenderError::Navigated,
            other => RenderError::browser("drawing the page", other),
        }
    }
}
