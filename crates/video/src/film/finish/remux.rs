//! Gives the encoded film its chapters, its title and its head, without touching a frame.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

use browser::Progress;

use super::tool;
use crate::draft::{self, DraftFile};
use crate::film::error::FilmError;
use crate::film::filmed::Chapter;
use crate::film::order::Container;

pub(crate) async fn remux(
    progress: &Progress,
    raw: &Path,
    draft: &DraftFile,
    container: Container,
    about: (Option<&str>, &[Chapter], f64),
) -> Result<(), FilmError> {
    let notes = draft::hidden_beside(draft.path())?;
    std::fs::write(notes.path(), metadata(about))
        .map_err(|source| FilmError::file("writing", notes.path(), source))?;
    let mut arguments: Vec<OsString> = ["-v", "error", "-nostdin", "-i"].map(Into::into).into();
    arguments.push(raw.into());
    arguments.extend(["-f", "ffmetadata", "-i"].map(Into::into));
    arguments.push(notes.path().into());
    let rest = [
        "-map",
        "0:v",
        "-map_metadata",
        "1",
        "-map_chapters",
        "1",
        "-c",
        "copy",
    ];
    arguments.extend(rest.map(Into::into));
    arguments.extend(match container {
        Container::Mp4 => ["-movflags", "+faststart", "-f", "mp4", "-y"].map(Into::into),
        Container::Webm => ["-cues_to_front", "1", "-f", "webm", "-y"].map(Into::into),
    });
    arguments.push(draft.path().into());
    tool::run(progress, "ffmpeg", arguments).await.map(drop)
}

/// ffmpeg's own format for what is known of a film.
fn metadata((title, chapters, end): (Option<&str>, &[Chapter], f64)) -> String {
    let mut text = ";FFMETADATA1\n".to_owned();
    if let Some(title) = title {
        let _ = writeln!(text, "title={}", escaped(title));
    }
    for (index, chapter) in chapters.iter().enumerate() {
        let until = chapters.get(index + 1).map_or(end, |next| next.start_ms);
        let _ = writeln!(
            text,
            "[CHAPTER]\nTIMEBASE=1/1000\nSTART={:.0}\nEND={:.0}\ntitle={}",
            chapter.start_ms,
            until.max(chapter.start_ms),
            escaped(&chapter.title)
        );
    }
    text
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if matches!(character, '=' | ';' | '#' | '\\' | '\n') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
