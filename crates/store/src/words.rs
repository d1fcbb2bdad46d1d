//! The closed vocabularies that rows hold: the text in the database is the text in the API.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:tt),+ $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, DeriveActiveEnum)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$vdoc])* #[sea_orm(string_value = $text)] #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// The word as it stands in the database and in the API.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}

words! {
    /// Where a live session stands.
    SessionStatus {
        /// The browser context is being made.
        Starting = "starting",
        /// Somebody can watch and work in it.
        Live = "live",
        /// It was asked to stop.
        Stopping = "stopping",
        /// It ended as asked.
        Stopped = "stopped",
        /// It ended because the browser or the server died.
        Crashed = "crashed",
    }

    /// Where a run stands.
    RunStatus {
        /// Waits for a worker.
        Queued = "queued",
        /// A worker performs it.
        Running = "running",
        /// Every step did what it should.
        Passed = "passed",
        /// A step failed, or the run could not be performed.
        Failed = "failed",
        /// Somebody cancelled it.
        Cancelled = "cancelled",
        /// The time for the whole run was up.
        TimedOut = "timedOut",
    }

    /// Where a render stands.
    RenderStatus {
        /// Waits for a worker.
        Queued = "queued",
        /// A worker draws its frames.
        Rendering = "rendering",
        /// What was made is on its way to its place, and looked at there.
        Delivering = "delivering",
        /// The output is whole, and where it should be.
        Done = "done",
        /// There is no output, or it did not arrive.
        Failed = "failed",
        /// Somebody cancelled it.
        Cancelled = "cancelled",
    }

    /// Where a film stands.
    FilmStatus {
        /// Waits for a worker.
        Queued = "queued",
        /// A worker looks at the page, or the camera runs.
        Filming = "filming",
        /// The script is over; the last frames are encoded, and the file gets its chapters and pictures.
        Finishing = "finishing",
        /// The film is whole; its files are on their way to their place, and looked at there.
        Delivering = "delivering",
        /// The film is whole.
        Done = "done",
        /// There is no film.
        Failed = "failed",
        /// Somebody cancelled it.
        Cancelled = "cancelled",
    }

    /// Why the files of a film or a render were removed.
    Expiry {
        /// It was kept as long as its like are.
        Age = "age",
        /// Newer ones needed the room.
        Space = "space",
    }

    /// Where a step of a run stands.
    StepStatus {
        /// Not reached yet.
        Pending = "pending",
        /// Being performed.
        Running = "running",
        /// Performed, and it did what it should.
        Passed = "passed",
        /// Performed or attempted, and it did not.
        Failed = "failed",
        /// Not performed, on purpose; the reason is in the row.
        Skipped = "skipped",
    }

    /// What an error is about.
    ErrorKind {
        /// The page wrote an error to its console.
        Console = "console",
        /// An exception that the page did not catch.
        Exception = "exception",
        /// A request that failed or was answered with an error status.
        Network = "network",
        /// A step of a run that failed.
        Step = "step",
        /// A page that could not be opened.
        Navigation = "navigation",
        /// A page, browser or worker that died.
        Crash = "crash",
    }

    /// How bad an error is.
    Severity {
        /// Worth knowing.
        Info = "info",
        /// Looks wrong, nothing stopped.
        Warning = "warning",
        /// Something did not work.
        Error = "error",
        /// Nothing works any more.
        Fatal = "fatal",
    }

    /// What a stored file is.
    ArtifactKind {
        /// A picture of the viewport.
        Screenshot = "screenshot",
        /// A picture of the whole page.
        FullPage = "fullPage",
        /// A picture of a visual check.
        Visual = "visual",
        /// The document as HTML.
        Dom = "dom",
        /// Console lines as JSON.
        Console = "console",
        /// Network failures as JSON.
        Network = "network",
        /// All requests, HAR 1.2.
        Har = "har",
        /// A film of a run.
        Video = "video",
        /// A file that the page offered for download.
        Download = "download",
        /// A file that a viewer sent for the page's file chooser.
        Upload = "upload",
        /// A recording document.
        Recording = "recording",
    }

    /// What an event is about.
    Subject {
        /// A live session.
        Session = "session",
        /// A run.
        Run = "run",
        /// A render.
        Render = "render",
        /// A film.
        Film = "film",
        /// A schedule.
        Schedule = "schedule",
    }

    /// Where a job stands.
    JobState {
        /// Waits until its time and for a worker.
        Queued = "queued",
        /// A worker holds its lease.
        Running = "running",
        /// Finished.
        Done = "done",
        /// Gave up after its last attempt.
        Dead = "dead",
        /// Cancelled before or while it ran.
        Cancelled = "cancelled",
    }

    /// What a one-time token is good for.
    TokenPurpose {
        /// Signs the owner in, and creates the owner on first use.
        SignIn = "signIn",
    }
}

impl RunStatus {
    /// Whether nothing more will happen to the run.
    #[must_use]
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

impl RenderStatus {
    /// Whether nothing more will happen to the render.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

impl FilmStatus {
    /// Whether nothing more will happen to the film.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

impl SessionStatus {
    /// Whether nothing more will happen to the session.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Stopped | Self::Crashed)
    }
}
