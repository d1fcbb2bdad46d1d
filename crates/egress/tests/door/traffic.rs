//! What gets through, and how.

use egress::{EgressPolicy, EgressProxy};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::client::{connect, get, read_head, request};
use crate::origin::{echo, mirror, origin};

async fn open() -> EgressProxy {
    EgressProxy::start(EgressPolicy::everything())
        .await
        .expect("a free port")
}

#[tokio::test]
async fn a_plain_request_reaches_the_origin_with_its_own_host_and_nothing_meant_for_the_proxy() {
    let (proxy, origin) = (open().await, mirror().await);
    let text = format!(
        "GET http://{origin}/a/b?c=d HTTP/1.1\r\nHost: other.test\r\nX-Kept: yes\r\nX-Hop: no\r\n\
         Proxy-Connection: keep-alive\r\nProxy-Authorization: Basic c2VjcmV0\r\nConnection: close, X-Hop\r\n\r\n"
    );
    let seen = request(proxy.address(), &text).await.body;
    assert!(seen.starts_with("GET /a/b?c=d HTTP/1.1\r\n"), "{seen}");
    assert!(seen.contains(&format!("Host: {origin}\r\n")), "{seen}");
    assert!(seen.contains("X-Kept: yes\r\n"), "{seen}");
    for gone in ["X-Hop", "roxy-", "secret", "other.test"] {
        assert!(!seen.contains(gone), "{gone} in {seen}");
    }
}

#[tokio::test]
async fn requests_on_one_client_connection_share_one_connection_to_the_origin() {
    let (proxy, origin) = (open().await, mirror().await);
    let mut stream = TcpStream::connect(proxy.address())
        .await
        .expect("the proxy listens");
    for path in ["one", "two", "three"] {
        let text = format!("GET http://{origin}/{path} HTTP/1.1\r\nHost: {origin}\r\n\r\n");
        stream
            .write_all(text.as_bytes())
            .await
            .expect("the proxy reads");
        let head = read_head(&mut stream).await.to_ascii_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .expect("a length");
        let mut body = vec![0; length.parse().expect("a number")];
        stream.read_exact(&mut body).await.expect("the whole body");
        assert!(String::from_utf8_lossy(&body).contains(path));
    }
    assert_eq!(proxy.stats().connections, 1);
}

#[tokio::test]
async fn a_kept_connection_that_the_origin_closed_is_replaced_without_the_client_noticing() {
    let closing = origin(|mut stream| async move {
        read_head(&mut stream).await;
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        stream
            .write_all(answer.as_bytes())
            .await
            .expect("the proxy reads");
    })
    .await;
    let proxy = open().await;
    let mut stream = TcpStream::connect(proxy.address())
        .await
        .expect("the proxy listens");
    for _ in 0..3 {
        let text = format!("GET http://{closing}/ HTTP/1.1\r\nHost: {closing}\r\n\r\n");
        stream
            .write_all(text.as_bytes())
            .await
            .expect("the proxy reads");
        assert!(read_head(&mut stream).await.starts_with("HTTP/1.1 200"));
        let mut body = [0; 2];
        stream.read_exact(&mut body).await.expect("the whole body");
    }
}

#[tokio::test]
async fn a_tunnel_carries_bytes_both_ways() {
    let (proxy, origin) = (open().await, echo(false).await);
    let (status, mut tunnel) = connect(proxy.address(), &origin.to_string()).await;
    assert_eq!(status, 200);
    tunnel
        .write_all(b"over and back")
        .await
        .expect("the tunnel takes it");
    tunnel.shutdown().await.expect("half of it closes");
    let mut back = String::new();
    tunnel
        .read_to_string(&mut back)
        .await
        .expect("the echo arrives");
    assert_eq!(back, "over and back");
    let stats = proxy.stats();
    assert_eq!(
        (stats.connections, stats.bytes_up, stats.bytes_down),
        (1, 13, 13)
    );
}

#[tokio::test]
async fn a_web_socket_is_upgraded_through_the_plain_proxy_and_through_a_tunnel() {
    let (proxy, origin) = (open().await, echo(true).await);
    let handshake = |target: String| {
        format!(
            "GET {target} HTTP/1.1\r\nHost: {origin}\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
    };
    let plain = TcpStream::connect(proxy.address())
        .await
        .expect("the proxy listens");
    let (_, tunnel) = connect(proxy.address(), &origin.to_string()).await;
    // WebKit names the scheme of the socket.
    let named = TcpStream::connect(proxy.address())
        .await
        .expect("the proxy listens");
    for (mut stream, target) in [
        (plain, format!("http://{origin}/chat")),
        (named, format!("ws://{origin}/chat")),
        (tunnel, "/chat".to_owned()),
    ] {
        stream
            .write_all(handshake(target).as_bytes())
            .await
            .expect("the proxy reads");
        assert!(read_head(&mut stream).await.starts_with("HTTP/1.1 101"));
        for message in [b"first", b"again"] {
            stream
                .write_all(message)
                .await
                .expect("the socket takes it");
            let mut back = [0; 5];
            stream
                .read_exact(&mut back)
                .await
                .expect("the echo arrives");
            assert_eq!(&back, message);
        }
    }
}

#[tokio::test]
async fn a_large_answer_streams_while_the_origin_is_still_sending() {
    const PART: usize = 1 << 20;
    const PARTS: usize = 64;
    // The origin sends the rest only once the client has the first part: a buffering proxy would never finish.
    let (gate_open, gate) = tokio::sync::watch::channel(false);
    let source = origin(move |mut stream| {
        let mut gate = gate.clone();
        async move {
            read_head(&mut stream).await;
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
                PART * PARTS
            );
            stream
                .write_all(head.as_bytes())
                .await
                .expect("the proxy reads");
            stream
                .write_all(&vec![b'x'; PART])
                .await
                .expect("the proxy reads");
            gate.wait_for(|open| *open)
                .await
                .expect("the client has the first part");
            for _ in 1..PARTS {
                stream
                    .write_all(&vec![b'x'; PART])
                    .await
                    .expect("the proxy reads");
            }
        }
    })
    .await;
    let proxy = open().await;
    let mut stream = TcpStream::connect(proxy.address())
        .await
        .expect("the proxy listens");
    let text = format!("GET http://{source}/ HTTP/1.1\r\nHost: {source}\r\n\r\n");
    stream
        .write_all(text.as_bytes())
        .await
        .expect("the proxy reads");
    read_head(&mut stream).await;
    let mut part = vec![0; PART];
    stream
        .read_exact(&mut part)
        .await
        .expect("the first part arrives by itself");
    gate_open.send(true).expect("the origin waits");
    for _ in 1..PARTS {
        stream
            .read_exact(&mut part)
            .await
            .expect("the rest arrives");
    }
    assert!(proxy.stats().bytes_down > (PART * PARTS) as u64);
}

#[tokio::test]
async fn a_large_upload_streams_to_the_origin() {
    const BYTES: usize = 16 << 20;
    let sink = origin(|mut stream| async move {
        read_head(&mut stream).await;
        let mut left = BYTES;
        let mut buffer = vec![0; 64 << 10];
        while left > 0 {
            left -= stream.read(&mut buffer).await.expect("the body arrives");
        }
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
            .await
            .expect("the proxy reads");
    })
    .await;
    let proxy = open().await;
    let body = "x".repeat(BYTES);
    let text = format!(
        "POST http://{sink}/ HTTP/1.1\r\nHost: {sink}\r\nContent-Length: {BYTES}\r\nConnection: close\r\n\r\n{body}"
    );
    assert_eq!(request(proxy.address(), &text).await.body, "done");
}

#[tokio::test]
async fn many_clients_are_served_at_once() {
    let (proxy, origin) = (open().await, mirror().await);
    let mut clients = JoinSet::new();
    for number in 0..200 {
        let (proxy, url) = (proxy.address(), format!("http://{origin}/{number}"));
        clients.spawn(async move {
            get(proxy, &url)
                .await
                .body
                .contains(&format!("GET /{number} "))
        });
    }
    assert!(clients.join_all().await.into_iter().all(|right| right));
    assert_eq!(proxy.stats().connections, 200);
}
