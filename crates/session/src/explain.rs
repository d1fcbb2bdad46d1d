//! Why a page could not be had, as a sentence for the person who wanted it.

use std::time::{Duration, SystemTime};

use browser::{BrowserError, NavigationFailure};
use egress::{ConnectFailure, Denial, EgressProxy, FailureKind};
use url::Url;

use crate::protocol::TabError;

/// A refusal or failure of the network door older than this belongs to an earlier attempt.
const RECENT: Duration = Duration::from_secs(60);

/// Explains the browser's `net::ERR_*` for `url` with what the network door knows.
pub(crate) fn net_error(url: &str, error: &str, egress: &EgressProxy) -> TabError {
    let host = host_of(url);
    // A handshake that failed had a connection: what the door failed to reach is another story.
    let handshake = is_tls(error);
    if let Some(known) = door(url, egress).filter(|_| !handshake) {
        return TabError {
            detail: Some(format!("{}; {error}", known.detail.unwrap_or_default())),
            ..known
        };
    }
    let code = error.strip_prefix("net::").unwrap_or(error);
    let (code, text) = match code {
        "ERR_NAME_NOT_RESOLVED" | "ERR_NAME_RESOLUTION_FAILED" => ("dns", no_such_host(&host)),
        "ERR_CONNECTION_REFUSED" => ("refused", refused(&host)),
        "ERR_TIMED_OUT" | "ERR_CONNECTION_TIMED_OUT" => ("timeout", timed_out(&host)),
        "ERR_INTERNET_DISCONNECTED" | "ERR_ADDRESS_UNREACHABLE" => {
            ("failed", format!("There is no way to {host}."))
        }
        "ERR_EMPTY_RESPONSE" => (
            "failed",
            format!("{host} closed the connection without an answer."),
        ),
        "ERR_CONNECTION_RESET" | "ERR_CONNECTION_CLOSED" => {
            ("failed", format!("{host} broke the connection off."))
        }
        "ERR_TOO_MANY_REDIRECTS" => ("failed", format!("{host} redirects in a circle.")),
        "ERR_INVALID_URL" | "ERR_UNKNOWN_URL_SCHEME" => {
            ("failed", "The address cannot be opened.".to_owned())
        }
        "ERR_BLOCKED_BY_CLIENT" | "ERR_BLOCKED_BY_RESPONSE" => {
            ("failed", format!("The page from {host} was blocked."))
        }
        tls if is_certificate(tls) => ("tls", format!("The certificate of {host} is not valid.")),
        tls if is_tls(tls) => (
            "tls",
            format!("A secure connection to {host} could not be made."),
        ),
        _ => (
            "failed",
            format!("The page from {host} could not be opened."),
        ),
    };
    TabError {
        code: code.to_owned(),
        text,
        detail: Some(error.to_owned()),
    }
}

/// The words of Chromium's net errors, of Firefox's NSS, and of WebKitGTK's GLib.
fn is_certificate(error: &str) -> bool {
    [
        "ERR_CERT_",
        "SEC_ERROR_",
        "MOZILLA_PKIX_ERROR_",
        "certificate",
    ]
    .iter()
    .any(|words| error.contains(words))
}

fn is_tls(error: &str) -> bool {
    is_certificate(error)
        || ["ERR_SSL_", "SSL_ERROR_", "nssFailure", "TLS"]
            .iter()
            .any(|words| error.contains(words))
}

/// Explains a navigation that the browser refused.
pub(crate) fn navigation(url: &str, error: &BrowserError, egress: &EgressProxy) -> TabError {
    match error {
        BrowserError::NavigationFailed { reason, .. } => {
            let code = match reason {
                NavigationFailure::DnsFailure => "net::ERR_NAME_NOT_RESOLVED",
                NavigationFailure::ConnectionRefused => "net::ERR_CONNECTION_REFUSED",
                NavigationFailure::Timeout => "net::ERR_TIMED_OUT",
                NavigationFailure::TunnelFailed => "net::ERR_TUNNEL_CONNECTION_FAILED",
                NavigationFailure::Aborted => "net::ERR_ABORTED",
                NavigationFailure::Tls(code) | NavigationFailure::Other(code) => code,
            };
            net_error(url, code, egress)
        }
        BrowserError::Interrupted(_) => TabError {
            code: "timeout".to_owned(),
            text: timed_out(&host_of(url)),
            detail: Some(error.to_string()),
        },
        other => TabError {
            code: "failed".to_owned(),
            text: "The page could not be opened.".to_owned(),
            detail: Some(other.to_string()),
        },
    }
}

/// What the network door refused or failed to do for this address a moment ago.
pub(crate) fn door(url: &str, egress: &EgressProxy) -> Option<TabError> {
    let host = host_of(url);
    let port = Url::parse(url).ok()?.port_or_known_default()?;
    let recent = |at: SystemTime| at.elapsed().is_ok_and(|age| age < RECENT);
    let denied = egress.last_denial_for(&host);
    let denied = denied.filter(|denial| denial.port == port && recent(denial.at));
    let failed = egress.last_failure_for(&host);
    let failed = failed.filter(|failure| failure.port == port && recent(failure.at));
    match (denied, failed) {
        (Some(denied), Some(failed)) if failed.at > denied.at => Some(failure(&failed)),
        (Some(denied), _) => Some(denial(&denied)),
        (None, Some(failed)) => Some(failure(&failed)),
        (None, None) => None,
    }
}

/// A crash, as a tab shows it.
pub(crate) fn crash() -> TabError {
    TabError {
        code: "crashed".to_owned(),
        text: "The page crashed.".to_owned(),
        detail: Some("Reload to open it again.".to_owned()),
    }
}

/// A refusal in words, with what to do about it.
pub(crate) fn denial(denial: &Denial) -> TabError {
    let port = denial.port;
    TabError {
        code: "egress_denied".to_owned(),
        text: format!("{denial}."),
        detail: denial.allowed_as().map(|host| {
            format!("Start Proscenium with --allow-host {host}:{port} if pages may connect to it")
        }),
    }
}

fn failure(failure: &ConnectFailure) -> TabError {
    let ConnectFailure {
        host,
        port,
        address,
        ..
    } = failure;
    let (code, text) = match failure.kind {
        FailureKind::Dns => ("dns", no_such_host(host)),
        FailureKind::Refused => ("refused", refused(host)),
        FailureKind::TimedOut => ("timeout", timed_out(host)),
        FailureKind::Unreachable => ("failed", format!("{host} could not be reached.")),
    };
    let tried = address.map_or_else(
        || "no address".to_owned(),
        |address| format!("{address} port {port}"),
    );
    TabError {
        code: code.to_owned(),
        text,
        detail: Some(format!("tried {tried}")),
    }
}

fn no_such_host(host: &str) -> String {
    format!("There is no host named {host}.")
}

fn refused(host: &str) -> String {
    format!("{host} refused the connection.")
}

fn timed_out(host: &str) -> String {
    format!("{host} did not answer in time.")
}

fn host_of(url: &str) -> String {
    let host = Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| url.to_owned())
}
