//! From films in a folder to a film in it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use browser::Progress;
use video::{Edit, EditError, EditOrder, Edited, Extras, FilmEvent, FramesDone, Soundtrack};

use crate::films::FilmRequest;

/// The files that it is made of.
pub(super) struct Parts {
    /// Of each clip, in order.
    pub(super) films: Vec<PathBuf>,
    /// Of each overlay that is a picture, in order.
    pub(super) pictures: Vec<PathBuf>,
    /// What is heard over what the clips have themselves.
    pub(super) sound: Option<Soundtrack>,
}

/// Makes the film; each clip that begins is told as a step.
pub(super) async fn make(
    progress: &Progress,
    (edit, parts): (Edit, Parts),
    request: &FilmRequest,
    (folder, executable, time_limit): (&Path, Option<PathBuf>, Duration),
    tell: impl Fn(FilmEvent) + Send + Sync,
) -> Result<Edited, EditError> {
    let clips = edit.clips.len();
    let order = EditOrder {
        edit,
        films: parts.films,
        pictures: parts.pictures,
        sound: parts.sound,
        container: request.container(),
        extras: Extras {
            poster: Some(folder.join("poster.jpg")),
            sprite: Some(folder.join("sprite.jpg")),
            teaser: Some(folder.join("teaser.gif")),
        },
        time_limit,
        executable,
    };
    let mut told = 0;
    let tell = move |frames: FramesDone| {
        // Frames tell how far it is; the share of the clips is what people see.
        let (done, of) = (frames.done as usize, frames.of.max(1) as usize);
        let number = (done * clips / of + 1).min(clips);
        if number > told {
            told = number;
            tell(FilmEvent::Step {
                number,
                of: Some(clips),
                what: format!("editing, {} of {} frames", frames.done, frames.of),
                at: Duration::ZERO,
            });
        }
    };
    video::edit(progress, &order, &folder.join("film"), tell).await
}
