//! Cuts pictures and happenings into frames.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;

use crate::film::compose::{Compositor, Decor};
use crate::film::error::FilmError;
use crate::film::notes::Happening;
use crate::film::resample::Resampler;
use crate::film::spool::{Reel, Spot};
use crate::job::FrameRate;

/// What each PNG begins with.
const PNG: &[u8] = b"\x89PNG";

/// Cuts pictures and happenings into frames.
pub(crate) struct Cutter {
    resampler: Resampler<Spot>,
    happenings: VecDeque<(Duration, Happening)>,
    /// Where the pointer was last seen, and when.
    pointer: Option<(Duration, f64, f64)>,
    compositor: Compositor,
    reel: Reel,
}

impl Cutter {
    pub(crate) fn new(rate: FrameRate, decor: Decor, reel: Reel) -> Self {
        Self {
            resampler: Resampler::new(rate),
            happenings: VecDeque::new(),
            pointer: None,
            compositor: Compositor::new(decor),
            reel,
        }
    }

    pub(crate) fn picture(&mut self, at: Duration, picture: Spot) {
        self.resampler.push(at, picture);
    }

    pub(crate) fn happening(&mut self, at: Duration, happening: Happening) {
        // A cut has the time of the picture that it comes with, which is a little earlier than what was told meanwhile.
        let place = self.happenings.partition_point(|(time, _)| *time <= at);
        self.happenings.insert(place, (at, happening));
    }

    /// Late and merged pictures.
    pub(crate) fn counts(&self) -> (u64, u64) {
        self.resampler.counts()
    }

    /// How many frames a film of this duration has.
    pub(crate) fn frames_in(&self, duration: Duration) -> u32 {
        self.resampler.frames_in(duration)
    }

    /// Frames so far.
    pub(crate) fn frames(&self) -> u32 {
        self.resampler.position()
    }

    /// When the latest frame stands in the film.
    pub(crate) fn time_of_last(&self) -> Duration {
        self.resampler.time_of(self.frames().saturating_sub(1))
    }

    /// The next frame, when everything up to `known` has been told and that suffices.
    pub(crate) fn next(&mut self, known: Duration) -> Result<Option<Bytes>, FilmError> {
        let step = self.resampler.time_of(1);
        let reel = &self.reel;
        let Some(shown) = self.resampler.next(known, |_| reel.skip()) else {
            return Ok(None);
        };
        if shown.is_new
            && let Some(picture) = shown.picture
        {
            let bytes = reel.read(picture).map_err(|source| {
                FilmError::file("reading a picture back from", "a temporary file", source)
            })?;
            let decode = if bytes.starts_with(PNG) {
                raster::decode_png
            } else {
                raster::decode_jpeg
            };
            let picture = decode(&bytes).map_err(|error| FilmError::Picture(error.to_string()))?;
            self.compositor.set_page(picture)?;
        }
        let at = shown.at;
        while let Some((time, _)) = self.happenings.front()
            && *time <= at
        {
            if let Some((time, happening)) = self.happenings.pop_front() {
                if let Happening::Pointer(x, y) = happening {
                    self.pointer = Some((time, x, y));
                }
                self.compositor.happen(time, happening);
            }
        }
        let pointer = self.pointer_at(at);
        self.compositor.draw(at, step, pointer).map(Some)
    }

    /// Between the last place of the pointer and its next one, which is known already.
    fn pointer_at(&self, at: Duration) -> Option<(f64, f64)> {
        let (since, x, y) = self.pointer?;
        let next = self.happenings.iter().find_map(|(time, happening)| {
            let Happening::Pointer(x, y) = happening else {
                return None;
            };
            Some((*time, *x, *y))
        });
        let Some((until, to_x, to_y)) = next.filter(|(until, ..)| *until > since) else {
            return Some((x, y));
        };
        let part = (at - since).as_secs_f64() / (until - since).as_secs_f64();
        Some((x + (to_x - x) * part, y + (to_y - y) * part))
    }
}
