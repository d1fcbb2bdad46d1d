//! From a folder into the store.

use std::path::Path;

use bytes::Bytes;
use store::{FilmChapter, FilmDone, FilmFiles, FilmMade, FilmOfStep, RenderOutput, Store};
use video::{Chapter, Edited, Extra, Filmed, Storyboard};

use super::make;
use crate::error::JobError;
use crate::films::FilmRequest;

/// Keeps what is performed, as people change it by hand.
pub(super) async fn storyboard(
    store: &Store,
    storyboard: &Storyboard,
) -> Result<Option<RenderOutput>, JobError> {
    let yaml = match storyboard.to_yaml() {
        Ok(yaml) => yaml,
        Err(error) => {
            tracing::error!(%error, "a storyboard could not be written down");
            return Ok(None);
        }
    };
    let blob = store.blobs().put(Bytes::from(yaml)).await?;
    Ok(Some(blob.into()))
}

/// Keeps what was filmed until a step failed, when something was.
pub(super) async fn footage(
    store: &Store,
    folder: &Path,
) -> Result<Option<RenderOutput>, JobError> {
    let path = folder.join(make::FOOTAGE);
    if !path.is_file() {
        return Ok(None);
    }
    Ok(Some(store.blobs().put_file(&path).await?.into()))
}

/// Keeps the film and its pictures.
pub(super) async fn film(
    store: &Store,
    files: &mut FilmFiles,
    filmed: Filmed,
    request: &FilmRequest,
) -> Result<FilmDone, JobError> {
    let sprite_grid = stored(store, files, (&filmed.path, &filmed.sha256), &filmed.extras).await?;
    let made = FilmMade {
        sprite_grid,
        left_out: request.left_out.clone(),
        ..made(filmed)
    };
    Ok(FilmDone {
        made,
        files: files.clone(),
        delivered: None,
    })
}

/// Keeps a film that was made of others, and its pictures.
pub(super) async fn edited(
    store: &Store,
    files: &mut FilmFiles,
    edited: Edited,
) -> Result<FilmDone, JobError> {
    let sprite_grid = stored(store, files, (&edited.path, &edited.sha256), &edited.extras).await?;
    let chapters = edited.chapters.into_iter().map(chapter);
    let clips = edited.clips.into_iter().enumerate();
    let made = FilmMade {
        media_type: edited.media_type.to_owned(),
        codec: edited.codec,
        width: edited.width,
        height: edited.height,
        fps: edited.fps,
        duration_ms: edited.duration_ms,
        frames: edited.frames,
        bytes: edited.bytes,
        bitrate: edited.bitrate,
        sha256: edited.sha256,
        sound: edited.sound.map(|heard| heard.codec),
        chapters: chapters.collect(),
        steps: clips
            .map(|(index, clip)| FilmOfStep {
                what: format!("clip {}", index + 1),
                at_ms: clip.at_ms,
                took_ms: clip.duration_ms,
                note: None,
            })
            .collect(),
        sprite_grid,
        way: "edit".to_owned(),
        achieved_fps: 0.0,
        delivered: 0,
        dropped: 0,
        late: 0,
        elapsed_ms: edited.cost.elapsed_ms,
        processing_ms: edited.cost.processing_ms,
        cpu_percent: edited.cost.cpu_percent,
        peak_memory_bytes: edited.cost.peak_memory_bytes,
        warnings: Vec::new(),
        left_out: Vec::new(),
        browser: String::new(),
    };
    Ok(FilmDone {
        made,
        files: files.clone(),
        delivered: None,
    })
}

/// Keeps the files. The answer is the raster of the sheet of small pictures.
async fn stored(
    store: &Store,
    files: &mut FilmFiles,
    (path, sha256): (&Path, &str),
    extras: &[Extra],
) -> Result<Option<(u32, u32, f64)>, JobError> {
    let video = store.blobs().put_file(path).await?;
    if video.sha256 != sha256 {
        return Err(JobError::Retry {
            reason: "the file that was stored is not the one that was filmed".to_owned(),
        });
    }
    files.video = Some(video.into());
    let mut sprite_grid = None;
    for extra in extras {
        let kept = Some(store.blobs().put_file(&extra.path).await?.into());
        match extra.kind {
            "poster" => files.poster = kept,
            "sprite" => {
                files.sprite = kept;
                sprite_grid = extra.grid;
            }
            _ => files.teaser = kept,
        }
    }
    Ok(sprite_grid)
}

fn chapter(chapter: Chapter) -> FilmChapter {
    FilmChapter {
        title: chapter.title,
        start_ms: chapter.start_ms,
    }
}

fn made(filmed: Filmed) -> FilmMade {
    let chapters = filmed.chapters.into_iter().map(chapter);
    let steps = filmed.steps.into_iter().map(|step| FilmOfStep {
        what: step.what,
        at_ms: step.at_ms,
        took_ms: step.took_ms,
        note: step.note,
    });
    FilmMade {
        media_type: filmed.media_type.to_owned(),
        codec: filmed.codec,
        width: filmed.width,
        height: filmed.height,
        fps: filmed.fps,
        duration_ms: filmed.duration_ms,
        frames: filmed.frames,
        bytes: filmed.bytes,
        bitrate: filmed.bitrate,
        sha256: filmed.sha256,
        sound: filmed.sound.map(|heard| heard.codec),
        chapters: chapters.collect(),
        steps: steps.collect(),
        sprite_grid: None,
        way: filmed.capture.way.to_owned(),
        achieved_fps: filmed.capture.achieved_fps,
        delivered: filmed.capture.delivered,
        dropped: filmed.capture.dropped,
        late: filmed.capture.late,
        elapsed_ms: filmed.cost.elapsed_ms,
        processing_ms: filmed.cost.processing_ms,
        cpu_percent: filmed.cost.cpu_percent,
        peak_memory_bytes: filmed.cost.peak_memory_bytes,
        warnings: filmed
            .warnings
            .iter()
            .map(|warning| warning.as_str().to_owned())
            .collect(),
        left_out: Vec::new(),
        browser: filmed.browser,
    }
}
