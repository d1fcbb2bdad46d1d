//! An S3 that checks signatures, and a CDN in front of it that does what the test says.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bytes::Bytes;
use data_encoding::HEXLOWER;
use delivery::{Config, DeliverError, Delivered, Delivery, Parcel, Secret, Storage};
use futures_util::stream;
use http::header::{CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, LOCATION, RANGE};
use http::{HeaderMap, Method, Request, StatusCode};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use object_store::aws::AmazonS3Builder;
use object_store::{Attribute, ObjectStore, ObjectStoreExt as _};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// How the CDN treats one request for a whole file, and where it says so for a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not there yet.
    NotFound,
    /// What was there before.
    Stale,
    /// The same bytes but one.
    Corrupted,
    /// Half of it, and it says so.
    Truncated,
    /// Half of it, and it says that it were all.
    BrokenOff,
    /// More than there is.
    TooLong,
    /// As a plain text.
    WrongType,
    /// With other words to caches.
    WrongCache,
    /// Never.
    Slow,
    /// Elsewhere.
    Redirected,
    /// Whole, when a part is asked for.
    NoRange,
    /// Another part.
    WrongRange,
    /// As it should be.
    Right,
}

pub(crate) const ACCESS_KEY: &str = "studio";
pub(crate) const SECRET_KEY: &str = "a-secret-that-nobody-sees";

/// A request that changed the storage.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    /// Path and query.
    pub(crate) address: String,
    pub(crate) headers: HeaderMap,
}

/// A storage and a CDN, on free ports of this machine.
pub(crate) struct Place {
    s3: SocketAddr,
    cdn: SocketAddr,
    faults: Arc<Mutex<VecDeque<Fault>>>,
    writes: Arc<Mutex<Vec<Write>>>,
    _folder: TempDir,
    _tasks: [AbortOnDropHandle<()>; 2],
}

impl Place {
    pub(crate) async fn start() -> Self {
        // The stand-ins are clients themselves, and of the storage first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("art")).unwrap();
        let writes = Arc::default();
        let (s3, storing) = s3(&folder, Arc::clone(&writes)).await;
        let faults = Arc::default();
        let (cdn, showing) = cdn(origin(s3), Arc::clone(&faults)).await;
        Self {
            s3,
            cdn,
            faults,
            writes,
            _folder: folder,
            _tasks: [storing, showing],
        }
    }

    /// The next requests for whole files are treated so, and all after them as the last.
    pub(crate) fn treat(&self, faults: &[Fault]) {
        *self.faults.lock().unwrap() = faults.iter().copied().collect();
    }

    /// What was asked of the storage to change it, in order.
    pub(crate) fn writes(&self) -> Vec<Write> {
        self.writes.lock().unwrap().clone()
    }

    /// Without patience: the first look counts.
    pub(crate) fn config(&self) -> Config {
        Config {
            storage: Storage::S3 {
                endpoint: Some(format!("http://{}", self.s3)),
                region: "us-east-1".to_owned(),
                access_key: ACCESS_KEY.to_owned(),
                secret_key: Secret::new(SECRET_KEY),
                encryption: None,
            },
            bucket: Some("art".to_owned()),
            public: format!("http://{}", self.cdn),
            patience: Duration::ZERO,
            look: Duration::from_millis(500),
            cache_control: "public, max-age=3600".to_owned(),
        }
    }

    /// What the storage holds under a key, read past the CDN.
    pub(crate) async fn stored(&self, key: &str) -> Bytes {
        let found = origin(self.s3).get(&key.into()).await.unwrap();
        found.bytes().await.unwrap()
    }
}

/// A file of a few blocks.
pub(crate) fn file() -> Bytes {
    (0_u32..5000).flat_map(u32::to_le_bytes).collect()
}

pub(crate) fn parcel(bytes: &Bytes) -> Parcel {
    Parcel {
        size: bytes.len() as u64,
        sha256: HEXLOWER.encode(&Sha256::digest(bytes)),
        content_type: "image/png".to_owned(),
    }
}

/// Delivers a file as `user/session/piece one.png`.
pub(crate) async fn deliver(delivery: &Delivery, bytes: Bytes) -> Result<Delivered, DeliverError> {
    let place = delivery
        .place(None, Some("user/session"), "piece one.png")
        .unwrap();
    let parcel = parcel(&bytes);
    let parts: Vec<_> = bytes
        .chunks(1000)
        .map(Bytes::copy_from_slice)
        .map(Ok)
        .collect();
    delivery
        .deliver(
            &CancellationToken::new(),
            &place,
            &parcel,
            stream::iter(parts),
        )
        .await
}

fn origin(s3: SocketAddr) -> Arc<dyn ObjectStore> {
    let built = AmazonS3Builder::new()
        .with_endpoint(format!("http://{s3}"))
        .with_allow_http(true)
        .with_bucket_name("art")
        .with_access_key_id(ACCESS_KEY)
        .with_secret_access_key(SECRET_KEY)
        .build();
    Arc::new(built.unwrap())
}

async fn s3(
    folder: &TempDir,
    writes: Arc<Mutex<Vec<Write>>>,
) -> (SocketAddr, AbortOnDropHandle<()>) {
    let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = builder.build();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        let server = Builder::new(TokioExecutor::new());
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let (service, writes) = (service.clone(), Arc::clone(&writes));
            let noted = service_fn(move |request: Request<Incoming>| {
                if [Method::PUT, Method::POST].contains(request.method()) {
                    writes.lock().unwrap().push(Write {
                        address: request.uri().to_string(),
                        headers: request.headers().clone(),
                    });
                }
                hyper::service::Service::call(&service, request)
            });
            let served = server
                .serve_connection(TokioIo::new(socket), noted)
                .into_owned();
            tokio::spawn(served);
        }
    });
    (address, AbortOnDropHandle::new(task))
}

#[derive(Clone)]
struct Cdn {
    origin: Arc<dyn ObjectStore>,
    faults: Arc<Mutex<VecDeque<Fault>>>,
}

async fn cdn(
    origin: Arc<dyn ObjectStore>,
    faults: Arc<Mutex<VecDeque<Fault>>>,
) -> (SocketAddr, AbortOnDropHandle<()>) {
    let routes = Router::new()
        .route("/{*key}", get(show))
        .with_state(Cdn { origin, faults });
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    (address, AbortOnDropHandle::new(task))
}

async fn show(State(cdn): State<Cdn>, Path(key): Path<String>, headers: HeaderMap) -> Response {
    let found = cdn.origin.get(&key.as_str().into()).await.unwrap();
    let said = |name: &Attribute| found.attributes.get(name).unwrap().to_string();
    let (kind, cache) = (
        said(&Attribute::ContentType),
        said(&Attribute::CacheControl),
    );
    let bytes = found.bytes().await.unwrap();
    let range = headers
        .get(RANGE)
        .map(|range| range.to_str().unwrap().to_owned());
    let fault = {
        let mut faults = cdn.faults.lock().unwrap();
        let is_last = faults.len() == 1;
        match range {
            None if !is_last => faults.pop_front(),
            _ => faults.front().copied(),
        }
    };
    answer(
        fault.unwrap_or(Fault::Right),
        &bytes,
        range.as_deref(),
        (kind, cache),
    )
    .await
}

async fn answer(
    fault: Fault,
    bytes: &Bytes,
    range: Option<&str>,
    (kind, cache): (String, String),
) -> Response {
    let half = bytes.len() / 2;
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, cache)];
    if let (Some(range), true) = (range, fault != Fault::NoRange) {
        let (first, last) = range
            .strip_prefix("bytes=")
            .unwrap()
            .split_once('-')
            .unwrap();
        let (mut first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
        let span = format!("bytes {first}-{last}/{}", bytes.len());
        let part = if fault == Fault::WrongRange {
            first -= 1;
            bytes.slice(first..last)
        } else {
            bytes.slice(first..=last)
        };
        let span = [(CONTENT_RANGE, span)];
        return (StatusCode::PARTIAL_CONTENT, headers, span, part).into_response();
    }
    match fault {
        Fault::NotFound => StatusCode::NOT_FOUND.into_response(),
        Fault::Redirected => (StatusCode::FOUND, [(LOCATION, "/login")]).into_response(),
        Fault::Slow => std::future::pending().await,
        Fault::Stale => (headers, vec![0_u8; bytes.len()]).into_response(),
        Fault::Corrupted => {
            let mut wrong = bytes.to_vec();
            wrong[half] ^= 1;
            (headers, wrong).into_response()
        }
        Fault::Truncated => (headers, bytes.slice(..half)).into_response(),
        Fault::BrokenOff => {
            // Without a length, in pieces, and then nothing more: as a cache that lost its origin.
            let parts = [Ok(bytes.slice(..half)), Err(std::io::Error::other("lost"))];
            (headers, Body::from_stream(stream::iter(parts))).into_response()
        }
        Fault::TooLong => {
            let parts = [bytes.clone(), bytes.clone()].map(Ok::<_, std::io::Error>);
            (headers, Body::from_stream(stream::iter(parts))).into_response()
        }
        Fault::WrongType => {
            let [_, cache] = headers;
            let kind = (CONTENT_TYPE, "text/plain".to_owned());
            ([kind, cache], bytes.clone()).into_response()
        }
        Fault::WrongCache => {
            let [kind, _] = headers;
            let cache = (CACHE_CONTROL, "no-store".to_owned());
            ([kind, cache], bytes.clone()).into_response()
        }
        Fault::NoRange | Fault::WrongRange | Fault::Right => {
            (headers, bytes.clone()).into_response()
        }
    }
}
