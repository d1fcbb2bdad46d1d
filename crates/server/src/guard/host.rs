//! Answers only under names that are this server's.
//!
//! A page on `evil.example` can let its name point to 127.0.0.1 and then counts as the same origin as this server: DNS
//! rebinding. Its requests still say `Host: evil.example`. A plain address cannot be rebound, so any address is fine.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::HOST;

use crate::app::App;
use crate::error::ApiError;

pub(crate) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let named = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    let host = named.or_else(|| {
        request
            .headers()
            .get(HOST)
            .and_then(|value| value.to_str().ok())
    });
    if host.is_some_and(|host| is_ours(host, &app.options().names)) {
        return next.run(request).await;
    }
    ApiError::new(
        StatusCode::MISDIRECTED_REQUEST,
        "unknown_host",
        "This server does not answer under that name; start it with --server-name NAME to add one.",
    )
    .into_response()
}

fn is_ours(host: &str, names: &[String]) -> bool {
    let name = without_port(host)
        .trim_end_matches('.')
        .to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
            .is_ok()
        || names.iter().any(|ours| ours.eq_ignore_ascii_case(&name))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_addresses_localhost_and_listed_names_are_ours() {
        let names = vec!["studio.example".to_owned()];
        for (host, ours) in [
            ("localhost:7777", true),
            ("LOCALHOST", true),
            ("127.0.0.1:7777", true),
            ("192.168.1.5", true),
            ("[::1]:7777", true),
            ("app.localhost", true),
            ("studio.example:443", true),
            ("Studio.Example.", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:7777", false),
            ("", false),
        ] {
            assert_eq!(is_ours(host, &names), ours, "{host}");
        }
    }
}
