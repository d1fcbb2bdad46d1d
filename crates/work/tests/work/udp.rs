//! Nothing goes around the network door: the browser that runs use sends no UDP, and its peer connections ask the door.

use std::time::Duration;

use browser::{BrowserPool, ContextOptions, LaunchOptions, LoadState, Progress};
use egress::{EgressPolicy, EgressProxy};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};

/// How long gathering candidates may take; a page that may not send ends at once.
const GATHERING: Duration = Duration::from_secs(4);

/// What a page that tries to get past the door found out, and what reached the sockets that it tried.
#[derive(Debug)]
struct Tried {
    /// The ICE candidates that the page was told.
    candidates: Vec<String>,
    /// Whether a packet came over UDP: STUN, TURN or QUIC.
    heard_udp: bool,
    /// Whether a connection came over TCP: TURN.
    heard_tcp: bool,
}

/// What stands between the page and the network.
enum Door {
    /// Only the page's own server may be reached.
    ForThePageOnly,
    Absent,
}

/// Opens a peer connection to a STUN and a TURN server and a WebTransport, all on this machine.
async fn try_to_get_past(launch: LaunchOptions, door: Door) -> Tried {
    let (udp, tcp) = (
        UdpSocket::bind("127.0.0.1:0").await.unwrap(),
        TcpListener::bind("127.0.0.1:0").await.unwrap(),
    );
    let (udp_at, tcp_at) = (udp.local_addr().unwrap(), tcp.local_addr().unwrap());
    let site = page().await;
    let progress = Progress::with_timeout(Duration::from_secs(40));
    let pool = BrowserPool::new(launch);
    let lent = pool.lend(browser::Engine::Chromium).await.unwrap();
    let proxy = match door {
        Door::ForThePageOnly => {
            let page = site.trim_start_matches("http://").trim_end_matches('/');
            let policy = EgressPolicy::public_only().allow(page.parse().unwrap());
            Some(EgressProxy::start(policy).await.unwrap())
        }
        Door::Absent => None,
    };
    let options = ContextOptions {
        proxy: proxy.as_ref().map(EgressProxy::address),
        ..ContextOptions::default()
    };
    let context = lent.new_context(&progress, options).await.unwrap();
    let tab = context.new_page(&progress).await.unwrap();
    tab.goto(&progress, &site, LoadState::Load).await.unwrap();
    let script = format!(
        r"(async () => {{
            const transport = new WebTransport('https://{udp_at}/');
            transport.ready.catch(() => {{}}); transport.closed.catch(() => {{}});
            const connection = new RTCPeerConnection({{ iceServers: [
                {{ urls: 'stun:{udp_at}' }},
                {{ urls: 'turn:{udp_at}?transport=udp', username: 'u', credential: 'c' }},
                {{ urls: 'turn:{tcp_at}?transport=tcp', username: 'u', credential: 'c' }},
            ] }});
            const found = [];
            connection.createDataChannel('out');
            connection.onicecandidate = (event) => event.candidate && found.push(event.candidate.candidate);
            await connection.setLocalDescription(await connection.createOffer());
            const over = new Promise((done) => connection.onicegatheringstatechange = () =>
                connection.iceGatheringState === 'complete' && done());
            await Promise.race([over, new Promise((done) => setTimeout(done, {}))]);
            connection.close();
            return found.filter((candidate) => candidate !== '');
        }})()",
        GATHERING.as_millis()
    );
    let found: Value = tab.evaluate(&progress, &script).await.unwrap();
    let found = found.as_array().unwrap().iter();
    let candidates = found.map(|one| one.as_str().unwrap().to_owned()).collect();
    context.close(&progress).await.unwrap();
    drop(lent);
    pool.close().await;
    // The browser is gone: what it sent is here by now.
    Tried {
        candidates,
        heard_udp: udp.try_recv_from(&mut [0; 2048]).is_ok(),
        heard_tcp: tokio::time::timeout(Duration::from_millis(100), tcp.accept())
            .await
            .is_ok(),
    }
}

/// A page on this machine, which is a secure context.
async fn page() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // The head of the request comes in one piece; a browser that goes away is not waited for.
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\nconnection: close\r\n\r\nPage")
                .await;
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_sends_no_udp_and_learns_no_address_of_this_machine() {
    let tried = try_to_get_past(LaunchOptions::default(), Door::ForThePageOnly).await;
    assert!(!tried.heard_udp, "{tried:?}");
    let told: Vec<_> = tried
        .candidates
        .iter()
        .filter(|candidate| candidate.contains("udp") || candidate.contains("srflx"))
        .collect();
    assert!(told.is_empty(), "{tried:?}");
    assert!(!tried.heard_tcp, "the door was not asked: {tried:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_is_not_contained_would_be_heard() {
    let launch = LaunchOptions {
        // The last one of a kind counts.
        extra_args: vec!["--force-webrtc-ip-handling-policy=default".to_owned()],
        ..LaunchOptions::default()
    };
    let tried = try_to_get_past(launch, Door::Absent).await;
    assert!(tried.heard_udp && tried.heard_tcp, "{tried:?}");
    assert!(
        tried
            .candidates
            .iter()
            .any(|candidate| candidate.contains("udp")),
        "{tried:?}"
    );
}
