//! A server on a free port, a page to show, and a viewer's connection.

use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use browser::{BrowserPool, LaunchOptions};
use egress::EgressPolicy;
use futures_util::{SinkExt, StreamExt};
use http::{HeaderValue, Request};
use ids::SessionId;
use serde_json::{Value, json};
use server::{App, Journal, Options};
use session::{SessionConfig, SessionHandle, SessionManager, StartSession};
use store::Store;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tokio_util::sync::CancellationToken;
use work::{RUN_QUEUE, Worker, WorkerOptions};

/// How long anything may take on a busy machine.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

pub(crate) struct Studio {
    pub(crate) address: std::net::SocketAddr,
    pub(crate) cookie: String,
    pub(crate) session: SessionHandle,
    sessions: SessionManager,
    journal: Journal,
    worker: Worker,
    browsers: BrowserPool,
    shutdown: CancellationToken,
    serving: JoinHandle<std::io::Result<()>>,
    site: JoinHandle<()>,
    _dir: TempDir,
}

impl Studio {
    /// A server with a session that shows this document.
    pub(crate) async fn show(html: &'static str) -> Self {
        let (site, url) = site(html).await;
        let egress = EgressPolicy::public_only().allow("127.0.0.1".parse().unwrap());
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).await.unwrap();
        let browsers = BrowserPool::new(LaunchOptions::default());
        let worker = Worker::start(
            store.clone(),
            Vec::new(),
            WorkerOptions::new("test", RUN_QUEUE, 0),
        );
        let sessions = SessionManager::new(SessionConfig {
            egress: egress.clone(),
            ..SessionConfig::default()
        });
        let journal = server::start_journal(store.clone(), &sessions);
        let options = Options {
            names: Vec::new(),
            workers: 0,
            egress,
            delivery: None,
            keep: work::Keep::default(),
            renderers: None,
            executable: None,
        };
        let shutdown = CancellationToken::new();
        let app = App::new(
            store.clone(),
            sessions.clone(),
            worker.running().clone(),
            options,
            shutdown.clone(),
        );
        let cookie = sign_in(&store, server::router(app.clone())).await;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(server::serve(listener, app));
        let request = StartSession {
            url: Some(url),
            frame_rate: Some(60),
            ..StartSession::default()
        };
        let session = sessions.start(request).await.unwrap();
        let studio = Self {
            address,
            cookie,
            session,
            sessions,
            journal,
            worker,
            browsers,
            shutdown,
            serving,
            site,
            _dir: dir,
        };
        studio
            .holds("document.readyState === 'complete' && location.href !== 'about:blank'")
            .await;
        studio
    }

    pub(crate) fn path(&self) -> String {
        format!("/api/v1/sessions/{}/live", self.session.id())
    }

    pub(crate) fn request(
        &self,
        path: &str,
        cookie: Option<&str>,
        origin: Option<&str>,
    ) -> Request<()> {
        let mut request = format!("ws://{}{path}", self.address)
            .into_client_request()
            .unwrap();
        let mut set = |name: &'static str, value: Option<&str>| {
            if let Some(value) = value {
                request
                    .headers_mut()
                    .insert(name, HeaderValue::from_str(value).unwrap());
            }
        };
        set("cookie", cookie);
        set("origin", origin);
        request
    }

    /// The status with which a connection is refused.
    pub(crate) async fn refusal(
        &self,
        path: &str,
        cookie: Option<&str>,
        origin: Option<&str>,
    ) -> u16 {
        match connect_async(self.request(path, cookie, origin)).await {
            Err(tungstenite::Error::Http(answer)) => answer.status().as_u16(),
            other => panic!("not refused: {:?}", other.map(|_| ())),
        }
    }

    pub(crate) async fn connect(&self, path: &str) -> Viewer {
        let origin = format!("http://{}", self.address);
        let request = self.request(path, Some(&self.cookie), Some(&origin));
        let (socket, _) = connect_async(request).await.unwrap();
        Viewer {
            socket,
            seq: 0,
            acks: true,
        }
    }

    /// A viewer that has said hello, and its welcome.
    pub(crate) async fn watch(&self, hello: Value) -> (Viewer, Value) {
        let mut viewer = self.connect(&self.path()).await;
        viewer.say(hello).await;
        let welcome = viewer.hear("welcome").await;
        (viewer, welcome)
    }

    pub(crate) async fn holds(&self, expression: &str) {
        let asking = async {
            while self.session.evaluate(expression).await.ok() != Some(Value::Bool(true)) {
                tokio::time::sleep(Duration::from_millis(15)).await;
            }
        };
        assert!(
            tokio::time::timeout(LIMIT, asking).await.is_ok(),
            "never true: {expression}"
        );
    }

    pub(crate) async fn stop(self) {
        tokio::join!(self.sessions.shutdown(), self.worker.shutdown());
        self.browsers.close().await;
        self.journal.finish().await;
        self.shutdown.cancel();
        self.serving.abort();
        self.site.abort();
    }
}

/// A frame as it came.
pub(crate) struct Picture {
    pub(crate) key: bool,
    pub(crate) seq: u32,
    pub(crate) input_seq: u32,
    pub(crate) dropped: u32,
    pub(crate) jpeg: Vec<u8>,
}

pub(crate) enum Heard {
    Word(Value),
    Picture(Picture),
    Closed(String),
}

pub(crate) struct Viewer {
    pub(crate) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    seq: u32,
    pub(crate) acks: bool,
}

impl Viewer {
    pub(crate) async fn say(&mut self, message: Value) {
        self.socket
            .send(Message::Text(message.to_string().into()))
            .await
            .unwrap();
    }

    pub(crate) async fn mouse(&mut self, kind: &str, (x, y): (f64, f64)) -> u32 {
        self.seq += 1;
        self.say(json!({"t": "mouse", "seq": self.seq, "kind": kind, "x": x, "y": y, "button": 0, "clicks": 1})).await;
        self.seq
    }

    pub(crate) async fn next(&mut self) -> Heard {
        loop {
            match tokio::time::timeout(LIMIT, self.socket.next())
                .await
                .expect("something comes")
            {
                Some(Ok(Message::Text(text))) => {
                    return Heard::Word(serde_json::from_str(&text).unwrap());
                }
                Some(Ok(Message::Binary(bytes))) => {
                    let picture = picture(&bytes);
                    if self.acks {
                        self.say(json!({"t": "ack", "seq": picture.seq})).await;
                    }
                    return Heard::Picture(picture);
                }
                Some(Ok(Message::Close(frame))) => {
                    return Heard::Closed(
                        frame
                            .map(|frame| frame.reason.to_string())
                            .unwrap_or_default(),
                    );
                }
                None | Some(Err(_)) => return Heard::Closed(String::new()),
                Some(Ok(_)) => {}
            }
        }
    }

    pub(crate) async fn see(&mut self) -> Picture {
        loop {
            match self.next().await {
                Heard::Picture(picture) => return picture,
                Heard::Word(_) => {}
                Heard::Closed(reason) => panic!("closed: {reason}"),
            }
        }
    }

    pub(crate) async fn hear(&mut self, kind: &str) -> Value {
        loop {
            match self.next().await {
                Heard::Word(word) if word["t"] == kind || word["type"] == kind => return word,
                Heard::Closed(reason) => panic!("closed: {reason}"),
                _ => {}
            }
        }
    }
}

fn picture(bytes: &[u8]) -> Picture {
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!(
        (bytes[0], bytes[2], bytes[3]),
        (1, 48, 0),
        "a frame with a header of 48 bytes"
    );
    Picture {
        key: bytes[1] & 1 == 1,
        seq: number(4),
        input_seq: number(16),
        dropped: number(44),
        jpeg: bytes[48..].to_vec(),
    }
}

async fn site(html: &'static str) -> (JoinHandle<()>, String) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let routes = Router::new().route("/", get(move || async move { Html(html) }));
    (
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() }),
        url,
    )
}

async fn sign_in(store: &Store, router: Router) -> String {
    use tower::ServiceExt as _;
    let link = server::issue_link(store, "http://localhost", LIMIT)
        .await
        .unwrap();
    let token = link.rsplit_once('=').unwrap().1.to_owned();
    let request = Request::post("/api/v1/auth/claim")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(axum::body::Body::from(json!({"token": token}).to_string()))
        .unwrap();
    let answer = router.oneshot(request).await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

pub(crate) fn nobody() -> SessionId {
    SessionId::new()
}
