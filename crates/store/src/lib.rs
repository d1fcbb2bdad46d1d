//! What lasts: entities, migrations, repositories, artifacts on object storage, the event log.

mod detail;
mod event;
mod page;
mod time;
mod words;

pub use detail::{
    EvidenceRefs, MatchedSelector, RunFailure, RunOptions, StepDetail, StepFailure, TriedSelector,
    Viewport,
};
pub use event::Event;
pub use page::{Page, Paged};
pub use time::Time;
pub use words::{
    ArtifactKind, ErrorKind, JobState, RunStatus, SessionStatus, Severity, StepStatus, Subject,
    TokenPurpose,
};
