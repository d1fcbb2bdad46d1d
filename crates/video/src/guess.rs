//! What code says about itself: whether it is for p5, for which, and how large its canvas is.

use crate::job::P5Version;

/// Whether this is a sketch for p5: it has `setup` or `draw`, or makes a `p5` itself.
pub fn is_p5(code: &str) -> bool {
    ["function setup", "function draw", "new p5("]
        .iter()
        .any(|sign| code.contains(sign))
}

/// p5 2 is the one whose `setup` may wait.
pub(crate) fn p5_version(code: &str) -> P5Version {
    if code.contains("async function setup") {
        P5Version::Two
    } else {
        P5Version::One
    }
}

/// The size that a sketch gives its canvas, when it gives it in numbers.
pub(crate) fn canvas_size(code: &str) -> Option<(u32, u32)> {
    const SIDES: std::ops::RangeInclusive<u32> = 1..=4096;
    let (_, arguments) = code.split_once("createCanvas(")?;
    let (inside, _) = arguments.split_once(')')?;
    let mut sides = inside.split(',').map(|side| side.trim().parse::<u32>());
    let size = (sides.next()?.ok()?, sides.next()?.ok()?);
    (SIDES.contains(&size.0) && SIDES.contains(&size.1)).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canvas_is_as_large_as_the_sketch_says_in_numbers() {
        let cases = [
            (
                "function setup() { createCanvas(400, 300); }",
                Some((400, 300)),
            ),
            ("createCanvas(400,300,WEBGL)", Some((400, 300))),
            ("createCanvas(windowWidth, windowHeight)", None),
            ("createCanvas(W, 300)", None),
            ("createCanvas(0, 300)", None),
            ("createCanvas(", None),
            ("", None),
        ];
        for (code, size) in cases {
            assert_eq!(canvas_size(code), size, "{code}");
        }
    }

    #[test]
    fn sketches_are_told_from_other_scripts() {
        assert!(is_p5("function draw() {}"));
        assert!(is_p5("new p5((sketch) => {})"));
        assert!(!is_p5("document.body.append('setup')"));
    }
}
