//! What pages and contexts tell their subscribers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crate::cdp::dialog::Dialog;
use crate::ids::{FrameId, PageId, RequestId};
use crate::page::Page;

/// Something happened in a context.
#[derive(Debug, Clone)]
pub enum ContextEvent {
    /// A page was opened, by `new_page` or by another page; it is ready to be used.
    PageOpened {
        /// The page.
        page: Page,
        /// The page whose script or link opened it.
        opener: Option<PageId>,
    },
    /// A page was closed.
    PageClosed {
        /// Which.
        page: PageId,
    },
    /// A page's renderer process crashed.
    PageCrashed {
        /// Which.
        page: PageId,
    },
    /// The browser has gone, whatever the cause.
    BrowserGone,
    /// A download began.
    DownloadStarted {
        /// The page that caused it, when known.
        page: Option<PageId>,
        /// Names the download in the events that follow.
        guid: Arc<str>,
        /// Where it comes from.
        url: Arc<str>,
        /// The name that the server or the page suggests.
        filename: Arc<str>,
    },
    /// A download ended.
    DownloadFinished {
        /// Which.
        guid: Arc<str>,
        /// The file; it exists when the state is `Completed`.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// How it ended.
        state: DownloadState,
    },
}

/// How a download ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DownloadState {
    /// The file is complete.
    Completed,
    /// It was cancelled or failed.
    Canceled,
}

/// Something happened in a page. Network events come only after `enable_network`, log entries only after `enable_log`.
#[derive(Debug, Clone)]
pub enum PageEvent {
    /// A line on the console.
    Console(Arc<ConsoleMessage>),
    /// An exception that no script caught.
    Exception(Arc<PageException>),
    /// A request is about to be sent; a redirect repeats it with the same id.
    Request(Arc<RequestInfo>),
    /// The headers of an answer have come.
    Response(Arc<ResponseInfo>),
    /// An answer is complete.
    RequestFinished(RequestFinished),
    /// A request got no answer.
    RequestFailed(Arc<RequestFailure>),
    /// A WebSocket was opened.
    WebSocketOpened(Arc<WebSocketEvent>),
    /// A WebSocket failed.
    WebSocketFailed(Arc<WebSocketEvent>),
    /// A WebSocket was closed.
    WebSocketClosed(Arc<WebSocketEvent>),
    /// A frame shows another document or another address of the same document.
    Navigated {
        /// Which frame.
        frame: FrameId,
        /// Its address now.
        url: Arc<str>,
        /// Whether the document stayed (hash, `pushState`).
        same_document: bool,
        /// Set when the frame shows the browser's own error page for this address.
        unreachable_url: Option<Arc<str>>,
    },
    /// The main frame began (`true`) or ended (`false`) loading.
    Loading(bool),
    /// The main frame's document is parsed.
    DomContentLoaded,
    /// The main frame has loaded.
    Load,
    /// The page's title or address as tabs show it has changed.
    TitleChanged(Arc<str>),
    /// A JavaScript dialog waits for an answer.
    DialogOpened(Arc<Dialog>),
    /// The dialog was answered, or its page went away.
    DialogClosed {
        /// What was answered.
        accepted: bool,
        /// The text of a prompt.
        text: Arc<str>,
    },
    /// A file chooser would have opened; only while interception is on.
    FileChooserOpened {
        /// The frame of its `<input type=file>`.
        frame: FrameId,
        /// Names the input for `set_files`.
        backend_node_id: i64,
        /// Whether it takes several files.
        multiple: bool,
    },
    /// A frame was added.
    FrameAttached {
        /// Which.
        frame: FrameId,
        /// Inside which.
        parent: Option<FrameId>,
    },
    /// A frame was removed.
    FrameDetached {
        /// Which.
        frame: FrameId,
    },
    /// A message from the page bundle, as JSON.
    PageScript {
        /// The frame it runs in.
        frame: FrameId,
        /// The JSON text.
        payload: Arc<str>,
    },
    /// The renderer process crashed.
    Crashed,
    /// The page was closed; the last event of every page.
    Closed,
}

/// How grave a console line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsoleLevel {
    /// `console.debug`.
    Debug,
    /// `console.log` and everything that is not one of the others.
    Log,
    /// `console.info`.
    Info,
    /// `console.warn`.
    Warning,
    /// `console.error`, `console.assert`.
    Error,
}

impl ConsoleLevel {
    /// "debug", "log", "info", "warning" or "error".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Log => "log",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A line on the console.
#[derive(Debug, Clone)]
pub struct ConsoleMessage {
    /// How grave.
    pub level: ConsoleLevel,
    /// The arguments as DevTools would print them, separated by spaces.
    pub text: String,
    /// Each argument by itself.
    pub args: Vec<String>,
    /// The script that wrote it; empty when unknown.
    pub url: String,
    /// One-based line; zero when unknown.
    pub line: u32,
    /// The stack, one call per line, innermost first; empty when there is none.
    pub stack: String,
    /// The frame, when known.
    pub frame: Option<FrameId>,
    /// When.
    pub at: SystemTime,
}

/// An exception that no script caught.
#[derive(Debug, Clone)]
pub struct PageException {
    /// "TypeError: x is not a function".
    pub text: String,
    /// The stack as the engine prints it; empty when there is none.
    pub stack: String,
    /// The script; empty when unknown.
    pub url: String,
    /// One-based line; zero when unknown.
    pub line: u32,
    /// One-based column; zero when unknown.
    pub column: u32,
    /// The frame, when known.
    pub frame: Option<FrameId>,
    /// When.
    pub at: SystemTime,
}

/// A request about to be sent.
#[derive(Debug, Clone)]
pub struct RequestInfo {
    /// Names the request in the events that follow.
    pub id: RequestId,
    /// "GET".
    pub method: String,
    /// Address without the fragment.
    pub url: String,
    /// Headers as the renderer knows them (the network stack adds more).
    pub headers: Vec<(String, String)>,
    /// The body, when it is text and not large.
    pub post_data: Option<String>,
    /// "Document", "XHR", "Fetch", "Script", "Image" and so on.
    pub resource_type: String,
    /// The frame that asked.
    pub frame: Option<FrameId>,
    /// Whether this is the request for a document of a frame.
    pub is_navigation: bool,
    /// The redirect answer that led to this request.
    pub redirected_from: Option<Arc<ResponseInfo>>,
    /// Wall-clock time.
    pub at: SystemTime,
    /// Seconds on the browser's monotonic clock, comparable between the network events of one browser.
    pub monotonic: f64,
}

/// The head of an answer.
#[derive(Debug, Clone)]
pub struct ResponseInfo {
    /// The request.
    pub id: RequestId,
    /// Address.
    pub url: String,
    /// 200.
    pub status: u16,
    /// "OK"; empty over HTTP/2.
    pub status_text: String,
    /// Media type without parameters.
    pub mime: String,
    /// Headers as received.
    pub headers: Vec<(String, String)>,
    /// Whether any cache answered.
    pub from_cache: bool,
    /// "http/1.1", "h2".
    pub protocol: String,
    /// "127.0.0.1:80"; empty when no connection was made.
    pub remote_address: String,
    /// Phases of the request.
    pub timing: Option<ResourceTiming>,
    /// Bytes received so far, head included.
    pub encoded_bytes: u64,
    /// The frame that asked.
    pub frame: Option<FrameId>,
    /// "Document", "XHR" and so on.
    pub resource_type: String,
    /// Seconds on the browser's monotonic clock.
    pub monotonic: f64,
}

/// Phases of a request: milliseconds after `request_time`, -1 where a phase did not happen.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    missing_docs,
    reason = "the names are those of the protocol and of HAR"
)]
pub struct ResourceTiming {
    pub request_time: f64,
    pub dns_start: f64,
    pub dns_end: f64,
    pub connect_start: f64,
    pub connect_end: f64,
    pub ssl_start: f64,
    pub ssl_end: f64,
    pub send_start: f64,
    pub send_end: f64,
    pub receive_headers_start: f64,
    pub receive_headers_end: f64,
}

/// An answer is complete.
#[derive(Debug, Clone)]
pub struct RequestFinished {
    /// The request.
    pub id: RequestId,
    /// Bytes over the wire, head included.
    pub encoded_bytes: u64,
    /// Seconds on the browser's monotonic clock.
    pub monotonic: f64,
}

/// A request got no answer.
#[derive(Debug, Clone)]
pub struct RequestFailure {
    /// The request.
    pub id: RequestId,
    /// Its address; empty when the request was sent before network events were enabled.
    pub url: String,
    /// "net::ERR_CONNECTION_REFUSED".
    pub error_text: String,
    /// Whether the page gave it up itself.
    pub canceled: bool,
    /// Why the browser blocked it ("csp", "mixed-content"), when it did.
    pub blocked: Option<String>,
    /// "Document", "XHR" and so on.
    pub resource_type: String,
    /// Wall-clock time.
    pub at: SystemTime,
    /// Seconds on the browser's monotonic clock.
    pub monotonic: f64,
}

/// A WebSocket was opened, failed or was closed.
#[derive(Debug, Clone)]
pub struct WebSocketEvent {
    /// Names the socket.
    pub id: RequestId,
    /// Its address.
    pub url: String,
    /// Why it failed; `None` when it did not.
    pub error: Option<String>,
    /// Wall-clock time.
    pub at: SystemTime,
}
