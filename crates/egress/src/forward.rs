//! One client connection: CONNECT opens a tunnel, an absolute `http://` request is sent on and its answer streamed
//! back, an upgrade (WebSocket) becomes a tunnel as well.

use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode, Uri, Version};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Mutex, OwnedSemaphorePermit};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::answer::{self, Body};
use crate::connect::{Door, Refusal};
use crate::ledger::FailureKind;
use crate::target::Target;
use crate::tunnel::splice;

/// The forwarding side of one client connection.
pub(crate) struct Forwarder {
    pub(crate) door: Arc<Door>,
    pub(crate) tasks: TaskTracker,
    /// Ends everything at the proxy's shutdown.
    pub(crate) shutdown: CancellationToken,
    /// Ends the connections to the outside with this client's connection.
    pub(crate) client_gone: CancellationToken,
    /// This client's place among the connections of the proxy; a tunnel keeps it.
    pub(crate) place: Arc<OwnedSemaphorePermit>,
    /// The connection that the last plain request went out on: clients keep one connection per host.
    pub(crate) upstream: Mutex<Option<Upstream>>,
}

pub(crate) struct Upstream {
    target: Target,
    sender: SendRequest<Body>,
}

impl Forwarder {
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let answered = match *request.method() {
            Method::CONNECT => self.tunnel(request).await,
            _ => self.forward(request).await,
        };
        answered.unwrap_or_else(|refusal| answer::refusal(&refusal))
    }

    async fn tunnel(&self, request: Request<Incoming>) -> Result<Response<Body>, Refusal> {
        let Some(target) = Target::of(request.uri(), None) else {
            return Ok(answer::bad_request());
        };
        let upstream = self.door.connect(&target).await?;
        self.join(hyper::upgrade::on(request), upstream);
        Ok(Response::new(answer::empty()))
    }

    async fn forward(&self, mut request: Request<Incoming>) -> Result<Response<Body>, Refusal> {
        let target = match request.uri().scheme_str() {
            // WebKit names the scheme of a WebSocket; the request is an HTTP one all the same (RFC 6455, 4.1).
            Some("http" | "ws") => Target::of(request.uri(), Some(80)),
            _ => None,
        };
        let Some(target) = target else {
            return Ok(answer::bad_request());
        };
        let upgrade = wanted_upgrade(request.headers());
        let client = upgrade.is_some().then(|| hyper::upgrade::on(&mut request));
        let outgoing = outgoing(request, upgrade.as_ref());
        let mut response = self.send(&target, outgoing).await?;
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            let Some(client) = client else {
                return Err(self.door.failed(&target, None, FailureKind::Unreachable));
            };
            // Waited for here: once the client has its answer, its connection's end ends what is not yet upgraded.
            let Ok(upstream) = hyper::upgrade::on(&mut response).await else {
                return Err(self.door.failed(&target, None, FailureKind::Unreachable));
            };
            self.join(client, TokioIo::new(upstream));
        } else {
            strip_hop_by_hop(response.headers_mut());
        }
        Ok(response.map(BodyExt::boxed))
    }

    /// Sends on the kept connection when it leads to the same target, else on a new one.
    async fn send(
        &self,
        target: &Target,
        request: Request<Body>,
    ) -> Result<Response<Incoming>, Refusal> {
        let mut kept = self.upstream.lock().await;
        // Only a request without a body can be sent again when the kept connection turns out to be closed.
        let again = request
            .body()
            .is_end_stream()
            .then(|| bodiless_copy(&request));
        if let (Some(again), Some(upstream)) = (again, kept.as_mut())
            && upstream.target == *target
            && upstream.sender.ready().await.is_ok()
            && let Ok(response) = upstream.sender.send_request(again).await
        {
            return Ok(response);
        }
        *kept = None;
        let mut upstream = self.open(target).await?;
        let response = upstream.sender.send_request(request).await;
        *kept = Some(upstream);
        response.map_err(|_| self.door.failed(target, None, FailureKind::Unreachable))
    }

    async fn open(&self, target: &Target) -> Result<Upstream, Refusal> {
        let stream = self.door.connect(target).await?;
        let handshake = http1::Builder::new()
            .preserve_header_case(true)
            .handshake(TokioIo::new(stream));
        let (sender, connection) = handshake
            .await
            .map_err(|_| self.door.failed(target, None, FailureKind::Unreachable))?;
        let client_gone = self.client_gone.clone();
        self.keep(async move {
            // How it ended reaches the page with the answer that it broke off.
            client_gone
                .run_until_cancelled(connection.with_upgrades())
                .await;
        });
        Ok(Upstream {
            target: target.clone(),
            sender,
        })
    }

    fn join(
        &self,
        client: OnUpgrade,
        upstream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    ) {
        self.keep(async move {
            if let Ok(client) = client.await {
                // Either side may break off at any time; the other one is told by the closing connection.
                let _ = splice(TokioIo::new(client), upstream).await;
            }
        });
    }

    fn keep(&self, task: impl Future<Output = ()> + Send + 'static) {
        let (shutdown, place) = (self.shutdown.clone(), Arc::clone(&self.place));
        self.tasks.spawn(async move {
            shutdown.run_until_cancelled(task).await;
            drop(place);
        });
    }
}

/// The request as the origin server expects it: path only, the target's own Host, nothing meant for the proxy.
fn outgoing(request: Request<Incoming>, upgrade: Option<&HeaderValue>) -> Request<Body> {
    let (mut head, body) = request.into_parts();
    // RFC 9112, 3.2.2: the host of the request line wins over whatever the Host header says.
    if let Some(host) = head
        .uri
        .authority()
        .and_then(|authority| HeaderValue::from_str(authority.as_str()).ok())
    {
        head.headers.insert(header::HOST, host);
    }
    head.uri = head
        .uri
        .path_and_query()
        .map_or_else(|| Uri::from_static("/"), |path| Uri::from(path.clone()));
    head.version = Version::HTTP_11;
    strip_hop_by_hop(&mut head.headers);
    if let Some(protocol) = upgrade {
        head.headers
            .insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
        head.headers.insert(header::UPGRADE, protocol.clone());
    }
    Request::from_parts(head, body.boxed())
}

fn bodiless_copy(request: &Request<Body>) -> Request<Body> {
    let mut copy = Request::new(answer::empty());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    copy
}

fn wanted_upgrade(headers: &HeaderMap) -> Option<HeaderValue> {
    connection_options(headers)
        .any(|option| option.eq_ignore_ascii_case("upgrade"))
        .then(|| headers.get(header::UPGRADE).cloned())?
}

/// RFC 9110, 7.6.1: what concerns one connection only is not forwarded.
fn strip_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = connection_options(headers)
        .filter_map(|name| HeaderName::from_bytes(name.as_bytes()).ok())
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in [
        header::CONNECTION,
        header::PROXY_AUTHORIZATION,
        header::TE,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
        HeaderName::from_static("keep-alive"),
        HeaderName::from_static("proxy-connection"),
    ] {
        headers.remove(name);
    }
}

fn connection_options(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let values = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',').map(str::trim))
}
