//! The browser of a film, and the page that it opens.

use std::path::PathBuf;
use std::time::Duration;

use browser::{
    Browser, BrowserError, Capability, Context, ContextOptions, Drawing, Engine, Headless,
    LaunchOptions, LoadState, Page, Progress,
};

use crate::film::camera;
use crate::film::error::{FilmError, Unsteady};
use crate::film::lag;
use crate::film::look::Layout;
use crate::film::order::{Clock, FilmOrder, Script, Setup};
use crate::film::shoot::look_of;
use crate::film::shoot::seed_of;
use crate::film::stepped;

/// How long the browser may take to start on a busy machine.
const LAUNCH_LIMIT: Duration = Duration::from_secs(30);
/// How long a site may take to load.
const OPENING: Duration = Duration::from_secs(30);

/// The browser that is filmed, and heard on this loudspeaker.
pub(crate) async fn launch(
    progress: &Progress,
    order: &FilmOrder,
    loudspeaker: Option<PathBuf>,
) -> Result<Browser, FilmError> {
    let drawing = match order.clock {
        Clock::Real => Drawing::Freely,
        Clock::Virtual => Drawing::OnCommand,
    };
    if drawing == Drawing::OnCommand && order.engine != Engine::Chromium {
        return Err(FilmError::Unsteady(Unsteady::Browser));
    }
    let options = LaunchOptions {
        engine: order.engine,
        executable: order.executable.clone(),
        drawing,
        loudspeaker,
        ..LaunchOptions::default()
    };
    start(progress, order.setup, options).await
}

/// The browser that draws what is around and over the page, where the one that is filmed cannot: one that draws on command
/// takes no pictures besides, and other engines none with a transparent background.
pub(crate) async fn painter(
    progress: &Progress,
    order: &FilmOrder,
) -> Result<Option<Browser>, FilmError> {
    if order.clock == Clock::Real && order.engine == Engine::Chromium {
        return Ok(None);
    }
    let executable = match order.engine {
        Engine::Chromium => order.executable.clone(),
        _ => None,
    };
    drawing(progress, order.setup, executable).await.map(Some)
}

/// A browser that draws cards and opens no site.
pub(crate) async fn drawing(
    progress: &Progress,
    setup: Setup,
    executable: Option<PathBuf>,
) -> Result<Browser, FilmError> {
    let options = LaunchOptions {
        executable,
        ..LaunchOptions::default()
    };
    start(progress, setup, options).await
}

async fn start(
    progress: &Progress,
    setup: Setup,
    options: LaunchOptions,
) -> Result<Browser, FilmError> {
    let engine = options.engine;
    let Setup {
        width,
        height,
        scale,
        ..
    } = setup;
    let mut extra_args = Vec::new();
    if engine == Engine::Chromium {
        let (width, height) = (width / scale, height / scale);
        extra_args.push(format!("--window-size={width},{height}"));
    }
    if engine == Engine::Chromium && scale > 1 {
        // Only so do pictures have the pixels of the screen: what a page is told later changes how it is drawn and not
        // how it is filmed.
        extra_args.push(format!("--force-device-scale-factor={scale}"));
    }
    let options = LaunchOptions {
        headless: Headless::Shell,
        extra_args,
        ..options
    };
    Browser::launch(&progress.within(LAUNCH_LIMIT), options)
        .await
        .map_err(|source| match source {
            BrowserError::Unsupported {
                capability: Capability::FramesOnCommand,
                ..
            } => FilmError::Unsteady(Unsteady::Browser),
            source => FilmError::browser("starting the browser", source),
        })
}

pub(crate) async fn open(
    progress: &Progress,
    order: &FilmOrder,
    browser: &Browser,
    layout: Layout,
) -> Result<(Context, Page, Option<Duration>), FilmError> {
    const DOING: &str = "opening the page";
    let refused = |source| FilmError::browser(DOING, source);
    let is_stepped = order.clock == Clock::Virtual;
    let options = ContextOptions {
        viewport: Some(layout.screen()),
        proxy: order.proxy,
        color_scheme: look_of(order).scheme.map(Into::into),
        network_events: is_stepped,
        stage_script: is_stepped.then(|| stepped::script(seed_of(order)).into()),
        ..ContextOptions::default()
    };
    let context = browser
        .new_context(progress, options)
        .await
        .map_err(refused)?;
    let page = context.new_page(progress).await.map_err(refused)?;
    // How late the pictures are is measured in a page that nobody sees: there is one of another browser only.
    let lag = match order.engine {
        Engine::Chromium => None,
        _ => {
            let options = camera::options((layout.page.2, layout.page.3));
            Some(lag::measure(progress, &page, options).await)
        }
    };
    let url = match &order.script {
        Script::Storyboard(storyboard) => storyboard.url.clone(),
        Script::Performance(performance) => performance.opening(),
    };
    if let Some(url) = url {
        let limited = progress.within(OPENING);
        let opened = page
            .goto(&limited, &url, LoadState::Load)
            .await
            .map_err(|source| site(&url, source))?;
        // Nobody wants a film of an error page.
        if let Some(status) = opened.status.filter(|status| *status >= 400) {
            return Err(FilmError::Refused { url, status });
        }
    }
    Ok((context, page, lag))
}

fn site(url: &str, source: BrowserError) -> FilmError {
    match FilmError::browser("opening the site", source) {
        // Not the site's doing.
        gone @ FilmError::Browser {
            source: BrowserError::Disconnected | BrowserError::TargetCrashed,
            ..
        } => gone,
        FilmError::Browser { source, .. } => FilmError::Site {
            url: url.to_owned(),
            source,
        },
        other => other,
    }
}
