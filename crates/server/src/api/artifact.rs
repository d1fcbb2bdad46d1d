//! Stored files.

use ids::{ArtifactId, RunId, SessionId};
use serde::Serialize;
use store::{ArtifactKind, Time};
use utoipa::ToSchema;

/// A stored file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Artifact {
    pub(crate) id: ArtifactId,
    pub(crate) kind: ArtifactKind,
    /// Carries the moment and the session's or run's id.
    pub(crate) name: String,
    /// Read from the bytes.
    pub(crate) content_type: String,
    /// Bytes.
    pub(crate) size: u64,
    /// Of the bytes, in hexadecimal.
    pub(crate) sha256: String,
    pub(crate) created_at: Time,
    /// Path of the bytes.
    pub(crate) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) session_id: Option<SessionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) run_id: Option<RunId>,
    /// The step that it belongs to, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) step_index: Option<u32>,
}

/// The path of an artifact's bytes.
pub(crate) fn content_path(id: ArtifactId) -> String {
    format!("/api/v1/artifacts/{id}/content")
}

impl From<store::Artifact> for Artifact {
    fn from(artifact: store::Artifact) -> Self {
        Self {
            id: artifact.id,
            kind: artifact.kind,
            name: artifact.name,
            content_type: artifact.content_type,
            size: artifact.size,
            sha256: artifact.sha256,
            created_at: artifact.created_at,
            url: content_path(artifact.id),
            session_id: artifact.session_id,
            run_id: artifact.run_id,
            step_index: artifact.step_index,
        }
    }
}
