//! A stream of pictures of a page.

use std::time::{Instant, SystemTime};

use bytes::Bytes;

use crate::Result;
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
    /// When it arrived here.
    pub received: Instant,
}

/// A running stream of pictures. The browser is never kept waiting: pictures that nobody took are replaced by newer
/// ones. Dropping it stops the stream.
pub struct Screencast {
    inner: std::sync::Arc<()>,
}

impl Screencast {
    /// The newest picture that was not taken yet; waits for one; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<CastFrame> {
        unimplemented!()
    }

    /// Pictures that were replaced before they were taken.
    pub fn skipped(&self) -> u64 {
        unimplemented!()
    }

    /// Pictures that came from the browser.
    pub fn captured(&self) -> u64 {
        unimplemented!()
    }

    /// Stops the stream.
    pub async fn stop(self, progress: &Progress) -> Result<()> {
        unimplemented!()
    }
}
