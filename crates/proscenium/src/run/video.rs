//! The video of one run: the tab in front is filmed while the player uses it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use browser::{Context, Progress, Viewport};
use video::{Container, Filming, InFront, Setup};

/// How long an encoder may take for what it has not done yet when the run is over.
const FINISHING: Duration = Duration::from_secs(60);

/// The folder of the videos; made when the first one begins.
pub(crate) struct Videos {
    folder: PathBuf,
}

/// A run that is being filmed.
pub(super) struct Video {
    filming: Filming,
    path: PathBuf,
}

impl Videos {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Opens the tab that the player will begin in, and begins to film it.
    pub(super) async fn begin(
        &self,
        progress: &Progress,
        context: &Context,
        (name, screen): (&str, Viewport),
    ) -> anyhow::Result<Video> {
        std::fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot make {}", self.folder.display()))?;
        let path = self.folder.join(format!("{name}.mp4"));
        let page = context.new_page(progress).await?;
        let kind = (Setup::of_screen(screen), Container::Mp4);
        let filming = Filming::start(progress, &page, kind, &path).await?;
        Ok(Video { filming, path })
    }
}

impl Video {
    /// Tells it which tab is in front.
    pub(super) fn in_front(&self) -> InFront {
        self.filming.in_front()
    }

    /// Ends the video; gives its place.
    pub(super) async fn finish(self) -> anyhow::Result<PathBuf> {
        let progress = Progress::with_timeout(FINISHING);
        self.filming.finish(&progress).await?;
        Ok(self.path)
    }
}
