//! What is there and what is missing on this machine.

use egress::Baseline;

use crate::api::system::{CheckStatus, DoctorCheck};
use crate::app::App;
use crate::browsers;

/// Looks at everything that sessions and runs need.
pub(crate) async fn look(app: &App) -> Vec<DoctorCheck> {
    vec![
        browser().await,
        chosen(app).await,
        database(app).await,
        data_folder(app),
        network_door(app),
    ]
}

async fn browser() -> DoctorCheck {
    let found = browsers::all().await;
    let list: Vec<String> = found
        .iter()
        .map(|browser| {
            let version = browser.version.as_deref().unwrap_or("version unknown");
            format!("{} {version} ({})", browser.name, browser.path.display())
        })
        .collect();
    if list.is_empty() {
        let help = "Install one: apt-get install chromium chromium-headless-shell";
        return check(
            "Browsers",
            CheckStatus::Missing,
            "none was found",
            Some(help),
        );
    }
    check("Browsers", CheckStatus::Ok, list.join("; "), None)
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

fn data_folder(app: &App) -> DoctorCheck {
    check(
        "Data folder",
        CheckStatus::Ok,
        app.store().folder().display().to_string(),
        None,
    )
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
