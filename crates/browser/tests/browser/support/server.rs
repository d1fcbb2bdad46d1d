//! A web server on a free loopback port that serves what a test gives it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Ends when dropped.
pub(crate) struct Server {
    address: SocketAddr,
    routes: Arc<Mutex<HashMap<String, Route>>>,
    asked: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Clone)]
enum Route {
    Answer {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    /// Takes the request and never answers.
    Hang,
    /// Answers the head and half of the body.
    Stall,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes: Arc<Mutex<HashMap<String, Route>>> = Arc::default();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (known, log) = (routes.clone(), asked.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, known.clone(), log.clone()));
            }
        });
        Self {
            address,
            routes,
            asked,
            task,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// An address of the first origin.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port())
    }

    /// An address of the second origin, which is another site.
    pub(crate) fn other_url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port())
    }

    pub(crate) fn page(&self, path: &str, html: &str) {
        self.answer(
            path,
            200,
            &[("content-type", "text/html; charset=utf-8")],
            html.as_bytes(),
        );
    }

    pub(crate) fn answer(&self, path: &str, status: u16, headers: &[(&str, &str)], body: &[u8]) {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.add(
            path,
            Route::Answer {
                status,
                headers,
                body: body.to_vec(),
            },
        );
    }

    pub(crate) fn hang(&self, path: &str) {
        self.add(path, Route::Hang);
    }

    pub(crate) fn stall(&self, path: &str) {
        self.add(path, Route::Stall);
    }

    /// The paths that were asked for.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn add(&self, path: &str, route: Route) {
        self.routes.lock().unwrap().insert(path.to_owned(), route);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    stream: TcpStream,
    routes: Arc<Mutex<HashMap<String, Route>>>,
    asked: Arc<Mutex<Vec<String>>>,
) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut request = String::new();
        let mut length = 0;
        loop {
            let mut line = String::new();
            match stream.read_line(&mut line).await {
                Ok(0) => return,
                Ok(_) => {}
                Err(_) => {
                    // A TLS greeting: what a server without TLS says to it.
                    let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
                    return;
                }
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line.trim().is_empty() {
                break;
            }
            request.push_str(&line);
        }
        let mut body = vec![0; length];
        if stream.read_exact(&mut body).await.is_err() {
            return;
        }
        let path = request.split_whitespace().nth(1).unwrap_or("/").to_owned();
        asked.lock().unwrap().push(path.clone());
        let bare = path.split('?').next().unwrap_or_default().to_owned();
        let route = routes.lock().unwrap().get(&bare).cloned();
        let (status, headers, body) = match route {
            Some(Route::Answer {
                status,
                headers,
                body,
            }) => (status, headers, body),
            Some(Route::Hang) => {
                // Held open until the browser gives up.
                let _ = stream.read_u8().await;
                return;
            }
            Some(Route::Stall) => {
                let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 1000\r\n\r\n<p>half";
                let _ = stream.write_all(head.as_bytes()).await;
                let _ = stream.read_u8().await;
                return;
            }
            None => (
                404,
                vec![("content-type".to_owned(), "text/html".to_owned())],
                b"<h1>nothing here</h1>".to_vec(),
            ),
        };
        let mut head = format!("HTTP/1.1 {status} Word\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if status != 204 {
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut message = head.into_bytes();
        message.extend(body);
        if stream.write_all(&message).await.is_err() {
            return;
        }
    }
}
