//! What happens besides the pictures, with its time: noted by whoever performs, drawn by the compositor.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tiny_skia::Pixmap;

use crate::film::spool::Spot;

/// A rectangle in CSS pixels of the page's viewport.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Deserialize)]
pub struct Area {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Area {
    pub(crate) fn center(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

/// Something that happened.
#[derive(Debug, Clone)]
pub(crate) enum Happening {
    /// The pointer is there, in CSS pixels.
    Pointer(f64, f64),
    /// The button went down where the pointer is.
    Press,
    /// The button came up.
    Release,
    /// The view goes near this point of the page, so many times as large.
    Near { center: (f64, f64), factor: f64 },
    /// The view shows everything again.
    Wide,
    /// A box around an area until the time.
    Box { area: Area, until: Duration },
    /// Words at the bottom, or none.
    Caption(Option<Arc<Pixmap>>),
    /// A card over everything, or none.
    Title(Option<Arc<Pixmap>>),
    /// The window's bar.
    Bar(Arc<Pixmap>),
    /// The page is another one: what was drawn over the one before goes with it.
    Cut,
}

/// What the cutter is told.
pub(crate) enum Note {
    /// A picture in the spool, and when it was drawn.
    Picture(Duration, Spot),
    /// Until this time the page looks as it did.
    Same(Duration),
    /// Something else.
    Happening(Duration, Happening),
    /// The film ends.
    End(Duration),
}

/// Tells the cutter. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Notes {
    sender: mpsc::Sender<Note>,
}

impl Notes {
    pub(crate) fn new() -> (Self, mpsc::Receiver<Note>) {
        // Notes are small (pictures wait in the spool) and as many as the film has frames, whose number is limited.
        let (sender, receiver) = mpsc::channel();
        (Self { sender }, receiver)
    }

    /// Whether the cutter still listens.
    pub(crate) fn tell(&self, note: Note) -> bool {
        self.sender.send(note).is_ok()
    }

    pub(crate) fn happened(&self, at: Duration, happening: Happening) {
        // A cutter that has gone says itself why.
        let _ = self.sender.send(Note::Happening(at, happening));
    }
}

/// The film's time where it is the real one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start(pub(crate) Instant);

impl Start {
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
