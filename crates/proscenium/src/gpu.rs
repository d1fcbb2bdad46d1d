//! Whether a GPU draws renders, by the settings of the environment.

use anyhow::Context as _;
use browser::Graphics;
use video::Gpu;

/// The product's own name counts more than the former render service's.
const SETTINGS: [&str; 2] = ["PROSCENIUM_GPU", "GPU_ACCELERATION"];

/// What browsers that render are started with.
pub(crate) fn graphics() -> anyhow::Result<Graphics> {
    let said = SETTINGS.iter().find_map(|name| {
        let text = std::env::var(name).ok()?;
        (!text.trim().is_empty()).then_some((name, text))
    });
    let Some((name, text)) = said else {
        return Gpu::default().graphics().context("nothing draws");
    };
    let wanted: Gpu = text.parse().with_context(|| (*name).to_owned())?;
    wanted.graphics().with_context(|| format!("{name}={text}"))
}
