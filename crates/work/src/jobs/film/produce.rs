//! Films a page: a storyboard, a tour or a recording.

use std::borrow::Cow;
use std::path::Path;
use std::time::Instant;

use browser::Progress;
use egress::{EgressPolicy, EgressProxy};
use recording::Variables;
use replay::PlayOptions;
use store::{Film, FilmEnd, FilmFailure, FilmFiles};
use video::Storyboard;

use super::{FilmJob, failure, fetch, folder, keep, make, progress};
use crate::error::JobError;
use crate::films::{FilmRequest, Played, storyboard_of};
use crate::job::HeldJob;
use crate::jobs::run::{included, unreachable, uploads};
use crate::metrics;

impl FilmJob {
    /// Films what was ordered.
    pub(super) async fn produce(
        &self,
        job: &HeldJob,
        film: &Film,
        request: &FilmRequest,
    ) -> Result<(), JobError> {
        let (fence, id) = (job.claimed.fence, film.id);
        let script = match request.script() {
            Ok(script) => script,
            Err(wrong) => {
                let ended = FilmEnd::Failed(failure::of_order(&wrong), Box::default());
                return self.end(fence, id, ended).await;
            }
        };
        let of_script = script.as_ref().and_then(|script| script.sound.as_ref());
        let of_script = of_script.map(|sound| ("storyboard.sound", sound));
        let (track, sounds) = match self.heard(request, of_script).await? {
            Ok(heard) => heard,
            Err(failure) => {
                let ended = FilmEnd::Failed(failure, Box::default());
                return self.end(fence, id, ended).await;
            }
        };
        let variables: Variables = match self.store.films().values(film) {
            Ok(values) => values.into_iter().collect(),
            Err(error) => {
                let ended = FilmEnd::Failed(failure::of_values(&error), Box::default());
                return self.end(fence, id, ended).await;
            }
        };
        let folder = folder()?;
        let sound = fetch::sounds(&self.store, track.as_ref(), &sounds, folder.path()).await?;
        let (played, mut script) = match self.played(request, &variables, folder.path()).await? {
            Ok(Some((played, storyboard))) => (Some(played), storyboard),
            Ok(None) => (None, None),
            Err(failure) => {
                let ended = FilmEnd::Failed(failure, Box::default());
                return self.end(fence, id, ended).await;
            }
        };
        let policy = (self.server)()
            .into_iter()
            .fold(self.egress.clone(), EgressPolicy::own_port);
        let proxy = EgressProxy::start(policy)
            .await
            .map_err(|error| JobError::Retry {
                reason: format!("the network door did not open: {error}"),
            })?;
        let until = Instant::now() + self.time_limit;
        let progress = Progress::with_deadline(until, job.stop.token().child_token());
        let reporter = progress::Reporter::start(self.store.clone(), fence, id);
        let studio = make::Studio {
            executable: self.executable.clone(),
            proxy: proxy.address(),
            folder: folder.path(),
            sound,
            time_limit: self.time_limit,
        };
        let begins = played.as_ref().map_or(Cow::Borrowed(&*film.url), |played| {
            played.url().into_owned().into()
        });
        let written = (played, &mut script);
        let made = make::make(&progress, &studio, request, written, reporter.teller()).await;
        reporter.finish().await;
        let reason = made.as_ref().err().and_then(|_| {
            let page = make::address_of(made.as_ref().err(), &begins);
            unreachable(&proxy, &page)
        });
        proxy.shutdown().await;
        let mut files = FilmFiles {
            storyboard: match &script {
                Some(storyboard) => keep::storyboard(&self.store, storyboard).await?,
                None => None,
            },
            ..FilmFiles::default()
        };
        match made {
            Ok(filmed) => {
                metrics::filmed(&filmed.capture);
                let done = keep::film(&self.store, &mut files, filmed, request).await?;
                self.deliver(job, film, request, done).await
            }
            Err(error) => {
                files.video = keep::footage(&self.store, folder.path()).await?;
                let mut failure = failure::of_film(&error);
                if let Some(reason) = reason {
                    failure.message = reason;
                }
                // The address that could not be opened may have a value in it.
                failure.message = variables.mask(&failure.message).into_owned();
                let told = (failure::may_pass(&error), failure);
                self.not_made(job, id, told, files).await
            }
        }
    }

    /// The recording that the player performs, when it is one; and what it is as a storyboard, where it can be one: people
    /// change that by hand.
    async fn played(
        &self,
        request: &FilmRequest,
        variables: &Variables,
        folder: &Path,
    ) -> Result<Result<Option<(Played, Option<Storyboard>)>, FilmFailure>, JobError> {
        if request.storyboard.is_some() {
            return Ok(Ok(None));
        }
        let recording = match request.recorded() {
            Ok(Some(recording)) => recording,
            Ok(None) => return Ok(Ok(None)),
            Err(wrong) => return Ok(Err(failure::of_order(&wrong))),
        };
        let storyboard = storyboard_of(&recording).ok().map(|made| {
            let mut storyboard = made.storyboard;
            request.entitle(&mut storyboard);
            storyboard
        });
        let options = PlayOptions {
            variables: variables.clone(),
            files: uploads::fetch(&self.store, &recording, folder).await?,
            recordings: included::fetch(&self.store, &recording).await?,
            ..PlayOptions::default()
        };
        let (mut played, _) = Played::new(recording, options);
        played.title = request.card();
        played.captions = request.captions == Some(true);
        Ok(Ok(Some((played, storyboard))))
    }
}
