//! The XML interface of Google Cloud Storage as Google documents it: who asks, and what, is checked here, and an S3 keeps the
//! files, for below that the two are the same. No published emulator takes more than a plain upload of it, and none of them
//! looks at a token.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, ETAG, TRANSFER_ENCODING};
use http::{Method, StatusCode, Uri, request};
use s3s::service::{S3Service, S3ServiceBuilder};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;
use url::Url;

use super::account::{Account, Verifier};
use super::refusal::Refusal;
use super::wanted::Wanted;

pub(super) const BUCKET: &str = "art";

/// Each part of an upload but the last has at least as much.
const SMALLEST_PART: usize = 5 << 20;

/// What the account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    User,
    Viewer,
}

/// The service on a free port, with one bucket that everybody may read.
pub(super) struct Google {
    pub(super) address: String,
    desk: Arc<Desk>,
    folder: TempDir,
    _serving: AbortOnDropHandle<()>,
}

impl Google {
    pub(super) async fn start(account: &Account, role: Role) -> Self {
        // Tests are clients of it themselves, and some of nothing else.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let files = s3s_fs::FileSystem::new(folder.path()).unwrap();
        let desk = Arc::new(Desk {
            files: S3ServiceBuilder::new(files).build(),
            account: account.verifier(),
            role,
            failures: Mutex::default(),
            asked: Mutex::default(),
            uploads: Mutex::default(),
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let routes = Router::new()
            .route("/{bucket}/{*object}", any(answer))
            .fallback(async || Refusal::new(StatusCode::BAD_REQUEST, "InvalidURI", "no bucket"))
            .with_state(Arc::clone(&desk));
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self {
            address,
            desk,
            folder,
            _serving: AbortOnDropHandle::new(serving),
        }
    }

    /// The next writes are answered so and not done, but where it says 200.
    pub(super) fn fail(&self, statuses: &[StatusCode]) {
        *self.desk.failures.lock().unwrap() = statuses.iter().copied().collect();
    }

    /// The writes so far: what was done, with its status.
    pub(super) fn asked(&self) -> Vec<(&'static str, u16)> {
        self.desk.asked.lock().unwrap().clone()
    }

    /// How many uploads were begun that were neither finished nor given up: whoever leaves them pays for them.
    pub(super) fn open_uploads(&self) -> usize {
        self.desk.uploads.lock().unwrap().len()
    }

    /// What is kept under a key.
    pub(super) fn kept(&self, key: &str) -> Option<Vec<u8>> {
        std::fs::read(self.folder.path().join(BUCKET).join(key)).ok()
    }
}

/// Where requests are looked at.
struct Desk {
    files: S3Service,
    account: Verifier,
    role: Role,
    failures: Mutex<VecDeque<StatusCode>>,
    asked: Mutex<Vec<(&'static str, u16)>>,
    /// The parts of each upload that is under way, by their numbers.
    uploads: Mutex<HashMap<String, Parts>>,
}

type Parts = BTreeMap<u32, Part>;

struct Part {
    size: usize,
    etag: String,
}

async fn answer(
    State(desk): State<Arc<Desk>>,
    Path((bucket, object)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let wanted = Wanted::of(&parts);
    let answered = match desk.check(&parts, &wanted, &bucket, &object, &body) {
        Err(refused) => refused.into_response(),
        Ok(()) => {
            parts.uri = of_s3(&bucket, &object, &parts.uri);
            parts.headers.remove(AUTHORIZATION);
            desk.pass(parts, &wanted, body).await
        }
    };
    if !matches!(wanted, Wanted::Read) {
        let status = answered.status().as_u16();
        desk.asked.lock().unwrap().push((wanted.name(), status));
    }
    answered
}

impl Desk {
    /// Codes and statuses are those of <https://cloud.google.com/storage/docs/xml-api/reference-status>.
    fn check(
        &self,
        parts: &request::Parts,
        wanted: &Wanted,
        bucket: &str,
        object: &str,
        body: &Bytes,
    ) -> Result<(), Refusal> {
        let refuse = |status, code, why: &str| Err(Refusal::new(status, code, why));
        let writes = !matches!(wanted, Wanted::Read);
        let failure = writes.then(|| self.failures.lock().unwrap().pop_front());
        if let Some(failure) = failure.flatten().filter(|failure| !failure.is_success()) {
            return refuse(failure, "ServiceUnavailable", "try again");
        }
        let token = parts.headers.get(AUTHORIZATION);
        if writes || token.is_some() {
            let token = token.and_then(|token| token.to_str().ok());
            let checked = self.account.check(token.unwrap_or_default());
            if let Err(why) = checked {
                return refuse(StatusCode::UNAUTHORIZED, "AuthenticationRequired", &why);
            }
        }
        if bucket != BUCKET {
            return refuse(StatusCode::NOT_FOUND, "NoSuchBucket", "no such bucket");
        }
        if writes && self.role == Role::Viewer {
            let why = "storage.objects.create is denied";
            return refuse(StatusCode::FORBIDDEN, "AccessDenied", why);
        }
        // Amazon's words go with Amazon's keys alone.
        let names = parts.headers.keys().map(http::HeaderName::as_str);
        if let Some(name) = names.into_iter().find(|name| name.starts_with("x-amz-")) {
            return refuse(StatusCode::BAD_REQUEST, "InvalidArgument", name);
        }
        let is_upload = [Method::PUT, Method::POST].contains(&parts.method);
        if is_upload && !parts.headers.contains_key(CONTENT_LENGTH) {
            let why = "no Content-Length";
            return refuse(StatusCode::LENGTH_REQUIRED, "MissingContentLength", why);
        }
        if object.len() > 1024 || object.contains(['\r', '\n']) {
            return refuse(StatusCode::BAD_REQUEST, "InvalidURI", "no object's name");
        }
        match wanted {
            Wanted::Other => refuse(StatusCode::BAD_REQUEST, "InvalidArgument", "not known"),
            Wanted::Finish { upload } => self.check_parts(upload, body),
            Wanted::PutPart { upload, number } => {
                if !self.uploads.lock().unwrap().contains_key(upload) {
                    return refuse(StatusCode::NOT_FOUND, "NoSuchUpload", upload);
                }
                if !(1..=10_000).contains(number) {
                    return refuse(StatusCode::BAD_REQUEST, "InvalidArgument", "partNumber");
                }
                Ok(())
            }
            Wanted::Read | Wanted::Put | Wanted::Begin | Wanted::GiveUp { .. } => Ok(()),
        }
    }

    /// Every part was put, is named by the tag that it got, and is large enough.
    fn check_parts(&self, upload: &str, body: &Bytes) -> Result<(), Refusal> {
        let refuse = |status, code, why: &str| Err(Refusal::new(status, code, why));
        let uploads = self.uploads.lock().unwrap();
        let Some(parts) = uploads.get(upload) else {
            return refuse(StatusCode::NOT_FOUND, "NoSuchUpload", upload);
        };
        let named = parts.iter().map(|(number, part)| {
            let etag = &part.etag;
            format!("<Part><ETag>{etag}</ETag><PartNumber>{number}</PartNumber></Part>")
        });
        let named: String = named.collect();
        let expected = format!("<CompleteMultipartUpload>{named}</CompleteMultipartUpload>");
        let said = String::from_utf8_lossy(body);
        if said != expected {
            return refuse(StatusCode::BAD_REQUEST, "InvalidPart", &said);
        }
        let mut but_the_last = parts.values().rev().skip(1);
        if but_the_last.any(|part| part.size < SMALLEST_PART) {
            return refuse(StatusCode::BAD_REQUEST, "EntityTooSmall", "a part");
        }
        Ok(())
    }

    async fn pass(&self, parts: request::Parts, wanted: &Wanted, body: Bytes) -> Response {
        let size = body.len();
        let request = http::Request::from_parts(parts, s3s::Body::from(body));
        let (mut parts, body) = self.files.call(request).await.unwrap().into_parts();
        let body = to_bytes(Body::new(body), usize::MAX).await.unwrap();
        // It is whole by now.
        parts.headers.remove(TRANSFER_ENCODING);
        if parts.status.is_success() {
            let mut uploads = self.uploads.lock().unwrap();
            match wanted {
                Wanted::Begin => {
                    let begun = String::from_utf8_lossy(&body);
                    let id = begun.split_once("<UploadId>").unwrap().1;
                    let id = id.split_once('<').unwrap().0.to_owned();
                    uploads.insert(id, Parts::new());
                }
                Wanted::PutPart { upload, number } => {
                    let etag = parts.headers[ETAG].to_str().unwrap().to_owned();
                    let parts = uploads.get_mut(upload).unwrap();
                    parts.insert(*number, Part { size, etag });
                }
                Wanted::Finish { upload } | Wanted::GiveUp { upload } => {
                    uploads.remove(upload);
                }
                Wanted::Read | Wanted::Put | Wanted::Other => {}
            }
        }
        Response::from_parts(parts, Body::from(body))
    }
}

/// The address that S3 knows an object by: Google's clients write a slash in an object's name as `%2F`.
fn of_s3(bucket: &str, object: &str, asked: &Uri) -> Uri {
    let mut address = Url::parse("http://files").unwrap();
    let mut steps = address.path_segments_mut().unwrap();
    steps.push(bucket).extend(object.split('/'));
    drop(steps);
    address.set_query(asked.query());
    address.as_str().parse().unwrap()
}
