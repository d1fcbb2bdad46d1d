//! Asking for films, and their files.

use axum::response::Response;
use http::HeaderMap;
use ids::FilmId;
use store::{Expired, Film, RenderOutput};
use work::{FilmAskError, chain, film_file_name};

use crate::api::film::FilmFile;
use crate::app::App;
use crate::error::ApiError;
use crate::files::{self, File, Showing};

/// An order may be as large as the desk reads.
pub(crate) const BODY_LIMIT: usize = work::LARGEST_FILM_ORDER;

impl From<FilmAskError> for ApiError {
    fn from(error: FilmAskError) -> Self {
        match error {
            FilmAskError::Order(wrong) => Self::invalid("invalid_film", format!("{wrong}.")),
            FilmAskError::Recording(_) => {
                Self::invalid("not_filmable", format!("{}.", chain(&error)))
            }
            FilmAskError::Values(lacking) => {
                let sentence =
                    format!("The film cannot be made: {lacking}; send it in `variables`.");
                let names = serde_json::json!({ "variables": lacking.names });
                Self::invalid("variable_missing", sentence).with_details(names)
            }
            FilmAskError::Store(cause) => cause.into(),
        }
    }
}

/// Takes a finished film out of the lists.
pub(crate) async fn delete(app: &App, id: FilmId) -> Result<Film, ApiError> {
    let film = app.store().films().get(id).await?;
    if !app.store().films().delete(id).await? {
        return Err(ApiError::conflict(
            "film_not_finished",
            "The film is not finished: cancel it first.",
        ));
    }
    Ok(film)
}

/// Stops a film, also in the middle.
pub(crate) async fn cancel(app: &App, id: FilmId) -> Result<Film, ApiError> {
    let film = app.store().films().cancel(id).await?;
    if let Some(job) = film.job {
        // Filmed in this process: it need not wait for its next heartbeat.
        app.running().cancel(job);
    }
    Ok(film)
}

/// Takes a film out of the lists wherever it stands; one that is being made is stopped.
pub(crate) async fn cancel_and_delete(app: &App, id: FilmId) -> Result<(), ApiError> {
    let film = app.store().films().cancel_and_delete(id).await?;
    if let Some(job) = film.job.filter(|_| !film.status.is_final()) {
        app.running().cancel(job);
    }
    Ok(())
}

/// Brings a whole film to its place once more.
pub(crate) async fn deliver(app: &App, id: FilmId) -> Result<Film, ApiError> {
    if app.options().delivery.is_none() {
        return Err(ApiError::conflict(
            "nowhere_to_deliver",
            "This server keeps films in its own folder: set PROSCENIUM_STORAGE to have them delivered.",
        ));
    }
    if !app.films().deliver_again(id).await? {
        return Err(ApiError::conflict(
            "film_not_whole",
            "Only a film that is done can be delivered.",
        ));
    }
    Ok(app.store().films().get(id).await?)
}

/// A film as it is told.
pub(crate) fn shown(app: &App, film: Film) -> crate::api::film::Film {
    crate::api::film::Film::of(film, &app.options().keep)
}

/// The bytes of one of a film's files.
pub(crate) async fn file(
    app: &App,
    film: &Film,
    wanted: FilmFile,
    (headers, showing): (&HeaderMap, Showing),
) -> Result<Response, ApiError> {
    let (kept, ending) = kept(film, wanted);
    if let Some(expired) = film.expired.filter(|_| wanted != FilmFile::Storyboard) {
        return Err(gone(expired));
    }
    let Some(kept) = kept else {
        return Err(ApiError::conflict(
            "no_file",
            format!("The film has no such file: it is {}.", film.status),
        ));
    };
    let name = film_file_name(film, &ending);
    let file = File {
        key: &kept.key,
        sha256: &kept.sha256,
        size: kept.size,
        content_type: &kept.content_type,
        name: &name,
        showing,
    };
    files::answer(app.store(), &file, headers).await
}

/// What is said of a file that expired.
fn gone(expired: Expired) -> ApiError {
    let files = files::Gone {
        code: "film_expired",
        what: "The film's files were",
        kind: "films",
        way_out: "Its storyboard is kept, and makes it again.",
    };
    files.at(expired)
}

/// A file and how its name ends.
fn kept(film: &Film, wanted: FilmFile) -> (Option<&RenderOutput>, String) {
    let files = &film.files;
    let format = &film.setup.format;
    match wanted {
        FilmFile::Video => (files.video.as_ref(), format!(".{format}")),
        FilmFile::Poster => (files.poster.as_ref(), ".jpg".to_owned()),
        FilmFile::Sprite => (files.sprite.as_ref(), "-sprite.jpg".to_owned()),
        FilmFile::Teaser => (files.teaser.as_ref(), ".gif".to_owned()),
        FilmFile::Storyboard => (files.storyboard.as_ref(), ".film.yaml".to_owned()),
    }
}
