//! The last pictures before a moment, and the first one after it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use crate::frame_hub::Frame;

/// A bounded ring of the newest frames: what a page looked like around an event.
#[derive(Debug)]
pub struct BeforeAfter {
    frames: VecDeque<Arc<Frame>>,
    limit: usize,
}

impl BeforeAfter {
    /// Keeps the last `limit` frames (at least one).
    #[must_use]
    pub fn new(limit: usize) -> Self {
        let limit = limit.max(1);
        Self {
            frames: VecDeque::with_capacity(limit),
            limit,
        }
    }

    /// Adds the newest frame; the oldest goes when the ring is full.
    pub fn push(&mut self, frame: Arc<Frame>) {
        if self.frames.len() == self.limit {
            self.frames.pop_front();
        }
        self.frames.push_back(frame);
    }

    /// The last frame that arrived before `moment`.
    #[must_use]
    pub fn before(&self, moment: Instant) -> Option<Arc<Frame>> {
        self.frames
            .iter()
            .rev()
            .find(|frame| frame.received < moment)
            .cloned()
    }

    /// The first frame that arrived at `moment` or later.
    #[must_use]
    pub fn after(&self, moment: Instant) -> Option<Arc<Frame>> {
        self.frames
            .iter()
            .find(|frame| frame.received >= moment)
            .cloned()
    }

    /// The newest frame.
    #[must_use]
    pub fn latest(&self) -> Option<Arc<Frame>> {
        self.frames.back().cloned()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.frames.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use std::time::{Duration, SystemTime};

    fn frame(seq: u32, received: Instant) -> Arc<Frame> {
        Arc::new(Frame {
            seq,
            tab: 0,
            jpeg: Bytes::new(),
            width: 1,
            height: 1,
            css_width: 1.0,
            css_height: 1.0,
            offset_top: 0.0,
            page_scale: 1.0,
            captured_at: SystemTime::now(),
            received,
            asked: None,
        })
    }

    #[test]
    fn finds_the_frames_around_a_moment_among_the_last_ones() {
        let start = Instant::now();
        let at = |n: u32| start + Duration::from_millis(u64::from(n) * 10);
        let mut ring = BeforeAfter::new(3);
        for seq in 0..5 {
            ring.push(frame(seq, at(seq)));
        }
        assert_eq!(ring.before(at(4)).unwrap().seq, 3);
        assert_eq!(ring.after(at(3)).unwrap().seq, 3);
        assert!(ring.before(at(1)).is_none(), "older frames are gone");
        assert!(ring.after(at(9)).is_none());
    }
}
