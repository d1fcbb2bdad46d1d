//! A stock browser behind one `Page` API: launch, contexts, pages, frames, input, screenshots, network, events.
//!
//! This crate knows nothing of recordings, databases or HTTP APIs. Its shape, invariants and traps are in README.md.

mod bidi;
mod browser;
mod capability;
mod cdp;
mod context;
mod drive;
mod element;
mod error;
mod events;
mod frame;
mod gpu;
mod ids;
mod input;
mod kind;
mod launch;
mod listeners;
mod loudspeaker;
mod offline;
mod options;
mod page;
mod pool;
mod progress;
mod retake;
mod screencast;
mod still;
mod webkit;
mod xvfb;

pub use browser::Browser;
pub use capability::{Capability, Support};
pub use cdp::dialog::{Dialog, DialogAnswer, DialogKind};
pub use cdp::frame::World;
pub use cdp::input::Modifiers;
pub use cdp::input::keyboard::{KeyEvent, KeyEventKind};
pub use cdp::input::mouse::{ClickOptions, MouseButton, Point};
pub use cdp::input::touch::{TouchKind, TouchPoint};
pub use cdp::navigation::{LoadState, Navigation};
pub use cdp::screencast::{CastFrame, ScreencastOptions};
pub use cdp::screenshot::{Clip, ImageFormat, ScreenshotOptions, ScreenshotScale};
pub use context::Context;
pub use element::ElementHandle;
pub use error::{BrowserError, NavigationFailure};
pub use events::{
    ConsoleLevel, ConsoleMessage, ContextEvent, DownloadState, PageEvent, PageException,
    RequestFailure, RequestFinished, RequestInfo, ResourceTiming, ResponseInfo, WebSocketEvent,
};
pub use frame::Frame;
pub use gpu::{GpuState, find_gpu, is_processor, try_gpu};
pub use ids::{FrameId, PageId, RequestId};
pub use input::{Handled, Keyboard, Mouse, Receipt, Touch};
pub use launch::find::{BrowserKind, FoundBrowser, find_browsers};
pub use launch::process::SandboxState;
pub use launch::profile::sweep_orphans;
pub use listeners::Spot;
pub use loudspeaker::{Loudspeaker, LoudspeakerSound, find_sound_server};
pub use offline::{Compiled, LateFiles, OfflineFile, OfflineSite};
pub use options::{
    ColorScheme, ContextOptions, Cookie, Drawing, Driver, Engine, Graphics, Headless,
    LaunchOptions, OwnWorld, Viewport,
};
pub use page::{FileTarget, Page};
pub use pool::{BrowserPool, Lent};
pub use progress::{Interrupted, Progress};
pub use screencast::Screencast;
pub use still::{Drawn, Tick};
pub use webkit::launch::find as find_webkit;
pub use xvfb::display::find as find_xvfb;

/// The result of every operation of this crate.
pub type Result<T, E = BrowserError> = std::result::Result<T, E>;
