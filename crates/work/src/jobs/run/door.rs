//! Why a page did not load, when it was the network door that gave no connection: the page itself cannot tell.

use egress::{ConnectFailure, EgressProxy, FailureKind};
use replay::{Outcome, RunStatus};
use url::Url;

/// What the door knows of the page that the run failed on: one sentence, or nothing.
pub(super) fn explain(proxy: &EgressProxy, outcome: &Outcome, start: &str) -> Option<String> {
    if outcome.status == RunStatus::Passed || outcome.status == RunStatus::Cancelled {
        return None;
    }
    let left = outcome
        .failure_evidence
        .as_ref()
        .map(|left| left.evidence.url.as_str());
    // A page that never came leaves the browser on an empty one.
    let url = left.filter(|url| url.starts_with("http")).unwrap_or(start);
    unreachable(proxy, url)
}

/// What the door knows of a page that did not load: one sentence, or nothing.
pub(crate) fn unreachable(proxy: &EgressProxy, url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let (host, port) = (url.host_str()?, url.port_or_known_default()?);
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let denied = proxy
        .last_denial_for(host)
        .filter(|denial| denial.port == port);
    let failed = proxy
        .last_failure_for(host)
        .filter(|failure| failure.port == port);
    match (denied, failed) {
        (Some(denied), Some(failed)) if failed.at > denied.at => Some(sentence(&url, &failed)),
        (Some(denied), _) => Some(match denied.allowed_as() {
            Some(host) => format!(
                "could not open {url}: {denied} (start Proscenium with --allow-host {host} to allow it)"
            ),
            None => format!("could not open {url}: {denied}"),
        }),
        (None, Some(failed)) => Some(sentence(&url, &failed)),
        (None, None) => None,
    }
}

fn sentence(url: &Url, failure: &ConnectFailure) -> String {
    let ConnectFailure {
        host, port, kind, ..
    } = failure;
    let why = match kind {
        FailureKind::Dns => format!("the name {host} has no address"),
        FailureKind::Refused => format!("nothing listens on {host}:{port}"),
        FailureKind::TimedOut => format!("{host}:{port} did not answer in time"),
        FailureKind::Unreachable => format!("{host}:{port} cannot be reached from here"),
    };
    format!("could not open {url}: {why}")
}
