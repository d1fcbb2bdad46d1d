//! Two pictures, pixel by pixel.
//!
//! A pixel differs when its colours are farther apart than the tolerance, unless the edge of a shape was only smoothed
//! in another way: such a pixel lies between something darker and something brighter, and one of these goes on as a
//! plain area in both pictures (after V. Vyšniauskas, *Anti-aliased Pixel and Intensity Slope Detector*, 2009).

use super::colour::Colour;
use super::raster::{HOLE, Patch, Raster};

/// What is painted out in a baseline may lie this many pixels beside what is painted out today: a clock whose text has
/// grown shorter leaves a part of its older self uncovered. What lies farther away was covered by a mask that is gone.
const SLACK: i64 = 48;
/// Neighbours of a pixel's own brightness that make it part of a plain area.
const PLAIN: usize = 3;

/// How two pictures of the same size differ.
#[derive(Debug)]
pub(crate) struct Comparison {
    /// Pixels that were compared: all but those that are painted out.
    pub(crate) compared: u64,
    /// Pixels that differ.
    pub(crate) differing: u64,
    marks: Vec<Mark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Same,
    Smoothed,
    Differs,
    Masked,
}

impl Comparison {
    /// The share of the compared pixels that differ.
    pub(crate) fn share(&self) -> f64 {
        if self.compared == 0 {
            return 0.0;
        }
        self.differing as f64 / self.compared as f64
    }

    /// The second picture, pale, with what differs in red and smoothed edges in yellow.
    pub(crate) fn picture(&self, actual: &Raster) -> Raster {
        let mut picture = actual.clone();
        for (index, (mark, pixel)) in self.marks.iter().zip(actual.pixels()).enumerate() {
            let colour = match mark {
                Mark::Same => {
                    let grey = 255.0 - (1.0 - Colour::of(*pixel).brightness) * 40.0;
                    [grey.round() as u8; 3]
                }
                Mark::Smoothed => [250, 204, 21],
                Mark::Differs => [220, 38, 38],
                Mark::Masked => [203, 213, 225],
            };
            picture.set(index, [colour[0], colour[1], colour[2], 255]);
        }
        picture
    }
}

/// Compares two pictures; nothing when their sizes differ. What lies in a mask is the same.
pub(crate) fn compare(
    expected: &Raster,
    actual: &Raster,
    masks: &[Patch],
    tolerance: f64,
) -> Option<Comparison> {
    let size = |picture: &Raster| (picture.width(), picture.height());
    if size(expected) != size(actual) {
        return None;
    }
    let mut marks = vec![Mark::Same; actual.pixels().len()];
    for index in masks.iter().flat_map(|mask| actual.indexes(*mask)) {
        marks[index] = Mark::Masked;
    }
    for index in masks
        .iter()
        .flat_map(|mask| actual.indexes(mask.grown(SLACK)))
    {
        if expected.pixels()[index] == HOLE {
            marks[index] = Mark::Masked;
        }
    }
    let width = actual.width() as usize;
    let pairs = expected.pixels().iter().zip(actual.pixels());
    let far: Vec<usize> = pairs
        .enumerate()
        .filter(|(index, (a, b))| {
            // A hole where nothing is masked any more is nothing that could be compared, not something white.
            marks[*index] != Mark::Masked
                && a != b
                && (**a == HOLE
                    || **b == HOLE
                    || Colour::of(**a).distance(Colour::of(**b)) > tolerance)
        })
        .map(|(index, _)| index)
        .collect();
    let mut differing = 0;
    for index in far {
        let place = (index % width, index / width);
        let look = |picture| Look {
            picture,
            marks: &marks,
        };
        let (before, after) = (look(expected), look(actual));
        let smoothed = before.is_edge(place, &after) || after.is_edge(place, &before);
        marks[index] = if smoothed {
            Mark::Smoothed
        } else {
            Mark::Differs
        };
        differing += u64::from(!smoothed);
    }
    let masked = marks.iter().filter(|mark| **mark == Mark::Masked).count();
    Some(Comparison {
        compared: (marks.len() - masked) as u64,
        differing,
        marks,
    })
}

/// A picture without what is painted out of it.
struct Look<'a> {
    picture: &'a Raster,
    marks: &'a [Mark],
}

impl Look<'_> {
    fn brightness(&self, x: i64, y: i64) -> Option<f64> {
        let pixel = self.picture.at(x, y)?;
        let index =
            usize::try_from(y).ok()? * self.picture.width() as usize + usize::try_from(x).ok()?;
        (self.marks.get(index) != Some(&Mark::Masked)).then(|| Colour::of(pixel).brightness)
    }

    fn around(&self, x: i64, y: i64) -> impl Iterator<Item = ((i64, i64), f64)> {
        let places =
            (-1..=1).flat_map(move |down| (-1..=1).map(move |right| (x + right, y + down)));
        places
            .filter(move |place| *place != (x, y))
            .filter_map(|(x, y)| Some(((x, y), self.brightness(x, y)?)))
    }

    /// Whether the pixel smooths the edge of a plain area that is in `other` too.
    fn is_edge(&self, (x, y): (usize, usize), other: &Self) -> bool {
        let (Ok(x), Ok(y)) = (i64::try_from(x), i64::try_from(y)) else {
            return false;
        };
        let Some(own) = self.brightness(x, y) else {
            return false;
        };
        if self.is_plain((x, y)) {
            return false;
        }
        let by_brightness = |a: &((i64, i64), f64), b: &((i64, i64), f64)| a.1.total_cmp(&b.1);
        let (Some(darkest), Some(brightest)) = (
            self.around(x, y).min_by(by_brightness),
            self.around(x, y).max_by(by_brightness),
        ) else {
            return false;
        };
        let is_between = darkest.1 < own && own < brightest.1;
        let goes_on = |place: (i64, i64)| self.is_plain(place) && other.is_plain(place);
        is_between && (goes_on(darkest.0) || goes_on(brightest.0))
    }

    fn is_plain(&self, (x, y): (i64, i64)) -> bool {
        let Some(own) = self.brightness(x, y) else {
            return false;
        };
        let alike = self
            .around(x, y)
            .filter(|(_, brightness)| *brightness == own);
        alike.count() >= PLAIN
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
