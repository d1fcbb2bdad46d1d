//! One file per kind of thing: what can be asked of it, what can be done to it.

macro_rules! repository {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a> {
            pub(super) store: &'a crate::Store,
        }

        impl<'a> $name<'a> {
            pub(crate) fn of(store: &'a crate::Store) -> Self {
                Self { store }
            }
        }
    };
}

mod artifacts;
mod auth_sessions;
mod baselines;
mod errors;
mod events;
mod film_progress;
mod film_room;
mod films;
mod jobs;
mod one_time_tokens;
mod pictures;
mod recordings;
mod render_progress;
mod render_room;
mod renders;
mod room;
mod run_groups;
mod run_progress;
mod runs;
mod schedule_turns;
mod schedules;
mod sessions;
mod sounds;
mod users;

pub use artifacts::{Artifact, Artifacts, NewArtifact, Owner};
pub use auth_sessions::AuthSessions;
pub use baselines::{BaselineOf, Baselines};
pub use errors::{ErrorFilter, ErrorRecord, Errors, NewError};
pub use events::{EventReader, Events};
pub use film_progress::{FilmDone, FilmEnd};
pub use films::{Film, FilmFilter, Films, NewFilm};
pub use jobs::{Beat, ClaimedJob, Jobs, LostJob, NewJob, QueueCounts, WORKER_LOST};
pub use one_time_tokens::OneTimeTokens;
pub use pictures::{NewPicture, Picture, Pictures};
pub use recordings::{NewDocument, NewRecording, Recording, RecordingFilter, Recordings};
pub use render_progress::{RenderDone, RenderEnd};
pub use renders::{IntakeMark, NewRender, Render, RenderFilter, Renders, Reuse};
pub use room::{Expired, Room, RoomTotals};
pub use run_progress::{PlannedStep, RunEnd, StepDone};
pub use runs::{NewRun, Run, RunFilter, RunStep, Runs};
pub use schedule_turns::{Claim, Turn};
pub use schedules::{
    NewSchedule, Schedule, ScheduleChange, ScheduleFilter, ScheduledRequest, Schedules,
};
pub use sessions::{NewSession, Session, SessionFilter, Sessions};
pub use sounds::{NewSound, Sound, Sounds};
pub use users::{User, Users};
