//! Renders.

use ids::RenderId;
use serde::{Deserialize, Serialize};
use store::{DeliveredTo, RenderFailure, RenderMade, RenderStatus, Time};
use utoipa::{IntoParams, ToSchema};
use work::Keep;

use super::kept::{Expired, Storage};

/// One making of a picture or a film of code.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Render {
    pub(crate) id: RenderId,
    /// The name of its file.
    pub(crate) name: String,
    pub(crate) status: RenderStatus,
    /// Frames that were drawn.
    pub(crate) frames_done: u32,
    /// Frames that will be.
    pub(crate) frames_total: u32,
    /// Whether nothing was drawn, because the same had been made before.
    pub(crate) cached: bool,
    /// From 1; 0 while no worker has taken it.
    pub(crate) attempt: u32,
    pub(crate) created_at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) started_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) finished_at: Option<Time>,
    /// What was made; also while it is delivered, and when it did not arrive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) result: Option<RenderMade>,
    /// Path of the output's bytes, when it was made; also when it did not arrive where it was to go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) output: Option<String>,
    /// Path of the page's bytes, when it stands beside the output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<String>,
    /// Where the output went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) delivered: Option<DeliveredTo>,
    /// Whether the output is kept for good.
    pub(crate) pinned: bool,
    /// When the output will be removed for its age; earlier where room is short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expires_at: Option<Time>,
    /// The output was removed, because outputs are not kept for ever here. An equal job is rendered anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expired: Option<Expired>,
    /// Why there is no output, or why it did not arrive: then it is kept, and `POST …/deliver` tries again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<RenderFailure>,
}

/// A render with the job that asked for it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RenderDetail {
    #[serde(flatten)]
    pub(crate) render: Render,
    /// The job as it was sent, with the fields that mean nothing here.
    #[schema(value_type = Object)]
    pub(crate) job: serde_json::Value,
}

/// The room that outputs of renders take, and how long they stay.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RenderStorage {
    /// Renders that have an output.
    pub(crate) renders: u64,
    #[serde(flatten)]
    pub(crate) storage: Storage,
}

impl Render {
    /// What is told of a render where outputs stay so long.
    pub(crate) fn of(render: store::Render, keep: &Keep) -> Self {
        let expires_at = keep.render_expires_at(&render);
        let is_there = render.expired.is_none();
        let path = |is_kept: bool, what: &str| {
            (is_there && is_kept).then(|| format!("/api/v1/renders/{}/{what}", render.id))
        };
        let output = path(render.output.is_some(), "output");
        let page = path(render.page.is_some(), "page");
        Self {
            id: render.id,
            name: render.name,
            status: render.status,
            frames_done: render.frames_done,
            frames_total: render.frames_total,
            cached: render.cached,
            attempt: render.attempt,
            created_at: render.created_at,
            started_at: render.started_at,
            finished_at: render.finished_at,
            result: render.made,
            output,
            page,
            delivered: render.delivered,
            pinned: render.is_pinned,
            expires_at,
            expired: render.expired.map(Expired::from),
            error: render.error,
        }
    }
}

/// Which renders are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct RenderFilter {
    /// Only those that stand here.
    pub(crate) status: Option<RenderStatus>,
}
