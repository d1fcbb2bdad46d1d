//! Asking for runs.

use ids::RecordingId;
use store::{NewRun, RunOptions, Time};
use work::RUN_QUEUE;

use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::error::ApiError;

/// A run is begun at most so often: a worker that dies three times in it is no accident.
const MAX_ATTEMPTS: u32 = 3;

/// Queues a run of the recording's latest document, provided that it can be performed.
pub(crate) async fn queue(
    app: &App,
    owner: &Owner,
    recording: RecordingId,
    options: RunOptions,
    start_at: Option<Time>,
) -> Result<store::Run, ApiError> {
    let (_, document) = documents::load(app.store(), recording).await?;
    documents::must_be_performable(&document)?;
    let new = NewRun {
        recording,
        user: Some(owner.user.id),
        options,
        start_at: start_at.unwrap_or_else(Time::now),
        queue: RUN_QUEUE.to_owned(),
        max_attempts: MAX_ATTEMPTS,
    };
    Ok(app.store().runs().create(new).await?)
}
