//! The browser process and its group.

use std::fmt;

/// Whether the browser's own sandbox protects this machine from pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxState {
    /// On, as it should be.
    On,
    /// Off, because Chromium refuses to sandbox as root.
    OffBecauseRoot,
    /// Off, because the caller's arguments say so.
    OffByArgument,
}

impl fmt::Display for SandboxState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::On => "on",
            Self::OffBecauseRoot => "off because the process runs as root",
            Self::OffByArgument => "off because an argument says so",
        })
    }
}
