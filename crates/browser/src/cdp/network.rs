//! Requests and answers. Their messages are the most frequent and the fattest, so only the fields that are used are
//! read, by structs written for the purpose.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use tracing::debug;

use crate::events::{
    PageEvent, RequestFailure, RequestFinished, RequestInfo, ResourceTiming, ResponseInfo,
    WebSocketEvent,
};
use crate::ids::{FrameId, RequestId};

/// Requests under way that are remembered; a page that never finishes its requests does not make us grow.
const REMEMBERED: usize = 4096;

/// What is remembered of a page's network traffic, to make later events complete.
#[derive(Default)]
pub(crate) struct NetworkState {
    requests: HashMap<RequestId, Known>,
    sockets: HashMap<RequestId, Arc<str>>,
    /// The status of each document by its loader; only the newest few.
    documents: Vec<(RequestId, u16)>,
}

struct Known {
    url: Arc<str>,
    resource_type: Arc<str>,
    from_cache: bool,
}

type Headers = serde_json::Map<String, serde_json::Value>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    request_id: String,
    #[serde(default)]
    loader_id: String,
    request: SentRequest,
    #[serde(default)]
    timestamp: f64,
    #[serde(default)]
    wall_time: f64,
    redirect_response: Option<Head>,
    r#type: Option<String>,
    frame_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentRequest {
    url: String,
    method: String,
    #[serde(default)]
    headers: Headers,
    post_data: Option<String>,
    #[serde(default)]
    post_data_entries: Vec<PostDataEntry>,
}

#[derive(Deserialize)]
struct PostDataEntry {
    #[serde(default)]
    bytes: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Received {
    request_id: String,
    #[serde(default)]
    timestamp: f64,
    r#type: Option<String>,
    response: Head,
    frame_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[derive(Default)]
struct Head {
    url: String,
    status: u16,
    status_text: String,
    headers: Headers,
    mime_type: String,
    #[serde(rename = "remoteIPAddress")]
    remote_ip_address: String,
    remote_port: Option<u16>,
    from_disk_cache: bool,
    from_service_worker: bool,
    from_prefetch_cache: bool,
    encoded_data_length: f64,
    timing: Option<Timing>,
    protocol: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Timing {
    request_time: f64,
    dns_start: f64,
    dns_end: f64,
    connect_start: f64,
    connect_end: f64,
    ssl_start: f64,
    ssl_end: f64,
    send_start: f64,
    send_end: f64,
    receive_headers_start: f64,
    receive_headers_end: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Finished {
    request_id: String,
    #[serde(default)]
    timestamp: f64,
    #[serde(default)]
    encoded_data_length: f64,
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
    blocked_reason: Option<String>,
    r#type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Socket {
    request_id: String,
    url: Option<String>,
    error_message: Option<String>,
}

impl NetworkState {
    /// Takes an event of the Network domain and says what to publish.
    pub(crate) fn take(&mut self, method: &str, params: &Bytes) -> Option<PageEvent> {
        let taken = match method {
            "Network.requestWillBeSent" => {
                serde_json::from_slice(params).map(|event| Some(self.sent(event)))
            }
            "Network.responseReceived" => {
                serde_json::from_slice(params).map(|event| Some(self.received(event)))
            }
            "Network.loadingFinished" => {
                serde_json::from_slice(params).map(|event| Some(self.finished(event)))
            }
            "Network.loadingFailed" => {
                serde_json::from_slice(params).map(|event| Some(self.failed(event)))
            }
            "Network.requestServedFromCache" => {
                serde_json::from_slice(params).map(|event| self.served_from_cache(&event))
            }
            "Network.webSocketCreated"
            | "Network.webSocketFrameError"
            | "Network.webSocketClosed" => {
                serde_json::from_slice(params).map(|event| self.socket(method, event))
            }
            _ => return None,
        };
        taken.unwrap_or_else(|error| {
            debug!(method, %error, "a network event could not be read");
            None
        })
    }

    /// The HTTP status of a document that was loaded while network events were on.
    pub(crate) fn document_status(&self, loader: &str) -> Option<u16> {
        self.documents
            .iter()
            .rev()
            .find(|(id, _)| id.as_str() == loader)
            .map(|(_, status)| *status)
    }

    fn sent(&mut self, event: Sent) -> PageEvent {
        let id = RequestId::from(event.request_id);
        let resource_type = event.r#type.unwrap_or_else(|| "Other".to_owned());
        let frame = event.frame_id.map(FrameId::from);
        if self.requests.len() >= REMEMBERED {
            self.requests.clear();
        }
        let known = Known {
            url: event.request.url.as_str().into(),
            resource_type: resource_type.as_str().into(),
            from_cache: false,
        };
        self.requests.insert(id.clone(), known);
        let redirected_from = event.redirect_response.map(|head| {
            Arc::new(response(
                id.clone(),
                head,
                resource_type.clone(),
                frame.clone(),
                false,
                event.timestamp,
            ))
        });
        let request = event.request;
        PageEvent::Request(Arc::new(RequestInfo {
            is_navigation: id.as_str() == event.loader_id && resource_type == "Document",
            id,
            method: request.method,
            url: request.url,
            headers: pairs(request.headers),
            post_data: request
                .post_data
                .or_else(|| body_text(&request.post_data_entries)),
            resource_type,
            frame,
            redirected_from,
            at: from_secs(event.wall_time),
            monotonic: event.timestamp,
        }))
    }

    fn received(&mut self, event: Received) -> PageEvent {
        let id = RequestId::from(event.request_id);
        let resource_type = event.r#type.unwrap_or_else(|| "Other".to_owned());
        if resource_type == "Document" {
            if self.documents.len() == 32 {
                self.documents.remove(0);
            }
            self.documents.push((id.clone(), event.response.status));
        }
        let cached = self.requests.get(&id).is_some_and(|known| known.from_cache);
        let frame = event.frame_id.map(FrameId::from);
        PageEvent::Response(Arc::new(response(
            id,
            event.response,
            resource_type,
            frame,
            cached,
            event.timestamp,
        )))
    }

    fn finished(&mut self, event: Finished) -> PageEvent {
        let id = RequestId::from(event.request_id);
        self.requests.remove(&id);
        PageEvent::RequestFinished(RequestFinished {
            id,
            encoded_bytes: bytes(event.encoded_data_length),
            monotonic: event.timestamp,
        })
    }

    fn failed(&mut self, event: Failed) -> PageEvent {
        let id = RequestId::from(event.request_id);
        let known = self.requests.remove(&id);
        let known_type = known.as_ref().map(|known| known.resource_type.to_string());
        PageEvent::RequestFailed(Arc::new(RequestFailure {
            id,
            url: known.map(|known| known.url.to_string()).unwrap_or_default(),
            error_text: event.error_text,
            canceled: event.canceled,
            blocked: event.blocked_reason,
            resource_type: event
                .r#type
                .or(known_type)
                .unwrap_or_else(|| "Other".to_owned()),
            at: SystemTime::now(),
            monotonic: event.timestamp,
        }))
    }

    fn served_from_cache(&mut self, event: &Socket) -> Option<PageEvent> {
        if let Some(known) = self.requests.get_mut(event.request_id.as_str()) {
            known.from_cache = true;
        }
        None
    }

    fn socket(&mut self, method: &str, event: Socket) -> Option<PageEvent> {
        let id = RequestId::from(event.request_id);
        if let Some(url) = event.url {
            if self.sockets.len() >= REMEMBERED {
                self.sockets.clear();
            }
            self.sockets.insert(id.clone(), url.into());
        }
        let url = self
            .sockets
            .get(&id)
            .map(ToString::to_string)
            .unwrap_or_default();
        let about = |id, error| {
            Arc::new(WebSocketEvent {
                id,
                url,
                error,
                at: SystemTime::now(),
            })
        };
        match method {
            "Network.webSocketCreated" => Some(PageEvent::WebSocketOpened(about(id, None))),
            "Network.webSocketFrameError" => {
                Some(PageEvent::WebSocketFailed(about(id, event.error_message)))
            }
            _ => {
                self.sockets.remove(&id);
                Some(PageEvent::WebSocketClosed(about(id, None)))
            }
        }
    }
}

fn response(
    id: RequestId,
    head: Head,
    resource_type: String,
    frame: Option<FrameId>,
    cached: bool,
    monotonic: f64,
) -> ResponseInfo {
    ResponseInfo {
        id,
        url: head.url,
        status: head.status,
        status_text: head.status_text,
        mime: head.mime_type,
        headers: pairs(head.headers),
        from_cache: cached
            || head.from_disk_cache
            || head.from_prefetch_cache
            || head.from_service_worker,
        protocol: head.protocol.unwrap_or_default(),
        remote_address: match head.remote_port {
            Some(port) if !head.remote_ip_address.is_empty() => {
                format!("{}:{port}", head.remote_ip_address)
            }
            _ => head.remote_ip_address,
        },
        timing: head.timing.map(|timing| ResourceTiming {
            request_time: timing.request_time,
            dns_start: timing.dns_start,
            dns_end: timing.dns_end,
            connect_start: timing.connect_start,
            connect_end: timing.connect_end,
            ssl_start: timing.ssl_start,
            ssl_end: timing.ssl_end,
            send_start: timing.send_start,
            send_end: timing.send_end,
            receive_headers_start: timing.receive_headers_start,
            receive_headers_end: timing.receive_headers_end,
        }),
        encoded_bytes: bytes(head.encoded_data_length),
        frame,
        resource_type,
        monotonic,
    }
}

/// Headers that occur several times come as one, separated by line ends; they are taken apart again.
fn pairs(headers: Headers) -> Vec<(String, String)> {
    let mut pairs = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        match value {
            serde_json::Value::String(text) => {
                pairs.extend(text.split('\n').map(|line| (name.clone(), line.to_owned())));
            }
            other => pairs.push((name, other.to_string())),
        }
    }
    pairs
}

fn body_text(entries: &[PostDataEntry]) -> Option<String> {
    let mut body = Vec::new();
    for entry in entries {
        body.extend(STANDARD.decode(&entry.bytes).ok()?);
    }
    String::from_utf8(body).ok().filter(|text| !text.is_empty())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the browser counts bytes in floats"
)]
fn bytes(count: f64) -> u64 {
    count.max(0.0) as u64
}

fn from_secs(unix: f64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::try_from_secs_f64(unix).unwrap_or_default()
}
