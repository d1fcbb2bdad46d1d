//! The kinds of job, the queue, and the worker loop. What lasts of them is rows of `store`; see README.md.

mod backoff;
mod delivering;
mod error;
mod films;
mod job;
mod jobs;
mod lease;
mod metrics;
mod pictures;
mod reaper;
mod recurrence;
mod renders;
mod retention;
mod running;
mod sounds;
mod stop;
mod upload;
mod worker;

pub use backoff::Backoff;
pub use error::{JobError, chain};
pub use films::{
    FilmAskError, FilmDesk, FilmRequest, Filmable, FormatName, LARGEST_FILM_ORDER, NotFilmable,
    PlanError, Played, PresetName, TemplateName, WrongOrder, film_file_name, plan, storyboard_of,
};
pub use job::{Handler, HeldJob, JobFuture};
pub use jobs::film::FilmJob;
pub use jobs::render::RenderJob;
pub use jobs::run::RunJob;
pub use lease::LeaseTimes;
pub use metrics::describe_metrics;
pub use pictures::{PictureError, keep_picture};
pub use reaper::recover;
pub use recurrence::{Recurrence, RecurrenceError};
pub use renders::{AskError, RenderDesk, Wanted};
pub use retention::{Keep, Removed, Retention, Rule};
pub use running::Running;
pub use sounds::{LARGEST_SOUND, SoundError, keep_sound};
pub use stop::{Stop, StopReason};
pub use worker::{Worker, WorkerOptions};

/// The queue that runs wait in.
pub const RUN_QUEUE: &str = "runs";

/// The queue that renders wait in.
pub const RENDER_QUEUE: &str = "renders";

/// The queue that films wait in.
pub const FILM_QUEUE: &str = "films";
