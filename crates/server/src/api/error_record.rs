//! Errors that sessions and runs met.

use ids::{ErrorId, RunId, SessionId};
use serde::{Deserialize, Serialize};
use store::{ErrorKind, Severity, Time};
use utoipa::{IntoParams, ToSchema};

use super::run::Picture;

/// An error that a session or a run met.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorRecord {
    pub(crate) id: ErrorId,
    pub(crate) kind: ErrorKind,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stack: Option<String>,
    /// The page, or the address that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) session_id: Option<SessionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) run_id: Option<RunId>,
    /// From 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) step_index: Option<u32>,
    /// When it was met first.
    pub(crate) occurred_at: Time,
    /// How often it was met.
    pub(crate) count: u64,
    pub(crate) evidence: Evidence,
}

/// What was gathered when the error happened.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Evidence {
    /// The whole page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) screenshot: Option<Picture>,
    /// Pictures from before the error, oldest first.
    pub(crate) before: Vec<Picture>,
    /// The document as HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dom: Option<Picture>,
    /// The last console lines.
    #[schema(value_type = Vec<Object>)]
    pub(crate) console: Vec<serde_json::Value>,
    /// The requests that failed.
    #[schema(value_type = Vec<Object>)]
    pub(crate) network: Vec<serde_json::Value>,
}

/// Which errors are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ErrorFilter {
    /// Only those of this session.
    #[param(value_type = Option<uuid::Uuid>)]
    pub(crate) session: Option<SessionId>,
    /// Only those of this run.
    #[param(value_type = Option<uuid::Uuid>)]
    pub(crate) run: Option<RunId>,
    /// Only those this bad.
    #[param(inline)]
    pub(crate) severity: Option<Severity>,
    /// Only those about this.
    #[param(inline)]
    pub(crate) kind: Option<ErrorKind>,
}

impl From<ErrorFilter> for store::ErrorFilter {
    fn from(filter: ErrorFilter) -> Self {
        Self {
            session: filter.session,
            run: filter.run,
            severity: filter.severity,
            kind: filter.kind,
        }
    }
}

impl From<store::ErrorRecord> for ErrorRecord {
    fn from(error: store::ErrorRecord) -> Self {
        let evidence = error.evidence;
        Self {
            id: error.id,
            kind: error.kind,
            severity: error.severity,
            message: error.message,
            detail: error.detail,
            stack: error.stack,
            url: error.url,
            session_id: error.session_id,
            run_id: error.run_id,
            step_index: error.step_index,
            occurred_at: error.occurred_at,
            count: error.count,
            evidence: Evidence {
                screenshot: evidence.screenshot.map(Picture::from),
                before: evidence.before.into_iter().map(Picture::from).collect(),
                dom: evidence.dom.map(Picture::from),
                console: evidence.console,
                network: evidence.network,
            },
        }
    }
}
