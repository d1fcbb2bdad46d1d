//! The film of a run, of the tab in front.
//!
//! A run that cannot be filmed is performed all the same, and its log says why there is no film: a film shows what a run
//! did and decides nothing.

use std::path::{Path, PathBuf};
use std::time::Duration;

use browser::{Context, Progress, Viewport};
use ids::RunId;
use serde_json::json;
use store::{ArtifactKind, Fence, NewArtifact, Owner, Store, StoreError};
use video::{Container, Filming, InFront, Setup};

use crate::error::chain;

/// How long an encoder may take for what it has not done yet when the run is over.
const FINISHING: Duration = Duration::from_secs(60);

/// Of which runs a film is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Always,
    OnFailure,
    Never,
}

/// A run that is filmed, or why it is not.
pub(super) struct Film(Result<Rolling, String>);

struct Rolling {
    filming: Filming,
    path: PathBuf,
}

impl Wanted {
    /// What the stored option says; `None` when it says nothing that is known.
    pub(super) fn of(stored: Option<&str>) -> Option<Self> {
        match stored {
            None | Some("never") => Some(Self::Never),
            Some("always") => Some(Self::Always),
            Some("onFailure") => Some(Self::OnFailure),
            Some(_) => None,
        }
    }

    /// Whether the film of a run that ended so is kept.
    pub(super) fn keeps(self, status: replay::RunStatus) -> bool {
        match self {
            Self::Always => true,
            Self::OnFailure => status != replay::RunStatus::Passed,
            Self::Never => false,
        }
    }
}

impl Film {
    /// Opens the tab that the player will begin in, and begins to film it; nothing when no film is wanted.
    pub(super) async fn begin(
        progress: &Progress,
        wanted: Wanted,
        context: &Context,
        (screen, folder): (Viewport, &Path),
    ) -> Option<Self> {
        if wanted == Wanted::Never {
            return None;
        }
        Some(Self(roll(progress, context, screen, folder).await))
    }

    /// Tells it which tab is in front; nobody where there is no film.
    pub(super) fn in_front(&self) -> Option<InFront> {
        let rolling = self.0.as_ref().ok()?;
        Some(rolling.filming.in_front())
    }

    /// Ends the film, which lies in the run's folder until it is kept. Has to come before the context closes.
    pub(super) async fn finish(self) -> Filmed {
        let done = async {
            let Rolling { filming, path } = self.0?;
            let finished = filming.finish(&Progress::with_timeout(FINISHING)).await;
            finished.map(|_| path).map_err(|error| chain(&error))
        };
        Filmed(done.await)
    }
}

async fn roll(
    progress: &Progress,
    context: &Context,
    screen: Viewport,
    folder: &Path,
) -> Result<Rolling, String> {
    let path = folder.join("run.mp4");
    let page = context.new_page(progress).await;
    let page = page.map_err(|error| chain(&error))?;
    let kind = (Setup::of_screen(screen), Container::Mp4);
    let filming = Filming::start(progress, &page, kind, &path).await;
    let filming = filming.map_err(|error| chain(&error))?;
    Ok(Rolling { filming, path })
}

/// A film that is over, or why there is none.
pub(super) struct Filmed(Result<PathBuf, String>);

impl Filmed {
    /// Keeps it as a file of the run, or says in the run's log why there is none.
    pub(super) async fn keep(
        self,
        store: &Store,
        fence: Fence,
        run: RunId,
    ) -> Result<(), StoreError> {
        let path = match self.0 {
            Ok(path) => path,
            Err(why) => {
                tracing::warn!(%run, error = why, "a run has no film");
                let line = json!({ "level": "warning", "message": format!("there is no film of this run: {why}") });
                return store.runs().log(fence, run, line).await;
            }
        };
        let new = NewArtifact {
            kind: ArtifactKind::Video,
            owner: Owner::Run(run),
            step_index: None,
            is_error: false,
            label: "run.mp4".to_owned(),
            blob: store.blobs().put_file(&path).await?,
        };
        store.artifacts().create_fenced(fence, new).await.map(drop)
    }
}
