//! Renders code to pictures and films: the same job gives the same bytes, however slow the machine is.
//!
//! A page is made of the job, without a network; its clock stands still until the next frame is wanted; the browser draws
//! that frame on command; the encoder takes it. This crate knows no recording format, no HTTP and no database. Its shape,
//! invariants and traps are in README.md.

mod address;
mod canvas;
mod complaints;
mod document;
mod draft;
mod edit;
mod encode;
mod error;
mod film;
mod gpu;
mod guard;
mod guess;
mod job;
mod label;
mod libraries;
mod limits;
mod made;
mod making;
mod memory;
mod pool;
mod ready;
mod real_time;
mod rendered;
mod renderer;
mod side_by_side;
mod sound;
mod stage;
mod standalone;
mod tool;
mod usage;
mod warm;
mod watch;

pub use complaints::{Complaint, ComplaintKind};
pub use edit::{
    Clip, Crop, Edit, EditError, EditOrder, Edited, EditedClip, EditedOverlay, KnownFilm,
    LARGEST_STILL, LARGEST_STILL_SIDE, NotAStill, Overlay, Place, Span, Transition, TransitionKind,
    edit, read_still,
};
pub use error::RenderError;
pub use film::{
    Action, Aim, Area, Background, Capture, Chapter, Click, ClickEffect, Clock, Container, Cost,
    Extra, Extras, FilmError, FilmEvent, FilmOrder, Filmed, Filming, Frame, Goto, Heard, Highlight,
    InFront, Look, Pace, Pause, Performance, Performed, Performer, Performing, PointerStyle,
    Preset, Resampler, Scheme, Script, Scroll, Setup, Shown, Step, StepFault, Storyboard,
    StoryboardError, Tab, Target, Template, Title, TourOrder, Type, Unsteady, Wait, Zoom, film,
    read_duration, tour,
};
pub use gpu::{Gpu, NoSuchGpu};
pub use guess::is_p5;
pub use job::{
    Extent, FilmFormat, FrameRate, JobContext, JobError, LARGEST_JOB, LARGEST_PICTURE,
    LARGEST_SIDE, LEAST_MEMORY, LONGEST_TIME_LIMIT, MOST_FRAMES, MOST_OUTPUT, MOST_PAGES, Output,
    P5Version, PageOutput, PictureFormat, RenderJob, SHORTEST_TIME_LIMIT, Screen, Seed, Source,
    USUAL_TIME_LIMIT, WebmCodec,
};
pub use libraries::p5_licence;
pub use limits::{BrowserEnd, BrowserLimits};
pub use pool::{PoolState, RendererPool};
pub use rendered::{Rendered, RenderedPage, Way};
pub use renderer::{FramesDone, Renderer};
pub use sound::{SoundFile, Soundtrack, read_sound};
pub use usage::{Usage, usage_of_this_process};
pub use watch::Warning;
