//! The picture of the active tab: from the browser's screencast to the hub, one task per tab shown.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use browser::{
    CastFrame, Engine, ImageFormat, Page, Progress, Screencast, ScreencastOptions,
    ScreenshotOptions, ScreenshotScale,
};
use bytes::Bytes;
use capture::{BeforeAfter, Frame, FrameHub};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::protocol::ViewportState;

/// Frames kept for showing what a page looked like before an error: about a second of movement.
const KEPT_FRAMES: usize = 8;
/// Kept frames are at least this far apart, so that they reach back over more than a blink.
const KEPT_APART: Duration = Duration::from_millis(120);
/// How long the browser may take to start a stream.
const START_LIMIT: Duration = Duration::from_secs(10);
/// Chromium's stream gives its first frame at once, even of a page where nothing moves. One that is started while the page
/// changes its process, or on a machine that is very busy, can stay silent for ever: it is started again after these times,
/// then after the last of them again and again, and the page is shown as a screenshot meanwhile, which makes it draw.
const FIRST_FRAME_WITHIN: [Duration; 4] = [
    Duration::from_millis(400),
    Duration::from_millis(800),
    Duration::from_millis(1_600),
    Duration::from_secs(5),
];
/// How long a screenshot may take that stands in for a silent stream.
const STILL_LIMIT: Duration = Duration::from_secs(3);
/// How long the browser may take to stop one.
const STOP_LIMIT: Duration = Duration::from_secs(2);
/// Where the frames of a session go.
#[derive(Clone)]
pub(crate) struct Screen {
    pub(crate) hub: FrameHub,
    shared: Arc<Shared>,
}

struct Shared {
    seq: AtomicU32,
    captured: AtomicU64,
    kept: Mutex<BeforeAfter>,
}

impl Screen {
    pub(crate) fn new(hub: FrameHub) -> Self {
        let kept = Mutex::new(BeforeAfter::new(KEPT_FRAMES));
        let shared = Shared {
            seq: AtomicU32::new(0),
            captured: AtomicU64::new(0),
            kept,
        };
        Self {
            hub,
            shared: Arc::new(shared),
        }
    }

    /// Frames that the browser gave so far.
    pub(crate) fn captured(&self) -> u64 {
        self.shared.captured.load(Ordering::Relaxed)
    }

    /// The pictures just before and just after a moment.
    pub(crate) fn around(&self, moment: Instant) -> (Option<Bytes>, Option<Bytes>) {
        let kept = self
            .shared
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let jpeg = |frame: Arc<Frame>| frame.jpeg.clone();
        let latest = self.hub.latest().filter(|frame| frame.received >= moment);
        (
            kept.before(moment).map(jpeg),
            kept.after(moment).or(latest).map(jpeg),
        )
    }

    /// Shows `page` as tab `tab` until it is gone or `cancel` says so.
    pub(crate) async fn show(
        self,
        page: Page,
        tab: u32,
        options: ScreencastOptions,
        cancel: CancellationToken,
    ) {
        let last = FIRST_FRAME_WITHIN[FIRST_FRAME_WITHIN.len() - 1];
        let waits = FIRST_FRAME_WITHIN
            .into_iter()
            .chain(std::iter::repeat(last));
        for patience in waits {
            let progress = Progress::with_deadline(Instant::now() + START_LIMIT, cancel.clone());
            let mut cast = match page.start_screencast(&progress, options).await {
                Ok(cast) => cast,
                Err(error) if error.is_cancelled() => return,
                Err(error) => {
                    return tracing::warn!(tab, %error, "the live picture could not be started");
                }
            };
            let first = cancel.run_until_cancelled(cast.next());
            // The other engines' pictures are taken here: there is no stream that could stay silent.
            let first = match page.engine() {
                Engine::Chromium => timeout(patience, first).await,
                Engine::Firefox | Engine::WebKit => Ok(first.await),
            };
            match first {
                Ok(Some(Some(first))) => {
                    self.publish(first, tab);
                    self.follow(&mut cast, tab, &cancel).await;
                }
                Ok(Some(None) | None) => {}
                Err(_) => {
                    tracing::info!(
                        tab,
                        ?patience,
                        "a live picture gave no first frame and is started again"
                    );
                    drop(cast);
                    if let Some(still) = still(&page, options, &cancel).await {
                        self.publish(still, tab);
                    }
                    continue;
                }
            }
            if let Err(error) = cast.stop(&Progress::with_timeout(STOP_LIMIT)).await {
                tracing::debug!(tab, %error, "the live picture ended with its page");
            }
            return;
        }
    }

    async fn follow(&self, cast: &mut Screencast, tab: u32, cancel: &CancellationToken) {
        let mut counted = 1;
        while let Some(Some(frame)) = cancel.run_until_cancelled(cast.next()).await {
            let captured = cast.captured();
            let more = captured.saturating_sub(counted + 1);
            self.shared.captured.fetch_add(more, Ordering::Relaxed);
            counted = captured;
            self.publish(frame, tab);
        }
    }

    fn publish(&self, frame: CastFrame, tab: u32) {
        self.shared.captured.fetch_add(1, Ordering::Relaxed);
        let seq = self
            .shared
            .seq
            .fetch_add(1, Ordering::Relaxed)
            .wrapping_add(1);
        let frame = Arc::new(Frame::from_cast(frame, seq, tab));
        self.keep(&frame);
        self.hub.publish(frame);
    }

    fn keep(&self, frame: &Arc<Frame>) {
        let mut kept = self
            .shared
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let last = kept.latest();
        if last.is_none_or(|last| {
            frame.received.saturating_duration_since(last.received) >= KEPT_APART
        }) {
            kept.push(Arc::clone(frame));
        }
    }
}

/// The page as it is now, in the place of a frame of the stream.
async fn still(
    page: &Page,
    options: ScreencastOptions,
    cancel: &CancellationToken,
) -> Option<CastFrame> {
    let progress = Progress::with_deadline(Instant::now() + STILL_LIMIT, cancel.clone());
    let asked = Instant::now();
    let wanted = ScreenshotOptions {
        format: ImageFormat::Jpeg {
            quality: options.quality,
        },
        scale: ScreenshotScale::Css,
        ..ScreenshotOptions::default()
    };
    match page.screenshot(&progress, wanted).await {
        Ok(jpeg) => Some(CastFrame {
            jpeg,
            css_width: f64::from(options.max_width),
            css_height: f64::from(options.max_height),
            offset_top: 0.0,
            page_scale: 1.0,
            scroll: (0.0, 0.0),
            timestamp: SystemTime::now(),
            received: Instant::now(),
            asked: Some(asked),
        }),
        Err(error) => {
            tracing::debug!(%error, "a silent live picture had no screenshot either");
            None
        }
    }
}

/// The stream's settings for a viewport: one picture pixel per CSS pixel, which is all that the browser gives.
pub(crate) fn options(viewport: &ViewportState, quality: u8) -> ScreencastOptions {
    ScreencastOptions {
        quality,
        max_width: viewport.width,
        max_height: viewport.height,
        every_nth: 1,
    }
}
