//! What is to be filmed, and how good.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use browser::{Engine, Viewport};

use crate::film::crew::Performance;
use crate::film::error::FilmError;
use crate::film::look::Look;
use crate::film::pace::Pace;
use crate::film::storyboard::Storyboard;
use crate::job::FrameRate;
use crate::sound::Soundtrack;

/// A film to make.
#[derive(Clone)]
pub struct FilmOrder {
    /// What happens in it.
    pub script: Script,
    /// Size, rate and bitrate.
    pub setup: Setup,
    /// The kind of file.
    pub container: Container,
    /// What is around and over the page.
    pub look: Look,
    /// How fast things are done; a storyboard's own counts more.
    pub pace: Pace,
    /// What is heard. The film is as long as its voice, at least.
    pub sound: Option<Soundtrack>,
    /// What is made besides.
    pub extras: Extras,
    /// Where that goes which was filmed until a step failed. The film fails all the same.
    pub footage: Option<PathBuf>,
    /// Whose time the film has.
    pub clock: Clock,
    /// How long all of it may take.
    pub time_limit: Duration,
    /// Whose page is filmed. Cards, captions and the pointer are drawn by Chromium in any case.
    pub engine: Engine,
    /// The program of the engine's browser; searched for when left out.
    pub executable: Option<PathBuf>,
    /// The proxy through which pages reach the network.
    pub proxy: Option<SocketAddr>,
}

/// What happens in a film.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "an order has one script")]
pub enum Script {
    /// Steps that were written down.
    Storyboard(Storyboard),
    /// What somebody else does with the page.
    Performance(Arc<dyn Performance>),
}

/// Whose time a film has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The real one: the browser draws as fast as the machine can, and each picture has the time at which it was drawn.
    #[default]
    Real,
    /// One that waits: the page's time goes on frame by frame, and the browser draws each on command. No frame is left out,
    /// however slow the machine is; of what does not wait (streams, frames of other sites) there is no film.
    Virtual,
}

impl FilmOrder {
    /// A film of a script, with everything else as it usually is.
    pub fn new(script: Script) -> Self {
        Self {
            script,
            setup: Preset::default().setup(),
            container: Container::default(),
            look: Look::default(),
            pace: Pace::default(),
            sound: None,
            extras: Extras::default(),
            footage: None,
            clock: Clock::default(),
            time_limit: Duration::from_secs(600),
            engine: Engine::default(),
            executable: None,
            proxy: None,
        }
    }
}

/// The four qualities by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// 1280 × 720, 24 frames a second, 1.5 Mbit/s.
    Low,
    /// 1280 × 720, 30 frames a second, 2.5 Mbit/s.
    Medium,
    /// 1920 × 1080, 30 frames a second, 5 Mbit/s.
    #[default]
    High,
    /// 3840 × 2160, 60 frames a second, 10 Mbit/s; pages are laid out for 1920 × 1080 and drawn with twice the pixels.
    Ultra,
}

impl Preset {
    /// All of them, the smallest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Ultra];

    /// What it stands for.
    pub const fn setup(self) -> Setup {
        let (width, height, scale, fps, kbps) = match self {
            Self::Low => (1280, 720, 1, 24, 1500),
            Self::Medium => (1280, 720, 1, 30, 2500),
            Self::High => (1920, 1080, 1, 30, 5000),
            Self::Ultra => (3840, 2160, 2, 60, 10_000),
        };
        Setup {
            width,
            height,
            scale,
            rate: FrameRate::whole(fps),
            kbps,
        }
    }

    /// "high".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Ultra => "ultra",
        }
    }
}

/// Size, rate and bitrate of a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    /// Pixels of the film; even.
    pub width: u32,
    /// Pixels of the film; even.
    pub height: u32,
    /// Pixels of the film per CSS pixel of the page.
    pub scale: u32,
    /// Frames a second.
    pub rate: FrameRate,
    /// Thousand bits a second that the encoder aims at; pages that stand still take less.
    pub kbps: u32,
}

impl Setup {
    /// Pixels of a side: less shows no page.
    const SMALLEST_SIDE: u32 = 160;
    /// Pixels of a side: what H.264 at its highest level has.
    const LARGEST_SIDE: u32 = 4096;

    /// Pixels of a film for each CSS pixel of its page: no screen has more.
    const LARGEST_SCALE: u32 = 4;

    /// A pixel for each CSS pixel of a page of that size, as near as a film can have it, and what else [`Preset::Medium`] has.
    pub fn of_screen(screen: Viewport) -> Self {
        let side = |pixels: u32| pixels.clamp(Self::SMALLEST_SIDE, Self::LARGEST_SIDE) & !1;
        Self {
            width: side(screen.width),
            height: side(screen.height),
            ..Preset::Medium.setup()
        }
    }

    /// The screen of a page that fills the film.
    pub fn screen(self) -> Viewport {
        Viewport {
            device_scale_factor: f64::from(self.scale),
            ..Viewport::desktop(self.width / self.scale, self.height / self.scale)
        }
    }

    /// Whether a film can have it.
    ///
    /// # Errors
    /// Says what cannot be, and what can.
    pub fn check(self) -> Result<(), FilmError> {
        match self.problem() {
            Some((_, problem)) => Err(FilmError::Setup(problem)),
            None => Ok(()),
        }
    }

    /// What a film cannot have of it: the name of the field, and what can be.
    pub fn problem(self) -> Option<(&'static str, String)> {
        let Self {
            width,
            height,
            scale,
            ..
        } = self;
        let (least, most) = (Self::SMALLEST_SIDE, Self::LARGEST_SIDE);
        let sides = [("width", width), ("height", height)];
        if let Some((field, _)) = sides
            .iter()
            .find(|(_, side)| !(least..=most).contains(side))
        {
            let problem =
                format!("a film has {least} to {most} pixels on each side, not {width} × {height}");
            return Some((field, problem));
        }
        if !(1..=Self::LARGEST_SCALE).contains(&scale) {
            let most = Self::LARGEST_SCALE;
            let problem =
                format!("a page is drawn with 1 to {most} pixels a CSS pixel, not {scale}");
            return Some(("scale", problem));
        }
        // Encoders halve the sides, and no pixel of a page is ever resampled.
        let step = 2 * scale;
        if let Some((field, _)) = sides.iter().find(|(_, side)| side % step != 0) {
            let problem = format!(
                "{width} × {height} is no film of {scale} pixels a CSS pixel; take sides that {step} divides"
            );
            return Some((field, problem));
        }
        if sides.iter().any(|(_, side)| side / scale < least) {
            let (across, down) = (width / scale, height / scale);
            let problem = format!(
                "the page would have {across} × {down} CSS pixels, and needs {least} on each side; take less or a larger film"
            );
            return Some(("scale", problem));
        }
        let fps = self.rate.per_second();
        if !(1.0..=120.0).contains(&fps) {
            let problem = format!("a film has 1 to 120 frames a second, not {fps}");
            return Some(("fps", problem));
        }
        let kbps = self.kbps;
        if !(100..=200_000).contains(&kbps) {
            let problem = format!("a film has 100 to 200000 kbit/s, not {kbps}");
            return Some(("kbps", problem));
        }
        None
    }
}

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Container {
    /// H.264 in MP4, its head first.
    #[default]
    Mp4,
    /// VP9 in WebM.
    Webm,
}

impl Container {
    /// "video/mp4".
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }
}

/// What is made besides the film; each beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// The picture at a quarter of the film, as PNG or JPEG by its name.
    pub poster: Option<PathBuf>,
    /// Small pictures of the whole film in one, as PNG or JPEG by its name.
    pub sprite: Option<PathBuf>,
    /// A few seconds as GIF.
    pub teaser: Option<PathBuf>,
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Storyboard(storyboard) => f.debug_tuple("Storyboard").field(storyboard).finish(),
            Self::Performance(_) => f.debug_tuple("Performance").finish_non_exhaustive(),
        }
    }
}

impl fmt::Debug for FilmOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilmOrder")
            .field("script", &self.script)
            .field("setup", &self.setup)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_can_be_filmed_and_odd_setups_say_why_not() {
        for preset in Preset::ALL {
            assert!(preset.setup().check().is_ok(), "{}", preset.name());
        }
        let sized = |width, height, scale| Setup {
            width,
            height,
            scale,
            ..Preset::Low.setup()
        };
        for (setup, field) in [
            (sized(1281, 720, 1), "width"),
            (sized(1280, 10, 1), "height"),
            (sized(1280, 722, 2), "height"),
            (sized(1280, 720, 0), "scale"),
            (sized(1280, 720, 5), "scale"),
            (sized(480, 320, 3), "height"),
            (sized(480, 312, 3), "scale"),
        ] {
            assert_eq!(setup.problem().unwrap().0, field, "{setup:?}");
            assert!(setup.check().is_err(), "{setup:?}");
        }
        assert_eq!(sized(960, 540, 3).problem(), None);
    }
}
