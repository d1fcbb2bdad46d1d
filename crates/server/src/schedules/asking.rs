//! Making and changing schedules: everything is checked when it is asked for, as a run's request is, so that nothing is found
//! wrong at night.

use ids::ScheduleId;
use serde_json::json;
use store::{NewSchedule, Schedule, ScheduleChange, ScheduledRequest, Time};
use work::{Recurrence, RecurrenceError};

use crate::api::run::CreateRun;
use crate::api::schedule::{ChangeSchedule, CreateSchedule, SchedulePreview, ScheduledRun};
use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::error::ApiError;

/// The most characters of a name.
const LONGEST_NAME: usize = 200;

/// Keeps a schedule whose runs could be asked for now.
pub(crate) async fn create(
    app: &App,
    owner: &Owner,
    wanted: CreateSchedule,
) -> Result<Schedule, ApiError> {
    let recurrence = Recurrence::new(&wanted.cron, &wanted.time_zone)?;
    let (recording, run) = checked(app, wanted.run).await?;
    let new = NewSchedule {
        user: Some(owner.user.id),
        name: name(&wanted.name.unwrap_or(recording))?,
        run,
        cron: wanted.cron.trim().to_owned(),
        time_zone: wanted.time_zone,
        is_enabled: wanted.enabled,
        next_at: recurrence.after(Time::now()).filter(|_| wanted.enabled),
    };
    Ok(app.store().schedules().create(new).await?)
}

/// Changes what is named. Moments are counted from now on: none that passed while it was paused is made up for.
pub(crate) async fn change(
    app: &App,
    id: ScheduleId,
    wanted: ChangeSchedule,
) -> Result<Schedule, ApiError> {
    let schedules = app.store().schedules();
    let before = schedules.get(id).await?;
    let other = [&wanted.cron, &wanted.time_zone];
    let is_other_time = wanted.enabled.is_some() || other.iter().any(|text| text.is_some());
    let cron = wanted.cron.map(|cron| cron.trim().to_owned());
    let recurrence = Recurrence::new(
        cron.as_deref().unwrap_or(&before.cron),
        wanted.time_zone.as_deref().unwrap_or(&before.time_zone),
    )?;
    let is_enabled = wanted.enabled.unwrap_or(before.is_enabled);
    let next = recurrence.after(Time::now()).filter(|_| is_enabled);
    let run = match wanted.run {
        Some(run) => Some(checked(app, run).await?.1),
        None => None,
    };
    if wanted.enabled == Some(true) && run.is_none() {
        app.store().recordings().get(before.recording).await?;
    }
    let change = ScheduleChange {
        name: wanted.name.as_deref().map(name).transpose()?,
        run,
        cron,
        time_zone: wanted.time_zone,
        is_enabled: wanted.enabled,
        next_at: is_other_time.then_some(next),
    };
    Ok(schedules.change(id, change).await?)
}

/// Brings a deleted schedule back. Its moments are counted from now on.
pub(crate) async fn restore(app: &App, id: ScheduleId) -> Result<Schedule, ApiError> {
    let schedules = app.store().schedules();
    let schedule = schedules.restore(id).await?;
    if !schedule.is_enabled || schedule.next_at.is_some() {
        return Ok(schedule);
    }
    let recurrence = Recurrence::new(&schedule.cron, &schedule.time_zone)?;
    let change = ScheduleChange {
        next_at: Some(recurrence.after(Time::now())),
        ..ScheduleChange::default()
    };
    Ok(schedules.change(id, change).await?)
}

/// The moments of a schedule that does not exist yet.
pub(crate) fn moments(cron: String, time_zone: String) -> Result<SchedulePreview, ApiError> {
    let recurrence = Recurrence::new(&cron, &time_zone)?;
    Ok(SchedulePreview {
        next: recurrence.some_after(Time::now(), super::TOLD),
        cron,
        time_zone,
    })
}

/// The name of the recording and the request as it is kept.
async fn checked(app: &App, wanted: CreateRun) -> Result<(String, ScheduledRequest), ApiError> {
    if wanted.start_at.is_some() {
        let sentence = "A schedule says itself when runs begin: leave `run.startAt` out.";
        return Err(ApiError::invalid("invalid_options", sentence));
    }
    let recording = wanted.recording_id;
    let (run, secrets) = ScheduledRun::split(wanted);
    let json = |error: serde_json::Error| ApiError::internal(&error);
    let request = serde_json::to_value(&run).map_err(json)?;
    let sealed = match secrets.is_empty() {
        true => None,
        false => Some(serde_json::to_string(&secrets).map_err(json)?),
    };
    run.join(recording, secrets).into_options()?;
    let (summary, document) = documents::load(app.store(), recording).await?;
    documents::must_be_performable(&document)?;
    let kept = ScheduledRequest {
        recording,
        request,
        secrets: sealed,
    };
    Ok((summary.name, kept))
}

fn name(name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let sentence = "A name has 1 to 200 characters.";
        return Err(ApiError::invalid("invalid_name", sentence));
    }
    Ok(name.to_owned())
}

impl From<RecurrenceError> for ApiError {
    fn from(error: RecurrenceError) -> Self {
        let mut sentence = error.to_string();
        if let Some(first) = sentence.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Self::invalid("invalid_schedule", format!("{sentence}."))
            .with_details(json!({ "field": error.subject() }))
    }
}
