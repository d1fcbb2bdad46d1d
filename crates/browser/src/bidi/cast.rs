//! A stream of pictures by asking for one after another: the browser has no stream of its own.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use tracing::debug;

use crate::bidi::screenshot;
use crate::bidi::target::Target;
use crate::cdp::screencast::{CastFrame, ScreencastOptions};
use crate::cdp::screenshot::{ImageFormat, ScreenshotOptions};
use crate::drive::driver::{Answer, now};
use crate::drive::screencast::Slot;
use crate::error::BrowserError;

/// Between two pictures of a page that changes.
const BUSY: Duration = Duration::from_millis(33);

/// From an input that the page has handled to the picture that shows its effect: many pages draw in the next frame.
const EFFECT: Duration = Duration::from_millis(8);

/// Between two pictures of a page that did not change: each costs the browser about 15 ms.
const STILL: Duration = Duration::from_millis(150);

/// Starts asking until the stream has ended.
pub(crate) fn start(
    target: Arc<Target>,
    options: ScreencastOptions,
    slot: Arc<Slot>,
) -> Answer<()> {
    tokio::spawn(async move {
        tokio::select! {
            () = slot.ended() => {}
            () = ask(&target, options, &slot) => slot.end(),
        }
    });
    now(Ok(()))
}

/// Ends when the browser has gone.
async fn ask(target: &Target, options: ScreencastOptions, slot: &Slot) {
    let wanted = ScreenshotOptions {
        format: ImageFormat::Jpeg {
            quality: options.quality,
        },
        ..ScreenshotOptions::default()
    };
    let mut last = Bytes::new();
    let (mut nudged, mut put_since_nudge) = (false, false);
    loop {
        let began = Instant::now();
        let jpeg = match screenshot::take(target, wanted, None).await {
            Ok(jpeg) => jpeg,
            Err(BrowserError::Disconnected) => return,
            // Between two documents, or right after a crash, there may be nothing to take a picture of. When the page
            // has gone for good, the stream is ended from outside.
            Err(error) => {
                debug!(%error, "a live picture could not be taken");
                tokio::time::sleep_until((began + STILL).into()).await;
                continue;
            }
        };
        let pause = if jpeg == last { STILL } else { BUSY };
        // A picture that came while an input was being handled may show its effect already, and cannot say so: the one
        // after the input says it.
        let again = nudged && put_since_nudge;
        put_since_nudge &= !nudged;
        if jpeg != last || again {
            put_since_nudge = true;
            last = jpeg.clone();
            let (width, height) = size(&jpeg).unwrap_or_default();
            slot.put(CastFrame {
                jpeg,
                css_width: width,
                css_height: height,
                offset_top: 0.0,
                page_scale: 1.0,
                scroll: (0.0, 0.0),
                timestamp: SystemTime::now(),
                received: Instant::now(),
                asked: Some(began),
            });
        }
        let pausing = tokio::time::sleep_until((began + pause).into());
        nudged = tokio::select! {
            () = pausing => false,
            // The effect of an input is looked for at once, not after the pause of a page that stands still.
            () = slot.nudged() => {
                tokio::time::sleep(EFFECT).await;
                true
            }
        };
    }
}

/// Width and height from a JPEG's frame header (ISO 10918-1, B.2.2).
fn size(jpeg: &[u8]) -> Option<(f64, f64)> {
    let mut at = 2;
    loop {
        let [0xFF, marker, high, low] = *jpeg.get(at..at + 4)? else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let is_frame = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        if is_frame {
            let [_, h1, h2, w1, w2] = *jpeg.get(at + 4..at + 9)? else {
                return None;
            };
            let read = |bytes| f64::from(u16::from_be_bytes(bytes));
            return Some((read([w1, w2]), read([h1, h2])));
        }
        at += 2 + length.max(2);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_size_is_read_past_other_segments() {
        let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2];
        jpeg.extend([0xFF, 0xC0, 0, 11, 8, 0x02, 0xD0, 0x05, 0x00, 3]);
        assert_eq!(size(&jpeg), Some((1280.0, 720.0)));
    }

    proptest! {
        #[test]
        fn hostile_bytes_have_no_size_or_any(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = size(&bytes);
        }
    }
}
