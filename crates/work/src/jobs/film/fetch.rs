//! From the store into a film's folder: the films that are cut, the pictures over them, the sounds that are heard.

use std::path::{Path, PathBuf};

use store::{Film, Picture, Sound, Store};
use video::Soundtrack;

use crate::error::JobError;
use crate::films::{Sounds, Track};

/// Puts each film of the clips into the folder, once; the answer has a file for each clip.
pub(super) async fn films(
    store: &Store,
    films: &[Film],
    folder: &Path,
) -> Result<Vec<PathBuf>, JobError> {
    let mut keys = Vec::new();
    for film in films {
        let Some(video) = &film.files.video else {
            // It was there when the order was taken.
            return Err(JobError::Retry {
                reason: format!("the film {} has no file", film.id),
            });
        };
        keys.push(&*video.key);
    }
    each_once(store, &keys, folder, "clip").await
}

/// Puts each picture into the folder, once; the answer has a file for each overlay that is one.
pub(super) async fn pictures(
    store: &Store,
    pictures: &[Picture],
    folder: &Path,
) -> Result<Vec<PathBuf>, JobError> {
    let keys: Vec<&str> = pictures.iter().map(|picture| &*picture.key).collect();
    each_once(store, &keys, folder, "picture").await
}

/// Copies what is under these keys into the folder, the same only once; the answer has a file for each.
async fn each_once(
    store: &Store,
    keys: &[&str],
    folder: &Path,
    name: &str,
) -> Result<Vec<PathBuf>, JobError> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        let earlier = keys[..index].iter().position(|other| other == key);
        if let Some(earlier) = earlier {
            paths.push(paths[earlier].clone());
            continue;
        }
        let path = folder.join(format!("{name}-{index}"));
        store.blobs().copy_to(key, &path).await?;
        paths.push(path);
    }
    Ok(paths)
}

/// Puts the sounds of a track into the folder; the answer names them by their files there.
pub(super) async fn sounds(
    store: &Store,
    asked: Option<&Track>,
    sounds: &Sounds,
    folder: &Path,
) -> Result<Option<Soundtrack>, JobError> {
    let Some(asked) = asked else {
        return Ok(None);
    };
    Ok(Some(Soundtrack {
        voice: sound(store, sounds.voice.as_ref(), folder.join("voice")).await?,
        music: sound(store, sounds.music.as_ref(), folder.join("music")).await?,
        music_volume: asked.track.music_volume,
        page: asked.track.page,
    }))
}

async fn sound(
    store: &Store,
    sound: Option<&Sound>,
    path: PathBuf,
) -> Result<Option<PathBuf>, JobError> {
    let Some(sound) = sound else {
        return Ok(None);
    };
    store.blobs().copy_to(&sound.key, &path).await?;
    Ok(Some(path))
}
