//! A data folder, a worker that renders, a folder for outputs and what shows it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use delivery::{Config as DeliveryConfig, Delivery, Storage};
use http::header::{CONTENT_RANGE, CONTENT_TYPE, RANGE};
use http::{HeaderMap, StatusCode};
use ids::RenderId;
use intake::{Config, Intake};
use store::Store;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;
use video::{BrowserLimits, RendererPool};
use work::{Backoff, RENDER_QUEUE, RenderDesk, RenderJob, Worker, WorkerOptions};

use crate::redis_server::Redis;

/// Everything behind the list.
pub(crate) struct Studio {
    pub(crate) store: Store,
    pub(crate) shown: SocketAddr,
    delivery: Delivery,
    _showing: AbortOnDropHandle<()>,
    _data: TempDir,
    outputs: TempDir,
}

/// Renders jobs of the database.
pub(crate) struct Rendering {
    worker: Worker,
    renderers: RendererPool,
}

impl Studio {
    pub(crate) async fn open() -> Self {
        let (data, outputs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (shown, showing) = show(outputs.path().to_owned()).await;
        let config = DeliveryConfig {
            storage: Storage::Folder(outputs.path().to_owned()),
            bucket: None,
            public: format!("http://{shown}/{{bucket}}"),
            patience: Duration::from_secs(10),
            look: Duration::from_secs(10),
            cache_control: String::new(),
        };
        Self {
            store: Store::open(data.path()).await.unwrap(),
            shown,
            delivery: Delivery::new(config).unwrap(),
            _showing: showing,
            _data: data,
            outputs,
        }
    }

    pub(crate) fn desk(&self) -> RenderDesk {
        RenderDesk::new(self.store.clone(), Some(self.delivery.clone()))
    }

    pub(crate) fn render(&self) -> Rendering {
        let renderers = RendererPool::new(2, None, BrowserLimits::default());
        let delivery = Some(self.delivery.clone());
        let job = RenderJob::new(self.store.clone(), renderers.clone(), delivery);
        let options = WorkerOptions {
            // What is tried again is tried at once.
            backoff: Backoff {
                base: Duration::from_millis(1),
                cap: Duration::from_millis(1),
            },
            ..WorkerOptions::new("test", RENDER_QUEUE, 2)
        };
        Rendering {
            worker: Worker::start(self.store.clone(), vec![Arc::new(job)], options),
            renderers,
        }
    }

    /// Takes jobs from the usual list; a worker that is silent for half a second is dead.
    pub(crate) async fn intake(&self, redis: &Redis) -> Intake {
        Intake::start(config(redis), self.desk(), self.store.clone(), 4)
            .await
            .unwrap()
    }

    /// The storage takes nothing for this bucket, until what is given back is called.
    pub(crate) fn block(&self, bucket: &str) -> impl FnOnce() + use<> {
        let file = self.outputs.path().join(bucket);
        std::fs::write(&file, "no folder").unwrap();
        move || std::fs::remove_file(file).unwrap()
    }

    pub(crate) async fn only_render(&self) -> RenderId {
        let renders = self.store.renders();
        let all = renders.list(store::RenderFilter::default(), store::Page::default());
        let all = all.await.unwrap().items;
        assert_eq!(all.len(), 1);
        all[0].id
    }

    pub(crate) async fn renders(&self) -> u64 {
        let renders = self.store.renders();
        let all = renders.list(store::RenderFilter::default(), store::Page::default());
        all.await.unwrap().total
    }
}

impl Rendering {
    pub(crate) async fn stop(self) {
        self.worker.shutdown().await;
        self.renderers.close().await;
    }
}

pub(crate) fn config(redis: &Redis) -> Config {
    let mut config = Config::new(&redis.url(), "playwright-jobs", "test").unwrap();
    config.silence = Duration::from_millis(500);
    config
}

/// A web server on a folder that knows ranges.
async fn show(folder: std::path::PathBuf) -> (SocketAddr, AbortOnDropHandle<()>) {
    let show = move |Path(key): Path<String>, headers: HeaderMap| async move {
        match std::fs::read(folder.join(&key)) {
            Ok(bytes) => answer(&key, bytes, &headers),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        }
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = Router::new().route("/{*key}", get(show));
    let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    (address, AbortOnDropHandle::new(task))
}

fn answer(key: &str, bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let kind = match key.rsplit('.').next() {
        Some("mp4") => "video/mp4",
        Some("html") => "text/html; charset=utf-8",
        _ => "image/png",
    };
    let kind = [(CONTENT_TYPE, kind)];
    let Some(range) = headers.get(RANGE) else {
        return (kind, bytes).into_response();
    };
    let range = range.to_str().unwrap().strip_prefix("bytes=").unwrap();
    let (first, last) = range.split_once('-').unwrap();
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let span = format!("bytes {first}-{last}/{}", bytes.len());
    // The store behind it writes in place: the same job done again is half there for a moment.
    let Some(part) = bytes.get(first..=last).map(<[u8]>::to_vec) else {
        return StatusCode::RANGE_NOT_SATISFIABLE.into_response();
    };
    let span = [(CONTENT_RANGE, span)];
    (StatusCode::PARTIAL_CONTENT, kind, span, part).into_response()
}
