//! Typed identifiers: one newtype per kind of thing, so that a run's id cannot be passed where a session's is meant.
//!
//! Every id is a UUID version 7 (RFC 9562): it sorts by creation time and needs no coordination.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = Uuid)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, later than all ids made before it on this machine.
            #[must_use]
            #[expect(clippy::new_without_default, reason = "a default id would hide that each call makes another one")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// The plain UUID, for storage.
            #[must_use]
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )*};
}

typed_id! {
    /// A live session: one browser context that somebody or something drives.
    SessionId;
    /// A recording: the document that a session left.
    RecordingId;
    /// A run: one performance of a recording.
    RunId;
    /// A schedule: when runs of a recording begin, again and again.
    ScheduleId;
    /// One step of one run.
    RunStepId;
    /// A render: one making of a picture or a film of code.
    RenderId;
    /// A film: one filming of a page while a script is performed on it.
    FilmId;
    /// A sound that films are given: a voice, music.
    SoundId;
    /// A picture that is laid over films: a logo.
    PictureId;
    /// A stored file: a screenshot, a DOM dump, a HAR.
    ArtifactId;
    /// An approved picture of a visual check.
    BaselineId;
    /// An error that a session or a run met.
    ErrorId;
    /// A job in the lease queue.
    JobId;
    /// A person who may sign in.
    UserId;
    /// One connected viewer of a live session.
    ViewerId;
    /// A file that a viewer sent for the page's file chooser.
    UploadId;
}

#[cfg(test)]
mod tests {
    use super::RunId;

    #[test]
    fn an_id_survives_its_text_form_and_sorts_by_creation() {
        let first = RunId::new();
        let second = RunId::new();
        assert_eq!(first.to_string().parse::<RunId>(), Ok(first));
        assert!(first < second);
    }
}
