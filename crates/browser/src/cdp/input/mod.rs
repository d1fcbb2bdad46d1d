//! Trusted input: the page cannot tell it from a person's.
//!
//! Every function writes its events at once and returns; awaiting an event alone costs a frame, so events that belong
//! together are written together and awaited once.

pub(crate) mod keyboard;
pub(crate) mod keymap;
pub(crate) mod mouse;
pub(crate) mod receipt;
pub(crate) mod touch;

/// The modifier keys that are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Modifiers(pub u8);

impl Modifiers {
    /// None.
    pub const NONE: Self = Self(0);
    /// Alt.
    pub const ALT: Self = Self(1);
    /// Control.
    pub const CONTROL: Self = Self(2);
    /// Meta: Windows key, Command.
    pub const META: Self = Self(4);
    /// Shift.
    pub const SHIFT: Self = Self(8);

    /// Whether all of `other` are held.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOr for Modifiers {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
