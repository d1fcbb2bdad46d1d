//! Pictures of a live page to many viewers, each at its own pace.
//!
//! A publisher never waits: it replaces what a viewer has not taken yet. So a slow viewer costs one retained frame,
//! whatever the rate, and changes nothing for the others.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use browser::CastFrame;
use bytes::Bytes;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use crate::jpeg::jpeg_size;

/// How many frames may be on their way to a viewer without an acknowledgement.
pub const WINDOW: usize = 2;

/// One picture of the page, shared by everybody who looks at it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Rises by one for each published frame of the session.
    pub seq: u32,
    /// Number of the tab that it shows.
    pub tab: u32,
    /// The encoded picture.
    pub jpeg: Bytes,
    /// Width of the picture in pixels.
    pub width: u16,
    /// Height of the picture in pixels.
    pub height: u16,
    /// Width of the page's viewport in CSS pixels.
    pub css_width: f32,
    /// Height of the page's viewport in CSS pixels.
    pub css_height: f32,
    /// CSS pixels between the top of the picture and the top of the viewport.
    pub offset_top: f32,
    /// The page's pinch-zoom factor.
    pub page_scale: f32,
    /// Wall clock when the frame reached us.
    pub captured_at: SystemTime,
    /// The same moment on the monotonic clock.
    pub received: std::time::Instant,
    /// When it was asked for, where pictures come one by one: it shows the page as it was then or later.
    pub asked: Option<std::time::Instant>,
}

impl Frame {
    /// The picture that the browser gave, as number `seq` of tab `tab`.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "sizes of a screen fit into an f32"
    )]
    pub fn from_cast(cast: CastFrame, seq: u32, tab: u32) -> Self {
        let (width, height) = jpeg_size(&cast.jpeg).unwrap_or_default();
        Self {
            seq,
            tab,
            jpeg: cast.jpeg,
            width,
            height,
            css_width: cast.css_width as f32,
            css_height: cast.css_height as f32,
            offset_top: cast.offset_top as f32,
            page_scale: cast.page_scale as f32,
            captured_at: SystemTime::now(),
            received: cast.received,
            asked: cast.asked,
        }
    }
}

/// What a viewer gets from its slot.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The picture.
    pub frame: Arc<Frame>,
    /// The first frame for this viewer: nothing before it is needed to show it.
    pub key: bool,
    /// Frames that this viewer was too slow for, in all.
    pub dropped: u32,
}

/// Distributes frames; cloning gives another handle to the same hub.
#[derive(Debug, Clone, Default)]
pub struct FrameHub {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<HubState>,
    /// Shortest time between two frames of one viewer, in microseconds; 0 = as they come.
    interval_us: AtomicU64,
}

#[derive(Debug, Default)]
struct HubState {
    latest: Option<Arc<Frame>>,
    viewers: Vec<Weak<Slot>>,
    published: u64,
    closed: bool,
}

#[derive(Debug)]
struct Slot {
    state: Mutex<SlotState>,
    changed: Notify,
}

#[derive(Debug)]
struct SlotState {
    pending: Option<Arc<Frame>>,
    key: bool,
    unacked: VecDeque<(u32, Instant)>,
    dropped: u32,
    /// When pacing lets the next frame go.
    due: Option<Instant>,
    closed: bool,
}

impl FrameHub {
    /// A hub that passes every frame on.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the frame to every viewer and keeps it for those who come later. Never waits.
    pub fn publish(&self, frame: Arc<Frame>) {
        let viewers = {
            let mut hub = lock(&self.shared.state);
            if hub.closed {
                return;
            }
            hub.published += 1;
            hub.latest = Some(Arc::clone(&frame));
            hub.viewers.retain(|slot| slot.strong_count() > 0);
            hub.viewers.clone()
        };
        let now = Instant::now();
        for slot in viewers.iter().filter_map(Weak::upgrade) {
            let mut state = lock(&slot.state);
            let replaced = state.pending.replace(Arc::clone(&frame)).is_some();
            // A frame left out by the rate limit was never meant for this viewer; only slowness counts as a drop.
            if replaced && state.due.is_none_or(|due| due <= now) {
                state.dropped = state.dropped.saturating_add(1);
            }
            drop(state);
            slot.changed.notify_one();
        }
    }

    /// A slot for one viewer; it starts with the last frame published.
    #[must_use]
    pub fn subscribe(&self) -> FrameReceiver {
        let mut hub = lock(&self.shared.state);
        let slot = Arc::new(Slot {
            state: Mutex::new(SlotState {
                pending: hub.latest.clone(),
                key: true,
                unacked: VecDeque::with_capacity(WINDOW),
                dropped: 0,
                due: None,
                closed: hub.closed,
            }),
            changed: Notify::new(),
        });
        hub.viewers.push(Arc::downgrade(&slot));
        FrameReceiver {
            slot,
            shared: Arc::clone(&self.shared),
        }
    }

    /// Limits what each viewer gets; `None` passes everything on. The newest frame is always delivered in the end.
    pub fn set_rate_limit(&self, frames_per_second: Option<u32>) {
        let interval = frames_per_second.map_or(0, |fps| 1_000_000 / u64::from(fps.max(1)));
        self.shared.interval_us.store(interval, Ordering::Relaxed);
    }

    /// The last frame published.
    #[must_use]
    pub fn latest(&self) -> Option<Arc<Frame>> {
        lock(&self.shared.state).latest.clone()
    }

    /// Frames published so far.
    #[must_use]
    pub fn published(&self) -> u64 {
        lock(&self.shared.state).published
    }

    /// Viewers that hold a slot.
    #[must_use]
    pub fn viewers(&self) -> usize {
        let hub = lock(&self.shared.state);
        hub.viewers
            .iter()
            .filter(|slot| slot.strong_count() > 0)
            .count()
    }

    /// Ends the stream: every receiver gets `None` after what it still holds is gone.
    pub fn close(&self) {
        let viewers = {
            let mut hub = lock(&self.shared.state);
            hub.closed = true;
            hub.latest = None;
            std::mem::take(&mut hub.viewers)
        };
        for slot in viewers.iter().filter_map(Weak::upgrade) {
            lock(&slot.state).closed = true;
            slot.changed.notify_one();
        }
    }
}

/// One viewer's end: the newest frame, at most [`WINDOW`] of them unacknowledged.
#[derive(Debug)]
pub struct FrameReceiver {
    slot: Arc<Slot>,
    shared: Arc<Shared>,
}

enum Next {
    Ready(Delivery),
    At(Instant),
    Wait,
    Closed,
}

impl FrameReceiver {
    /// The newest frame as soon as the window and the rate limit let it go; `None` when the hub is closed.
    /// Dropping the future loses nothing.
    pub async fn next(&self) -> Option<Delivery> {
        loop {
            let changed = self.slot.changed.notified();
            match self.take(Instant::now()) {
                Next::Ready(delivery) => return Some(delivery),
                Next::Closed => return None,
                Next::Wait => changed.await,
                Next::At(due) => sleep_until(due).await,
            }
        }
    }

    /// The viewer has shown the frame `seq`, and so every one before it.
    pub fn ack(&self, seq: u32) {
        let mut state = lock(&self.slot.state);
        while state
            .unacked
            .front()
            .is_some_and(|(sent, _)| seq.wrapping_sub(*sent) < u32::MAX / 2)
        {
            state.unacked.pop_front();
        }
        drop(state);
        self.slot.changed.notify_one();
    }

    /// Frames sent and not acknowledged.
    #[must_use]
    pub fn unacked(&self) -> usize {
        lock(&self.slot.state).unacked.len()
    }

    /// How long the oldest frame has been waiting to be acknowledged.
    #[must_use]
    pub fn waiting(&self) -> Option<Duration> {
        let state = lock(&self.slot.state);
        state.unacked.front().map(|(_, sent)| sent.elapsed())
    }

    /// Frames that this viewer was too slow for.
    #[must_use]
    pub fn dropped(&self) -> u32 {
        lock(&self.slot.state).dropped
    }

    fn take(&self, now: Instant) -> Next {
        let mut state = lock(&self.slot.state);
        if state.pending.is_none() {
            return if state.closed {
                Next::Closed
            } else {
                Next::Wait
            };
        }
        if state.unacked.len() >= WINDOW {
            return if state.closed {
                Next::Closed
            } else {
                Next::Wait
            };
        }
        if let Some(due) = state.due.filter(|due| *due > now) {
            return Next::At(due);
        }
        let Some(frame) = state.pending.take() else {
            return Next::Wait;
        };
        state.due = self.due_after(state.due, now);
        state.unacked.push_back((frame.seq, now));
        let key = std::mem::replace(&mut state.key, false);
        Next::Ready(Delivery {
            frame,
            key,
            dropped: state.dropped,
        })
    }

    /// Keeps the average rate in spite of jitter: a frame that came a little late lets the next one go a little early.
    fn due_after(&self, last_due: Option<Instant>, now: Instant) -> Option<Instant> {
        let interval = Duration::from_micros(self.shared.interval_us.load(Ordering::Relaxed));
        if interval.is_zero() {
            return None;
        }
        let start = last_due
            .filter(|due| now.duration_since(*due) < interval / 2)
            .unwrap_or(now);
        Some(start + interval)
    }
}

/// Nothing that holds these locks can panic, and a frame is never half written, so a poisoned one is still good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
