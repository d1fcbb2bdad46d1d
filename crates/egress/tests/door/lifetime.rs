//! When connections end.

use egress::{EgressPolicy, EgressProxy};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use crate::client::{connect, read_head};
use crate::origin::origin;

async fn open() -> EgressProxy {
    EgressProxy::start(EgressPolicy::everything())
        .await
        .expect("a free port")
}

/// An origin that takes a request, never answers and tells when its connection has ended.
async fn silent() -> (std::net::SocketAddr, mpsc::Receiver<&'static str>) {
    let (tell, told) = mpsc::channel(8);
    let address = origin(move |mut stream| {
        let tell = tell.clone();
        async move {
            let mut byte = [0];
            while matches!(stream.read(&mut byte).await, Ok(1)) {
                if byte[0] == b'\n' {
                    tell.send("line").await.expect("the test listens");
                }
            }
            tell.send("end").await.expect("the test listens");
        }
    })
    .await;
    (address, told)
}

#[tokio::test]
async fn a_client_that_leaves_takes_its_plain_connection_to_the_origin_along() {
    let (proxy, (origin, mut told)) = (open().await, silent().await);
    let mut client = TcpStream::connect(proxy.address())
        .await
        .expect("the proxy listens");
    let text = format!("GET http://{origin}/ HTTP/1.1\r\nHost: {origin}\r\n\r\n");
    client
        .write_all(text.as_bytes())
        .await
        .expect("the proxy reads");
    assert_eq!(told.recv().await, Some("line"));
    drop(client);
    while told.recv().await != Some("end") {}
}

#[tokio::test]
async fn a_client_that_leaves_takes_its_tunnel_along() {
    let (proxy, (origin, mut told)) = (open().await, silent().await);
    let (_, mut tunnel) = connect(proxy.address(), &origin.to_string()).await;
    tunnel.write_all(b"\n").await.expect("the tunnel takes it");
    assert_eq!(told.recv().await, Some("line"));
    drop(tunnel);
    assert_eq!(told.recv().await, Some("end"));
}

#[tokio::test]
async fn shutdown_ends_every_connection_and_frees_the_port() {
    let (proxy, (origin, mut told)) = (open().await, silent().await);
    let address = proxy.address();
    let (_, mut tunnel) = connect(address, &origin.to_string()).await;
    tunnel.write_all(b"\n").await.expect("the tunnel takes it");
    assert_eq!(told.recv().await, Some("line"));
    proxy.shutdown().await;
    assert_eq!(told.recv().await, Some("end"));
    assert_eq!(tunnel.read(&mut [0]).await.unwrap_or(0), 0);
    TcpStream::connect(address)
        .await
        .expect_err("nobody listens any more");
}

#[tokio::test]
async fn the_proxy_stops_with_its_last_handle() {
    let (proxy, (origin, mut told)) = (open().await, silent().await);
    let (_, mut tunnel) = connect(proxy.address(), &origin.to_string()).await;
    tunnel.write_all(b"\n").await.expect("the tunnel takes it");
    assert_eq!(told.recv().await, Some("line"));
    let other = proxy.clone();
    drop(proxy);
    assert_eq!(connect(other.address(), &origin.to_string()).await.0, 200);
    drop(other);
    assert_eq!(told.recv().await, Some("end"));
}

#[tokio::test]
async fn an_origin_that_breaks_off_its_answer_breaks_off_the_clients() {
    let breaking = origin(|mut stream| async move {
        read_head(&mut stream).await;
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            .await
            .expect("the proxy reads");
    })
    .await;
    let proxy = open().await;
    let mut client = TcpStream::connect(proxy.address())
        .await
        .expect("the proxy listens");
    let text = format!("GET http://{breaking}/ HTTP/1.1\r\nHost: {breaking}\r\n\r\n");
    client
        .write_all(text.as_bytes())
        .await
        .expect("the proxy reads");
    let mut answer = Vec::new();
    // Closed or reset, but not made to look complete.
    let _ = client.read_to_end(&mut answer).await;
    assert!(answer.ends_with(b"half"));
}
