//! What the film shows just now, small, for whoever watches it being made.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use raster::{Part, Scaler};

use crate::film::event::FilmEvent;
use crate::film::order::Setup;

/// Between two of them, in real time: often enough to see that something happens, seldom enough to cost nothing.
const BETWEEN: Duration = Duration::from_secs(1);
/// Pixels.
const WIDTH: u32 = 480;
/// Of JPEG.
const QUALITY: u8 = 70;

/// Takes frames and tells of one a second.
pub(crate) struct Preview {
    tell: Arc<dyn Fn(FilmEvent) + Send + Sync>,
    from: (u32, u32),
    to: (u32, u32),
    scaler: Scaler,
    shown: Option<Instant>,
}

impl Preview {
    pub(crate) fn new(setup: Setup, tell: Arc<dyn Fn(FilmEvent) + Send + Sync>) -> Self {
        let width = setup.width.min(WIDTH);
        Self {
            tell,
            from: (setup.width, setup.height),
            to: (width, (setup.height * width / setup.width).max(1)),
            scaler: Scaler::default(),
            shown: None,
        }
    }

    /// A frame of RGBA, and its time in the film. A preview that cannot be made is no reason to end a film.
    pub(crate) fn see(&mut self, frame: &Bytes, at: Duration) {
        if self.shown.is_some_and(|shown| shown.elapsed() < BETWEEN) {
            return;
        }
        self.shown = Some(Instant::now());
        match self.small(frame) {
            Ok(picture) => (self.tell)(FilmEvent::Preview { picture, at }),
            Err(error) => tracing::warn!(%error, "a film's preview could not be made"),
        }
    }

    fn small(&mut self, frame: &Bytes) -> Result<Bytes, Box<dyn std::error::Error>> {
        let (width, height) = self.to;
        let whole = Part {
            x: 0.0,
            y: 0.0,
            width: f64::from(self.from.0),
            height: f64::from(self.from.1),
        };
        let mut pixels = vec![0; width as usize * height as usize * 4];
        let source = (&**frame, self.from.0, self.from.1);
        self.scaler
            .scale(source, whole, (&mut pixels, width, height))?;
        let opaque: Vec<u8> = pixels
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|[red, green, blue, _]| [*red, *green, *blue])
            .collect();
        let mut picture = Vec::new();
        JpegEncoder::new_with_quality(&mut picture, QUALITY).encode(
            &opaque,
            width,
            height,
            ExtendedColorType::Rgb8,
        )?;
        Ok(picture.into())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::film::order::Preset;

    #[test]
    fn the_first_frame_is_shown_small_and_the_next_only_later() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&told);
        let tell = Arc::new(move |event| into.lock().unwrap().push(event));
        let setup = Preset::Low.setup();
        let mut preview = Preview::new(setup, tell);
        let frame = Bytes::from(vec![200; (setup.width * setup.height * 4) as usize]);
        preview.see(&frame, Duration::ZERO);
        preview.see(&frame, Duration::from_millis(40));
        let told = told.lock().unwrap();
        let [FilmEvent::Preview { picture, at }] = told.as_slice() else {
            panic!("{} previews", told.len());
        };
        assert_eq!(*at, Duration::ZERO);
        let decoded = raster::decode_jpeg(picture).unwrap();
        assert_eq!((decoded.width, decoded.height), (480, 270));
    }
}
