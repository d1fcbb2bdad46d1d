//! Films that are made of films of this studio.

use std::str::FromStr as _;

use ids::FilmId;
use store::{Film, FilmMade, FilmSetup, Picture, Store, StoreError};
use video::{Chapter, Edit, EditError, KnownFilm};

use super::desk::FilmAskError;
use super::request::{FilmRequest, WrongOrder};

impl FilmRequest {
    /// What is done with other films, when that is what was asked for.
    ///
    /// # Errors
    /// Says where in the edit, and what.
    pub fn edit(&self) -> Result<Option<Edit>, WrongOrder> {
        let Some(value) = &self.edit else {
            return Ok(None);
        };
        if self.storyboard.is_some() || self.recording_id.is_some() {
            let problem = "a film is an edit of films, or has a script; not both";
            return Err(WrongOrder::new("edit", problem));
        }
        Edit::from_value(value.clone()).map(Some).map_err(wrong)
    }
}

/// The films of an edit's clips, in order; each is there and whole.
pub(crate) async fn films_of(store: &Store, edit: &Edit) -> Result<Vec<Film>, FilmAskError> {
    let mut films = Vec::new();
    for (index, clip) in edit.clips.iter().enumerate() {
        let field = format!("edit.clips[{index}].film");
        let missing = || WrongOrder::new(&*field, format!("{:?} is no film here", clip.film));
        let id = FilmId::from_str(&clip.film).map_err(|_| missing())?;
        let film = match store.films().get(id).await {
            Ok(film) => film,
            Err(StoreError::NotFound { .. }) => return Err(missing().into()),
            Err(error) => return Err(error.into()),
        };
        if let Some(expired) = film.expired {
            let problem = format!("{:?} expired at {}: make it again", film.name, expired.at);
            return Err(WrongOrder::new(field, problem).into());
        }
        if film.made.is_none() || film.files.video.is_none() {
            let problem = format!("{:?} is not made, or not yet", film.name);
            return Err(WrongOrder::new(field, problem).into());
        }
        films.push(film);
    }
    Ok(films)
}

/// Whether the edit can be made of these films, one for each clip, and pictures, as far as their figures tell.
pub(super) fn check(edit: &Edit, films: &[Film], pictures: &[Picture]) -> Result<(), WrongOrder> {
    let known: Vec<KnownFilm> = films
        .iter()
        .filter_map(|film| film.made.as_ref().map(known))
        .collect();
    let pictures: Vec<_> = pictures
        .iter()
        .map(|picture| (picture.width, picture.height))
        .collect();
    edit.check_with(&known, &pictures).map_err(wrong)
}

fn known(made: &FilmMade) -> KnownFilm {
    let chapters = made.chapters.iter().map(|chapter| Chapter {
        title: chapter.title.clone(),
        start_ms: chapter.start_ms,
    });
    KnownFilm {
        size: (made.width, made.height),
        fps: made.fps,
        duration_ms: made.duration_ms,
        chapters: chapters.collect(),
    }
}

/// What the new film will be; its first clip is of this film.
pub(super) fn setup(
    request: &FilmRequest,
    edit: &Edit,
    first: &FilmMade,
) -> Result<FilmSetup, WrongOrder> {
    let setup = edit
        .setup((first.width, first.height), first.fps)
        .map_err(wrong)?;
    Ok(FilmSetup {
        preset: "custom".to_owned(),
        width: setup.width,
        height: setup.height,
        scale: None,
        fps: setup.rate.per_second(),
        kbps: setup.kbps,
        format: request.format_word().to_owned(),
    })
}

fn wrong(error: EditError) -> WrongOrder {
    match error {
        EditError::Document { place, problem } if place.is_empty() => {
            WrongOrder::new("edit", problem)
        }
        EditError::Document { place, problem } => WrongOrder::new(format!("edit.{place}"), problem),
        other => WrongOrder::new("edit", other.to_string()),
    }
}
