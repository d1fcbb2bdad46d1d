//! A web server on a free loopback port that serves what a test gives it: `127.0.0.1` and `localhost` are two sites.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

type Pages = Arc<Mutex<HashMap<String, (String, String)>>>;

/// Ends when dropped.
pub(crate) struct Server {
    port: u16,
    pages: Pages,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let pages = Pages::default();
        let known = Arc::clone(&pages);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&known)));
            }
        });
        Self { port, pages, task }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn other_url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    pub(crate) fn page(&self, path: &str, html: &str) {
        self.answer(
            path,
            "200 OK\r\ncontent-type: text/html; charset=utf-8",
            html,
        );
    }

    /// Serves `body` after this status line and these header lines.
    pub(crate) fn answer(&self, path: &str, head: &str, body: &str) {
        self.pages
            .lock()
            .unwrap()
            .insert(path.to_owned(), (head.to_owned(), body.to_owned()));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: TcpStream, pages: Pages) {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut request, mut line) = (String::new(), String::new());
        while !line.trim().is_empty() || request.is_empty() {
            line.clear();
            match stream.read_line(&mut line).await {
                Ok(0) => return,
                Err(_) => {
                    // A TLS greeting: what a server without TLS says to it.
                    let _ = stream
                        .write_all(
                            b"HTTP/1.1 400 Bad Request

",
                        )
                        .await;
                    return;
                }
                Ok(_) => request.push_str(&line),
            }
        }
        let target = request.split(' ').nth(1).unwrap_or_default();
        let path = target.split('?').next().unwrap_or_default();
        let found = pages.lock().unwrap().get(path).cloned();
        let (head, body) = found.unwrap_or_else(|| {
            (
                "404 Not Found\r\ncontent-type: text/html".to_owned(),
                "<h1>nothing</h1>".to_owned(),
            )
        });
        let answer = format!(
            "HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
