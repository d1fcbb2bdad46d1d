//! What this machine has of what the product needs, what is missing, and how to get it.

mod browsers;
mod media;
mod place;
mod system;

use std::path::PathBuf;

use serde::Serialize;

/// Where the product would run.
#[derive(Clone, Debug)]
pub(crate) struct Surroundings {
    /// The folder of the database and the artifacts.
    pub(crate) data_dir: PathBuf,
    /// The port that the server would listen on; `None` when this process listens on it itself.
    pub(crate) port: Option<u16>,
}

/// Every check, in the order in which a person reads them.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    pub(crate) checks: Vec<Check>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Check {
    pub(crate) name: String,
    pub(crate) status: Status,
    /// What was found.
    pub(crate) detail: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) help: Option<String>,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Status {
    /// As it should be.
    Ok,
    /// Something works less well, or not at all, without it.
    Warning,
    /// Nothing works without it.
    Missing,
}

impl Report {
    /// Whether the product can do its work here.
    pub(crate) fn is_well(&self) -> bool {
        self.checks
            .iter()
            .all(|check| check.status != Status::Missing)
    }
}

impl Check {
    fn ok(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            status: Status::Ok,
            detail: detail.into(),
            help: None,
        }
    }

    fn warning(
        name: impl Into<String>,
        detail: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            status: Status::Warning,
            detail: detail.into(),
            help: Some(help.into()),
        }
    }

    fn missing(
        name: impl Into<String>,
        detail: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            status: Status::Missing,
            ..Self::warning(name, detail, help)
        }
    }
}

/// Looks at everything; starts a browser once, so it takes a second or two.
pub(crate) async fn examine(surroundings: &Surroundings) -> Report {
    let mut checks = browsers::installed().await;
    checks.push(browsers::launches().await);
    checks.push(system::sandbox());
    checks.push(media::ffmpeg().await);
    checks.extend(media::fonts().await);
    checks.push(place::data_folder(&surroundings.data_dir));
    checks.push(place::free_space(&surroundings.data_dir));
    if let Some(port) = surroundings.port {
        checks.push(place::port(port).await);
    }
    checks.push(system::memory());
    checks.push(system::cores());
    Report { checks }
}
