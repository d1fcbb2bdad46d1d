//! Takes a page from frame to frame: its input, its time, its picture.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use browser::{BrowserError, ImageFormat, Interrupted, LoadState, Page, Progress, Receipt, Tick};
use bytes::Bytes;
use serde_json::Value;

use super::page::{self, Stepped};
use super::ticks::Ticks;
use super::traffic::Traffic;
use crate::film::camera::Counts;
use crate::film::error::{FilmError, Unsteady};
use crate::film::notes::{Note, Notes};
use crate::film::spool::{Reel, Spool, spool};
use crate::job::FrameRate;
use crate::stage::VIDEO_FRAMES;

/// The longest that a page's code, or the browser, may take for one frame, in real time.
const FRAME_LIMIT: Duration = Duration::from_secs(60);

/// How long another document may take to load, in real time; no time of the film passes meanwhile.
const LOADING: Duration = Duration::from_secs(30);

/// How long pictures and fonts of a new document may take to be decoded, in real time.
const DECODING: Duration = Duration::from_secs(10);

/// Between two frames that are drawn so that the page can answer, in real time.
const BESIDES: Duration = Duration::from_millis(2);

/// Frames that are drawn before the first one of a document counts: layers, fonts and shaders come with them.
const WARM_UP: u32 = 2;

/// Pictures that may wait for the encoder. It is waited for: time stands still anyway.
const AHEAD: u64 = 48;

/// How often it is looked whether the encoder has caught up.
const LOOK: Duration = Duration::from_millis(2);

/// How often a frame is begun again because another document came in the middle of it.
const TRIES: usize = 5;

/// A page on its way from frame to frame, and the film's time.
pub(crate) struct Stepper {
    page: Page,
    rate: FrameRate,
    now: Mutex<Duration>,
    /// Input that the page has not been seen to take yet.
    written: Mutex<Vec<Receipt>>,
    works: tokio::sync::Mutex<Works>,
}

/// What a frame is made with; one frame at a time.
struct Works {
    notes: Notes,
    spool: Spool,
    traffic: Traffic,
    ticks: Ticks,
    /// The film's next frame.
    next: u32,
    delivered: u64,
    last: Option<Bytes>,
    /// The page's count of documents when it was last made ready.
    documents: Option<u64>,
}

impl Stepper {
    /// Begins with the page's first frame. `folder` is where pictures wait.
    pub(crate) async fn start(
        progress: &Progress,
        page: &Page,
        notes: Notes,
        folder: &Path,
        rate: FrameRate,
    ) -> Result<(Self, Reel), FilmError> {
        let (spool, reel) = spool(folder)
            .map_err(|source| FilmError::file("creating a temporary file in", folder, source))?;
        let stepper = Self {
            page: page.clone(),
            rate,
            now: Mutex::default(),
            written: Mutex::default(),
            works: tokio::sync::Mutex::new(Works {
                notes,
                spool,
                traffic: Traffic::of(page),
                ticks: Ticks::new(),
                next: 0,
                delivered: 0,
                last: None,
                documents: None,
            }),
        };
        stepper.until(progress, Duration::ZERO).await?;
        Ok((stepper, reel))
    }

    /// Since the film's beginning.
    pub(crate) fn now(&self) -> Duration {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When the film's next frame is.
    pub(crate) async fn next_frame(&self) -> Duration {
        self.time_of(self.works.lock().await.next)
    }

    /// Draws every frame up to this time.
    pub(crate) async fn until(&self, progress: &Progress, at: Duration) -> Result<(), FilmError> {
        loop {
            let mut works = self.works.lock().await;
            let due = self.time_of(works.next);
            if due > at {
                break;
            }
            self.take_input(progress, &mut works).await?;
            self.must_be_alone()?;
            self.set(due);
            self.frame(progress, &mut works, due).await?;
            works.next += 1;
        }
        self.set(at.max(self.now()));
        Ok(())
    }

    /// Input is on its way.
    pub(crate) fn written(&self, receipt: Receipt) {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.push(receipt);
    }

    /// Waits for an answer of the page, and draws frames for it that are in no film.
    pub(crate) async fn attend<T>(
        &self,
        progress: &Progress,
        answer: impl Future<Output = T>,
    ) -> T {
        let mut works = self.works.lock().await;
        self.pump(progress, &mut works, answer).await
    }

    /// What it got.
    pub(crate) async fn counts(&self) -> Counts {
        Counts {
            delivered: self.works.lock().await.delivered,
            dropped: 0,
        }
    }

    async fn pump<T>(
        &self,
        progress: &Progress,
        works: &mut Works,
        answer: impl Future<Output = T>,
    ) -> T {
        let mut answer = std::pin::pin!(answer);
        loop {
            tokio::select! {
                biased;
                answer = &mut answer => return answer,
                () = tokio::time::sleep(BESIDES) => {}
            }
            if self.page.is_navigating() {
                continue;
            }
            let time = works.ticks.besides();
            let drawing = self.draw(progress, time, None);
            let mut drawing = std::pin::pin!(drawing);
            tokio::select! {
                biased;
                // A frame that was begun has to end before the next one may be.
                drawn = &mut drawing => if drawn.is_err() {
                    // Whoever waits for the answer learns what is wrong.
                    return answer.await;
                },
                answer = &mut answer => {
                    let _ = drawing.await;
                    return answer;
                }
            }
        }
    }

    /// Waits until the page has taken all input that was written.
    async fn take_input(&self, progress: &Progress, works: &mut Works) -> Result<(), FilmError> {
        let written =
            std::mem::take(&mut *self.written.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(all) = written.into_iter().reduce(Receipt::and) else {
            return Ok(());
        };
        let limited = progress.within(FRAME_LIMIT);
        self.pump(progress, works, all.done(&limited))
            .await
            .map_err(|source| FilmError::browser("waiting for the page to take input", source))
    }

    /// A page that another one opens would be in no frame.
    fn must_be_alone(&self) -> Result<(), FilmError> {
        let context = self.page.context();
        if context.pages().len() + context.opening() < 2 {
            return Ok(());
        }
        let what = format!("{} opened another", self.page.url());
        Err(FilmError::Unsteady(Unsteady::Tab { what }))
    }

    async fn frame(
        &self,
        progress: &Progress,
        works: &mut Works,
        at: Duration,
    ) -> Result<(), FilmError> {
        if self.step(progress, works, at).await? {
            for _ in 0..VIDEO_FRAMES {
                let time = works.ticks.besides();
                self.draw(progress, time, None).await?;
            }
        }
        let time = works.ticks.at(at);
        let drawn = self.draw(progress, time, Some(ImageFormat::Png)).await?;
        works.delivered += 1;
        let picture = drawn.filter(|picture| works.last.as_ref() != Some(picture));
        let Some(picture) = picture else {
            works.notes.tell(Note::Same(at));
            return Ok(());
        };
        while works.spool.waiting() > AHEAD {
            progress
                .race("waiting for the encoder", tokio::time::sleep(LOOK))
                .await
                .map_err(|why| FilmError::browser("waiting for the encoder", why.into()))?;
        }
        let spot = works.spool.append(&picture).map_err(|source| {
            FilmError::file("writing a picture to", "a temporary file", source)
        })?;
        works.notes.tell(Note::Picture(at, spot));
        works.last = Some(picture);
        Ok(())
    }

    /// Lets the page's time pass, once everything is there that it waits for. Says whether a video shows another frame.
    async fn step(
        &self,
        progress: &Progress,
        works: &mut Works,
        at: Duration,
    ) -> Result<bool, FilmError> {
        for _ in 1..TRIES {
            match self.try_step(progress, works, at).await {
                // Another document has come.
                Err(FilmError::Browser {
                    source: BrowserError::ContextDestroyed,
                    ..
                }) => {}
                stepped => return stepped,
            }
        }
        self.try_step(progress, works, at).await
    }

    async fn try_step(
        &self,
        progress: &Progress,
        works: &mut Works,
        at: Duration,
    ) -> Result<bool, FilmError> {
        self.settle(progress, works).await?;
        let answer = self.ask(progress, &page::step(at)).await?;
        let stepped: Stepped = serde_json::from_value(answer)
            .map_err(|error| FilmError::Picture(error.to_string()))?;
        let url = || self.page.url();
        let unsteady = match stepped {
            Stepped {
                unsteady: Some(what),
                ..
            } => Unsteady::Page { what, url: url() },
            Stepped {
                missing: Some(what),
                ..
            } => Unsteady::Missing { what, url: url() },
            Stepped { has_sought, .. } => return Ok(has_sought),
        };
        Err(FilmError::Unsteady(unsteady))
    }

    /// Waits for documents and for the network, in real time.
    async fn settle(&self, progress: &Progress, works: &mut Works) -> Result<(), FilmError> {
        if self.page.is_navigating() || works.documents != Some(self.page.navigations()) {
            self.load(progress, works).await?;
        }
        // An answer may make the page ask for more.
        while works.traffic.settle(progress).await? {
            self.ask(progress, page::TASK).await?;
        }
        Ok(())
    }

    /// Waits until a new document is there and can be drawn.
    async fn load(&self, progress: &Progress, works: &mut Works) -> Result<(), FilmError> {
        let limited = progress.within(LOADING);
        let before = works.documents.unwrap_or_default();
        let loaded = self
            .page
            .navigation_after(&limited, before, LoadState::Load)
            .await;
        match loaded {
            // What does not come in this time is filmed as far as it has come.
            Err(BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. }))
                if !progress.remaining().is_zero() => {}
            loaded => {
                loaded.map_err(|source| FilmError::browser("waiting for the page", source))?;
            }
        }
        works.traffic.settle(progress).await?;
        let documents = self.page.navigations();
        let ready = page::ready(DECODING);
        let ready = self.ask(progress, &ready);
        self.pump(progress, works, ready).await?;
        for _ in 0..WARM_UP {
            let time = works.ticks.besides();
            self.draw(progress, time, None).await?;
        }
        works.documents = Some(documents);
        Ok(())
    }

    async fn ask(&self, progress: &Progress, code: &str) -> Result<Value, FilmError> {
        let limited = progress.within(FRAME_LIMIT);
        self.page
            .evaluate(&limited, code)
            .await
            .map_err(|source| FilmError::browser("letting the page's time pass", source))
    }

    async fn draw(
        &self,
        progress: &Progress,
        time: f64,
        picture: Option<ImageFormat>,
    ) -> Result<Option<Bytes>, FilmError> {
        let tick = Tick {
            time,
            interval: self.rate.time_of(1),
            picture,
        };
        let drawn = self.page.draw(&progress.within(FRAME_LIMIT), tick).await;
        match drawn {
            Ok(drawn) => Ok(drawn.picture),
            Err(source) => Err(FilmError::browser("drawing a frame", source)),
        }
    }

    fn time_of(&self, frame: u32) -> Duration {
        Duration::from_secs_f64(self.rate.time_of(frame) / 1000.0)
    }

    fn set(&self, at: Duration) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}
