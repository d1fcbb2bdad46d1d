//! Looks at the frames as they pass: is there anything to see, and does it move?

use bytes::Bytes;
use image::ImageError;

use crate::job::PictureFormat;

/// An encoded frame with so many pixels for each of its bytes may be of one colour; less is certainly not.
const PIXELS_PER_BYTE: usize = 20;

/// Frames of fewer bytes are looked at whatever their size: it costs nothing.
const SMALL: usize = 4096;

/// What is known of the frames so far.
#[derive(Default)]
pub(crate) struct Watch {
    frames: u32,
    first: Option<Bytes>,
    has_moved: bool,
    has_content: bool,
}

impl Watch {
    /// Takes in a frame.
    ///
    /// # Errors
    /// When it is no picture.
    pub(crate) fn see(
        &mut self,
        frame: &Bytes,
        format: PictureFormat,
        pixels: (u32, u32),
    ) -> Result<(), ImageError> {
        self.frames += 1;
        let is_new = match &self.first {
            None => {
                self.first = Some(frame.clone());
                true
            }
            Some(first) => first != frame,
        };
        self.has_moved |= is_new && self.frames > 1;
        if self.has_content || !is_new {
            return Ok(());
        }
        let count = pixels.0 as usize * pixels.1 as usize;
        let may_be_blank = frame.len() < SMALL || count >= frame.len() * PIXELS_PER_BYTE;
        if format == PictureFormat::Png && !may_be_blank {
            self.has_content = true;
            return Ok(());
        }
        let picture = image::load_from_memory(frame)?.into_rgba8();
        let mut colours = picture.pixels();
        let first = colours.next();
        self.has_content = colours.any(|colour| Some(colour) != first);
        Ok(())
    }

    /// Something else told that not all frames are the same.
    pub(crate) fn moves(&mut self) {
        self.has_moved = true;
    }

    /// What a person should know before believing in the output.
    pub(crate) fn warnings(&self) -> Vec<Warning> {
        let blank = (!self.has_content).then_some(Warning::Blank);
        let frozen = (self.frames > 1 && !self.has_moved).then_some(Warning::Frozen);
        blank.into_iter().chain(frozen).collect()
    }
}

/// Something that is no error and probably not meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Warning {
    /// Every frame is of one colour.
    Blank,
    /// All frames of a film are the same.
    Frozen,
    /// The page goes on below its picture, which is as large as pictures can be.
    Cut,
    /// The faster way was asked for, and the page is not one opaque canvas of even size that fills it.
    WholePage,
    /// Pages were to draw the film together and did not show the same, so that one page drew all of it: another time it may
    /// show something else.
    OnePage,
    /// The job asked for real time: another time it may show something else.
    RealTime,
    /// The page's own sound was asked for, and it played nothing that can be heard.
    Silent,
    /// The film has a row or a column more than asked for, because its format counts in twos.
    Padded,
}

impl Warning {
    /// The word, as it stands in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Frozen => "frozen",
            Self::Cut => "cut",
            Self::WholePage => "whole-page",
            Self::OnePage => "one-page",
            Self::RealTime => "real-time",
            Self::Silent => "silent",
            Self::Padded => "padded",
        }
    }
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Blank => "blank: there is nothing to see but one colour",
            Self::Frozen => "frozen: all frames are the same",
            Self::Cut => "cut: the page is larger than a picture can be",
            Self::WholePage => {
                "whole-page: the page is not one opaque canvas of even size that fills it, so each of its frames was drawn as a whole"
            }
            Self::OnePage => {
                "one-page: pages with the same code and seed did not show the same, so one page drew it all; it may look different the next time"
            }
            Self::RealTime => {
                "real-time: it was made in real time, as asked for; it may look different the next time"
            }
            Self::Silent => {
                "silent: the page's own sound was asked for, and it played nothing that can be heard"
            }
            Self::Padded => "padded: the format needs an even width and height",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(colour: impl Fn(u32) -> [u8; 4]) -> Bytes {
        let picture = image::RgbaImage::from_fn(40, 40, |x, _| image::Rgba(colour(x)));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner().into()
    }

    fn warnings(frames: &[Bytes]) -> Vec<Warning> {
        let mut watch = Watch::default();
        for frame in frames {
            watch.see(frame, PictureFormat::Png, (40, 40)).unwrap();
        }
        watch.warnings()
    }

    #[test]
    fn one_colour_is_blank_and_what_never_changes_is_frozen() {
        let white = png(|_| [255; 4]);
        let black = png(|_| [0, 0, 0, 255]);
        let halves = png(|x| [if x < 20 { 0 } else { 255 }; 4]);
        assert_eq!(warnings(std::slice::from_ref(&white)), [Warning::Blank]);
        assert_eq!(warnings(std::slice::from_ref(&halves)), []);
        assert_eq!(warnings(&[white.clone(), black.clone()]), [Warning::Blank]);
        assert_eq!(
            warnings(&[white.clone(), white.clone()]),
            [Warning::Blank, Warning::Frozen]
        );
        assert_eq!(
            warnings(&[halves.clone(), halves.clone()]),
            [Warning::Frozen]
        );
        assert_eq!(warnings(&[white, halves]), []);
    }
}
