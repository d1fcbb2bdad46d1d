//! From films in the store to a film in a folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use browser::Progress;
use futures_util::StreamExt as _;
use store::{Film, Store};
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;
use video::{Edit, EditError, EditOrder, Edited, Extras, FilmEvent, FramesDone};

use crate::error::JobError;
use crate::films::FilmRequest;

/// Puts each film of the clips into the folder, once; the answer has a file for each clip.
pub(super) async fn fetch(
    store: &Store,
    films: &[Film],
    folder: &Path,
) -> Result<Vec<PathBuf>, JobError> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for (index, film) in films.iter().enumerate() {
        let earlier = films[..index].iter().position(|other| other.id == film.id);
        if let Some(earlier) = earlier {
            paths.push(paths[earlier].clone());
            continue;
        }
        let Some(video) = &film.files.video else {
            // It was there when the order was taken.
            return Err(JobError::Retry {
                reason: format!("the film {} has no file", film.id),
            });
        };
        let path = folder.join(format!("clip-{index}"));
        let mut body = store.blobs().get(&video.key, None).await?.stream;
        let failed = |error: std::io::Error| JobError::Retry {
            reason: format!("copying the film {}: {error}", film.id),
        };
        let mut file = File::create(&path).await.map_err(failed)?;
        while let Some(chunk) = body.next().await {
            file.write_all(&chunk.map_err(failed)?)
                .await
                .map_err(failed)?;
        }
        file.flush().await.map_err(failed)?;
        paths.push(path);
    }
    Ok(paths)
}

/// Makes the film; each clip that begins is told as a step.
pub(super) async fn make(
    progress: &Progress,
    (edit, films): (Edit, Vec<PathBuf>),
    request: &FilmRequest,
    (folder, time_limit): (&Path, Duration),
    tell: impl Fn(FilmEvent) + Send + Sync,
) -> Result<Edited, EditError> {
    let clips = edit.clips.len();
    let order = EditOrder {
        edit,
        films,
        sound: None,
        container: request.container(),
        extras: Extras {
            poster: Some(folder.join("poster.jpg")),
            sprite: Some(folder.join("sprite.jpg")),
            teaser: Some(folder.join("teaser.gif")),
        },
        time_limit,
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
