//! Where the film looks: at everything, or near what happens. It moves like something with a mass: it starts gently, does
//! not overshoot, and may be sent elsewhere on its way.

/// How fast it moves, in radians a second: it has done 95 % of its way after 0.75 s.
const STIFFNESS: f64 = 6.3;

/// Pixels of the film: nearer to its goal than this it is there.
const NEAR_ENOUGH: f64 = 0.25;

/// The part of the film's world that is seen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct View {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Pixels of the film per pixel of the world.
    pub(crate) factor: f64,
}

impl View {
    /// A point of the world in the film.
    pub(crate) fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        ((x - self.x) * self.factor, (y - self.y) * self.factor)
    }

    /// Whether it is all of the world.
    pub(crate) fn is_whole(&self) -> bool {
        self.factor <= 1.0
    }
}

/// A number on its way to another.
#[derive(Debug, Clone, Copy)]
struct Spring {
    at: f64,
    speed: f64,
    goal: f64,
}

impl Spring {
    const fn resting(at: f64) -> Self {
        Self {
            at,
            speed: 0.0,
            goal: at,
        }
    }

    /// Exact for any step: critically damped.
    fn step(&mut self, seconds: f64, near_enough: f64) {
        let away = self.at - self.goal;
        let part = (self.speed + STIFFNESS * away) * seconds;
        let fade = (-STIFFNESS * seconds).exp();
        self.speed = (self.speed - STIFFNESS * part) * fade;
        self.at = self.goal + (away + part) * fade;
        if (self.at - self.goal).abs() < near_enough && self.speed.abs() < near_enough * STIFFNESS {
            *self = Self::resting(self.goal);
        }
    }
}

/// What decides where the film looks.
#[derive(Debug, Clone)]
pub(crate) struct Lens {
    size: (f64, f64),
    x: Spring,
    y: Spring,
    /// The factor's logarithm: going from 1 to 2 looks as fast as going from 2 to 4.
    depth: Spring,
}

impl Lens {
    pub(crate) fn new((width, height): (u32, u32)) -> Self {
        let size = (f64::from(width), f64::from(height));
        Self {
            size,
            x: Spring::resting(size.0 / 2.0),
            y: Spring::resting(size.1 / 2.0),
            depth: Spring::resting(0.0),
        }
    }

    /// Goes near a point of the world.
    pub(crate) fn approach(&mut self, center: (f64, f64), factor: f64) {
        let factor = factor.max(1.0);
        // As far as the edges of the world allow, so that it does not run against them on its way.
        let half = (self.size.0 / factor / 2.0, self.size.1 / factor / 2.0);
        self.x.goal = center.0.clamp(half.0, self.size.0 - half.0);
        self.y.goal = center.1.clamp(half.1, self.size.1 - half.1);
        self.depth.goal = factor.ln();
    }

    /// Shows everything again.
    pub(crate) fn retreat(&mut self) {
        self.approach((self.size.0 / 2.0, self.size.1 / 2.0), 1.0);
    }

    /// Lets time pass.
    pub(crate) fn step(&mut self, seconds: f64) {
        self.x.step(seconds, NEAR_ENOUGH);
        self.y.step(seconds, NEAR_ENOUGH);
        self.depth.step(seconds, NEAR_ENOUGH / self.size.0);
    }

    /// What is seen now: never more than there is.
    pub(crate) fn view(&self) -> View {
        let factor = self.depth.at.exp().max(1.0);
        let (width, height) = (self.size.0 / factor, self.size.1 / factor);
        View {
            x: (self.x.at - width / 2.0).clamp(0.0, self.size.0 - width),
            y: (self.y.at - height / 2.0).clamp(0.0, self.size.1 - height),
            width,
            height,
            factor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_arrives_without_overshooting_and_comes_back_to_exactly_everything() {
        for rate in [24.0, 30.0, 60.0] {
            let mut lens = Lens::new((1280, 720));
            lens.approach((900.0, 200.0), 2.0);
            let mut factor = 1.0;
            for _ in 0..(rate * 2.0) as u32 {
                lens.step(1.0 / rate);
                let view = lens.view();
                assert!(
                    view.factor >= factor && view.factor <= 2.0 + 1e-9,
                    "{view:?}"
                );
                factor = view.factor;
            }
            assert!((lens.view().factor - 2.0).abs() < 1e-3);
            lens.retreat();
            for _ in 0..(rate * 3.0) as u32 {
                lens.step(1.0 / rate);
            }
            assert!(lens.view().is_whole(), "{:?}", lens.view());
        }
    }

    #[test]
    fn it_never_looks_beyond_the_edges() {
        let mut lens = Lens::new((1280, 720));
        lens.approach((0.0, 5000.0), 1.8);
        for _ in 0..200 {
            lens.step(1.0 / 60.0);
            let view = lens.view();
            assert!(view.x >= 0.0 && view.y >= 0.0);
            assert!(view.x + view.width <= 1280.0 + 1e-6);
            assert!(view.y + view.height <= 720.0 + 1e-6);
        }
    }
}
