//! Network events as the crate's own words for them.

use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value;

use crate::events::{
    PageEvent, RequestFailure, RequestFinished, RequestInfo, ResourceTiming, ResponseInfo,
};
use crate::ids::{FrameId, RequestId};

/// What is subscribed to.
pub(crate) const EVENTS: [&str; 4] = [
    "network.beforeRequestSent",
    "network.responseStarted",
    "network.responseCompleted",
    "network.fetchError",
];

/// What is subscribed to even when nobody wants to know: how a navigation that shows no document ended is told by
/// nothing else.
pub(crate) const ALWAYS: [&str; 1] = ["network.fetchError"];

/// Bytes of an answer's body that are kept to be asked for; larger ones are not.
pub(crate) const LARGEST_BODY: u32 = 2 << 20;

/// The body of each of the events.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NetworkEvent {
    pub(crate) context: Option<String>,
    pub(crate) navigation: Option<String>,
    timestamp: f64,
    request: Request,
    response: Option<Response>,
    error_text: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    request: String,
    url: String,
    method: String,
    #[serde(default)]
    headers: Vec<Header>,
    destination: Option<String>,
    initiator_type: Option<String>,
    timings: Option<Timings>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    url: String,
    #[serde(default)]
    protocol: String,
    status: u16,
    #[serde(default)]
    status_text: String,
    #[serde(default)]
    from_cache: bool,
    #[serde(default)]
    headers: Vec<Header>,
    #[serde(default)]
    mime_type: String,
    headers_size: Option<u64>,
    body_size: Option<u64>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: Value,
}

/// Milliseconds; zero where a phase did not happen.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Timings {
    request_time: f64,
    dns_start: f64,
    dns_end: f64,
    connect_start: f64,
    connect_end: f64,
    tls_start: f64,
    request_start: f64,
    response_start: f64,
}

impl NetworkEvent {
    pub(crate) fn id(&self) -> RequestId {
        RequestId::from(self.request.request.as_str())
    }

    /// The status of a document's answer, with the navigation that asked for it.
    pub(crate) fn document_status(&self) -> Option<(&str, u16)> {
        let status = self.response.as_ref()?.status;
        (self.resource_type() == "Document" && status > 0)
            .then_some((self.navigation.as_deref()?, status))
    }

    /// The navigation that came to nothing: an answer without a document (RFC 9110, 15.3.5) is an aborted request.
    pub(crate) fn ended_navigation(&self) -> Option<&str> {
        let aborted = self.error_text.as_deref() == Some("NS_BINDING_ABORTED");
        aborted.then_some(self.navigation.as_deref()).flatten()
    }

    /// What to tell the subscribers.
    pub(crate) fn told(self, method: &str) -> Option<PageEvent> {
        let frame = self.context.as_deref().map(FrameId::from);
        let (id, resource_type) = (self.id(), self.resource_type().to_owned());
        let at = SystemTime::UNIX_EPOCH
            + Duration::try_from_secs_f64(self.timestamp / 1000.0).unwrap_or_default();
        let monotonic = self.timestamp / 1000.0;
        let url = |url: &str| url.split('#').next().unwrap_or_default().to_owned();
        Some(match method {
            "network.beforeRequestSent" => PageEvent::Request(
                RequestInfo {
                    id,
                    method: self.request.method,
                    url: url(&self.request.url),
                    headers: pairs(self.request.headers),
                    post_data: None,
                    resource_type,
                    frame,
                    is_navigation: self.navigation.is_some(),
                    redirected_from: None,
                    at,
                    monotonic,
                }
                .into(),
            ),
            "network.responseStarted" => {
                let response = self.response?;
                PageEvent::Response(
                    ResponseInfo {
                        id,
                        url: url(&response.url),
                        status: response.status,
                        status_text: response.status_text,
                        mime: response.mime_type,
                        headers: pairs(response.headers),
                        from_cache: response.from_cache,
                        protocol: response.protocol,
                        remote_address: String::new(),
                        timing: self.request.timings.map(timing),
                        encoded_bytes: response.headers_size.unwrap_or(0),
                        frame,
                        resource_type,
                        monotonic,
                    }
                    .into(),
                )
            }
            "network.responseCompleted" => {
                let response = self.response?;
                PageEvent::RequestFinished(RequestFinished {
                    id,
                    encoded_bytes: response.headers_size.unwrap_or(0)
                        + response.body_size.unwrap_or(0),
                    monotonic,
                })
            }
            "network.fetchError" => {
                let error_text = self.error_text.unwrap_or_default();
                PageEvent::RequestFailed(
                    RequestFailure {
                        id,
                        url: url(&self.request.url),
                        canceled: error_text.contains("ABORT"),
                        blocked: (error_text == "NS_ERROR_CONTENT_BLOCKED"
                            || error_text.contains("CSP"))
                        .then(|| "csp".to_owned()),
                        error_text,
                        resource_type,
                        at,
                        monotonic,
                    }
                    .into(),
                )
            }
            _ => return None,
        })
    }

    /// What the DevTools protocol calls it.
    fn resource_type(&self) -> &'static str {
        match (
            self.request.initiator_type.as_deref().unwrap_or_default(),
            self.request.destination.as_deref().unwrap_or_default(),
        ) {
            ("xmlhttprequest", _) => "XHR",
            ("fetch", _) => "Fetch",
            (_, "document" | "iframe" | "frame") => "Document",
            (_, "script" | "worker" | "sharedworker" | "serviceworker") => "Script",
            (_, "style") => "Stylesheet",
            (_, "image") => "Image",
            (_, "font") => "Font",
            (_, "audio" | "video" | "track") => "Media",
            (_, "manifest") => "Manifest",
            _ => "Other",
        }
    }
}

fn timing(timings: Timings) -> ResourceTiming {
    let base = timings.request_time;
    let since = |time: f64| {
        if time > 0.0 {
            (time - base).max(0.0)
        } else {
            -1.0
        }
    };
    ResourceTiming {
        request_time: base / 1000.0,
        dns_start: since(timings.dns_start),
        dns_end: since(timings.dns_end),
        connect_start: since(timings.connect_start),
        connect_end: since(timings.connect_end),
        ssl_start: since(timings.tls_start),
        ssl_end: if timings.tls_start > 0.0 {
            since(timings.connect_end)
        } else {
            -1.0
        },
        send_start: since(timings.request_start),
        send_end: since(timings.request_start),
        receive_headers_start: since(timings.response_start),
        receive_headers_end: since(timings.response_start),
    }
}

fn pairs(headers: Vec<Header>) -> Vec<(String, String)> {
    headers
        .into_iter()
        .map(|header| {
            let value = header.value.get("value").and_then(Value::as_str);
            (header.name, value.unwrap_or_default().to_owned())
        })
        .collect()
}
