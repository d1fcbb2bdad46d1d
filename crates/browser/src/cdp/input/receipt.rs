//! The promise that an input event was handled.

use crate::Result;
use crate::progress::Progress;

/// Events that were written to the browser. Drop it and nobody waits; `done` resolves when the page has handled them.
#[must_use = "drop it explicitly with `.forget()` when nobody waits"]
pub struct Receipt {
    _p: (),
}

impl Receipt {
    /// Waits until the page has handled the events.
    pub async fn done(self, progress: &Progress) -> Result<()> {
        unimplemented!()
    }

    /// Does not wait.
    pub fn forget(self) {}
}
