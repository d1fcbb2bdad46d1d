//! What lasts: entities, migrations, repositories, artifacts on object storage, the event log.
//!
//! No entity and no database error leaves this crate; outside there are plain records, typed ids and [`StoreError`].

mod blobs;
mod database;
mod detail;
mod entity;
mod error;
mod event;
mod film_detail;
mod hub;
mod migration;
mod page;
mod render_detail;
mod repository;
mod sniff;
mod store;
mod time;
mod token;
mod tx;
mod vault;
mod words;

pub use blobs::{BlobBody, Blobs, StoredBlob};
pub use detail::{
    EvidenceRefs, HealedAfter, HealedBefore, HealedRunnerUp, HealedStep, MatchedSelector,
    RunFailure, RunOptions, Spot, StepDetail, StepFailure, TriedSelector, Viewport, VisualCheck,
};
pub use error::{Fault, StoreError};
pub use event::Event;
pub use film_detail::{
    FilmChapter, FilmDelivered, FilmFailure, FilmFiles, FilmMade, FilmNotDelivered, FilmOfStep,
    FilmParts, FilmSetup,
};
pub use page::{Page, Paged};
pub use render_detail::{DeliveredTo, RenderComplaint, RenderFailure, RenderMade, RenderOutput};
pub use repository::*;
pub use store::Store;
pub use time::Time;
pub use token::TokenHash;
pub use tx::Fence;
pub use words::{
    ArtifactKind, ErrorKind, Expiry, FilmStatus, JobState, RenderStatus, RunStatus, SessionStatus,
    Severity, StepStatus, Subject, TokenPurpose,
};
