//! A slice of a list.

/// Which slice of a list is wanted; always within bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    number: u64,
    limit: u64,
}

impl Page {
    /// The most entries that one page holds.
    pub const MAX_LIMIT: u64 = 200;

    /// Page `number` (from 1) of pages of `limit` entries (1 to [`Self::MAX_LIMIT`]); numbers outside are moved inside.
    #[must_use]
    pub fn new(number: u64, limit: u64) -> Self {
        // The offset must stay a signed 64-bit number for the database.
        Self {
            number: number.clamp(1, 1_000_000_000),
            limit: limit.clamp(1, Self::MAX_LIMIT),
        }
    }

    /// From 1.
    #[must_use]
    pub fn number(self) -> u64 {
        self.number
    }

    /// Entries on a page.
    #[must_use]
    pub fn limit(self) -> u64 {
        self.limit
    }

    pub(crate) fn offset(self) -> u64 {
        (self.number - 1) * self.limit
    }
}

impl Default for Page {
    fn default() -> Self {
        Self::new(1, 50)
    }
}

/// A slice of a list, and how long the whole list is.
#[derive(Clone, Debug)]
pub struct Paged<T> {
    /// The entries of the slice.
    pub items: Vec<T>,
    /// Entries of the whole list.
    pub total: u64,
}
