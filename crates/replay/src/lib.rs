//! Performs a recording in a browser context: locate, wait, act, check, pace; reports progress as events.
//!
//! This crate writes to no database and answers no HTTP request. What it guarantees is in README.md.

mod address;
mod conditions;
mod covers;
mod downloads;
mod event;
mod fault;
mod files;
mod flow;
mod frames;
mod heal;
mod healed;
mod listening;
mod locate;
mod manner;
mod mask;
mod opening;
mod options;
mod outcome;
mod pace;
mod page_reply;
mod picture;
mod player;
mod refusal;
mod scene;
mod screen;
mod spot;
mod stage;
mod steps;
mod visual;

pub use event::{Observer, PlayEvent, WithTabs};
pub use files::Files;
pub use healed::{Healed, HealedAfter, HealedBefore, RunnerUp};
pub use manner::{Manner, Show};
pub use options::{Healing, Overlays, PlayOptions, ScreenshotMode, Timing};
pub use outcome::{
    ErrorCode, FailureEvidence, Matched, Outcome, RunError, RunStatus, StepError, StepResult,
    StepStatus, Tried,
};
pub use page_reply::Area;
pub use player::{play, play_seen};
pub use screen::{screen, user_agent};
pub use spot::Spot;
pub use visual::{
    Approving, BaselineKey, Baselines, NoBaselines, Pictures, Screen, Visual, VisualVerdict,
};
