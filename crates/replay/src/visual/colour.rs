//! How far two colours are apart for the eye.

/// A colour as brightness and two chroma axes (YIQ), on white where it is transparent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Colour {
    pub(super) brightness: f64,
    orange: f64,
    purple: f64,
}

/// The weight of each axis: the eye tells brightness best, and orange from blue better than purple from green.
const WEIGHTS: [f64; 3] = [0.5053, 0.299, 0.1957];

impl Colour {
    pub(super) fn of([red, green, blue, alpha]: [u8; 4]) -> Self {
        let opacity = f64::from(alpha) / 255.0;
        let on_white = |part: u8| 1.0 - opacity + opacity * f64::from(part) / 255.0;
        let (red, green, blue) = (on_white(red), on_white(green), on_white(blue));
        Self {
            brightness: red * 0.299 + green * 0.587 + blue * 0.114,
            orange: red * 0.5959 - green * 0.2746 - blue * 0.3213,
            purple: red * 0.2115 - green * 0.5227 + blue * 0.3112,
        }
    }

    /// 0 for the same colour, 1 for black and white.
    pub(super) fn distance(self, other: Self) -> f64 {
        let axes = [
            self.brightness - other.brightness,
            self.orange - other.orange,
            self.purple - other.purple,
        ];
        let squares = axes
            .iter()
            .zip(WEIGHTS)
            .map(|(axis, weight)| weight * axis * axis);
        (squares.sum::<f64>() / WEIGHTS[0]).sqrt().min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn black_and_white_are_farthest_apart_and_near_shades_are_near() {
        let distance = |a, b| Colour::of(a).distance(Colour::of(b));
        let (black, white) = ([0, 0, 0, 255], [255; 4]);
        assert!((distance(black, white) - 1.0).abs() < 1e-3);
        assert_eq!(distance(white, white), 0.0);
        assert!(distance([200, 200, 200, 255], [205, 205, 205, 255]) < 0.03);
        assert!(distance([220, 38, 38, 255], [22, 163, 74, 255]) > 0.3);
    }

    #[test]
    fn what_is_transparent_looks_white() {
        assert_eq!(Colour::of([0, 0, 0, 0]), Colour::of([255; 4]));
    }
}
