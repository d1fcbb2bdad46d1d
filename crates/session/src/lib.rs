//! A session: a context, its pages and tabs, its taps, who watches and who holds the controls, under one cheap handle.
//!
//! Its shape, invariants and traps are in README.md.

mod actor;
mod address;
mod cast;
mod config;
mod error;
mod events;
mod explain;
mod folder;
mod geometry;
mod handle;
mod input_clock;
mod manager;
mod moment;
pub mod protocol;
mod recorder;
mod viewport;
pub mod wire;

pub use address::read_address;
pub use config::{LastTab, SessionConfig, StartSession};
pub use error::{Result, SessionError};
pub use events::{SessionEvent, SessionEventKind};
pub use folder::{SessionFolder, UPLOAD_LIMIT, Upload};
pub use handle::{FrameMessage, Outgoing, SessionHandle, ViewerInlet, ViewerLink};
pub use manager::SessionManager;
pub use viewport::{PRESETS, Preset};
