//! Asking for renders, and their files.

use bytes::Bytes;
use http::StatusCode;
use ids::RenderId;
use work::{AskError, Wanted, chain};

use crate::api::render::Render;
use crate::app::App;
use crate::auth::Owner;
use crate::error::ApiError;
use crate::files;

/// A job may be as large as the renderer reads.
pub(crate) const BODY_LIMIT: usize = video::LARGEST_JOB;

/// Checks a job and queues it, or answers it from what was made before.
pub(crate) async fn ask(app: &App, owner: &Owner, job: Bytes) -> Result<Render, ApiError> {
    let wanted = Wanted {
        job,
        user: Some(owner.user.id),
        intake: None,
    };
    Ok(shown(app, app.renders().ask(wanted).await?))
}

/// Brings an output that is kept to its place once more.
pub(crate) async fn deliver(app: &App, id: RenderId) -> Result<store::Render, ApiError> {
    if app.options().delivery.is_none() {
        return Err(ApiError::conflict(
            "nowhere_to_deliver",
            "This server keeps outputs in its own folder: set PROSCENIUM_STORAGE to have them delivered.",
        ));
    }
    must_be_there(&app.store().renders().get(id).await?)?;
    if !app.renders().deliver_again(id).await? {
        return Err(ApiError::conflict(
            "render_not_whole",
            "Only a render that has ended and has its output can be delivered.",
        ));
    }
    Ok(app.store().renders().get(id).await?)
}

/// A render as it is told.
pub(crate) fn shown(app: &App, render: store::Render) -> Render {
    Render::of(render, &app.options().keep)
}

/// Refuses what asks for an output that expired.
pub(crate) fn must_be_there(render: &store::Render) -> Result<(), ApiError> {
    let gone = files::Gone {
        code: "render_expired",
        what: "The render's output was",
        kind: "outputs",
        way_out: "Its job is kept: sent once more to `POST /api/v1/renders`, it is rendered again.",
    };
    match render.expired {
        Some(expired) => Err(gone.at(expired)),
        None => Ok(()),
    }
}

impl From<AskError> for ApiError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Job(video::JobError::Json(cause)) => Self::new(
                StatusCode::BAD_REQUEST,
                "invalid_body",
                format!("The job is not JSON: {cause}."),
            ),
            AskError::Job(cause) => Self::invalid("invalid_job", sentence(&cause)),
            AskError::Unsupported(_) => Self::invalid("unsupported_job", sentence(&error)),
            AskError::Place(cause) => Self::invalid("invalid_job", sentence(&cause)),
            AskError::Store(cause) => cause.into(),
        }
    }
}

fn sentence(error: &dyn std::error::Error) -> String {
    format!("{}.", chain(error).trim_end_matches('.'))
}
