//! The taps of a page: console and errors, network to HAR, live frames, evidence of a failure.
//!
//! A tap listens; it never drives the page.

mod before_after;
mod frame_hub;

pub use before_after::BeforeAfter;
pub use frame_hub::{Delivery, Frame, FrameHub, FrameReceiver, WINDOW};
