//! From the coordinates of a frame to those of the page and back.

use serde_json::Value;

/// A rectangle in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Rect {
    /// Reads `{x, y, width, height}`.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let number = |name: &str| value.get(name)?.as_f64();
        Some(Self {
            x: number("x")?,
            y: number("y")?,
            width: number("width")?,
            height: number("height")?,
        })
    }

    pub(crate) fn to_value(self) -> Value {
        serde_json::json!({"x": self.x, "y": self.y, "width": self.width, "height": self.height})
    }
}

/// Moves points of one plane to another. Frames that a page turns or scales are taken as if they were only moved.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Shift {
    x: f64,
    y: f64,
}

impl Shift {
    /// To the right and down.
    pub(crate) fn by(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(crate) fn point(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x + self.x, y + self.y)
    }

    pub(crate) fn rect(&self, rect: Rect) -> Rect {
        Rect {
            x: rect.x + self.x,
            y: rect.y + self.y,
            ..rect
        }
    }

    /// First `inner`, then this.
    pub(crate) fn after(&self, inner: &Self) -> Self {
        Self {
            x: self.x + inner.x,
            y: self.y + inner.y,
        }
    }

    /// The way back.
    pub(crate) fn inverse(&self) -> Self {
        Self {
            x: -self.x,
            y: -self.y,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_compose_and_lead_back() {
        let way = Shift::by(10.0, 20.0).after(&Shift::by(1.0, 2.0));
        assert_eq!(way.point((1.0, 1.0)), (12.0, 23.0));
        assert_eq!(way.inverse().point((12.0, 23.0)), (1.0, 1.0));
        let moved = way.rect(Rect {
            x: 0.0,
            y: 0.0,
            width: 5.0,
            height: 6.0,
        });
        assert_eq!(
            moved,
            Rect {
                x: 11.0,
                y: 22.0,
                width: 5.0,
                height: 6.0
            }
        );
    }
}
