//! What is there and what is missing on this machine.

use doctor::{Check, Status, Surroundings, examine};
use egress::Baseline;

use crate::api::system::{CheckStatus, DoctorCheck};
use crate::app::App;

/// Looks at the machine and at this server.
pub(crate) async fn look(app: &App) -> Vec<DoctorCheck> {
    let surroundings = Surroundings {
        data_dir: app.store().folder().to_owned(),
        // The server listens on its own port by now.
        port: None,
    };
    let mut checks: Vec<DoctorCheck> = examine(&surroundings)
        .await
        .checks
        .into_iter()
        .map(DoctorCheck::from)
        .collect();
    checks.extend([chosen(app).await, database(app).await, network_door(app)]);
    checks
}

impl From<Check> for DoctorCheck {
    fn from(check: Check) -> Self {
        Self {
            name: check.name,
            status: match check.status {
                Status::Ok => CheckStatus::Ok,
                Status::Warning => CheckStatus::Warning,
                Status::Missing => CheckStatus::Missing,
            },
            detail: check.detail,
            help: check.help,
        }
    }
}

async fn chosen(app: &App) -> DoctorCheck {
    match app.browser().await {
        Some(browser) => check(
            "Used for sessions",
            CheckStatus::Ok,
            browser.path.display().to_string(),
            None,
        ),
        None => check(
            "Used for sessions",
            CheckStatus::Missing,
            "sessions and runs cannot start",
            None,
        ),
    }
}

async fn database(app: &App) -> DoctorCheck {
    match app.store().ping().await {
        Ok(_) => check("Database", CheckStatus::Ok, "SQLite answers", None),
        Err(error) => check(
            "Database",
            CheckStatus::Missing,
            error.to_string(),
            Some("See the server's log."),
        ),
    }
}

fn network_door(app: &App) -> DoctorCheck {
    let policy = &app.options().egress;
    let allowed: Vec<String> = policy.allow_hosts.iter().map(ToString::to_string).collect();
    let detail = match (policy.baseline, allowed.is_empty()) {
        (Baseline::Everything, _) => "pages reach everything that this machine reaches".to_owned(),
        (Baseline::PublicOnly, true) => "pages reach the public Internet only".to_owned(),
        (Baseline::PublicOnly, false) => {
            format!("pages reach the public Internet and {}", allowed.join(", "))
        }
    };
    let status = if policy.baseline == Baseline::Everything {
        CheckStatus::Warning
    } else {
        CheckStatus::Ok
    };
    check("Network door", status, detail, None)
}

fn check(
    name: &str,
    status: CheckStatus,
    detail: impl Into<String>,
    help: Option<&str>,
) -> DoctorCheck {
    DoctorCheck {
        name: name.to_owned(),
        status,
        detail: detail.into(),
        help: help.map(str::to_owned),
    }
}
