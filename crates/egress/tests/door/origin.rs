//! Servers of the outside world, on loopback.

use std::future::Future;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::client::read_head;

/// Serves each connection with `serve` until the test's runtime ends.
pub(crate) async fn origin<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound port");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    address
}

/// Answers every request on a connection with the request's own head as the body.
pub(crate) async fn mirror() -> SocketAddr {
    origin(|mut stream| async move {
        loop {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                match stream.read_u8().await {
                    Ok(byte) => head.push(byte),
                    Err(_) => return,
                }
            }
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", head.len());
            if stream
                .write_all(&[answer.as_bytes(), &head].concat())
                .await
                .is_err()
            {
                return;
            }
        }
    })
    .await
}

/// Redirects every request to `location`.
pub(crate) async fn redirect(location: String) -> SocketAddr {
    origin(move |mut stream| {
        let location = location.clone();
        async move {
            read_head(&mut stream).await;
            let answer =
                format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
            stream
                .write_all(answer.as_bytes())
                .await
                .expect("the proxy reads");
        }
    })
    .await
}

/// Sends back whatever comes, first switching protocols when it is asked to.
pub(crate) async fn echo(upgrade: bool) -> SocketAddr {
    origin(move |mut stream| async move {
        if upgrade {
            let head = read_head(&mut stream).await.to_ascii_lowercase();
            let connection = head.lines().find(|line| line.starts_with("connection: "));
            assert!(connection.is_some_and(|line| line.contains("upgrade")) && head.contains("upgrade: websocket"));
            let answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.expect("the proxy reads");
        }
        let (mut read, mut write) = stream.split();
        tokio::io::copy(&mut read, &mut write).await.expect("an orderly end");
    })
    .await
}
