//! One run of one recording, in a browser context of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use browser::{Context, ContextOptions, Page, Progress};
use egress::EgressProxy;
use jiff::Timestamp;
use recording::Recording;
use replay::{Files, Outcome, PlayOptions, RunStatus, StepResult, WithTabs};
use tokio_util::sync::CancellationToken;

use super::Plan;
use super::baselines::Album;
use super::browsers::{Browsers, PATIENCE};
use super::job::Job;
use super::lines::Lines;
use super::result::Ran;
use super::screen::Screen;
use super::video::Video;

/// What all runs share.
pub(super) struct Scene<'a> {
    pub(super) plan: &'a Plan,
    pub(super) browsers: &'a Browsers,
    pub(super) proxy: &'a EgressProxy,
    pub(super) cancel: &'a CancellationToken,
    pub(super) screen: &'a Screen,
}

impl Scene<'_> {
    /// Performs the recording once; `retry` counts the runs before this one.
    pub(super) async fn run(&self, job: &Job, retry: usize) -> Ran {
        let plan = self.plan;
        let recording = &job.recording;
        let mut ran = Ran::begin();
        let pictures = &plan.results.pictures;
        let album = Album::of(&job.origin);
        let mut lines = Lines::new(job, pictures, self.screen, retry);
        lines.baselines_in(album.clone());
        let deadline = Instant::now() + PATIENCE + plan.options.run_timeout;
        let progress = Progress::with_deadline(deadline, self.cancel.clone());
        let browser = match self.browsers.get(job.engine).await {
            Ok(browser) => browser,
            Err(error) => return ran.could_not_begin(error.to_string()),
        };
        let context = match browser
            .new_context(&progress, self.context_options(job))
            .await
        {
            Ok(context) => context,
            Err(error) => return ran.could_not_begin(error.to_string()),
        };
        let options = PlayOptions {
            files: Files {
                folder: job.origin.folder().map(ToOwned::to_owned),
                ..Files::default()
            },
            variables: job.variables.clone(),
            baselines: Arc::new(album.clone()),
            ..plan.options.clone()
        };
        let video = self.film(&progress, &context, (&lines.prefix(), job)).await;
        let filmed = video.as_ref().and_then(|video| video.as_ref().ok());
        let in_front = filmed.map(Video::in_front);
        let tell = |page: &Page| {
            if let Some(in_front) = &in_front {
                in_front.turn_to(page);
            }
        };
        let mut watching = WithTabs(&mut lines, tell);
        let outcome = replay::play(&progress, &context, recording, &options, &mut watching).await;
        ran.video = self.filmed(video).await;
        if let Err(error) = context.close(&Progress::with_timeout(PATIENCE)).await {
            // The browser is closed soon after, and takes the context with it.
            tracing::debug!(%error, "a context could not be closed");
        }
        if let Some(problem) = lines.finish(&mut ran) {
            // A picture that was approved and is not there would be missing in the next run.
            return ran.could_not_begin(problem);
        }
        ran.ended = Timestamp::now();
        ran.evidence = keep_evidence(plan, &job.name, &outcome, &ran.steps);
        if outcome.status != RunStatus::Passed {
            ran.notes.extend(self.denials(recording));
        }
        ran.outcome = Some(outcome);
        ran
    }

    /// Begins to film the run, when that is wanted. A run that cannot be filmed is performed all the same.
    async fn film(
        &self,
        progress: &Progress,
        context: &Context,
        (name, job): (&str, &Job),
    ) -> Option<anyhow::Result<Video>> {
        let videos = self.plan.results.videos.as_ref()?;
        let screen = replay::screen(&job.recording, job.engine);
        Some(videos.begin(progress, context, (name, screen)).await)
    }

    async fn filmed(
        &self,
        video: Option<anyhow::Result<Video>>,
    ) -> Option<Result<PathBuf, String>> {
        let video = video?;
        let _busy = self.screen.busy("finishing the video");
        let finished = match video {
            // Whoever interrupts does not wait for a video.
            Ok(_) if self.cancel.is_cancelled() => return None,
            Ok(video) => video.finish().await,
            Err(error) => Err(error),
        };
        Some(finished.map_err(|error| format!("{error:#}")))
    }

    fn context_options(&self, job: &Job) -> ContextOptions {
        ContextOptions {
            viewport: Some(replay::screen(&job.recording, job.engine)),
            user_agent: replay::user_agent(&job.recording, job.engine),
            proxy: Some(self.proxy.address()),
            ignore_https_errors: self.plan.ignores_https_errors,
            network_events: self.plan.options.watch_network,
            ..ContextOptions::default()
        }
    }

    /// Why the start page was refused, when it was this program that refused it.
    fn denials(&self, recording: &Recording) -> Option<String> {
        let url = url::Url::parse(&recording.url).ok()?;
        self.proxy
            .last_denial_for(url.host_str()?)
            .map(|denial| denial.to_string())
    }
}

fn keep_evidence(
    plan: &Plan,
    name: &str,
    outcome: &Outcome,
    steps: &[StepResult],
) -> Option<Result<PathBuf, String>> {
    let wanted = matches!(outcome.status, RunStatus::Failed | RunStatus::TimedOut);
    wanted.then(|| {
        plan.results
            .evidence
            .keep(name, outcome, steps)
            .map_err(|error| format!("{error:#}"))
    })
}
