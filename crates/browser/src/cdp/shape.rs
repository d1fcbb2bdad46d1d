//! Pictures of a stream that do not have the shape of what they say they show.
//!
//! Chromium makes a page as large as its document to take a picture of it all, and goes on giving pictures of the large page,
//! squeezed into the size of the viewport, for some time after it has let go of it.

use std::io::Cursor;
use std::time::{Duration, Instant};

use crate::cdp::screencast::CastFrame;

/// How long a picture of the wrong shape may come after one of the right shape.
const OPEN_FOR: Duration = Duration::from_secs(1);
/// More often than this a stream is not begun anew: its pictures have another reason for their shape.
const MOST_AGAIN: u32 = 20;

/// Whether a stream shows the viewport again.
pub(crate) struct Doubt {
    since: Instant,
    /// How often it was begun anew for a picture of the wrong shape.
    again: u32,
    /// A picture of the right shape has come.
    settled: bool,
}

/// What becomes of a picture.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Accept {
    Show,
    /// It is left out; one of the right shape has come.
    Skip,
    /// It is left out, and no other may follow on a page that rests: the stream has to begin anew.
    Again,
}

impl Doubt {
    pub(crate) fn new() -> Self {
        Self {
            since: Instant::now(),
            again: 0,
            settled: false,
        }
    }

    /// Whether pictures are believed again from this one on.
    pub(crate) fn is_over(&self, frame: &CastFrame) -> bool {
        let settled = self.settled && frame.received.duration_since(self.since) > OPEN_FOR;
        settled || self.again >= MOST_AGAIN
    }

    pub(crate) fn accept(&mut self, frame: &CastFrame) -> Accept {
        if is_in_shape(frame) {
            self.settled = true;
            return Accept::Show;
        }
        if self.settled {
            return Accept::Skip;
        }
        self.again += 1;
        Accept::Again
    }
}

/// Whether a picture has the shape of what it shows, but for rounding.
fn is_in_shape(frame: &CastFrame) -> bool {
    let reader =
        image::ImageReader::with_format(Cursor::new(&frame.jpeg), image::ImageFormat::Jpeg);
    // What cannot be read is for whoever shows it.
    let Ok((width, height)) = reader.into_dimensions() else {
        return true;
    };
    let apart = f64::from(width) * frame.css_height - f64::from(height) * frame.css_width;
    apart.abs() <= 2.0 * frame.css_width.max(frame.css_height)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn frame(width: u32, height: u32, received: Instant) -> CastFrame {
        let mut jpeg = Vec::new();
        let picture = image::RgbImage::new(width, height);
        let encoder = image::codecs::jpeg::JpegEncoder::new(&mut jpeg);
        picture.write_with_encoder(encoder).unwrap();
        CastFrame {
            jpeg: jpeg.into(),
            css_width: 500.0,
            css_height: 240.0,
            offset_top: 0.0,
            page_scale: 1.0,
            scroll: (0.0, 0.0),
            timestamp: SystemTime::now(),
            received,
            asked: None,
        }
    }

    #[test]
    fn a_squeezed_picture_begins_the_stream_anew_until_one_fits_and_is_left_out_after_it() {
        let now = Instant::now();
        let mut doubt = Doubt::new();
        assert_eq!(doubt.accept(&frame(62, 240, now)), Accept::Again);
        assert_eq!(doubt.accept(&frame(62, 240, now)), Accept::Again);
        // A picture is scaled down to whole pixels.
        assert_eq!(doubt.accept(&frame(333, 160, now)), Accept::Show);
        assert_eq!(doubt.accept(&frame(62, 240, now)), Accept::Skip);
        assert!(!doubt.is_over(&frame(500, 240, now)));
        assert!(doubt.is_over(&frame(500, 240, now + Duration::from_secs(2))));
    }

    #[test]
    fn a_stream_whose_pictures_never_fit_is_shown_in_the_end() {
        let mut doubt = Doubt::new();
        let odd = frame(62, 240, Instant::now());
        for _ in 0..MOST_AGAIN {
            assert!(!doubt.is_over(&odd));
            doubt.accept(&odd);
        }
        assert!(doubt.is_over(&odd));
    }
}
