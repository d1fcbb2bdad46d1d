//! Makes a film of films.

use std::time::Instant;

use browser::Progress;
use store::{Film, FilmEnd, FilmFiles};
use video::Edit;

use super::{FilmJob, edit, failure, fetch, folder, found, keep, progress};
use crate::error::JobError;
use crate::films::{FilmRequest, films_of, pictures_of};
use crate::job::HeldJob;

impl FilmJob {
    /// Makes a film of films.
    pub(super) async fn edit(
        &self,
        job: &HeldJob,
        film: &Film,
        edit: Edit,
        request: &FilmRequest,
    ) -> Result<(), JobError> {
        let (fence, id) = (job.claimed.fence, film.id);
        let films = films_of(&self.store, &edit).await;
        let films = match found(films, failure::of_clips)? {
            Ok(films) => films,
            Err(failure) => {
                let ended = FilmEnd::Failed(failure, Box::default());
                return self.end(fence, id, ended).await;
            }
        };
        let of_edit = edit.sound.as_ref().map(|sound| ("edit.sound", sound));
        let (track, sounds) = match self.heard(request, of_edit).await? {
            Ok(heard) => heard,
            Err(failure) => {
                let ended = FilmEnd::Failed(failure, Box::default());
                return self.end(fence, id, ended).await;
            }
        };
        let pictures = pictures_of(&self.store, &edit).await;
        let pictures = match found(pictures, failure::of_pictures)? {
            Ok(pictures) => pictures,
            Err(failure) => {
                let ended = FilmEnd::Failed(failure, Box::default());
                return self.end(fence, id, ended).await;
            }
        };
        let folder = folder()?;
        let parts = edit::Parts {
            films: fetch::films(&self.store, &films, folder.path()).await?,
            pictures: fetch::pictures(&self.store, &pictures, folder.path()).await?,
            sound: fetch::sounds(&self.store, track.as_ref(), &sounds, folder.path()).await?,
        };
        let until = Instant::now() + self.time_limit;
        let progress = Progress::with_deadline(until, job.stop.token().child_token());
        let reporter = progress::Reporter::start(self.store.clone(), fence, id);
        let made = edit::make(
            &progress,
            (edit, parts),
            request,
            (folder.path(), self.executable.clone(), self.time_limit),
            reporter.teller(),
        )
        .await;
        reporter.finish().await;
        let mut files = FilmFiles::default();
        match made {
            Ok(edited) => {
                let done = keep::edited(&self.store, &mut files, edited).await?;
                self.deliver(job, film, request, done).await
            }
            Err(error) => {
                let (may_pass, failure) = failure::of_edit(&error);
                self.not_made(job, id, (may_pass, failure), files).await
            }
        }
    }
}
