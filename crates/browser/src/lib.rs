//! A stock browser behind one `Page` API: launch, contexts, pages, frames, input, screenshots, network, events.
//!
//! This crate knows nothing of recordings, databases or HTTP APIs. Its shape, invariants and traps are in README.md.

mod cdp;
mod error;
mod events;
mod ids;
mod launch;
mod options;
mod progress;

pub use cdp::browser::Browser;
pub use cdp::context::Context;
pub use cdp::dialog::{Dialog, DialogAnswer, DialogKind};
pub use cdp::element::ElementHandle;
pub use cdp::frame::{Frame, World};
pub use cdp::input::Modifiers;
pub use cdp::input::keyboard::{KeyEvent, KeyEventKind, Keyboard};
pub use cdp::input::mouse::{ClickOptions, Mouse, MouseButton, Point};
pub use cdp::input::receipt::Receipt;
pub use cdp::input::touch::{Touch, TouchKind, TouchPoint};
pub use cdp::navigation::{LoadState, Navigation};
pub use cdp::page::{FileTarget, Page};
pub use cdp::screencast::{CastFrame, Screencast, ScreencastOptions};
pub use cdp::screenshot::{Clip, ImageFormat, ScreenshotOptions, ScreenshotScale};
pub use error::{BrowserError, NavigationFailure};
pub use events::{
    ConsoleLevel, ConsoleMessage, ContextEvent, DownloadState, PageEvent, PageException,
    RequestFailure, RequestFinished, RequestInfo, ResourceTiming, ResponseInfo, WebSocketEvent,
};
pub use ids::{FrameId, PageId, RequestId};
pub use launch::find::{BrowserKind, FoundBrowser, find_browsers};
pub use launch::process::SandboxState;
pub use launch::profile::sweep_orphans;
pub use options::{ContextOptions, Cookie, Engine, Headless, LaunchOptions, Viewport};
pub use progress::{Interrupted, Progress};

/// The result of every operation of this crate.
pub type Result<T, E = BrowserError> = std::result::Result<T, E>;
