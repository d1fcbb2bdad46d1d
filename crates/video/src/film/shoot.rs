//! Makes a film: one call from the order to the finished file.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use browser::{Browser, Context, Progress};
use bytes::Bytes;
use tokio_util::task::AbortOnDropHandle;

use crate::draft::{self, DraftFile};
use crate::error::RenderError;
use crate::film::bar::Bar;
use crate::film::cards::Cards;
use crate::film::compose::Decor;
use crate::film::cost::Meter;
use crate::film::cutter::Cutter;
use crate::film::cutting::{self, Cut};
use crate::film::encoder::{Encoder, Haste};
use crate::film::error::{FilmError, Unsteady};
use crate::film::event::FilmEvent;
use crate::film::filmed::{Capture, Cost, Filmed, Heard};
use crate::film::finish::{self, About, Sound};
use crate::film::footage::{self, AFTERMATH, LINGERING};
use crate::film::hearing::{Hearing, PageSound};
use crate::film::look::{Layout, Look};
use crate::film::loss;
use crate::film::notes::{Note, Notes};
use crate::film::opening;
use crate::film::order::{Clock, FilmOrder, Script};
use crate::film::pace::Pace;
use crate::film::perform::{self, Performer, Stagecraft};
use crate::film::preview::Preview;
use crate::film::take::Take;
use crate::label;
use crate::made;
use crate::watch::Warning;

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
    if order.clock == Clock::Virtual {
        can_wait(order).map_err(FilmError::Unsteady)?;
    }
    let limited = progress.within(order.time_limit);
    let made = make(&limited, order, target, Arc::new(tell)).await;
    match made {
        // Known by then, and what was filmed has been kept since.
        Err(error @ (FilmError::Step { .. } | FilmError::Performance(_))) => Err(error),
        made => made.map_err(|error| footage::blame(&limited, order.time_limit, error)),
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
    let voice = match &order.sound {
        Some(sound) => sound.open(progress).await?,
        None => None,
    };
    tell(FilmEvent::Preparing);
    let hearing = match hears_page(order) {
        true => Some(Hearing::start(progress, target).await?),
        false => None,
    };
    let loudspeaker = hearing.as_ref().map(Hearing::socket);
    let browser = opening::launch(progress, order, loudspeaker).await?;
    let painter = opening::painter(progress, order).await?;
    let crew = (&browser, painter.as_ref().unwrap_or(&browser), hearing);
    let times = (begun, Duration::from_secs_f64(voice.unwrap_or_default()));
    let filmed = on_stage(progress, order, target, draft, tell, crew, times).await;
    let painter = async {
        if let Some(painter) = &painter {
            painter.close().await;
        }
    };
    tokio::join!(painter, browser.close());
    filmed
}

async fn on_stage(
    progress: &Progress,
    order: &FilmOrder,
    target: &Path,
    draft: DraftFile,
    tell: Arc<dyn Fn(FilmEvent) + Send + Sync>,
    (browser, painter, hearing): (&Browser, &Browser, Option<Hearing>),
    (begun, until): (Instant, Duration),
) -> Result<Filmed, FilmError> {
    let look = look_of(order);
    let layout = Layout::of(order.setup, look.frame);
    let cards = Arc::new(Cards::open(progress, painter, layout, look).await?);
    let decor = decor(progress, &cards, look, layout).await?;
    let (context, page, lag) = opening::open(progress, order, browser, layout).await?;

    let (notes, told) = Notes::new();
    let haste = match order.clock {
        Clock::Real => Haste::Live,
        Clock::Virtual => Haste::Repeatable,
    };
    let (encoder, frames) = Encoder::start(order.setup, order.container, haste, target)?;
    let folder = draft::folder_of(target);
    let meter = Meter::start(
        [
            Some(browser.pid()),
            Some(painter.pid()),
            encoder.pid(),
            hearing.as_ref().map(Hearing::pid),
        ]
        .into_iter()
        .flatten()
        .collect(),
    );
    let performance = match &order.script {
        Script::Storyboard(_) => None,
        Script::Performance(performance) => Some(Arc::clone(performance)),
    };
    let bar = Arc::new(Bar::new(Arc::clone(&cards), notes.clone(), performance));
    let (mut take, reel) = Take::start(
        progress,
        order,
        (&page, &cards, &bar),
        notes.clone(),
        folder,
        (layout, lag),
    )
    .await?;
    let start = take.started();
    let way = take.way();
    let cutter = Cutter::new(order.setup.rate, decor, reel);
    let mut preview = Preview::new(order.setup, Arc::clone(&tell));
    let mut cutting = AbortOnDropHandle::new(tokio::task::spawn_blocking(move || {
        let mut see = |frame: &Bytes, at| preview.see(frame, at);
        cutting::run(cutter, &told, &frames, &mut see, start)
    }));
    tell(FilmEvent::Rolling);

    let performer = Performer::new(Stagecraft {
        context: context.clone(),
        front: take.front(),
        bar,
        notes: notes.clone(),
        time: take.time(),
        cards: Arc::clone(&cards),
        layout,
        pace: pace_of(order),
        seed: seed_of(order),
        tell: Arc::clone(&tell),
    });
    let browsers = [browser, painter];
    let front = take.front();
    let performed = tokio::select! {
        biased;
        // What ends pictures also ends steps, and says better why.
        error = take.broken() => Err(error),
        error = loss::lost(browsers, &context, &front) => Err(error),
        performed = play(progress, order, &performer, until) => performed,
        cut = &mut cutting => {
            // Frames are no longer wanted: the encoder says why.
            cut_result(cut)?;
            encoder.finish(progress).await?;
            return Err(FilmError::Picture("the film ended before its script".to_owned()));
        }
    };
    let failed = match performed {
        Ok(()) => None,
        Err(error) => {
            let error = footage::blame(progress, order.time_limit, error);
            let error = loss::blame(error, browsers).await;
            match footage::place(order, &error) {
                Some(footage) => Some((error, footage)),
                None => return Err(error),
            }
        }
    };
    let footage = failed.as_ref().map(|(_, footage)| *footage);
    let is_late = matches!(failed, Some((FilmError::TimeLimit(_), _)));
    let grace = footage.map(|_| footage::grace(progress));
    let progress = grace.as_ref().unwrap_or(progress);
    let wrapped_up = async {
        let draft = match footage {
            None => draft,
            Some(footage) => {
                // A page that hangs shows nothing more, and must not keep what there is.
                if !is_late {
                    let limited = progress.within(LINGERING);
                    let _ = performer.pause(&limited, AFTERMATH).await;
                }
                DraftFile::beside(footage)?
            }
        };
        let end = performer.now();
        let wrapped = Instant::now();
        let counts = take.stop().await?;
        notes.tell(Note::End(end));
        tell(FilmEvent::Wrapped { duration: end });
        close(&cards, &context).await;

        let page_sound = match (hearing, start) {
            (Some(hearing), Some(start)) => {
                Some(hearing.finish(progress, start, order.engine).await?)
            }
            _ => None,
        };
        let cut = cut_result((&mut cutting).await)?;
        let raw = encoder.finish(progress).await?;
        let (cpu_percent, peak_memory_bytes) = meter.stop();
        let Some(cut) = cut else {
            return Err(FilmError::Picture("nobody took its frames".to_owned()));
        };
        tell(FilmEvent::Finishing);
        let (steps, chapters) = performer.into_records();
        let title = match &order.script {
            Script::Storyboard(storyboard) => storyboard.title.clone(),
            Script::Performance(performance) => performance.title(),
        };
        let about = About {
            title: title.as_ref().map(|title| &*title.text),
            chapters: &chapters,
            duration: end.as_secs_f64() * 1000.0,
        };
        finish::remux(
            progress,
            raw.path(),
            &draft,
            order.container,
            (
                &about,
                &Sound {
                    track: order.sound.as_ref(),
                    page: page_sound.as_ref(),
                },
            ),
        )
        .await?;
        let label = label::read(progress, draft.path()).await?;
        if label.frames != cut.frames {
            let message = format!("{} frames in place of {}", label.frames, cut.frames);
            return Err(RenderError::WrongOutput(message).into());
        }
        if let Some(footage) = footage {
            draft.publish()?;
            tell(FilmEvent::Footage {
                path: footage.to_owned(),
                duration: end,
            });
            return Ok(None);
        }
        let (bytes, sha256) = made::weigh(draft.path())?;
        let extras = finish::extras(progress, draft.path(), &label, &order.extras).await?;
        draft.publish()?;
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        let frozen = (counts.delivered <= 1).then_some(Warning::Frozen);
        let is_silent = page_sound.is_some_and(|sound: PageSound| !sound.is_audible);
        let silent = is_silent.then_some(Warning::Silent);
        Ok(Some(Filmed {
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
            sound: label.sound.map(Heard::from),
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
            warnings: frozen.into_iter().chain(silent).collect(),
            browser: format!("{} {}", browser.product(), browser.version()),
        }))
    }
    .await;
    match (wrapped_up, failed) {
        (Ok(Some(filmed)), None) => Ok(filmed),
        (Err(FilmError::Cancelled), _) => Err(FilmError::Cancelled),
        (lost, Some((error, _))) => {
            if let Err(lost) = lost {
                tracing::warn!(error = %lost, "what led to a failure could not be kept");
            }
            Err(error)
        }
        (Err(error), None) => Err(error),
        (Ok(None), None) => Err(FilmError::Picture("nobody took its frames".to_owned())),
    }
}

/// Whether a clock that waits can film it, as far as that is known before.
fn can_wait(order: &FilmOrder) -> Result<(), Unsteady> {
    let Script::Storyboard(storyboard) = &order.script else {
        return Err(Unsteady::Script);
    };
    if hears_page(order) {
        return Err(Unsteady::Sound);
    }
    match storyboard.first_of_tabs() {
        Some(index) => Err(Unsteady::Tab {
            what: format!("step {} is about another", index + 1),
        }),
        None => Ok(()),
    }
}

/// Whether what the page plays is in the film.
fn hears_page(order: &FilmOrder) -> bool {
    order.sound.as_ref().is_some_and(|sound| sound.page)
}

pub(crate) fn seed_of(order: &FilmOrder) -> u64 {
    match &order.script {
        Script::Storyboard(storyboard) => storyboard.seed,
        Script::Performance(_) => 0,
    }
}

pub(crate) fn look_of(order: &FilmOrder) -> &Look {
    match &order.script {
        Script::Storyboard(storyboard) => storyboard.look.as_ref().unwrap_or(&order.look),
        Script::Performance(_) => &order.look,
    }
}

fn pace_of(order: &FilmOrder) -> Pace {
    match &order.script {
        Script::Storyboard(storyboard) => storyboard.pace.unwrap_or_default().or(order.pace),
        Script::Performance(_) => order.pace,
    }
}

async fn play(
    progress: &Progress,
    order: &FilmOrder,
    performer: &Performer,
    until: Duration,
) -> Result<(), FilmError> {
    performer.show_address(progress).await?;
    match &order.script {
        Script::Storyboard(storyboard) => {
            let until = until.max(storyboard.length.unwrap_or_default());
            perform::perform(progress, performer, storyboard, until).await
        }
        Script::Performance(performance) => {
            if let Some(title) = performance.title() {
                performer.title(progress, &title).await?;
            }
            performance.perform(progress, performer).await?;
            performer.until(progress, until).await
        }
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
        pointer: cards.pointer(progress, look.pointer).await?,
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

pub(crate) fn cut_result(
    result: Result<Result<Option<Cut>, FilmError>, tokio::task::JoinError>,
) -> Result<Option<Cut>, FilmError> {
    match result {
        Ok(result) => result,
        Err(task) => Err(FilmError::Performance(Box::new(task))),
    }
}
