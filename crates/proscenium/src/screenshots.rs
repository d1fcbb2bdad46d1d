//! When pictures of steps are taken and where they go, by the arguments.

use std::path::{Path, PathBuf};

use replay::ScreenshotMode;

/// The options for pictures of steps.
#[derive(clap::Args)]
pub(crate) struct ScreenshotArgs {
    /// Whether pictures are taken; `--screenshot=false` is the same as `--screenshot-mode never`.
    // With the sign, because a file may follow the bare flag.
    #[arg(long, value_name = "BOOL", default_value_t = true, num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    screenshot: bool,
    /// When pictures are taken: always, on-failure or never.
    #[arg(long, default_value = "on-failure", value_name = "MODE")]
    screenshot_mode: ScreenshotMode,
    /// Folder for the pictures of the steps.
    #[arg(long, default_value = "./screenshots", value_name = "FOLDER")]
    screenshot_dir: PathBuf,
}

impl ScreenshotArgs {
    /// When they are taken.
    pub(crate) fn mode(&self) -> ScreenshotMode {
        if self.screenshot {
            self.screenshot_mode
        } else {
            ScreenshotMode::Never
        }
    }

    /// Where they go.
    pub(crate) fn folder(&self) -> &Path {
        &self.screenshot_dir
    }
}
