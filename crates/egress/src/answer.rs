//! What the page gets when it gets no connection: a small readable page and a header for programs.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Empty, Full};

use crate::Denial;
use crate::connect::Refusal;
use crate::ledger::{ConnectFailure, FailureKind};

/// The header that says, for programs, why the proxy answered by itself: `denied`, `dns`, `refused`, `timeout`,
/// `unreachable` or `bad-request`.
pub const ERROR_HEADER: &str = "x-proscenium-error";

pub(crate) type Body = BoxBody<Bytes, hyper::Error>;

pub(crate) fn empty() -> Body {
    Empty::new().map_err(|never| match never {}).boxed()
}

/// The proxy's own answer to a request that it could not or would not forward.
pub(crate) fn refusal(refusal: &Refusal) -> Response<Body> {
    match refusal {
        Refusal::Denied(denial) => page(
            StatusCode::FORBIDDEN,
            "denied",
            "Blocked by Proscenium",
            &format!("{denial}."),
            way_out(denial).as_deref(),
        ),
        Refusal::Failed(failure) => failed(failure),
    }
}

/// The proxy's answer to what is no proxy request.
pub(crate) fn bad_request() -> Response<Body> {
    page(
        StatusCode::BAD_REQUEST,
        "bad-request",
        "Not a proxy request",
        "This port is Proscenium's forward proxy for page traffic: it takes CONNECT and http:// requests.",
        None,
    )
}

fn way_out(denial: &Denial) -> Option<String> {
    let host = denial.allowed_as()?;
    Some(format!(
        "To allow it, start Proscenium with --allow-host {host}"
    ))
}

fn failed(failure: &ConnectFailure) -> Response<Body> {
    let ConnectFailure {
        host, port, kind, ..
    } = failure;
    let (status, code, title, text) = match kind {
        FailureKind::Dns => (
            StatusCode::BAD_GATEWAY,
            "dns",
            "Host not found",
            format!("The name {host} has no address."),
        ),
        FailureKind::Refused => (
            StatusCode::BAD_GATEWAY,
            "refused",
            "Connection refused",
            format!("Nothing answers at {host} on port {port}."),
        ),
        FailureKind::TimedOut => (
            StatusCode::GATEWAY_TIMEOUT,
            "timeout",
            "No answer",
            format!("{host} on port {port} did not answer in time."),
        ),
        FailureKind::Unreachable => (
            StatusCode::BAD_GATEWAY,
            "unreachable",
            "Host unreachable",
            format!("The connection to {host} on port {port} could not be made or broke."),
        ),
    };
    page(status, code, title, &text, None)
}

fn page(
    status: StatusCode,
    code: &'static str,
    title: &str,
    text: &str,
    hint: Option<&str>,
) -> Response<Body> {
    let hint = hint
        .map(|hint| format!("<p><code>{}</code></p>", escape(hint)))
        .unwrap_or_default();
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=proscenium-error content={code}><meta name=color-scheme content='light dark'>\
         <title>{title}</title><style>body{{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:18vh auto;\
         padding:0 1.5rem}}h1{{font-size:1.25rem}}code{{font-size:.875rem}}</style>\
         <h1>{title}</h1><p>{}</p>{hint}</html>\n",
        escape(text)
    );
    let mut response = Response::new(
        Full::new(Bytes::from(html))
            .map_err(|never| match never {})
            .boxed(),
    );
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    headers.insert(
        HeaderName::from_static(ERROR_HEADER),
        HeaderValue::from_static(code),
    );
    response
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
