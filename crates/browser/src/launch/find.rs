//! Which browsers are installed.

use std::path::PathBuf;

/// A kind of browser program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BrowserKind {
    /// Chromium.
    Chromium,
    /// Chromium's headless shell: no window, a third of the memory.
    HeadlessShell,
    /// Google Chrome.
    Chrome,
    /// Microsoft Edge.
    Edge,
}

/// A browser program on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundBrowser {
    /// What it is.
    pub kind: BrowserKind,
    /// The program that is started.
    pub path: PathBuf,
    /// "156.0.8078.79"; `None` when it would not say.
    pub version: Option<String>,
}

/// Looks for browsers at their usual places and on `PATH`, and asks each for its version.
pub fn find_browsers() -> Vec<FoundBrowser> {
    unimplemented!()
}
