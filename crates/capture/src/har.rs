//! HAR 1.2, the format that browsers' network panels read.

use std::time::{Duration, SystemTime};

use serde::Serialize;

use crate::network::{NetworkFailure, RequestSeen, ResponseSeen};
use crate::stamp;

/// A whole HAR document.
#[derive(Debug, Clone, Serialize)]
pub struct Har {
    log: Log,
}

#[derive(Debug, Clone, Serialize)]
struct Log {
    version: &'static str,
    creator: Program,
    browser: Program,
    pages: [(); 0],
    entries: Vec<HarEntry>,
}

#[derive(Debug, Clone, Serialize)]
struct Program {
    name: String,
    version: String,
}

impl Har {
    pub(crate) fn new((name, version): (&str, &str), entries: Vec<HarEntry>) -> Self {
        let program = |name: &str, version: &str| Program {
            name: name.to_owned(),
            version: version.to_owned(),
        };
        let creator = program("Proscenium", env!("CARGO_PKG_VERSION"));
        Self {
            log: Log {
                version: "1.2",
                creator,
                browser: program(name, version),
                pages: [],
                entries,
            },
        }
    }

    /// The document as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a HAR holds only strings and numbers")
    }

    /// Number of requests in it.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.log.entries.len()
    }
}

/// One request and its answer.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HarEntry {
    #[serde(rename = "startedDateTime", with = "stamp")]
    started: SystemTime,
    time: f64,
    request: Request,
    response: Response,
    cache: Cache,
    timings: Timings,
    #[serde(rename = "serverIPAddress", skip_serializing_if = "Option::is_none")]
    server_address: Option<String>,
    #[serde(rename = "_resourceType")]
    resource_type: String,
    #[serde(skip)]
    sent: f64,
    #[serde(skip)]
    answered: Option<f64>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    http_version: String,
    cookies: [(); 0],
    headers: Vec<Field>,
    query_string: Vec<Field>,
    headers_size: i64,
    body_size: i64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    status: u16,
    status_text: String,
    http_version: String,
    cookies: [(); 0],
    headers: Vec<Field>,
    content: Content,
    #[serde(rename = "redirectURL")]
    redirect_url: String,
    headers_size: i64,
    body_size: i64,
    #[serde(rename = "_error", skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(rename = "_transferSize")]
    transfer_size: u64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    size: i64,
    mime_type: String,
}

#[derive(Debug, Clone, Serialize)]
struct Field {
    name: String,
    value: String,
}

#[derive(Debug, Clone, Serialize)]
struct Cache {}

#[derive(Debug, Clone, Serialize)]
struct Timings {
    blocked: f64,
    dns: f64,
    connect: f64,
    ssl: f64,
    send: f64,
    wait: f64,
    receive: f64,
}

impl HarEntry {
    pub(crate) fn started_by(seen: RequestSeen) -> Self {
        let query_string = url::Url::parse(&seen.url).map_or_else(
            |_| Vec::new(),
            |url| {
                url.query_pairs()
                    .map(|(name, value)| Field {
                        name: name.into(),
                        value: value.into(),
                    })
                    .collect()
            },
        );
        Self {
            started: seen.at,
            time: 0.0,
            request: Request {
                method: seen.method,
                url: seen.url,
                http_version: String::new(),
                cookies: [],
                headers: fields(seen.headers),
                query_string,
                headers_size: -1,
                body_size: -1,
            },
            response: Response {
                status: 0,
                status_text: String::new(),
                http_version: String::new(),
                cookies: [],
                headers: Vec::new(),
                content: Content {
                    size: 0,
                    mime_type: "x-unknown".into(),
                },
                redirect_url: String::new(),
                headers_size: -1,
                body_size: -1,
                error: None,
                transfer_size: 0,
            },
            cache: Cache {},
            timings: Timings {
                blocked: -1.0,
                dns: -1.0,
                connect: -1.0,
                ssl: -1.0,
                send: 0.0,
                wait: 0.0,
                receive: 0.0,
            },
            server_address: None,
            resource_type: seen.resource_type.to_ascii_lowercase(),
            sent: seen.monotonic,
            answered: None,
        }
    }

    pub(crate) fn answered_by(&mut self, seen: ResponseSeen) {
        let location = seen
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("location"));
        let response = &mut self.response;
        response.redirect_url = location.map(|(_, value)| value.clone()).unwrap_or_default();
        response.status = seen.status;
        response.status_text = seen.status_text;
        response.content.mime_type = seen.mime;
        response.headers = fields(seen.headers);
        if let Some(protocol) = seen.protocol {
            response.http_version.clone_from(&protocol);
            self.request.http_version = protocol;
        }
        if seen.from_cache {
            response.body_size = 0;
        }
        self.server_address = seen.remote_address;
        self.answered = Some(seen.monotonic);
        self.time = millis(self.sent, seen.monotonic);
        self.timings.wait = self.time;
        if let Some(phases) = seen.phases {
            let known = phases.dns.unwrap_or(0.0)
                + phases.connect.unwrap_or(0.0)
                + phases.send
                + phases.wait;
            self.timings = Timings {
                blocked: (self.time - known).max(0.0),
                dns: phases.dns.unwrap_or(-1.0),
                connect: phases.connect.unwrap_or(-1.0),
                ssl: phases.ssl.unwrap_or(-1.0),
                send: phases.send,
                wait: phases.wait,
                receive: 0.0,
            };
        }
    }

    pub(crate) fn finished(&mut self, encoded_bytes: u64, monotonic: f64) {
        self.response.transfer_size = encoded_bytes;
        self.end(monotonic);
    }

    pub(crate) fn failed(&mut self, error: &str, monotonic: f64) {
        self.response.error = Some(error.to_owned());
        self.end(monotonic);
    }

    fn end(&mut self, monotonic: f64) {
        match self.answered {
            Some(answered) => self.timings.receive = millis(answered, monotonic),
            None => self.timings.wait = millis(self.sent, monotonic),
        }
        self.time = millis(self.sent, monotonic);
    }

    pub(crate) fn failure(
        &self,
        status: Option<u16>,
        error: Option<String>,
        monotonic: f64,
    ) -> NetworkFailure {
        NetworkFailure {
            method: self.request.method.clone(),
            url: self.request.url.clone(),
            resource_type: Some(self.resource_type.clone()).filter(|kind| !kind.is_empty()),
            status,
            error,
            at: self.started + Duration::from_secs_f64((monotonic - self.sent).clamp(0.0, 1e9)),
        }
    }

    pub(crate) fn started(&self) -> SystemTime {
        self.started
    }

    pub(crate) fn url(&self) -> &str {
        &self.request.url
    }
}

/// Header fields whose values let somebody act as the user; a log that is shared must not hold them.
const SECRET: [&str; 4] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "set-cookie",
];

fn fields(headers: Vec<(String, String)>) -> Vec<Field> {
    let hide = |(name, value): (String, String)| {
        let secret = SECRET.iter().any(|field| name.eq_ignore_ascii_case(field));
        Field {
            name,
            value: if secret { "[hidden]".to_owned() } else { value },
        }
    };
    headers.into_iter().map(hide).collect()
}

/// Milliseconds from one moment to another, both in seconds; never negative.
fn millis(from: f64, to: f64) -> f64 {
    ((to - from).max(0.0) * 1e6).round() / 1e3
}
