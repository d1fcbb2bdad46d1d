//! How sessions are set up.

use std::path::PathBuf;
use std::time::Duration;

use browser::{Engine, Headless};
use egress::EgressPolicy;

use crate::protocol::ViewportRequest;

/// What holds for every session of a manager.
#[derive(Debug, Clone)]
pub struct SessionConfig {
    /// Where pages may connect to.
    pub egress: EgressPolicy,
    /// Most sessions at once.
    pub max_sessions: usize,
    /// A session that nobody watches for this long ends; `None` keeps it.
    pub idle_timeout: Option<Duration>,
    /// Whether the browser shows a window.
    pub headless: Headless,
    /// The engine that `executable` and `browser_args` are for. The programs of the others are found by themselves.
    pub engine: Engine,
    /// The browser program; found by itself when `None`.
    pub executable: Option<PathBuf>,
    /// More command line arguments for the browser.
    pub browser_args: Vec<String>,
    /// Folder for the sessions' own folders; the system's temporary folder when `None`.
    pub folder: Option<PathBuf>,
    /// What happens when the last tab is closed.
    pub last_tab: LastTab,
}

/// What happens when the last tab of a session is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastTab {
    /// An empty one takes its place.
    Replace,
    /// The session ends, as closing the window of a browser does.
    End,
}

/// Where a person works in the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    /// In a viewer: pictures go out, and what a picture cannot show (lists, files, dialogs) is asked there.
    Viewer,
    /// In the browser's own window, which shows everything itself.
    Window,
}

impl SessionConfig {
    pub(crate) fn surface(&self) -> Surface {
        match self.headless {
            Headless::Headed => Surface::Window,
            Headless::Shell | Headless::New => Surface::Viewer,
        }
    }
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            egress: EgressPolicy::public_only(),
            max_sessions: 16,
            idle_timeout: Some(Duration::from_secs(30 * 60)),
            headless: Headless::Shell,
            engine: Engine::Chromium,
            executable: None,
            browser_args: Vec::new(),
            folder: None,
            last_tab: LastTab::Replace,
        }
    }
}

/// What one session is to be.
#[derive(Debug, Clone, Default)]
pub struct StartSession {
    /// What people call it; the address when `None`.
    pub name: Option<String>,
    /// The page to open first, as a person would type it.
    pub url: Option<String>,
    /// The screen; the desktop preset when `None`.
    pub viewport: Option<ViewportRequest>,
    /// The browser engine that its pages run in.
    pub engine: Engine,
    /// Start recording at once.
    pub record: bool,
    /// Most frames a second, 1 to 60; 30 when `None`.
    pub frame_rate: Option<u32>,
    /// JPEG quality, 10 to 100; 60 when `None`.
    pub quality: Option<u8>,
}
