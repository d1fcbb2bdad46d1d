//! A stream of pictures of a page.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use tokio::sync::Notify;

use crate::Result;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::page::{StartScreencast, StartScreencastFormat, StopScreencast};
use crate::cdp::shape::{Accept, Doubt};
use crate::error::BrowserError;
use crate::progress::Progress;

/// How to make a stream of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreencastOptions {
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// Pictures are scaled down to this many pixels.
    pub max_width: u32,
    /// Pictures are scaled down to this many pixels.
    pub max_height: u32,
    /// 1 for every frame, 2 for every other.
    pub every_nth: u32,
}

impl Default for ScreencastOptions {
    fn default() -> Self {
        Self {
            quality: 60,
            max_width: 1920,
            max_height: 1920,
            every_nth: 1,
        }
    }
}

/// A picture of a page.
#[derive(Debug, Clone)]
pub struct CastFrame {
    /// The picture.
    pub jpeg: Bytes,
    /// Width of what it shows, in CSS pixels of the viewport.
    pub css_width: f64,
    /// Height of what it shows, in CSS pixels of the viewport.
    pub css_height: f64,
    /// Height of browser controls above the page, in CSS pixels.
    pub offset_top: f64,
    /// The pinch-zoom factor.
    pub page_scale: f64,
    /// Scroll position, in CSS pixels.
    pub scroll: (f64, f64),
    /// When the browser says it drew it.
    pub timestamp: SystemTime,
    /// When it arrived here; where pictures are taken here, of a window, when it was taken.
    pub received: Instant,
    /// When it was asked for, where pictures come one by one: it shows the page as it was then or later.
    pub asked: Option<Instant>,
}

/// A running stream of pictures. The browser is never kept waiting: pictures that nobody took are replaced by newer
/// ones. Dropping it stops the stream.
pub(crate) struct Screencast {
    slot: Arc<Slot>,
    page: Weak<PageInner>,
}

/// A stream and the picture in it that nobody has taken yet.
pub(crate) struct Slot {
    options: ScreencastOptions,
    /// Pictures of the whole page that are being taken; none of the stream is kept meanwhile.
    still: AtomicUsize,
    /// Set after one of those: pictures may still show the page as large as it was for it.
    doubt: Mutex<Option<Doubt>>,
    newest: Mutex<Option<Raw>>,
    arrived: Notify,
    ended: AtomicBool,
    captured: AtomicU64,
    skipped: AtomicU64,
}

/// A picture as it came. It is decoded only when somebody takes it.
struct Raw {
    params: Bytes,
    received: Instant,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Picture<'a> {
    #[serde(borrow)]
    data: &'a str,
    metadata: Metadata,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    device_width: f64,
    device_height: f64,
    #[serde(default)]
    offset_top: f64,
    page_scale_factor: f64,
    #[serde(default)]
    scroll_offset_x: f64,
    #[serde(default)]
    scroll_offset_y: f64,
    timestamp: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Number {
    session_id: i64,
}

/// The number that the browser wants back.
pub(crate) fn frame_number(params: &Bytes) -> Option<i64> {
    serde_json::from_slice::<Number>(params)
        .ok()
        .map(|number| number.session_id)
}

impl Slot {
    fn new(options: ScreencastOptions) -> Self {
        Self {
            options,
            still: AtomicUsize::default(),
            doubt: Mutex::default(),
            newest: Mutex::default(),
            arrived: Notify::default(),
            ended: AtomicBool::default(),
            captured: AtomicU64::default(),
            skipped: AtomicU64::default(),
        }
    }

    /// A picture came. Runs on the reader's task.
    pub(crate) fn put(&self, params: Bytes, received: Instant) {
        if self.still.load(Ordering::Acquire) > 0 {
            return;
        }
        self.captured.fetch_add(1, Ordering::Relaxed);
        let old = self
            .newest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(Raw { params, received });
        if old.is_some() {
            self.skipped.fetch_add(1, Ordering::Relaxed);
        }
        self.arrived.notify_one();
    }

    /// No more pictures come.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Release);
        self.arrived.notify_one();
    }

    /// Whether a picture is one to show.
    fn accept(&self, frame: &CastFrame) -> Accept {
        let mut doubt = self.doubt.lock().unwrap_or_else(PoisonError::into_inner);
        match doubt.as_mut() {
            Some(open) if open.is_over(frame) => *doubt = None,
            Some(open) => return open.accept(frame),
            None => {}
        }
        Accept::Show
    }

    fn take(&self) -> Option<Raw> {
        self.newest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl Screencast {
    pub(crate) async fn start(
        page: &Arc<PageInner>,
        progress: &Progress,
        options: ScreencastOptions,
    ) -> Result<Self> {
        page.check_alive()?;
        let slot = Arc::new(Slot::new(options));
        let old = page
            .cast
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(Arc::clone(&slot));
        if let Some(old) = old {
            old.end();
            page.session.post(&StopScreencast {});
        }
        // Made before the browser answers, so that giving up here stops the stream too.
        let cast = Self {
            slot,
            page: Arc::downgrade(page),
        };
        page.session
            .call(progress, "starting the stream of pictures", &start(options))
            .await?;
        Ok(cast)
    }

    /// The newest picture that was not taken yet; waits for one; `None` when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<CastFrame> {
        loop {
            if self.slot.ended.load(Ordering::Acquire) {
                return None;
            }
            if let Some(frame) = self.slot.take().and_then(decode) {
                match self.slot.accept(&frame) {
                    Accept::Show => return Some(frame),
                    Accept::Skip => continue,
                    Accept::Again => {
                        if let Some(page) = self.page.upgrade() {
                            begin_anew(&page);
                        }
                        continue;
                    }
                }
            }
            self.slot.arrived.notified().await;
        }
    }

    /// Pictures that were replaced before they were taken.
    pub(crate) fn skipped(&self) -> u64 {
        self.slot.skipped.load(Ordering::Relaxed)
    }

    /// Pictures that came from the browser.
    pub(crate) fn captured(&self) -> u64 {
        self.slot.captured.load(Ordering::Relaxed)
    }

    /// Stops the stream and waits until the browser has.
    pub(crate) async fn stop(self, progress: &Progress) -> Result<()> {
        let Some(page) = self.release() else {
            return Ok(());
        };
        match page
            .session
            .call(
                progress,
                "stopping the stream of pictures",
                &StopScreencast {},
            )
            .await
        {
            // A stream of a page that has gone has stopped.
            Ok(_)
            | Err(
                BrowserError::PageClosed
                | BrowserError::Disconnected
                | BrowserError::ContextDestroyed,
            ) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The page, when this is still its stream; from now on it has none.
    fn release(&self) -> Option<Arc<PageInner>> {
        let page = self.page.upgrade()?;
        let mut cast = page.cast.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ours = cast
            .as_ref()
            .is_some_and(|slot| Arc::ptr_eq(slot, &self.slot));
        if is_ours {
            *cast = None;
        }
        drop(cast);
        is_ours.then_some(page)
    }
}

impl Drop for Screencast {
    fn drop(&mut self) {
        if let Some(page) = self.release() {
            page.session.post(&StopScreencast {});
        }
    }
}

fn start(options: ScreencastOptions) -> StartScreencast {
    StartScreencast {
        format: Some(StartScreencastFormat::Jpeg),
        quality: Some(i64::from(options.quality.clamp(1, 100))),
        max_width: Some(i64::from(options.max_width.max(1))),
        max_height: Some(i64::from(options.max_height.max(1))),
        every_nth_frame: Some(i64::from(options.every_nth.max(1))),
        ..StartScreencast::default()
    }
}

/// Holds a page's stream while the browser makes the page as large as its document, to take a picture of it all: the stream
/// would show that, and go on showing it. Afterwards it begins anew, with a picture of what is in view.
pub(crate) struct Still<'a> {
    page: &'a PageInner,
    slot: Option<Arc<Slot>>,
}

impl<'a> Still<'a> {
    pub(crate) fn hold(page: &'a PageInner) -> Self {
        let slot = running(page);
        if let Some(slot) = &slot {
            slot.still.fetch_add(1, Ordering::AcqRel);
            page.session.post(&StopScreencast {});
        }
        Self { page, slot }
    }
}

impl Drop for Still<'_> {
    fn drop(&mut self) {
        let others = match &self.slot {
            Some(slot) => slot.still.fetch_sub(1, Ordering::AcqRel) - 1,
            None => 0,
        };
        // Whichever runs now: one that was started meanwhile shows the large page.
        if let Some(slot) = running(self.page).filter(|_| others == 0) {
            *slot.doubt.lock().unwrap_or_else(PoisonError::into_inner) = Some(Doubt::new());
            begin_anew(self.page);
        }
    }
}

/// Begins the stream anew that a page has now, unless a picture of the whole page is being taken.
fn begin_anew(page: &PageInner) {
    let Some(slot) = running(page) else { return };
    if slot.still.load(Ordering::Acquire) > 0 {
        return;
    }
    page.session.post(&StopScreencast {});
    page.session.post(&start(slot.options));
}

fn running(page: &PageInner) -> Option<Arc<Slot>> {
    let cast = page.cast.lock();
    cast.unwrap_or_else(PoisonError::into_inner).clone()
}

fn decode(raw: Raw) -> Option<CastFrame> {
    let picture: Picture<'_> = serde_json::from_slice(&raw.params).ok()?;
    let jpeg = STANDARD.decode(picture.data).ok()?;
    let about = picture.metadata;
    Some(CastFrame {
        jpeg: jpeg.into(),
        css_width: about.device_width,
        css_height: about.device_height,
        offset_top: about.offset_top,
        page_scale: about.page_scale_factor,
        scroll: (about.scroll_offset_x, about.scroll_offset_y),
        timestamp: about
            .timestamp
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .map_or_else(SystemTime::now, |since| SystemTime::UNIX_EPOCH + since),
        received: raw.received,
        asked: None,
    })
}
