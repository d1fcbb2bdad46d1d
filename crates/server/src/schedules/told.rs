//! Schedules as they are told: with the moments to come, and how the last run went.

use store::{RunStatus, StoreError, Time};
use work::Recurrence;

use crate::api::schedule::{LastScheduledRun, Schedule};
use crate::app::App;
use crate::error::ApiError;

/// A schedule with what is known beyond its row.
pub(crate) async fn described(app: &App, schedule: store::Schedule) -> Result<Schedule, ApiError> {
    let last_run = last_run(app, &schedule).await?;
    let recording = match app.store().recordings().get(schedule.recording).await {
        Ok(recording) => Some(recording.name),
        Err(StoreError::NotFound { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let run =
        serde_json::from_value(schedule.request).map_err(|error| ApiError::internal(&error))?;
    Ok(Schedule {
        id: schedule.id,
        name: schedule.name,
        recording_id: schedule.recording,
        recording_name: recording,
        next: moments(&schedule.cron, &schedule.time_zone, schedule.next_at),
        cron: schedule.cron,
        time_zone: schedule.time_zone,
        enabled: schedule.is_enabled,
        disabled_reason: schedule.disabled_why,
        run,
        last_run,
        last_skipped_at: schedule.last_skipped_at,
        last_skipped_reason: schedule.last_skipped_why,
        created_at: schedule.created_at,
        updated_at: schedule.updated_at,
    })
}

/// The same of several, in their order.
pub(crate) async fn described_all(
    app: &App,
    schedules: Vec<store::Schedule>,
) -> Result<Vec<Schedule>, ApiError> {
    let mut all = Vec::with_capacity(schedules.len());
    for schedule in schedules {
        all.push(described(app, schedule).await?);
    }
    Ok(all)
}

/// The first is the one that is waited for.
fn moments(cron: &str, time_zone: &str, next_at: Option<Time>) -> Vec<Time> {
    let Some(next_at) = next_at else {
        return Vec::new();
    };
    let mut moments = vec![next_at];
    if let Ok(recurrence) = Recurrence::new(cron, time_zone) {
        moments.extend(recurrence.some_after(next_at, super::TOLD - 1));
    }
    moments
}

async fn last_run(
    app: &App,
    schedule: &store::Schedule,
) -> Result<Option<LastScheduledRun>, ApiError> {
    let Some(id) = schedule.last_run else {
        return Ok(None);
    };
    let runs = match app.store().runs().together(id).await {
        Ok(runs) => runs,
        Err(StoreError::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let stands: Vec<RunStatus> = runs.iter().map(|run| run.status).collect();
    let status = RunStatus::of_all(&stands);
    let ended = runs.iter().filter_map(|run| run.finished_at).max();
    Ok(runs.first().map(|first| LastScheduledRun {
        id,
        status,
        created_at: first.created_at,
        finished_at: ended.filter(|_| status.is_final()),
    }))
}
