//! Frames a second, as a fraction: 29.97 is really 30000/1001.

use std::fmt;

use serde::{Serialize, Serializer};

/// Frames a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameRate {
    frames: u32,
    seconds: u32,
}

impl FrameRate {
    /// So many whole frames a second.
    pub const fn whole(frames: u32) -> Self {
        Self { frames, seconds: 1 }
    }

    /// The fraction that is meant by a number between 1 and 120: television's 23.976, 29.97 and 59.94, else thousandths.
    pub fn from_number(number: f64) -> Self {
        for frames in [24_000, 30_000, 60_000, 120_000] {
            if (number - f64::from(frames) / 1001.0).abs() < 0.005 {
                return Self {
                    frames,
                    seconds: 1001,
                };
            }
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate is between 1 and 120"
        )]
        let thousandths = (number * 1000.0).round() as u32;
        let common = greatest_common_divisor(thousandths, 1000);
        Self {
            frames: thousandths / common,
            seconds: 1000 / common,
        }
    }

    /// Frames in a second.
    pub fn per_second(self) -> f64 {
        f64::from(self.frames) / f64::from(self.seconds)
    }

    /// Milliseconds from the first frame to frame `index`.
    pub fn time_of(self, index: u32) -> f64 {
        f64::from(index) * 1000.0 * f64::from(self.seconds) / f64::from(self.frames)
    }

    /// How many frames there are in so many milliseconds, to the nearest.
    pub fn frames_in(self, milliseconds: f64) -> f64 {
        (milliseconds * f64::from(self.frames) / (1000.0 * f64::from(self.seconds))).round()
    }
}

impl fmt::Display for FrameRate {
    /// As encoders read it: "60/1".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.frames, self.seconds)
    }
}

impl Serialize for FrameRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.seconds == 1 {
            serializer.serialize_u32(self.frames)
        } else {
            serializer.serialize_f64(self.per_second())
        }
    }
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn televisions_rates_are_fractions_and_others_as_short_as_they_go() {
        let cases = [
            (60.0, "60/1"),
            (29.97, "30000/1001"),
            (23.976, "24000/1001"),
            (59.94, "60000/1001"),
            (12.5, "25/2"),
            (0.001 + 24.0, "24001/1000"),
        ];
        for (number, text) in cases {
            assert_eq!(
                FrameRate::from_number(number).to_string(),
                text,
                "of {number}"
            );
        }
    }

    #[test]
    fn a_second_has_its_frames() {
        let rate = FrameRate::whole(60);
        assert!((rate.time_of(60) - 1000.0).abs() < f64::EPSILON);
        assert!((rate.frames_in(2000.0) - 120.0).abs() < f64::EPSILON);
    }
}
