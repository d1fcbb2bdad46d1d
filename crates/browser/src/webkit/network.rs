//! Requests and answers. Only the fields that are used are read, and events are made only when somebody wants them;
//! what becomes of the main frame's documents is always looked at, because it says why a navigation failed.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde::Deserialize;

use crate::drive::core::Core;
use crate::error::{BrowserError, NavigationFailure};
use crate::events::{
    PageEvent, RequestFailure, RequestFinished, RequestInfo, ResourceTiming, ResponseInfo,
    WebSocketEvent,
};
use crate::ids::RequestId;
use crate::webkit::page_events::{known, with};
use crate::webkit::wire::Wire;

/// Requests under way that are remembered; a page that never finishes its requests does not make us grow.
const REMEMBERED: usize = 4096;

/// What is remembered of requests, to make later events complete.
pub(crate) type Requests = HashMap<String, Known>;

pub(crate) struct Known {
    url: String,
    resource_type: String,
    received: u64,
}

type Headers = serde_json::Map<String, serde_json::Value>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    request_id: String,
    frame_id: String,
    #[serde(default)]
    loader_id: String,
    request: Request,
    #[serde(default)]
    timestamp: f64,
    #[serde(default)]
    walltime: f64,
    redirect_response: Option<Response>,
    r#type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    url: String,
    method: String,
    #[serde(default)]
    headers: Headers,
    post_data: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Received {
    request_id: String,
    frame_id: String,
    #[serde(default)]
    timestamp: f64,
    #[serde(default)]
    r#type: String,
    response: Response,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Response {
    url: String,
    status: u16,
    status_text: String,
    headers: Headers,
    mime_type: String,
    source: String,
    timing: Option<Timing>,
}

/// Milliseconds after `start_time`; zero where a phase did not happen.
#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "camelCase", default)]
struct Timing {
    start_time: f64,
    domain_lookup_start: f64,
    domain_lookup_end: f64,
    connect_start: f64,
    connect_end: f64,
    secure_connection_start: f64,
    request_start: f64,
    response_start: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    request_id: String,
    #[serde(default)]
    data_length: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Finished {
    request_id: String,
    #[serde(default)]
    timestamp: f64,
    #[serde(default)]
    metrics: Metrics,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Metrics {
    response_header_bytes_received: f64,
    response_body_bytes_received: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failed {
    request_id: String,
    #[serde(default)]
    timestamp: f64,
    #[serde(default)]
    error_text: String,
    #[serde(default)]
    canceled: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Socket {
    request_id: String,
    url: Option<String>,
    error_message: Option<String>,
}

/// Takes an event of the Network domain.
pub(crate) fn event(wire: &Wire, core: &Arc<Core>, method: &str, params: &Bytes) {
    match method {
        "Network.requestWillBeSent" => with(params, |event| sent(wire, core, event)),
        "Network.responseReceived" => with(params, |event| received(wire, core, event)),
        "Network.dataReceived" => with(params, |event: Data| {
            if let Some(known) = wire.lock().requests.get_mut(&event.request_id) {
                known.received += u64::try_from(event.data_length).unwrap_or_default();
            }
        }),
        "Network.loadingFinished" => with(params, |event| finished(wire, core, &event)),
        "Network.loadingFailed" => with(params, |event| failed(wire, core, event)),
        "Network.webSocketCreated" | "Network.webSocketFrameError" | "Network.webSocketClosed"
            if Wire::is_on(&wire.network) =>
        {
            with(params, |event| socket(wire, core, method, event));
        }
        _ => {}
    }
}

fn sent(wire: &Wire, core: &Arc<Core>, event: Sent) {
    let frame = wire.frame_id(&event.frame_id);
    let resource_type = event.r#type.unwrap_or_else(|| "Other".to_owned());
    let is_navigation = resource_type == "Document";
    let id = RequestId::from(event.request_id.as_str());
    {
        let mut state = wire.lock();
        if is_navigation && frame.as_str() == wire.id.as_str() {
            state.document = Some(event.request_id.clone());
            state.failed = None;
        }
        if state.requests.len() >= REMEMBERED {
            state.requests.clear();
        }
        let remembered = Known {
            url: event.request.url.clone(),
            resource_type: resource_type.clone(),
            received: 0,
        };
        state.requests.insert(event.request_id.clone(), remembered);
    }
    core.request_began(&id);
    if !Wire::is_on(&wire.network) {
        return;
    }
    let frame = known(wire, core, &event.frame_id);
    let redirected_from = event.redirect_response.map(|head| {
        Arc::new(response(
            &id,
            head,
            event.timestamp,
            &resource_type,
            frame.clone(),
        ))
    });
    core.publish(PageEvent::Request(Arc::new(RequestInfo {
        id,
        method: event.request.method,
        url: without_fragment(event.request.url),
        headers: headers(event.request.headers),
        post_data: event.request.post_data,
        is_navigation: is_navigation && !event.loader_id.is_empty(),
        resource_type,
        frame,
        redirected_from,
        at: SystemTime::UNIX_EPOCH
            + Duration::try_from_secs_f64(event.walltime).unwrap_or_default(),
        monotonic: event.timestamp,
    })));
}

fn received(wire: &Wire, core: &Arc<Core>, event: Received) {
    let is_main_document = wire.lock().document.as_deref() == Some(event.request_id.as_str());
    if is_main_document {
        core.lock().status = Some(event.response.status).filter(|status| *status > 0);
    }
    if Wire::is_on(&wire.network) {
        let id = RequestId::from(event.request_id);
        let frame = known(wire, core, &event.frame_id);
        core.publish(PageEvent::Response(Arc::new(response(
            &id,
            event.response,
            event.timestamp,
            &event.r#type,
            frame,
        ))));
    }
}

fn finished(wire: &Wire, core: &Arc<Core>, event: &Finished) {
    let id = RequestId::from(event.request_id.as_str());
    let known = wire.lock().requests.remove(&event.request_id);
    core.request_ended(&id);
    if !Wire::is_on(&wire.network) {
        return;
    }
    // What the browser does not count is at least as much as came out of it.
    let wire_bytes =
        event.metrics.response_header_bytes_received + event.metrics.response_body_bytes_received;
    let encoded_bytes = if wire_bytes > 0.0 {
        wire_bytes as u64
    } else {
        known.map_or(0, |known| known.received)
    };
    core.publish(PageEvent::RequestFinished(RequestFinished {
        id,
        encoded_bytes,
        monotonic: event.timestamp,
    }));
}

fn failed(wire: &Wire, core: &Arc<Core>, event: Failed) {
    let id = RequestId::from(event.request_id.as_str());
    let (known, is_main_document) = {
        let mut state = wire.lock();
        let known = state.requests.remove(&event.request_id);
        let is_main_document = state.document.as_deref() == Some(event.request_id.as_str());
        if is_main_document {
            state.document = None;
            // The browser shows an error page in its place, unless nobody wanted the document any more.
            state.failed = known
                .as_ref()
                .filter(|_| !event.canceled)
                .map(|known| known.url.clone());
        }
        (known, is_main_document)
    };
    core.request_ended(&id);
    let url = known
        .as_ref()
        .map(|known| known.url.clone())
        .unwrap_or_default();
    if is_main_document {
        wire.arrived(Err(BrowserError::NavigationFailed {
            url: url.clone(),
            reason: reason(&event.error_text, event.canceled),
        }));
    }
    if Wire::is_on(&wire.network) {
        core.publish(PageEvent::RequestFailed(Arc::new(RequestFailure {
            id,
            url,
            error_text: event.error_text,
            canceled: event.canceled,
            blocked: None,
            resource_type: known.map(|known| known.resource_type).unwrap_or_default(),
            at: SystemTime::now(),
            monotonic: event.timestamp,
        })));
    }
}

fn socket(wire: &Wire, core: &Arc<Core>, method: &str, event: Socket) {
    let url = match event.url {
        Some(url) => {
            let remembered = Known {
                url: url.clone(),
                resource_type: "WebSocket".to_owned(),
                received: 0,
            };
            let mut state = wire.lock();
            if state.requests.len() < REMEMBERED {
                state.requests.insert(event.request_id.clone(), remembered);
            }
            url
        }
        None => wire
            .lock()
            .requests
            .get(&event.request_id)
            .map(|known| known.url.clone())
            .unwrap_or_default(),
    };
    let told = Arc::new(WebSocketEvent {
        id: RequestId::from(event.request_id.as_str()),
        url,
        error: event.error_message,
        at: SystemTime::now(),
    });
    core.publish(match method {
        "Network.webSocketCreated" => PageEvent::WebSocketOpened(told),
        "Network.webSocketFrameError" => PageEvent::WebSocketFailed(told),
        _ => {
            wire.lock().requests.remove(&event.request_id);
            PageEvent::WebSocketClosed(told)
        }
    });
}

fn response(
    id: &RequestId,
    head: Response,
    monotonic: f64,
    resource_type: &str,
    frame: Option<crate::ids::FrameId>,
) -> ResponseInfo {
    ResponseInfo {
        id: id.clone(),
        url: head.url,
        status: head.status,
        status_text: head.status_text,
        mime: head.mime_type,
        headers: headers(head.headers),
        from_cache: matches!(head.source.as_str(), "memory-cache" | "disk-cache"),
        // Both are told only when the request is done.
        protocol: String::new(),
        remote_address: String::new(),
        timing: head.timing.map(timing),
        encoded_bytes: 0,
        frame,
        resource_type: resource_type.to_owned(),
        monotonic,
    }
}

/// The phases in the words of HAR. The engine tells no end of the TLS handshake and of sending: the connection's end
/// and the beginning of the request stand for them.
fn timing(told: Timing) -> ResourceTiming {
    let phase = |at: f64| if at > 0.0 { at } else { -1.0 };
    let secure = phase(told.secure_connection_start);
    ResourceTiming {
        request_time: told.start_time,
        dns_start: phase(told.domain_lookup_start),
        dns_end: phase(told.domain_lookup_end),
        connect_start: phase(told.connect_start),
        connect_end: phase(told.connect_end),
        ssl_start: secure,
        ssl_end: if secure < 0.0 {
            secure
        } else {
            phase(told.connect_end)
        },
        send_start: told.request_start,
        send_end: told.request_start,
        receive_headers_start: told.response_start,
        receive_headers_end: told.response_start,
    }
}

/// Reads the network library's sentences, which are those of an English desktop.
fn reason(text: &str, canceled: bool) -> NavigationFailure {
    if canceled {
        return NavigationFailure::Aborted;
    }
    let has = |words: &str| text.contains(words);
    if has("Error resolving") {
        NavigationFailure::DnsFailure
    } else if has("Connection refused") {
        NavigationFailure::ConnectionRefused
    } else if has("timed out") || has("Timeout") {
        NavigationFailure::Timeout
    } else if has("TLS") || has("ertificate") {
        NavigationFailure::Tls(text.to_owned())
    } else if has("roxy") {
        NavigationFailure::TunnelFailed
    } else {
        NavigationFailure::Other(text.to_owned())
    }
}

fn headers(headers: Headers) -> Vec<(String, String)> {
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    headers
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), text(value)))
        .collect()
}

fn without_fragment(mut url: String) -> String {
    url.truncate(url.find('#').unwrap_or(url.len()));
    url
}
