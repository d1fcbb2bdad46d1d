//! Puts a frame together.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use raster::Raster;
use tiny_skia::{Pixmap, PixmapMut};

use super::lens::{Lens, View};
use super::overlay;
use super::world::World;
use crate::film::compose::PointerPicture;
use crate::film::error::FilmError;
use crate::film::look::{Frame, Layout};
use crate::film::notes::{Area, Happening};
use crate::film::style::ClickEffect;

/// How long a ring spreads.
const RIPPLE: Duration = Duration::from_millis(520);
/// How long boxes and cards take to come and to go.
const FADE: Duration = Duration::from_millis(220);
/// How long the pointer takes to look pressed.
const PRESS: Duration = Duration::from_millis(90);
/// Share of the film's height between a caption and the lower edge.
const CAPTION_MARGIN: f64 = 0.07;

/// What the film is made of besides the page.
pub(crate) struct Decor {
    pub(crate) layout: Layout,
    pub(crate) frame: Frame,
    pub(crate) backdrop: Option<Pixmap>,
    pub(crate) pointer: Option<PointerPicture>,
    pub(crate) ripples: ClickEffect,
    pub(crate) zoom: bool,
    pub(crate) colour: [u8; 3],
}

/// Puts frames together.
pub(crate) struct Compositor {
    layout: Layout,
    world: World,
    lens: Lens,
    pointer: Option<PointerPicture>,
    ripples: ClickEffect,
    zoom: bool,
    colour: [u8; 3],
    at: Option<(f64, f64)>,
    /// When and where, in CSS pixels.
    clicks: VecDeque<(Duration, (f64, f64))>,
    pressed: Option<Duration>,
    released: Option<Duration>,
    boxes: Vec<(Duration, Duration, Area)>,
    caption: Card,
    title: Card,
    has_new_page: bool,
    last: Option<(Drawn, Bytes)>,
}

/// A card that comes and goes.
#[derive(Default)]
struct Card {
    shown: Option<(Duration, Arc<Pixmap>)>,
    /// What goes, and since when.
    leaving: Option<(Duration, Arc<Pixmap>)>,
}

/// Everything that a frame depends on besides the page: what is equal looks equal.
#[derive(PartialEq)]
struct Drawn {
    view: View,
    pointer: Option<(f64, f64, f64)>,
    ripples: Vec<(f64, f64, f64)>,
    boxes: Vec<(f64, Area)>,
    cards: [(f64, f64); 2],
}

impl Card {
    fn set(&mut self, at: Duration, card: Option<Arc<Pixmap>>) {
        if let Some((_, old)) = self.shown.take() {
            self.leaving = Some((at, old));
        }
        self.shown = card.map(|card| (at, card));
    }

    /// How much of the one that is shown and of the one that goes is to be seen.
    fn strengths(&self, at: Duration) -> (f64, f64) {
        let since = |begun: Duration| share(at.saturating_sub(begun), FADE);
        let shown = self.shown.as_ref().map_or(0.0, |(begun, _)| since(*begun));
        let left = self
            .leaving
            .as_ref()
            .map_or(0.0, |(begun, _)| 1.0 - since(*begun));
        (shown, left)
    }

    /// In the order in which they lie on each other.
    fn pictures(&self, at: Duration) -> impl Iterator<Item = (&Pixmap, f64)> {
        let (shown, left) = self.strengths(at);
        let leaving = self.leaving.as_ref().map(|(_, card)| (&**card, left));
        let shown = self.shown.as_ref().map(|(_, card)| (&**card, shown));
        [leaving, shown]
            .into_iter()
            .flatten()
            .filter(|(_, strength)| *strength > 0.0)
    }
}

impl Compositor {
    pub(crate) fn new(decor: Decor) -> Self {
        Self {
            layout: decor.layout,
            world: World::new(decor.layout, decor.frame, decor.backdrop),
            lens: Lens::new(decor.layout.size),
            pointer: decor.pointer,
            ripples: decor.ripples,
            zoom: decor.zoom,
            colour: decor.colour,
            at: None,
            clicks: VecDeque::new(),
            pressed: None,
            released: None,
            boxes: Vec::new(),
            caption: Card::default(),
            title: Card::default(),
            has_new_page: true,
            last: None,
        }
    }

    /// The page shows something else.
    pub(crate) fn set_page(&mut self, picture: Raster) -> Result<(), FilmError> {
        self.has_new_page = true;
        self.world.set_page(picture)
    }

    /// Something happened.
    pub(crate) fn happen(&mut self, at: Duration, happening: Happening) {
        match happening {
            Happening::Pointer(x, y) => self.at = Some((x, y)),
            Happening::Press => {
                self.pressed = Some(at);
                self.released = None;
                if self.ripples != ClickEffect::None
                    && let Some(place) = self.at
                {
                    self.clicks.push_back((at, place));
                }
            }
            Happening::Release => self.released = Some(at),
            Happening::Near { center, factor } if self.zoom => {
                let center = self.layout.in_film(center.0, center.1);
                self.lens.approach(center, factor);
            }
            Happening::Near { .. } => {}
            Happening::Wide => self.lens.retreat(),
            Happening::Box { area, until } => self.boxes.push((at, until, area)),
            Happening::Caption(card) => self.caption.set(at, card),
            Happening::Title(card) => self.title.set(at, card),
            Happening::Bar(bar) => {
                self.has_new_page = true;
                self.world.set_bar(&bar);
            }
            Happening::Cut => {
                self.boxes.clear();
                self.clicks.clear();
                self.lens = Lens::new(self.layout.size);
            }
        }
    }

    /// The frame at this time, `step` after the one before; the pointer may be between two of its places.
    pub(crate) fn draw(
        &mut self,
        at: Duration,
        step: Duration,
        pointer: Option<(f64, f64)>,
    ) -> Result<Bytes, FilmError> {
        self.lens.step(step.as_secs_f64());
        while self
            .clicks
            .front()
            .is_some_and(|(begun, _)| at > *begun + RIPPLE)
        {
            self.clicks.pop_front();
        }
        self.boxes.retain(|(_, until, _)| at < *until);
        let drawn = self.drawn(at, pointer.or(self.at));
        if let Some((before, bytes)) = &self.last
            && !self.has_new_page
            && *before == drawn
        {
            return Ok(bytes.clone());
        }
        let mut film = Vec::with_capacity(self.world.pixels().len());
        self.world.see(drawn.view, &mut film)?;
        self.paint(&mut film, at, &drawn);
        self.has_new_page = false;
        let bytes = Bytes::from(film);
        self.last = Some((drawn, bytes.clone()));
        Ok(bytes)
    }

    fn drawn(&self, at: Duration, pointer: Option<(f64, f64)>) -> Drawn {
        let pressed = match (self.pressed, self.released) {
            (Some(begun), None) => share(at.saturating_sub(begun), PRESS),
            (Some(_), Some(ended)) => 1.0 - share(at.saturating_sub(ended), PRESS),
            (None, _) => 0.0,
        };
        let ripple = |(begun, (x, y)): &(Duration, (f64, f64))| {
            (*x, *y, share_of(at.saturating_sub(*begun), RIPPLE))
        };
        let strength = |(begun, until, area): &(Duration, Duration, Area)| {
            let come = share(at.saturating_sub(*begun), FADE);
            let go = share(until.saturating_sub(at), FADE);
            (come.min(go), *area)
        };
        Drawn {
            view: self.lens.view(),
            pointer: self
                .pointer
                .as_ref()
                .and(pointer)
                .map(|(x, y)| (x, y, pressed)),
            ripples: self.clicks.iter().map(ripple).collect(),
            boxes: self.boxes.iter().map(strength).collect(),
            cards: [self.caption.strengths(at), self.title.strengths(at)],
        }
    }

    fn paint(&self, film: &mut [u8], at: Duration, drawn: &Drawn) {
        let (width, height) = self.layout.size;
        let Some(mut film) = PixmapMut::from_bytes(film, width, height) else {
            return;
        };
        let unit = f64::from(self.layout.scale) * drawn.view.factor;
        let place = |x: f64, y: f64| drawn.view.place(self.layout.in_film(x, y));
        for (strength, area) in &drawn.boxes {
            let (x, y) = place(area.x, area.y);
            let rect = (x, y, area.width * unit, area.height * unit);
            overlay::outline(&mut film, rect, self.colour, unit, *strength);
        }
        for &(x, y, part) in &drawn.ripples {
            overlay::click(
                &mut film,
                self.ripples,
                (place(x, y), part),
                self.colour,
                unit,
            );
        }
        if let (Some(picture), Some((x, y, pressed))) = (&self.pointer, drawn.pointer) {
            // From near, the pointer grows less than the page.
            let unit = f64::from(self.layout.scale) * drawn.view.factor.sqrt();
            overlay::pointer(&mut film, picture, place(x, y), unit, pressed);
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a share of a film's height"
        )]
        let margin = (f64::from(height) * CAPTION_MARGIN) as i32;
        for (card, strength) in self.caption.pictures(at) {
            let x = (signed(width) - signed(card.width())) / 2;
            let y = signed(height) - signed(card.height()) - margin;
            overlay::card(&mut film, card, (x, y), strength);
        }
        for (card, strength) in self.title.pictures(at) {
            overlay::card(&mut film, card, (0, 0), strength);
        }
    }
}

fn signed(side: u32) -> i32 {
    i32::try_from(side).unwrap_or(i32::MAX)
}

fn share_of(part: Duration, whole: Duration) -> f64 {
    (part.as_secs_f64() / whole.as_secs_f64()).clamp(0.0, 1.0)
}

/// As `share_of`, with a gentle beginning and end.
fn share(part: Duration, whole: Duration) -> f64 {
    let x = share_of(part, whole);
    x * x * (3.0 - 2.0 * x)
}
