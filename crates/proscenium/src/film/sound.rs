//! What is heard under a film: what its storyboard says, or the options.

use std::path::Path;

use video::Soundtrack;

/// Paths of a storyboard are seen from its own folder; options count more than it.
pub(crate) fn sound(
    script: &str,
    written: Option<Soundtrack>,
    asked: Soundtrack,
) -> anyhow::Result<Option<Soundtrack>> {
    let sound = if asked.is_empty() {
        let folder = Path::new(script).parent().unwrap_or_else(|| Path::new(""));
        written.map(|written| written.seen_from(folder))
    } else {
        Some(asked)
    };
    if let Some(Err(problem)) = sound.as_ref().map(Soundtrack::check) {
        anyhow::bail!("--music-volume: {problem}");
    }
    Ok(sound.filter(|sound| !sound.is_empty()))
}
