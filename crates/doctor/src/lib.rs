//! What this machine has of what the product needs, what is missing, and how to get it.
//!
//! The same checks serve `proscenium doctor` and the server's page about itself.

mod browsers;
mod frames;
mod gpu;
mod media;
mod place;
mod system;

use std::path::PathBuf;

use serde::Serialize;

/// Where the product would run.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The folder of the database and the artifacts.
    pub data_dir: PathBuf,
    /// The port that the server would listen on; `None` when this process listens on it itself.
    pub port: Option<u16>,
}

/// Every check, in the order in which a person reads them.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// All of them.
    pub checks: Vec<Check>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// What was looked at.
    pub name: String,
    /// How it went.
    pub status: Status,
    /// What was found.
    pub detail: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// As it should be.
    Ok,
    /// Something works less well, or not at all, without it.
    Warning,
    /// Nothing works without it.
    Missing,
}

impl Report {
    /// Whether the product can do its work here.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.checks
            .iter()
            .all(|check| check.status != Status::Missing)
    }
}

impl Check {
    /// Something as it should be.
    #[must_use]
    pub fn ok(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            status: Status::Ok,
            detail: detail.into(),
            help: None,
        }
    }

    /// Something that works less well, and what to do about it.
    #[must_use]
    pub fn warning(
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

    /// Something that nothing works without, and how to get it.
    #[must_use]
    pub fn missing(
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
pub async fn examine(surroundings: &Surroundings) -> Report {
    let mut checks = browsers::installed().await;
    checks.push(browsers::launches().await);
    checks.push(frames::on_command().await);
    checks.push(system::sandbox());
    checks.push(media::ffmpeg().await);
    checks.push(media::sound_server());
    checks.extend(media::fonts().await);
    checks.push(place::data_folder(&surroundings.data_dir));
    checks.push(place::free_space(&surroundings.data_dir));
    if let Some(port) = surroundings.port {
        checks.push(place::port(port).await);
    }
    checks.push(gpu::works().await);
    checks.push(system::memory());
    checks.push(system::cores());
    Report { checks }
}

#[cfg(test)]
mod tests {
    use super::{Check, Status, Surroundings, examine};

    #[tokio::test]
    async fn a_machine_that_runs_these_tests_is_well() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let surroundings = Surroundings {
            data_dir: folder.path().join("new/data"),
            port: None,
        };
        let report = examine(&surroundings).await;
        assert!(report.is_well(), "{report:#?}");
        let launched = report
            .checks
            .iter()
            .find(|check| check.name == "Browser starts")
            .expect("a launch");
        assert!(launched.detail.ends_with(" ms"), "{launched:?}");
        let frames = report
            .checks
            .iter()
            .find(|check| check.name == "Frames on command")
            .expect("frames");
        assert_eq!(frames.status, Status::Ok, "{frames:?}");
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_and_a_busy_port_are_named_with_the_way_out() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let busy = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let port = busy.local_addr().expect("a bound port").port();
        let surroundings = Surroundings {
            data_dir: file.path().join("data"),
            port: Some(port),
        };
        let report = examine(&surroundings).await;
        let status = |name: &str| {
            let check: &Check = report
                .checks
                .iter()
                .find(|check| check.name == name)
                .expect(name);
            (check.status, check.help.is_some())
        };
        assert!(!report.is_well());
        assert_eq!(status("Data folder"), (Status::Missing, true));
        assert_eq!(status(&format!("Port {port}")), (Status::Warning, true));
    }
}
