//! A bare HTTP client that says exactly the bytes that a test wants said.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer with its head in lower case and its whole body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Sends one request with `Connection: close` and reads the answer to its end.
pub(crate) async fn get(proxy: SocketAddr, url: &str) -> Answer {
    request(
        proxy,
        &format!("GET {url} HTTP/1.1\r\nHost: ignored\r\nConnection: close\r\n\r\n"),
    )
    .await
}

/// Sends these bytes and reads until the proxy closes.
pub(crate) async fn request(proxy: SocketAddr, text: &str) -> Answer {
    let mut stream = TcpStream::connect(proxy).await.expect("the proxy listens");
    stream
        .write_all(text.as_bytes())
        .await
        .expect("the proxy reads");
    let mut bytes = Vec::new();
    stream
        .read_to_end(&mut bytes)
        .await
        .expect("the proxy answers");
    parse(&String::from_utf8_lossy(&bytes))
}

/// Asks for a tunnel to `target`.
pub(crate) async fn connect(proxy: SocketAddr, target: &str) -> (u16, TcpStream) {
    let mut stream = TcpStream::connect(proxy).await.expect("the proxy listens");
    let text = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n");
    stream
        .write_all(text.as_bytes())
        .await
        .expect("the proxy reads");
    let head = read_head(&mut stream).await;
    (parse(&head).status, stream)
}

/// Reads up to the empty line that ends a head, and not one byte more.
pub(crate) async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("the head arrives whole"));
    }
    String::from_utf8(head).expect("a head is text")
}

pub(crate) fn parse(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .expect("a status line");
    Answer {
        status,
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    }
}
