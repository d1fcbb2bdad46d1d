//! What is filmed: an address, a storyboard or a recording.

use std::path::Path;

use anyhow::Context as _;
use recording::Recording;
use url::Url;
use video::Storyboard;

use crate::input;

/// Bytes of a storyboard or a recording.
const LARGEST: usize = 10 << 20;

/// What the command was given.
pub(crate) enum Given {
    /// A page, of which a tour is made.
    Page(String),
    /// Steps.
    Storyboard(Box<Storyboard>),
    /// What somebody did.
    Recording(Box<Recording>),
}

/// Finds out what it is.
pub(crate) fn read(given: &str) -> anyhow::Result<Given> {
    let is_address = Url::parse(given)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "file" | "data"));
    if is_address {
        return Ok(Given::Page(given.to_owned()));
    }
    let bytes = input::read_at_most(Path::new(given), LARGEST)?;
    let text = String::from_utf8(bytes).with_context(|| format!("{given} is no text in UTF-8"))?;
    let storyboard = Storyboard::parse(&text);
    // A recording is an object too; what tells it is its own list.
    let is_recording = storyboard
        .as_ref()
        .map_or(true, |storyboard| storyboard.extra.contains_key("actions"));
    if is_recording
        && let Ok(recording) = Recording::parse(text.into_bytes(), recording::Format::Auto)
    {
        return Ok(Given::Recording(Box::new(recording)));
    }
    let storyboard = storyboard.with_context(|| format!("{given} is no storyboard"))?;
    Ok(Given::Storyboard(Box::new(storyboard)))
}
