//! Asking for runs.

use ids::{RecordingId, RunId, UserId};
use store::{NewRun, RunOptions, Time, Turn};
use work::RUN_QUEUE;

use crate::api::run::{Run, RunDetail, RunGroup, RunStep};
use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::error::ApiError;

/// A run is begun at most so often: a worker that dies three times in it is no accident.
const MAX_ATTEMPTS: u32 = 3;

/// The moment of a schedule was another server's, as failures name it.
pub(crate) const TURN_TAKEN: &str = "turn_taken";

/// Who asks for runs, and when they begin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    user: Option<UserId>,
    start_at: Option<Time>,
    schedule: Option<Turn>,
}

impl Asked {
    /// A person, at once.
    pub(crate) fn by(owner: &Owner) -> Self {
        Self {
            user: Some(owner.user.id),
            start_at: None,
            schedule: None,
        }
    }

    /// A schedule, in the name of who made it.
    pub(crate) fn by_schedule(user: Option<UserId>, turn: Turn) -> Self {
        Self {
            user,
            start_at: None,
            schedule: Some(turn),
        }
    }

    /// The same, not before this moment.
    pub(crate) fn not_before(self, start_at: Option<Time>) -> Self {
        Self { start_at, ..self }
    }

    /// The same, counted among the runs of a schedule.
    pub(crate) fn for_schedule(self, turn: Turn) -> Self {
        Self {
            schedule: Some(turn),
            ..self
        }
    }
}

/// Queues a run of the recording's latest document with each of these options, provided that it can be performed.
/// Answers with the first of them.
pub(crate) async fn queue(
    app: &App,
    asked: Asked,
    recording: RecordingId,
    mut options: Vec<RunOptions>,
) -> Result<Run, ApiError> {
    let (_, document) = documents::load(app.store(), recording).await?;
    documents::must_be_performable(&document)?;
    let new = NewRun {
        recording,
        user: asked.user,
        options: RunOptions::default(),
        start_at: asked.start_at.unwrap_or_else(Time::now),
        queue: RUN_QUEUE.to_owned(),
        max_attempts: MAX_ATTEMPTS,
        schedule: asked.schedule,
    };
    let runs = app.store().runs();
    if options.len() > 1 {
        let mut created = runs.create_all(new, options).await?;
        let first = created.swap_remove(0);
        return described(app, first).await;
    }
    let options = options.pop().unwrap_or_default();
    Ok(runs.create(NewRun { options, ..new }).await?.into())
}

/// A run with its steps.
pub(crate) async fn detail(app: &App, id: RunId) -> Result<RunDetail, ApiError> {
    let (run, steps) = app.store().runs().with_steps(id).await?;
    let approved = app.store().baselines().approved_in(id).await?;
    let describe = |step: store::RunStep| {
        let mut step = RunStep::from(step);
        if let Some(visual) = &mut step.visual {
            visual.approved = approved.contains(&step.index);
        }
        step
    };
    Ok(RunDetail {
        run: described(app, run).await?,
        steps: steps.into_iter().map(describe).collect(),
    })
}

/// A run with those that were asked for with it.
pub(crate) async fn described(app: &App, run: store::Run) -> Result<Run, ApiError> {
    let mut described = all_described(app, vec![run]).await?;
    Ok(described.swap_remove(0))
}

/// The same of several, in their order.
pub(crate) async fn all_described(app: &App, runs: Vec<store::Run>) -> Result<Vec<Run>, ApiError> {
    let groups: Vec<RunId> = runs.iter().filter_map(|run| run.group).collect();
    let groups = app.store().runs().groups(&groups).await?;
    let describe = |run: store::Run| {
        let group = run.group;
        let mut described = Run::from(run);
        described.group = group.and_then(|id| {
            let runs = groups.get(&id)?.clone();
            Some(RunGroup::of(id, runs))
        });
        described
    };
    Ok(runs.into_iter().map(describe).collect())
}
