//! The taps of a page: console and errors, network to HAR, live frames, evidence of a failure.
//!
//! A tap listens; it never drives the page.

mod answers;
mod before_after;
mod console;
mod evidence;
mod frame_hub;
mod har;
mod jpeg;
mod network;
mod stamp;
mod taps;

pub use answers::{Answer, Answers};
pub use before_after::BeforeAfter;
pub use console::{ConsoleEntry, ConsoleRing, ConsoleSource};
pub use evidence::{Evidence, EvidenceProblem};
pub use frame_hub::{Delivery, Frame, FrameHub, FrameReceiver, WINDOW};
pub use har::Har;
pub use jpeg::jpeg_size;
pub use network::{NetworkFailure, NetworkLog, Phases, RequestSeen, ResponseSeen};
pub use taps::{AttachedTaps, PageTaps, TapEvent};
