//! A site of the tests' own, on a free port of this machine.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

const PAGE: &str = r#"<!doctype html>
<title>Greeter</title>
<h1>Greeter</h1>
<input id="name" aria-label="Name">
<button id="greet" onclick="out.textContent = 'hello ' + document.getElementById('name').value">Greet</button>
<p id="out"></p>"#;

const BROKEN: &str = r#"<!doctype html>
<title>Broken</title>
<h1>Broken</h1>
<script>
  console.error('something looks wrong');
  fetch('/missing');
  setTimeout(() => { throw new Error('boom') }, 20);
</script>"#;

/// The page of the examples that are filmed.
const LANDING: &str = include_str!("../../../../../examples/site/landing.html");

/// A site that greets, and one page that fails in several ways.
pub(crate) struct Site {
    pub(crate) url: String,
    _task: AbortOnDropHandle<()>,
}

impl Site {
    pub(crate) async fn start() -> Self {
        let routes = Router::new()
            .route("/", get(|| async { Html(PAGE) }))
            .route("/broken", get(|| async { Html(BROKEN) }))
            .route("/landing.html", get(|| async { Html(LANDING) }));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self {
            url,
            _task: AbortOnDropHandle::new(task),
        }
    }
}
