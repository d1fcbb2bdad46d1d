//! `proscenium film`: from arguments to a film, and what a person sees while it is made.

mod look;
mod pace;
mod played;
mod script;
mod segments;
mod sound;
mod told;

use std::path::Path;

use browser::Progress;
use video::{FilmError, FilmEvent, FilmOrder, Filmed};

pub(crate) use look::LookArgs;
pub(crate) use pace::PaceArgs;
pub(crate) use played::played;
pub(crate) use script::{Given, read};
pub(crate) use segments::write_edit;
pub(crate) use sound::{SoundArgs, sound};
pub(crate) use told::{lines, warnings};

use crate::making;

/// Makes the film.
pub(crate) async fn perform(
    progress: &Progress,
    order: &FilmOrder,
    target: &Path,
) -> Result<Filmed, FilmError> {
    let bar = making::bar("{spinner} {pos}/{len} {elapsed} {wide_msg}");
    let shown = bar.clone();
    let tell = move |event: FilmEvent| {
        if let FilmEvent::Footage { path, duration } = &event {
            told::footage(path, *duration);
        }
        let Some(bar) = &shown else { return };
        match event {
            FilmEvent::Preparing => bar.set_message("preparing"),
            FilmEvent::Rolling => bar.set_message("rolling"),
            FilmEvent::Step {
                number, of, what, ..
            } => {
                bar.set_length(of.unwrap_or(number) as u64);
                bar.set_position(number as u64);
                bar.set_message(what);
            }
            // A terminal shows no pictures.
            FilmEvent::Preview { .. } | FilmEvent::Footage { .. } => {}
            FilmEvent::Wrapped { .. } => bar.set_message("encoding"),
            FilmEvent::Finishing => bar.set_message("finishing"),
        }
    };
    let filmed = video::film(progress, order, target, tell).await;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    filmed
}
