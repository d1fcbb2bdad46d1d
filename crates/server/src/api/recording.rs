//! Recordings.

use ids::{RecordingId, RunId};
use serde::{Deserialize, Serialize};
use store::{RunStatus, Time, Viewport};
use utoipa::{IntoParams, ToSchema};

/// A recording as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecordingSummary {
    pub(crate) id: RecordingId,
    pub(crate) name: String,
    /// Where it starts.
    pub(crate) url: String,
    /// How many steps it has.
    pub(crate) steps: u32,
    /// Counts the saved versions of the document, from 1.
    pub(crate) revision: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) viewport: Option<Viewport>,
    /// The words that a person sorted it under.
    pub(crate) tags: Vec<String>,
    pub(crate) created_at: Time,
    pub(crate) updated_at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_run: Option<LastRun>,
    /// Path of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) thumbnail: Option<String>,
}

/// The latest run of a recording.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LastRun {
    pub(crate) id: RunId,
    pub(crate) status: RunStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) finished_at: Option<Time>,
}

/// A recording with its document.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecordingDetail {
    #[serde(flatten)]
    pub(crate) summary: RecordingSummary,
    /// The document as it was saved, fields that this version does not know included.
    #[schema(value_type = Object)]
    pub(crate) document: serde_json::Value,
}

/// A changed document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ReplaceDocument {
    /// The whole document.
    #[schema(value_type = Object)]
    pub(crate) document: serde_json::Value,
    /// The revision that was edited; a later one in the database is a conflict.
    pub(crate) revision: u32,
}

/// A new name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RenameRecording {
    #[schema(min_length = 1, max_length = 200)]
    pub(crate) name: String,
}

/// Which recordings are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct RecordingFilter {
    /// Part of the name or the address.
    pub(crate) q: Option<String>,
    /// A word that they are sorted under.
    pub(crate) tag: Option<String>,
    /// Deleted ones instead of living ones.
    pub(crate) deleted: bool,
}

/// What is wrong with a document.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ValidationReport {
    /// No errors: it can be performed.
    pub(crate) valid: bool,
    pub(crate) errors: Vec<Problem>,
    pub(crate) warnings: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Problem {
    /// Where: `actions[3].selectors[0].value`.
    pub(crate) path: String,
    /// What, in one sentence.
    pub(crate) message: String,
}

impl From<store::Recording> for RecordingSummary {
    fn from(recording: store::Recording) -> Self {
        let last_run = recording.last_run.map(|(id, status, finished_at)| LastRun {
            id,
            status,
            finished_at,
        });
        Self {
            id: recording.id,
            name: recording.name,
            url: recording.url,
            steps: recording.steps,
            revision: recording.revision,
            viewport: recording.viewport,
            tags: recording.tags,
            created_at: recording.created_at,
            updated_at: recording.updated_at,
            last_run,
            thumbnail: recording.thumbnail.map(super::artifact::content_path),
        }
    }
}
