//! Renders jobs, one after another, in a browser that is kept warm.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use browser::{Browser, BrowserError, Drawing, Headless, ImageFormat, LaunchOptions, Progress};
use bytes::Bytes;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;

use crate::draft::DraftFile;
use crate::encode::Encoder;
use crate::error::RenderError;
use crate::job::{FilmFormat, Output, PageOutput, PictureFormat, RenderJob};
use crate::limits::{BrowserEnd, BrowserLimits, Ends};
use crate::made::Made;
use crate::memory;
use crate::rendered::{Rendered, RenderedPage, Way};
use crate::stage::Stage;
use crate::standalone;
use crate::watch::{Warning, Watch};

/// How long the browser may take to start on a busy machine.
const LAUNCH_LIMIT: Duration = Duration::from_secs(30);

/// Renders jobs. The browser starts with the first one and ends with the renderer.
#[derive(Debug, Default)]
pub struct Renderer {
    executable: Option<PathBuf>,
    limits: BrowserLimits,
    warm: Mutex<Option<Warm>>,
    ends: Ends,
}

#[derive(Debug)]
struct Warm {
    browser: Browser,
    /// Pixels per CSS pixel: the surface that frames are drawn on has those of the browser's start.
    scale: f64,
    jobs: u32,
    since: Instant,
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

    pub(crate) fn limited(executable: Option<PathBuf>, limits: BrowserLimits, ends: Ends) -> Self {
        Self {
            executable,
            limits,
            ends,
            warm: Mutex::default(),
        }
    }

    /// Starts the browser before the first job comes.
    ///
    /// # Errors
    /// When it is not there or does not start.
    pub async fn warm(&self, progress: &Progress) -> Result<(), RenderError> {
        let mut warm = self.warm.lock().await;
        if warm.is_none() {
            self.browser(&mut warm, progress, 1.0).await?;
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
        let mut warm = self.warm.lock().await;
        let browser = self.browser(&mut warm, progress, job.screen.scale).await?;
        let limited = progress.within(job.time_limit);
        let grown = memory::beyond(browser.pid(), self.limits.memory);
        let result = tokio::select! {
            result = self::render(&limited, job, target, tell, &browser, begun) => result,
            used = grown => Err(RenderError::Memory { used, most: self.limits.memory }),
        };
        // A page that did not answer may go on for ever: its browser goes with it.
        let is_good = match &result {
            Ok((_, is_good)) => *is_good,
            Err(RenderError::Code { .. } | RenderError::TooLarge { .. }) => true,
            Err(_) => false,
        };
        let end = if is_good {
            let old = warm
                .as_ref()
                .and_then(|warm| self.limits.reached(warm.jobs, warm.since));
            match old {
                None => memory::is_above(browser.pid(), self.limits.kept)
                    .await
                    .then_some(BrowserEnd::Memory),
                old => old,
            }
        } else {
            Some(BrowserEnd::of(&result, browser.is_connected()))
        };
        if let Some(end) = end {
            self.ends.count(end);
            warm.take();
            browser.close().await;
        }
        result.map(|(rendered, _)| rendered)
    }

    /// Ends the browser.
    pub async fn close(&self) {
        if let Some(warm) = self.warm.lock().await.take() {
            warm.browser.close().await;
        }
    }

    async fn browser(
        &self,
        warm: &mut Option<Warm>,
        progress: &Progress,
        scale: f64,
    ) -> Result<Browser, RenderError> {
        #[expect(clippy::float_cmp, reason = "the same job has the same number")]
        let fits = |warm: &&mut Warm| warm.browser.is_connected() && warm.scale == scale;
        if let Some(warm) = warm.as_mut().filter(fits) {
            warm.jobs += 1;
            return Ok(warm.browser.clone());
        }
        if let Some(unfit) = warm.take() {
            let end = if unfit.browser.is_connected() {
                BrowserEnd::Scale
            } else {
                BrowserEnd::Crash
            };
            self.ends.count(end);
            unfit.browser.close().await;
        }
        let options = LaunchOptions {
            executable: self.executable.clone(),
            headless: Headless::Shell,
            drawing: Drawing::OnCommand,
            // No name and no address is ever looked up, whatever asks for it.
            extra_args: vec![
                "--host-resolver-rules=MAP * ~NOTFOUND".to_owned(),
                format!("--force-device-scale-factor={scale}"),
            ],
            ..LaunchOptions::default()
        };
        let browser = Browser::launch(&progress.within(LAUNCH_LIMIT), options)
            .await
            .map_err(|error| match error {
                BrowserError::NotFound { .. } => RenderError::NoFramesOnCommand,
                error => RenderError::browser("starting the browser", error),
            })?;
        *warm = Some(Warm {
            browser: browser.clone(),
            scale,
            jobs: 1,
            since: Instant::now(),
        });
        self.ends.started();
        Ok(browser)
    }
}

/// Renders in this browser; says whether it is still good for another job.
async fn render(
    progress: &Progress,
    job: &RenderJob,
    target: &Path,
    tell: &mut (dyn FnMut(FramesDone) + Send),
    browser: &Browser,
    begun: Instant,
) -> Result<(Rendered, bool), RenderError> {
    let frames = job.output.frames();
    let mut stage = Stage::open(progress, browser, job, frames).await?;
    let drawing = Instant::now();
    let mut watch = Watch::default();
    let made = match job.output {
        Output::Picture { format, frame, .. } => {
            picture(
                progress,
                job,
                target,
                tell,
                &mut stage,
                &mut watch,
                (format, frame),
            )
            .await
        }
        Output::Film { format, frames, .. } => {
            film(
                progress,
                job,
                target,
                tell,
                &mut stage,
                &mut watch,
                (format, frames),
            )
            .await
        }
    };
    let is_good = stage.close().await;
    let made = made?;
    let page = match job.page {
        PageOutput::Beside => Some(page(job, &target.with_extension("html"))?),
        PageOutput::None | PageOutput::Only => None,
    };
    let drawing = drawing.elapsed().as_secs_f64();
    let mut warnings = watch.warnings();
    let (width, height) = job.screen.pixels();
    if (made.width, made.height) != (width, height) {
        warnings.push(Warning::Padded);
    }
    stage.complaints.collect();
    let rendered = Rendered {
        path: target.to_owned(),
        media_type: job.media_type(),
        width: made.width,
        height: made.height,
        frames: made.frames,
        fps: made.duration.map(|_| job.output.rate()),
        duration_ms: made.duration.map(|seconds| seconds * 1000.0),
        bytes: made.bytes,
        sha256: made.sha256,
        page,
        seed: job.seed.clone(),
        engine: browser.engine().to_string(),
        browser: format!("{} {}", browser.product(), browser.version()),
        way: Way::BeginFrame,
        draws: stage.draws,
        warnings,
        console: stage.complaints.into_all(),
        elapsed_ms: begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
        frames_per_second: f64::from(frames) / drawing.max(f64::EPSILON),
    };
    Ok((rendered, is_good))
}

async fn picture(
    progress: &Progress,
    job: &RenderJob,
    target: &Path,
    tell: &mut (dyn FnMut(FramesDone) + Send),
    stage: &mut Stage,
    watch: &mut Watch,
    (format, frame): (PictureFormat, u32),
) -> Result<Made, RenderError> {
    let mut draft = DraftFile::beside(target)?;
    for index in 0..frame {
        // What is between is drawn too: observers of sizes and of what is in view are told by frames.
        stage.draw(progress, None).await?;
        tell(FramesDone {
            done: index + 1,
            of: frame + 1,
        });
        stage.step(progress).await?;
    }
    let bytes = shot(progress, stage, format).await?;
    watch
        .see(&bytes, format, job.screen.pixels())
        .map_err(RenderError::Picture)?;
    if bytes.len() as u64 > job.most_bytes {
        return Err(RenderError::TooLarge {
            most: job.most_bytes,
        });
    }
    let mut made = Made::of_picture(&bytes)?;
    if job.page == PageOutput::Only {
        let page = page(job, target)?;
        (made.bytes, made.sha256) = (page.bytes, page.sha256);
    } else {
        draft.write(&bytes)?;
        draft.publish()?;
    }
    tell(FramesDone {
        done: frame + 1,
        of: frame + 1,
    });
    Ok(made)
}

/// Writes the page itself.
fn page(job: &RenderJob, target: &Path) -> Result<RenderedPage, RenderError> {
    let page = standalone::page(job)?;
    if page.len() as u64 > job.most_bytes {
        return Err(RenderError::TooLarge {
            most: job.most_bytes,
        });
    }
    let mut draft = DraftFile::beside(target)?;
    draft.write(page.as_bytes())?;
    draft.publish()?;
    Ok(RenderedPage {
        path: target.to_owned(),
        bytes: page.len() as u64,
        sha256: HEXLOWER.encode(&Sha256::digest(page.as_bytes())),
    })
}

async fn film(
    progress: &Progress,
    job: &RenderJob,
    target: &Path,
    tell: &mut (dyn FnMut(FramesDone) + Send),
    stage: &mut Stage,
    watch: &mut Watch,
    (format, frames): (FilmFormat, u32),
) -> Result<Made, RenderError> {
    let mut encoder = Encoder::start(job, (format, frames), target)?;
    for index in 0..frames {
        if index > 0 {
            stage.step(progress).await?;
        }
        let bytes = shot(progress, stage, PictureFormat::Png).await?;
        watch
            .see(&bytes, PictureFormat::Png, job.screen.pixels())
            .map_err(RenderError::Picture)?;
        encoder.frame(progress, bytes).await?;
        tell(FramesDone {
            done: index + 1,
            of: frames,
        });
    }
    encoder.finish(progress).await
}

/// A picture of what the page shows now.
async fn shot(
    progress: &Progress,
    stage: &mut Stage,
    format: PictureFormat,
) -> Result<Bytes, RenderError> {
    let format = match format {
        PictureFormat::Png => ImageFormat::Png,
        PictureFormat::Jpeg { quality } => ImageFormat::Jpeg { quality },
        PictureFormat::Webp { quality } => ImageFormat::Webp { quality },
    };
    let drawn = stage.draw(progress, Some(format)).await?;
    drawn.ok_or_else(|| {
        let none = BrowserError::Invalid("the browser gave no picture of the frame".to_owned());
        RenderError::browser("taking a picture", none)
    })
}
