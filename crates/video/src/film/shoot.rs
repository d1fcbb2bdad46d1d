//! Makes a film: one call from the order to the finished file.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use browser::{
    Browser, BrowserError, Capability, Context, ContextOptions, Drawing, Headless, LaunchOptions,
    LoadState, Page, Progress, Viewport,
};
use tokio_util::task::AbortOnDropHandle;

use crate::draft::{self, DraftFile};
use crate::error::RenderError;
use crate::film::cards::Cards;
use crate::film::compose::Decor;
use crate::film::cost::Meter;
use crate::film::cutter::Cutter;
use crate::film::cutting::{self, Cut};
use crate::film::encoder::Encoder;
use crate::film::error::{FilmError, Unsteady};
use crate::film::event::FilmEvent;
use crate::film::filmed::{Capture, Cost, Filmed};
use crate::film::finish;
use crate::film::look::{Layout, Look};
use crate::film::notes::{Note, Notes};
use crate::film::order::{Clock, FilmOrder, Script, Setup};
use crate::film::perform::{self, Performer, Stagecraft};
use crate::film::preview::Preview;
use crate::film::stepped;
use crate::film::take::Take;
use crate::made;
use crate::watch::Warning;

/// How long the browser may take to start on a busy machine.
const LAUNCH_LIMIT: Duration = Duration::from_secs(30);
/// How long a site may take to load.
const OPENING: Duration = Duration::from_secs(30);
/// How long leaving may take.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// Makes a film at `target`. What was there before stays until the film is whole. Cancel it by `progress`, or drop it.
///
/// # Errors
/// Says what failed, and whether the script or the machine is to blame; nothing new is left under the name of the target.
pub async fn film(
    progress: &Progress,
    order: &FilmOrder,
    target: &Path,
    tell: impl Fn(FilmEvent) + Send + Sync + 'static,
) -> Result<Filmed, FilmError> {
    order.setup.check()?;
    if order.clock == Clock::Virtual && matches!(order.script, Script::Performance(_)) {
        return Err(FilmError::Unsteady(Unsteady::Script));
    }
    let limited = progress.within(order.time_limit);
    let made = make(&limited, order, target, Arc::new(tell)).await;
    match made {
        // Whatever was being done when the time was over is not to blame for it.
        Err(error)
            if limited.remaining().is_zero()
                && !progress.cancel_token().is_cancelled()
                && !matches!(error, FilmError::Cancelled) =>
        {
            Err(FilmError::TimeLimit(order.time_limit))
        }
        made => made,
    }
}

async fn make(
    progress: &Progress,
    order: &FilmOrder,
    target: &Path,
    tell: Arc<dyn Fn(FilmEvent) + Send + Sync>,
) -> Result<Filmed, FilmError> {
    let begun = Instant::now();
    // Found out before anybody waits for a film.
    let draft = DraftFile::beside(target)?;
    tell(FilmEvent::Preparing);
    let browser = launch(progress, order).await?;
    // A browser that draws on command takes no pictures besides.
    let painter = match order.clock {
        Clock::Real => None,
        Clock::Virtual => Some(start(progress, order, Drawing::Freely).await?),
    };
    let browsers = (&browser, painter.as_ref().unwrap_or(&browser));
    let filmed = on_stage(progress, order, target, draft, tell, browsers, begun).await;
    if let Some(painter) = &painter {
        painter.close().await;
    }
    browser.close().await;
    filmed
}

async fn on_stage(
    progress: &Progress,
    order: &FilmOrder,
    target: &Path,
    draft: DraftFile,
    tell: Arc<dyn Fn(FilmEvent) + Send + Sync>,
    (browser, painter): (&Browser, &Browser),
    begun: Instant,
) -> Result<Filmed, FilmError> {
    let look = look_of(order);
    let layout = Layout::of(order.setup, look.frame);
    let cards = Arc::new(Cards::open(progress, painter, layout, look).await?);
    let decor = decor(progress, &cards, look, layout).await?;
    let (context, page) = open(progress, order, browser, layout).await?;

    let (notes, told) = Notes::new();
    let (encoder, frames) = Encoder::start(order.setup, order.container, target)?;
    let folder = draft::folder_of(target);
    let meter = Meter::start(
        [Some(browser.pid()), Some(painter.pid()), encoder.pid()]
            .into_iter()
            .flatten()
            .collect(),
    );
    let (take, reel) = Take::start(
        progress,
        order,
        (&page, &cards),
        notes.clone(),
        folder,
        layout,
    )
    .await?;
    let start = take.started();
    let way = take.way();
    let cutter = Cutter::new(order.setup.rate, decor, reel);
    let mut preview = Preview::new(order.setup, Arc::clone(&tell));
    let mut cutting = AbortOnDropHandle::new(tokio::task::spawn_blocking(move || {
        cutting::run(cutter, &told, (&frames, &mut preview), start)
    }));
    tell(FilmEvent::Rolling);

    let performer = Performer::new(Stagecraft {
        context: context.clone(),
        page: page.clone(),
        notes: notes.clone(),
        time: take.time(),
        cards: Arc::clone(&cards),
        layout,
        seed: seed_of(order),
        tell: Arc::clone(&tell),
    });
    tokio::select! {
        biased;
        performed = play(progress, order, &performer) => performed?,
        cut = &mut cutting => {
            // Frames are no longer wanted: the encoder says why.
            cut_result(cut)?;
            encoder.finish(progress).await?;
            return Err(FilmError::Picture("the film ended before its script".to_owned()));
        }
    }
    let end = performer.now();
    let wrapped = Instant::now();
    let counts = take.stop().await?;
    notes.tell(Note::End(end));
    tell(FilmEvent::Wrapped { duration: end });
    close(&cards, &context).await;

    let cut = cut_result((&mut cutting).await)?;
    let raw = encoder.finish(progress).await?;
    let (cpu_percent, peak_memory_bytes) = meter.stop();
    let Some(cut) = cut else {
        return Err(FilmError::Picture("nobody took its frames".to_owned()));
    };
    tell(FilmEvent::Finishing);
    let (steps, chapters) = performer.into_records();
    let title = match &order.script {
        Script::Storyboard(storyboard) => storyboard.title.as_ref().map(|title| &*title.text),
        Script::Performance(_) => None,
    };
    let about = (title, &*chapters, end.as_secs_f64() * 1000.0);
    finish::remux(progress, raw.path(), &draft, order.container, about).await?;
    let label = finish::label(progress, draft.path()).await?;
    if label.frames != cut.frames {
        let message = format!("{} frames in place of {}", label.frames, cut.frames);
        return Err(RenderError::WrongOutput(message).into());
    }
    let (bytes, sha256) = made::weigh(draft.path())?;
    let extras = finish::extras(progress, draft.path(), &label, &order.extras).await?;
    draft.publish()?;
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let is_frozen = counts.delivered <= 1;
    Ok(Filmed {
        path: target.to_owned(),
        media_type: order.container.media_type(),
        codec: label.codec,
        width: label.width,
        height: label.height,
        fps: label.fps,
        duration_ms: label.duration * 1000.0,
        frames: label.frames,
        bytes,
        bitrate: label.bitrate,
        sha256,
        chapters,
        extras,
        steps,
        #[expect(clippy::cast_precision_loss, reason = "pictures of an hour are few")]
        capture: Capture {
            way,
            delivered: counts.delivered,
            dropped: counts.dropped,
            late: cut.late,
            merged: cut.merged,
            achieved_fps: counts.delivered as f64 / end.as_secs_f64().max(f64::EPSILON),
        },
        cost: Cost {
            elapsed_ms: milliseconds(begun.elapsed()),
            processing_ms: milliseconds(wrapped.elapsed()),
            cpu_percent,
            peak_memory_bytes,
        },
        warnings: is_frozen.then_some(Warning::Frozen).into_iter().collect(),
        browser: format!("{} {}", browser.product(), browser.version()),
    })
}

fn seed_of(order: &FilmOrder) -> u64 {
    match &order.script {
        Script::Storyboard(storyboard) => storyboard.seed,
        Script::Performance(_) => 0,
    }
}

fn look_of(order: &FilmOrder) -> &Look {
    match &order.script {
        Script::Storyboard(storyboard) => storyboard.look.as_ref().unwrap_or(&order.look),
        Script::Performance(_) => &order.look,
    }
}

async fn play(
    progress: &Progress,
    order: &FilmOrder,
    performer: &Performer,
) -> Result<(), FilmError> {
    performer.show_address(progress).await?;
    match &order.script {
        Script::Storyboard(storyboard) => perform::perform(progress, performer, storyboard).await,
        Script::Performance(performance) => performance
            .perform(progress, performer)
            .await
            .map_err(FilmError::Performance),
    }
}

pub(crate) async fn launch(progress: &Progress, order: &FilmOrder) -> Result<Browser, FilmError> {
    let drawing = match order.clock {
        Clock::Real => Drawing::Freely,
        Clock::Virtual => Drawing::OnCommand,
    };
    start(progress, order, drawing).await
}

async fn start(
    progress: &Progress,
    order: &FilmOrder,
    drawing: Drawing,
) -> Result<Browser, FilmError> {
    let Setup {
        width,
        height,
        scale,
        ..
    } = order.setup;
    let mut extra_args = vec![format!(
        "--window-size={},{}",
        width / scale,
        height / scale
    )];
    if scale > 1 {
        // Only so do pictures have the pixels of the screen: what a page is told later changes how it is drawn and not
        // how it is filmed.
        extra_args.push(format!("--force-device-scale-factor={scale}"));
    }
    let options = LaunchOptions {
        executable: order.executable.clone(),
        headless: Headless::Shell,
        drawing,
        extra_args,
        ..LaunchOptions::default()
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
) -> Result<(Context, Page), FilmError> {
    const DOING: &str = "opening the page";
    let refused = |source| FilmError::browser(DOING, source);
    let (width, height) = layout.viewport();
    let is_stepped = order.clock == Clock::Virtual;
    let options = ContextOptions {
        viewport: Some(Viewport {
            device_scale_factor: f64::from(layout.scale),
            ..Viewport::desktop(width, height)
        }),
        proxy: order.proxy,
        network_events: is_stepped,
        stage_script: is_stepped.then(|| stepped::script(seed_of(order)).into()),
        ..ContextOptions::default()
    };
    let context = browser
        .new_context(progress, options)
        .await
        .map_err(refused)?;
    let page = context.new_page(progress).await.map_err(refused)?;
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
    Ok((context, page))
}

fn site(url: &str, source: BrowserError) -> FilmError {
    match FilmError::browser("opening the site", source) {
        FilmError::Browser { source, .. } => FilmError::Site {
            url: url.to_owned(),
            source,
        },
        other => other,
    }
}

async fn decor(
    progress: &Progress,
    cards: &Cards,
    look: &Look,
    layout: Layout,
) -> Result<Decor, FilmError> {
    let colour = look.highlight().ok_or_else(|| {
        FilmError::Setup(format!(
            "{:?} is no colour as #rrggbb writes it",
            look.highlight_color
        ))
    })?;
    Ok(Decor {
        layout,
        frame: look.frame,
        backdrop: cards.backdrop(progress, look.frame).await?,
        pointer: match look.pointer {
            true => Some(cards.pointer(progress).await?),
            false => None,
        },
        ripples: look.ripples,
        zoom: look.zoom,
        colour,
    })
}

async fn close(cards: &Cards, context: &Context) {
    let progress = Progress::with_timeout(CLOSE_LIMIT);
    cards.close(&progress).await;
    // The browser ends with the film in any case.
    let _ = context.close(&progress).await;
}

fn cut_result(
    result: Result<Result<Option<Cut>, FilmError>, tokio::task::JoinError>,
) -> Result<Option<Cut>, FilmError> {
    match result {
        Ok(result) => result,
        Err(task) => Err(FilmError::Performance(Box::new(task))),
    }
}
