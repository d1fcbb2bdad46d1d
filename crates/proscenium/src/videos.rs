//! Whether runs are filmed, and where their videos go, by the arguments.

use std::path::{Path, PathBuf};

/// The options for videos of runs.
#[derive(clap::Args)]
pub(crate) struct VideoArgs {
    /// Film each run: the tab that it begins in, as it is, in real time. Needs ffmpeg.
    // With the sign, because a file may follow the bare flag.
    #[arg(long, value_name = "BOOL", default_value_t = false, num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    video: bool,
    /// Folder for the videos of runs.
    #[arg(long, default_value = "./videos", value_name = "FOLDER")]
    video_dir: PathBuf,
}

impl VideoArgs {
    /// Where videos go, when they are wanted.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.video.then_some(&*self.video_dir)
    }
}
