//! The server itself.

use delivery::{Delivery, StorageState};
use serde::Serialize;
use utoipa::ToSchema;

use crate::browsers::InstalledBrowser;

/// Whether the server is well.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Health {
    /// `ok`, or `degraded` when the database, the storage of outputs or a browser that draws frames on command is missing.
    #[schema(examples("ok"))]
    pub(crate) status: String,
    pub(crate) version: String,
    pub(crate) uptime_ms: u64,
    pub(crate) browser: BrowserHealth,
    /// How many runs this process performs at once.
    pub(crate) workers: u32,
    pub(crate) queue: QueueHealth,
    /// The browsers that render in this process; nothing when it renders nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) renders: Option<RenderPoolHealth>,
    /// Where outputs go; nothing when they stay in the data folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) storage: Option<StorageHealth>,
    /// How many sessions are live.
    pub(crate) sessions: u32,
}

/// Whether there is a browser.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BrowserHealth {
    /// Whether a binary was found.
    pub(crate) available: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<String>,
}

impl From<Option<&InstalledBrowser>> for BrowserHealth {
    fn from(browser: Option<&InstalledBrowser>) -> Self {
        Self {
            available: browser.is_some(),
            name: browser.map(|browser| browser.name.clone()),
            version: browser.and_then(|browser| browser.version.clone()),
        }
    }
}

/// The browsers that render.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RenderPoolHealth {
    /// Renders that are made at once.
    pub(crate) size: u64,
    /// Renders that are made now.
    pub(crate) busy: u64,
    /// Browsers that were started since the process began.
    pub(crate) started: u64,
    /// Browsers that were replaced, by why: `jobs`, `age`, `memory`, `cpu`, `scale`, `page`, `crash`.
    pub(crate) replaced: std::collections::BTreeMap<String, u64>,
    /// Whether the browsers draw frames on command, as renders need it; nothing before the first was started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) frames_on_command: Option<bool>,
    /// Browsers that were started, by what draws in them: a GPU's name, or `software`.
    pub(crate) drawn_by: std::collections::BTreeMap<String, u64>,
}

impl From<&video::RendererPool> for RenderPoolHealth {
    fn from(pool: &video::RendererPool) -> Self {
        let state = pool.state();
        let replaced = state.replaced.into_iter();
        Self {
            size: state.size as u64,
            busy: state.busy as u64,
            started: state.started,
            replaced: replaced
                .map(|(why, count)| (why.as_str().to_owned(), count))
                .collect(),
            frames_on_command: state.on_command,
            drawn_by: state.drawn_by,
        }
    }
}

/// How outputs go to their place.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StorageHealth {
    /// Whether the storage answers; nothing where each job names its own bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) answers: Option<bool>,
    /// Files that were stored since the process began.
    pub(crate) stored: u64,
    /// Files that the storage did not take.
    pub(crate) not_stored: u64,
    /// Files that were fetched back and found right.
    pub(crate) verified: u64,
    /// Files that were stored and never seen right.
    pub(crate) not_verified: u64,
}

impl StorageHealth {
    pub(crate) fn of(delivery: &Delivery, state: StorageState) -> Self {
        let counts = delivery.counts();
        Self {
            answers: match state {
                StorageState::Answers => Some(true),
                StorageState::Silent => Some(false),
                StorageState::NotAsked => None,
            },
            stored: counts.stored,
            not_stored: counts.not_stored,
            verified: counts.verified,
            not_verified: counts.not_verified,
        }
    }
}

/// How much work waits.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueueHealth {
    pub(crate) queued: u64,
    pub(crate) running: u64,
}

/// What is there and what is missing on this machine.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Doctor {
    pub(crate) checks: Vec<DoctorCheck>,
}

/// One thing that was looked at.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DoctorCheck {
    #[schema(examples("Chromium"))]
    pub(crate) name: String,
    pub(crate) status: CheckStatus,
    /// What was found.
    pub(crate) detail: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) help: Option<String>,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum CheckStatus {
    Ok,
    Warning,
    Missing,
}
