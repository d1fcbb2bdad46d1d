//! A picture of a page by its address, in real time and in a browser of its own that ends with it.
//!
//! The clock of somebody else's page is not stopped: what it asks of its server it may ask again, and what it shows depends on
//! when it is asked. So there is no second picture that is sure to be the same, and the result says so by its way.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use browser::{
    Browser, BrowserError, Clip, ContextOptions, Graphics, Headless, ImageFormat, Interrupted,
    LaunchOptions, LoadState, Page, Progress, ScreenshotOptions, Viewport, World,
};
use bytes::Bytes;

use crate::complaints::Complaints;
use crate::draft::DraftFile;
use crate::error::RenderError;
use crate::job::{Extent, LARGEST_PICTURE, Output, PictureFormat, RenderJob};
use crate::made::Made;
use crate::rendered::{Rendered, Way};
use crate::watch::{Warning, Watch};

/// How long the browser may take to start on a busy machine.
const LAUNCH_LIMIT: Duration = Duration::from_secs(30);

/// How long a page may take to load.
const LOAD_LIMIT: Duration = Duration::from_secs(30);

/// How long requests that follow the loading are waited for: some pages never stop asking.
const QUIET_LIMIT: Duration = Duration::from_secs(3);

/// How long fonts and pictures are waited for that are not there when the page has loaded.
const DECODE_LIMIT: Duration = Duration::from_secs(10);

/// Pixels of a picture's side: surfaces of the browser are no larger.
const LONGEST_SIDE: f64 = 16_384.0;

/// A page that asks a person would wait for ever.
const NOBODY: &str = "window.alert = window.print = () => {}; window.confirm = () => false; window.prompt = () => null;";

/// Resolves when what is shown is decoded.
const DECODED: &str = "Promise.all([document.fonts.ready, ...Array.from(document.images, (image) => image.loading === 'lazy' || image.decode().catch(() => {}))]).then(() => {})";

/// The page's size in CSS pixels.
const SIZE: &str = "[document.documentElement.scrollWidth, Math.max(document.documentElement.scrollHeight, document.body?.scrollHeight ?? 0)]";

/// What a picture of an address is taken with.
pub(crate) struct Camera {
    pub(crate) browser: Browser,
    /// What draws in it, by name.
    pub(crate) drawn_by: String,
    /// The proxy that the page is fetched through.
    pub(crate) door: Option<SocketAddr>,
}

/// A browser for one picture.
pub(crate) async fn launch(
    progress: &Progress,
    executable: Option<PathBuf>,
    graphics: Graphics,
) -> Result<Browser, RenderError> {
    let options = LaunchOptions {
        executable,
        headless: Headless::Shell,
        graphics,
        ..LaunchOptions::default()
    };
    Browser::launch(&progress.within(LAUNCH_LIMIT), options)
        .await
        .map_err(|error| RenderError::browser("starting the browser", error))
}

/// Takes the picture and writes it to `target`.
pub(crate) async fn take(
    progress: &Progress,
    job: &RenderJob,
    (url, extent): (&str, Extent),
    target: &Path,
    camera: &Camera,
    begun: Instant,
) -> Result<Rendered, RenderError> {
    let Output::Picture { format, .. } = job.output else {
        return Err(RenderError::WrongOutput("no picture".to_owned()));
    };
    let mut draft = DraftFile::beside(target)?;
    let page = open(progress, job, camera).await?;
    let mut complaints = Complaints::of(&page);
    load(progress, job, &page, url).await?;
    let drawing = Instant::now();
    let (bytes, is_cut) = shoot(progress, job, &page, (format, extent)).await?;
    if bytes.len() as u64 > job.most_bytes {
        return Err(RenderError::TooLarge {
            most: job.most_bytes,
        });
    }
    let made = Made::of_picture(&bytes)?;
    let mut watch = Watch::default();
    watch
        .see(&bytes, format, (made.width, made.height))
        .map_err(RenderError::Picture)?;
    draft.write(&bytes)?;
    draft.publish()?;
    complaints.collect();
    let mut warnings = watch.warnings();
    warnings.extend(is_cut.then_some(Warning::Cut));
    let browser = &camera.browser;
    Ok(Rendered {
        path: target.to_owned(),
        media_type: job.media_type(),
        width: made.width,
        height: made.height,
        frames: made.frames,
        fps: None,
        duration_ms: None,
        bytes: made.bytes,
        sha256: made.sha256,
        page: None,
        seed: job.seed.clone(),
        engine: browser.engine().to_string(),
        browser: format!("{} {}", browser.product(), browser.version()),
        gpu: camera.drawn_by.clone(),
        way: Way::Screenshot,
        pages: 1,
        draws: 0,
        warnings,
        console: complaints.all(),
        elapsed_ms: begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
        frames_per_second: 1.0 / drawing.elapsed().as_secs_f64().max(f64::EPSILON),
    })
}

async fn open(progress: &Progress, job: &RenderJob, camera: &Camera) -> Result<Page, RenderError> {
    const DOING: &str = "opening the page";
    let refused = |source| RenderError::browser(DOING, source);
    let options = ContextOptions {
        viewport: Some(Viewport {
            device_scale_factor: job.screen.scale,
            ..Viewport::desktop(job.screen.width, job.screen.height)
        }),
        locale: Some("en-US".to_owned()),
        timezone: Some("UTC".to_owned()),
        proxy: camera.door,
        stage_script: Some(NOBODY.into()),
        transparent: job.transparent,
        ..ContextOptions::default()
    };
    let context = camera
        .browser
        .new_context(progress, options)
        .await
        .map_err(refused)?;
    let page = context.new_page(progress).await.map_err(refused)?;
    page.enable_log(progress).await.map_err(refused)?;
    Ok(page)
}

/// Opens the address and waits until what it shows is there.
async fn load(
    progress: &Progress,
    job: &RenderJob,
    page: &Page,
    url: &str,
) -> Result<(), RenderError> {
    let explain = |source| match source {
        BrowserError::Interrupted(_) if progress.remaining().is_zero() => late(job),
        source => match RenderError::browser("opening the page", source) {
            RenderError::Browser { source, .. } => RenderError::Site {
                url: url.to_owned(),
                source,
            },
            other => other,
        },
    };
    let limited = progress.within(LOAD_LIMIT);
    let opened = page
        .goto(&limited, url, LoadState::Load)
        .await
        .map_err(explain)?;
    if let Some(status) = opened.status.filter(|status| *status >= 400) {
        return Err(RenderError::Refused {
            url: opened.url,
            status,
        });
    }
    let quiet = progress.within(QUIET_LIMIT);
    let silent = page.wait_for_load_state(&quiet, LoadState::NetworkIdle);
    forgive(silent.await).map_err(explain)?;
    let decoding = progress.within(DECODE_LIMIT);
    let frame = page.main_frame();
    let decoded = frame.evaluate(&decoding, World::Isolated, DECODED);
    forgive(decoded.await.map(drop)).map_err(explain)
}

/// What was not done in its time is left as it is.
fn forgive(waited: Result<(), BrowserError>) -> Result<(), BrowserError> {
    match waited {
        Err(BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })) => Ok(()),
        waited => waited,
    }
}

/// Takes the picture; says whether the page goes on below it.
async fn shoot(
    progress: &Progress,
    job: &RenderJob,
    page: &Page,
    (format, extent): (PictureFormat, Extent),
) -> Result<(Bytes, bool), RenderError> {
    const DOING: &str = "taking a picture";
    let refused = |source| match source {
        BrowserError::Interrupted(_) if progress.remaining().is_zero() => late(job),
        source => RenderError::browser(DOING, source),
    };
    let mut options = ScreenshotOptions {
        format: match format {
            PictureFormat::Png => ImageFormat::Png,
            PictureFormat::Jpeg { quality } => ImageFormat::Jpeg { quality },
            PictureFormat::Webp { quality } => ImageFormat::Webp { quality },
        },
        ..ScreenshotOptions::default()
    };
    let mut is_cut = false;
    if extent == Extent::Page {
        let frame = page.main_frame();
        let size = frame.evaluate(progress, World::Isolated, SIZE).await;
        let size = size.map_err(refused)?;
        let side = |index: usize| size[index].as_f64().unwrap_or_default();
        let (clip, cut) = whole(side(0), side(1), job);
        options.full_page = true;
        options.clip = Some(clip);
        is_cut = cut;
    }
    let bytes = page.screenshot(progress, options).await.map_err(refused)?;
    Ok((bytes, is_cut))
}

/// The part of a page of this size that fits into a picture, and whether it is less than all.
fn whole(width: f64, height: f64, job: &RenderJob) -> (Clip, bool) {
    let scale = job.screen.scale;
    let longest = LONGEST_SIDE / scale;
    let wide = width.max(f64::from(job.screen.width)).min(longest);
    #[expect(clippy::cast_precision_loss, reason = "it is far below 2^53")]
    let most = LARGEST_PICTURE as f64 / (wide * scale * scale);
    let high = height.max(f64::from(job.screen.height));
    let fitting = high.min(longest).min(most.floor());
    let clip = Clip {
        x: 0.0,
        y: 0.0,
        width: wide,
        height: fitting,
    };
    (clip, fitting < high || wide < width)
}

fn late(job: &RenderJob) -> RenderError {
    RenderError::TimeLimit {
        frame: 0,
        frames: 1,
        limit: job.time_limit,
    }
}
