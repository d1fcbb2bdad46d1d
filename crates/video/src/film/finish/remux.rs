//! Gives the encoded film its chapters, its title and its head, without touching a frame.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

use browser::Progress;

use crate::draft::{self, DraftFile};
use crate::error::RenderError;
use crate::film::filmed::Chapter;
use crate::film::hearing::PageSound;
use crate::film::order::Container;
use crate::sound::{COMMON, Mix, Soundtrack, coding};
use crate::tool;

/// What is put into the file beside its pictures.
pub(crate) struct About<'a> {
    pub(crate) title: Option<&'a str>,
    pub(crate) chapters: &'a [Chapter],
    /// Milliseconds.
    pub(crate) duration: f64,
}

/// What is heard under it.
#[derive(Default)]
pub(crate) struct Sound<'a> {
    /// Files.
    pub(crate) track: Option<&'a Soundtrack>,
    /// What the page played.
    pub(crate) page: Option<&'a PageSound>,
}

impl Sound<'_> {
    /// Arguments that open the files, and a graph whose output is `[sound]`; nothing where nothing is heard. The first of
    /// the files is ffmpeg's third.
    fn mixed(&self, seconds: f64) -> Option<(Vec<OsString>, String)> {
        const FIRST: usize = 2;
        let silence = Soundtrack::default();
        let track = self.track.filter(|track| track.has_files());
        let Some(page) = self.page else {
            let mix = Mix::new(track?, FIRST, seconds, None);
            return Some((mix.inputs, mix.graph));
        };
        let mix = Mix::new(
            track.unwrap_or(&silence),
            FIRST + 1,
            seconds,
            Some("[page]"),
        );
        let mut inputs = vec!["-i".into(), page.path().into()];
        inputs.extend(mix.inputs);
        let before = page.before.as_secs_f64();
        let graph = format!(
            "[{FIRST}:a:0]{COMMON},atrim=start={before:.6},asetpts=PTS-STARTPTS,apad,atrim=0:{seconds:.6}[page];{}",
            mix.graph
        );
        Some((inputs, graph))
    }
}

pub(crate) async fn remux(
    progress: &Progress,
    raw: &Path,
    draft: &DraftFile,
    container: Container,
    (about, sound): (&About<'_>, &Sound<'_>),
) -> Result<(), RenderError> {
    let notes = draft::hidden_beside(draft.path())?;
    std::fs::write(notes.path(), metadata(about))
        .map_err(|source| RenderError::file("writing", notes.path(), source))?;
    let mut arguments: Vec<OsString> = ["-v", "error", "-nostdin", "-i"].map(Into::into).into();
    arguments.push(raw.into());
    arguments.extend(["-f", "ffmetadata", "-i"].map(Into::into));
    arguments.push(notes.path().into());
    let mix = sound.mixed(about.duration / 1000.0);
    if let Some((inputs, graph)) = &mix {
        arguments.extend(inputs.iter().cloned());
        arguments.extend(["-filter_complex".into(), graph.into()]);
    }
    arguments.extend(["-map", "0:v"].map(Into::into));
    if mix.is_some() {
        arguments.extend(["-map", "[sound]"].map(Into::into));
        arguments.extend(coding(container).map(Into::into));
    }
    let rest = ["-map_metadata", "1", "-map_chapters", "1", "-c:v", "copy"];
    arguments.extend(rest.map(Into::into));
    arguments.extend(muxer(container));
    arguments.push(draft.path().into());
    let doing = "finishing the film";
    tool::run(progress, doing, "ffmpeg", arguments)
        .await
        .map(drop)
}

/// The kind of file, its head first so that it plays while it loads.
pub(crate) fn muxer(container: Container) -> [OsString; 5] {
    match container {
        Container::Mp4 => ["-movflags", "+faststart", "-f", "mp4", "-y"].map(Into::into),
        Container::Webm => ["-cues_to_front", "1", "-f", "webm", "-y"].map(Into::into),
    }
}

/// ffmpeg's own format for what is known of a film.
pub(crate) fn metadata(about: &About<'_>) -> String {
    let mut text = ";FFMETADATA1\n".to_owned();
    if let Some(title) = about.title {
        let _ = writeln!(text, "title={}", escaped(title));
    }
    for (index, chapter) in about.chapters.iter().enumerate() {
        let next = about.chapters.get(index + 1);
        let until = next.map_or(about.duration, |next| next.start_ms);
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
