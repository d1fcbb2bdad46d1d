//! One moment of a schedule: a run begins, or there is a reason why none does.

use ids::ScheduleId;
use store::{Claim, RunStatus, Schedule, StoreError, Time, Turn};
use work::Recurrence;

use crate::api::run::Run;
use crate::api::schedule::{ScheduledRun, Secrets};
use crate::app::App;
use crate::auth::Owner;
use crate::error::ApiError;
use crate::runs::{self, Asked};

const RECORDING_GONE: &str = "Its recording was deleted.";
const STILL_RUNNING: &str = "The run before it had not ended.";
const SEALED_ELSEWHERE: &str =
    "The values of its variables were sealed in another data folder: give them again.";

/// Begins a run of a schedule because a person wants one now, whatever its moments are.
pub(crate) async fn run_now(app: &App, owner: &Owner, id: ScheduleId) -> Result<Run, ApiError> {
    let schedule = app.store().schedules().get(id).await?;
    let turn = Turn {
        schedule: id,
        claim: None,
    };
    let asked = Asked::by(owner).for_schedule(turn);
    begin(app, &schedule, asked).await
}

/// Does what is to be done at the moment of a schedule that has come. However many moments passed while no server was there, it
/// is one run, and the next moment is one to come.
pub(super) async fn come(app: &App, schedule: Schedule, now: Time) -> Result<(), StoreError> {
    let Some(due) = schedule.next_at else {
        return Ok(());
    };
    let (id, schedules) = (schedule.id, app.store().schedules());
    let recurrence = match Recurrence::new(&schedule.cron, &schedule.time_zone) {
        Ok(recurrence) => recurrence,
        // It was read when it was made: another version reads it otherwise.
        Err(error) => {
            let why = format!("Its moments cannot be read: {error}.");
            return schedules.disable(id, due, &why).await.map(drop);
        }
    };
    match app.store().recordings().get(schedule.recording).await {
        Ok(_) => {}
        Err(StoreError::NotFound { .. }) => {
            tracing::warn!(schedule = %id, "a schedule is paused: its recording was deleted");
            return schedules.disable(id, due, RECORDING_GONE).await.map(drop);
        }
        Err(error) => return Err(error),
    }
    let claim = Claim {
        due,
        next: recurrence.after(now),
    };
    if is_running(app, &schedule).await? {
        tracing::info!(schedule = %id, %due, "a scheduled run is left out: the one before it has not ended");
        return schedules.skip(id, claim, STILL_RUNNING).await.map(drop);
    }
    let turn = Turn {
        schedule: id,
        claim: Some(claim),
    };
    match begin(app, &schedule, Asked::by_schedule(schedule.user, turn)).await {
        Ok(run) => tracing::info!(schedule = %id, run = %run.id, %due, "a scheduled run is queued"),
        // Another server was faster, or the schedule was changed in between.
        Err(error) if error.code() == runs::TURN_TAKEN => {}
        Err(error) => {
            tracing::warn!(schedule = %id, %due, reason = error.message(), "a scheduled run was refused");
            schedules.skip(id, claim, error.message()).await?;
        }
    }
    Ok(())
}

/// Asks for the run as a person would have.
async fn begin(app: &App, schedule: &Schedule, asked: Asked) -> Result<Run, ApiError> {
    let secrets = match app.store().schedules().secrets(schedule) {
        Ok(None) => Secrets::default(),
        Ok(Some(text)) => {
            serde_json::from_str(&text).map_err(|error| ApiError::internal(&error))?
        }
        Err(StoreError::Vault { .. }) => {
            return Err(ApiError::conflict("sealed_elsewhere", SEALED_ELSEWHERE));
        }
        Err(error) => return Err(error.into()),
    };
    let run: ScheduledRun = serde_json::from_value(schedule.request.clone())
        .map_err(|error| ApiError::internal(&error))?;
    let options = run.join(schedule.recording, secrets).into_options()?;
    runs::queue(app, asked, schedule.recording, options).await
}

/// Whether any of the runs of the last turn goes on.
async fn is_running(app: &App, schedule: &Schedule) -> Result<bool, StoreError> {
    let Some(last) = schedule.last_run else {
        return Ok(false);
    };
    match app.store().runs().together(last).await {
        Ok(runs) => {
            let stands: Vec<RunStatus> = runs.iter().map(|run| run.status).collect();
            Ok(!RunStatus::of_all(&stands).is_final())
        }
        // Only what ended can be deleted.
        Err(StoreError::NotFound { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
