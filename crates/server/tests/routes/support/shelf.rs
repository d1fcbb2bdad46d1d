//! A folder for what is delivered and a web server that shows it, on a free port of this machine.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use delivery::{Config, Delivery, Storage};
use http::header::{CONTENT_RANGE, CONTENT_TYPE, RANGE};
use http::{HeaderMap, StatusCode};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

/// What everybody sees.
pub(crate) struct Shelf {
    pub(crate) url: String,
    folder: TempDir,
    is_wrong: Arc<AtomicBool>,
    _task: AbortOnDropHandle<()>,
}

#[derive(Clone)]
struct Shown {
    folder: PathBuf,
    is_wrong: Arc<AtomicBool>,
}

impl Shelf {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let is_wrong = Arc::<AtomicBool>::default();
        let shown = Shown {
            folder: folder.path().to_owned(),
            is_wrong: Arc::clone(&is_wrong),
        };
        let routes = Router::new().route("/{*key}", get(show)).with_state(shown);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self {
            url,
            folder,
            is_wrong,
            _task: AbortOnDropHandle::new(task),
        }
    }

    /// Delivers here; the first look counts.
    pub(crate) fn delivery(&self) -> Delivery {
        self.delivery_to(self.folder.path().to_owned())
    }

    /// Delivers to a place where no folder can be made.
    pub(crate) fn delivery_to_a_file(&self) -> Delivery {
        let file = self.folder.path().join("file");
        std::fs::write(&file, "in the way").unwrap();
        self.delivery_to(file.join("outputs"))
    }

    fn delivery_to(&self, folder: PathBuf) -> Delivery {
        let config = Config {
            storage: Storage::Folder(folder),
            bucket: None,
            public: format!("{}/{{bucket}}", self.url),
            patience: Duration::ZERO,
            look: Duration::from_secs(10),
            cache_control: String::new(),
        };
        Delivery::new(config).unwrap()
    }

    /// From now on one byte of each film is another one, or not any more.
    pub(crate) fn show_wrong(&self, wrong: bool) {
        self.is_wrong.store(wrong, Ordering::Relaxed);
    }
}

async fn show(State(shown): State<Shown>, Path(key): Path<String>, headers: HeaderMap) -> Response {
    let Ok(mut bytes) = std::fs::read(shown.folder.join(&key)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match key.rsplit('.').next() {
        Some("mp4") => "video/mp4",
        Some("jpg") => "image/jpeg",
        _ => "image/gif",
    };
    if kind == "video/mp4" && shown.is_wrong.load(Ordering::Relaxed) {
        bytes[10] ^= 1;
    }
    let kind = [(CONTENT_TYPE, kind)];
    let Some(range) = headers.get(RANGE) else {
        return (kind, bytes).into_response();
    };
    let range = range.to_str().unwrap().strip_prefix("bytes=").unwrap();
    let (first, last) = range.split_once('-').unwrap();
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let span = [(
        CONTENT_RANGE,
        format!("bytes {first}-{last}/{}", bytes.len()),
    )];
    let part = bytes[first..=last].to_vec();
    (StatusCode::PARTIAL_CONTENT, kind, span, part).into_response()
}
