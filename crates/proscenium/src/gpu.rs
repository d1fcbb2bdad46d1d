//! Whether a GPU draws renders, by the settings of the environment.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use browser::{Graphics, Progress};
use video::Gpu;

/// The product's own name counts more than the former render service's.
const SETTINGS: [&str; 2] = ["PROSCENIUM_GPU", "GPU_ACCELERATION"];

/// How long browsers may take to show whether a GPU works.
const LIMIT: Duration = Duration::from_secs(60);

/// What browsers that render are started with. Where a GPU may draw and there is one, the browser at `executable`, or the one
/// that is found, is started to see whether it works.
pub(crate) async fn graphics(executable: Option<&Path>) -> anyhow::Result<Graphics> {
    let said = SETTINGS.iter().find_map(|name| {
        let text = std::env::var(name).ok()?;
        (!text.trim().is_empty()).then_some((name, text))
    });
    let Some((name, text)) = said else {
        return Ok(Graphics::Software);
    };
    let wanted: Gpu = text.parse().with_context(|| (*name).to_owned())?;
    let progress = Progress::with_timeout(LIMIT);
    let graphics = wanted.graphics(&progress, executable).await;
    graphics.with_context(|| format!("{name}={text}"))
}
