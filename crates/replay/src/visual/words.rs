//! What is said of a comparison.

use super::raster::Raster;
use super::result::{Visual, VisualVerdict};

/// What the check expects, as the end of a sentence that begins with [`finding`].
pub(crate) fn expectation(visual: &Visual, negated: bool, expected: &Raster) -> String {
    let share = percent(visual.threshold);
    let none = visual.threshold == 0.0;
    match visual.verdict {
        _ if negated && none => "some have to".to_owned(),
        _ if negated => format!("more than {share} has to"),
        VisualVerdict::OtherSize => {
            let (width, height) = (expected.width(), expected.height());
            format!("the approved one {width} × {height}")
        }
        _ if none => "none may".to_owned(),
        _ => format!("{share} may"),
    }
}

/// What was found.
pub(crate) fn finding(visual: &Visual) -> String {
    match (visual.share, visual.differing_pixels) {
        (Some(share), Some(pixels)) => {
            format!("{} of the pixels differ ({pixels})", percent(share))
        }
        _ => format!("the picture is {} × {} pixels", visual.width, visual.height),
    }
}

/// A share with as many digits as tell it from nothing.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let digits = match percent {
        0.0 => 0,
        percent if percent >= 10.0 => 0,
        percent if percent >= 0.01 => 2,
        percent => (1.0 - percent.log10()).ceil().clamp(3.0, 8.0) as usize,
    };
    let text = format!("{percent:.digits$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    format!("{text} %")
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_written_with_the_digits_that_matter() {
        let written = [0.0, 1.0, 0.5, 0.0042, 0.001, 0.0001, 0.000_004_2].map(percent);
        assert_eq!(
            written,
            [
                "0 %",
                "100 %",
                "50 %",
                "0.42 %",
                "0.1 %",
                "0.01 %",
                "0.00042 %"
            ]
        );
    }
}
