//! A stream of pictures of a page.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::Notify;

use crate::Result;
use crate::cdp::screencast::{CastFrame, ScreencastOptions};
use crate::drive::core::Core;
use crate::progress::Progress;

/// A running stream. Pictures that nobody took are replaced by newer ones; dropping it stops the stream.
pub(crate) struct DrivenCast {
    slot: Arc<Slot>,
    page: Weak<Core>,
}

/// A stream and the picture in it that nobody has taken yet.
#[derive(Default)]
pub(crate) struct Slot {
    newest: Mutex<Option<CastFrame>>,
    arrived: Notify,
    finished: Notify,
    nudged: Notify,
    ended: AtomicBool,
    captured: AtomicU64,
    skipped: AtomicU64,
}

impl Slot {
    /// A picture came.
    pub(crate) fn put(&self, frame: CastFrame) {
        self.captured.fetch_add(1, Ordering::Relaxed);
        let old = self
            .newest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(frame);
        if old.is_some() {
            self.skipped.fetch_add(1, Ordering::Relaxed);
        }
        self.arrived.notify_one();
    }

    /// Something was done in the page: it may look different from now on.
    pub(crate) fn nudge(&self) {
        self.nudged.notify_one();
    }

    /// Resolves when something was done in the page since the last time.
    pub(crate) async fn nudged(&self) {
        self.nudged.notified().await;
    }

    /// No more pictures are wanted or come.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Release);
        self.arrived.notify_one();
        self.finished.notify_waiters();
    }

    pub(crate) fn is_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// Resolves when the stream has ended.
    pub(crate) async fn ended(&self) {
        loop {
            let finished = self.finished.notified();
            if self.is_ended() {
                return;
            }
            finished.await;
        }
    }
}

impl DrivenCast {
    pub(crate) async fn start(
        core: &Arc<Core>,
        progress: &Progress,
        options: ScreencastOptions,
    ) -> Result<Self> {
        core.check_alive()?;
        let slot = Arc::new(Slot::default());
        let old = core
            .cast
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(Arc::clone(&slot));
        if let Some(old) = old {
            old.end();
        }
        // Made before the browser answers, so that giving up here stops the stream too.
        let cast = Self {
            slot: Arc::clone(&slot),
            page: Arc::downgrade(core),
        };
        let starting = core.driver.start_cast(options, slot);
        progress
            .race("starting the stream of pictures", starting)
            .await??;
        Ok(cast)
    }

    pub(crate) async fn next(&mut self) -> Option<CastFrame> {
        loop {
            if self.slot.is_ended() {
                return None;
            }
            let frame = self
                .slot
                .newest
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            if frame.is_some() {
                return frame;
            }
            self.slot.arrived.notified().await;
        }
    }

    pub(crate) fn skipped(&self) -> u64 {
        self.slot.skipped.load(Ordering::Relaxed)
    }

    pub(crate) fn captured(&self) -> u64 {
        self.slot.captured.load(Ordering::Relaxed)
    }
}

impl Drop for DrivenCast {
    fn drop(&mut self) {
        self.slot.end();
        let Some(core) = self.page.upgrade() else {
            return;
        };
        let mut cast = core.cast.lock().unwrap_or_else(PoisonError::into_inner);
        if cast
            .as_ref()
            .is_some_and(|slot| Arc::ptr_eq(slot, &self.slot))
        {
            *cast = None;
        }
    }
}
