use axum::Router;
use axum::extract::Path;
use axum::http::header::{CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use axum::routing::get;
use delivery::{Config, Delivery, Storage};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

use crate::support::{deliver, file};

#[tokio::test]
async fn a_folder_that_a_web_server_shows_will_do() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_owned();
    let show = move |Path(key): Path<String>, headers: HeaderMap| async move {
        let bytes = std::fs::read(root.join(key)).unwrap();
        let kind = [(CONTENT_TYPE, "image/png")];
        let Some(range) = headers.get(RANGE) else {
            return (kind, bytes).into_response();
        };
        let (first, last) = range.to_str().unwrap()[6..].split_once('-').unwrap();
        let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
        let span = format!("bytes {first}-{last}/{}", bytes.len());
        let part = bytes[first..=last].to_vec();
        (
            StatusCode::PARTIAL_CONTENT,
            kind,
            [(CONTENT_RANGE, span)],
            part,
        )
            .into_response()
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = Router::new().route("/{*key}", get(show));
    let _serving = AbortOnDropHandle::new(tokio::spawn(async move {
        axum::serve(listener, routes).await.unwrap();
    }));
    let config = Config {
        storage: Storage::Folder(folder.path().to_owned()),
        bucket: Some("art".to_owned()),
        public: format!("http://{address}/{{bucket}}"),
        patience: Duration::ZERO,
        look: Duration::from_secs(5),
        cache_control: "public".to_owned(),
    };
    let delivery = Delivery::new(config).unwrap();
    let delivered = deliver(&delivery, file()).await.unwrap();
    assert_eq!(
        delivered.url,
        format!("http://{address}/art/user/session/piece%20one.png")
    );
    let stored = std::fs::read(folder.path().join("art/user/session/piece one.png")).unwrap();
    assert_eq!(stored, file());
}
