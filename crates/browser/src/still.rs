//! Frames that a page draws on command.

use bytes::Bytes;

use crate::cdp::screenshot::ImageFormat;

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// The frame's time on the browser's own clock, in milliseconds; each is later than the one before.
    pub time: f64,
    /// Milliseconds to the next frame.
    pub interval: f64,
    /// How to encode a picture of it; none is taken when left out.
    pub picture: Option<ImageFormat>,
}

/// A frame that was drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Whether anything looks different from the frame before.
    pub changed: bool,
    /// The picture; missing when none was asked for, and from some browsers when nothing has changed.
    pub picture: Option<Bytes>,
}
