//! A film's parts as an edit, which can be changed and made into another film.

use std::path::{Path, absolute};

use anyhow::Context as _;
use video::{Clip, Edit, Filmed};

/// Writes an edit with a clip for each chapter; a film without chapters is one clip.
pub(crate) fn write_edit(path: &Path, filmed: &Filmed) -> anyhow::Result<()> {
    let film = absolute(&filmed.path)
        .with_context(|| format!("where is {}?", filmed.path.display()))?
        .to_string_lossy()
        .into_owned();
    let clip = |chapter: Option<String>| Clip {
        film: film.clone(),
        chapter,
        ..Clip::default()
    };
    let mut clips: Vec<Clip> = filmed
        .chapters
        .iter()
        .map(|chapter| clip(Some(chapter.title.clone())))
        .collect();
    if clips.is_empty() {
        clips.push(clip(None));
    }
    let edit = Edit {
        clips,
        ..Edit::default()
    };
    let text = edit.to_yaml().context("the edit cannot be written down")?;
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
