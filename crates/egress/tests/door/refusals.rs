//! What does not get through.

use std::net::SocketAddr;

use egress::{DenialReason, EgressPolicy, EgressProxy, FailureKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::client::{connect, get, request};
use crate::names::Names;
use crate::origin::{mirror, redirect};

async fn public_only() -> EgressProxy {
    EgressProxy::start(EgressPolicy::public_only())
        .await
        .expect("a free port")
}

fn allowing(host: &str) -> EgressPolicy {
    EgressPolicy::public_only().allow(host.parse().expect("a valid pattern"))
}

#[tokio::test]
async fn every_spelling_of_an_inner_address_is_refused_over_plain_http_and_connect() {
    let proxy = public_only().await;
    for (host, reason) in [
        ("127.0.0.1", DenialReason::Loopback),
        ("localhost", DenialReason::Loopback),
        ("LOCALHOST.", DenialReason::Loopback),
        ("app.localhost", DenialReason::Loopback),
        ("127.8.9.10", DenialReason::Loopback),
        ("127.1", DenialReason::Loopback),
        ("2130706433", DenialReason::Loopback),
        ("0x7f000001", DenialReason::Loopback),
        ("0x7f.0.0.1", DenialReason::Loopback),
        ("0177.0.0.1", DenialReason::Loopback),
        ("017700000001", DenialReason::Loopback),
        ("[::1]", DenialReason::Loopback),
        ("[0:0:0:0:0:0:0:1]", DenialReason::Loopback),
        ("[::ffff:127.0.0.1]", DenialReason::Loopback),
        ("[::ffff:7f00:1]", DenialReason::Loopback),
        ("[::127.0.0.1]", DenialReason::Loopback),
        ("[64:ff9b::7f00:1]", DenialReason::Loopback),
        ("[2002:7f00:1::]", DenialReason::Loopback),
        ("0.0.0.0", DenialReason::Unspecified),
        ("0", DenialReason::Unspecified),
        ("[::]", DenialReason::Unspecified),
        ("10.0.0.1", DenialReason::Private),
        ("172.16.0.1", DenialReason::Private),
        ("172.31.255.255", DenialReason::Private),
        ("192.168.1.1", DenialReason::Private),
        ("100.64.0.1", DenialReason::Private),
        ("[fc00::1]", DenialReason::Private),
        ("[fd12:3456::1]", DenialReason::Private),
        ("169.254.1.1", DenialReason::LinkLocal),
        ("[fe80::1]", DenialReason::LinkLocal),
        ("169.254.169.254", DenialReason::Metadata),
        ("2852039166", DenialReason::Metadata),
        ("[::ffff:169.254.169.254]", DenialReason::Metadata),
        ("[fd00:ec2::254]", DenialReason::Metadata),
        ("224.0.0.1", DenialReason::Multicast),
        ("255.255.255.255", DenialReason::Multicast),
        ("[ff02::1]", DenialReason::Multicast),
    ] {
        let mut denials = proxy.denials();
        let answer = get(proxy.address(), &format!("http://{host}:9/")).await;
        assert_eq!(answer.status, 403, "{host}");
        assert_eq!(
            answer.header("x-proscenium-error"),
            Some("denied"),
            "{host}"
        );
        assert_eq!(
            denials.recv().await.expect("a denial").reason,
            reason,
            "{host}"
        );
        assert_eq!(
            connect(proxy.address(), &format!("{host}:9")).await.0,
            403,
            "{host}"
        );
        assert_eq!(
            denials.recv().await.expect("a denial").reason,
            reason,
            "{host}"
        );
    }
    assert_eq!(proxy.stats().connections, 0);
}

#[tokio::test]
async fn a_refused_page_says_what_was_blocked_and_how_to_allow_it() {
    let proxy = Names::default()
        .with("intranet.test", &[&["10.0.0.7"]])
        .proxy(EgressPolicy::public_only())
        .await;
    let answer = get(proxy.address(), "http://intranet.test/").await;
    assert!(
        answer.body.contains("Blocked by Proscenium"),
        "{}",
        answer.body
    );
    assert!(
        answer
            .body
            .contains("intranet.test:80 was blocked: it resolves to 10.0.0.7"),
        "{}",
        answer.body
    );
    assert!(
        answer.body.contains("--allow-host intranet.test"),
        "{}",
        answer.body
    );
    let denial = proxy
        .last_denial_for("Intranet.Test")
        .expect("the denial is remembered");
    assert_eq!(
        (denial.port, denial.address),
        (80, Some([10, 0, 0, 7].into()))
    );
    assert_eq!(proxy.stats().denied, 1);
}

#[tokio::test]
async fn a_redirect_to_an_inner_address_is_refused_at_its_own_hop() {
    let inner = mirror().await;
    let outer = redirect(format!("http://127.0.0.1:{}/secret", inner.port())).await;
    let proxy = Names::default()
        .with("public.test", &[&["127.0.0.1"]])
        .proxy(allowing("public.test"))
        .await;
    let first = get(
        proxy.address(),
        &format!("http://public.test:{}/", outer.port()),
    )
    .await;
    assert_eq!(first.status, 302);
    let second = get(
        proxy.address(),
        first.header("location").expect("a location"),
    )
    .await;
    assert_eq!(second.status, 403);
}

#[tokio::test]
async fn a_name_that_moves_between_check_and_use_gains_nothing() {
    let inner = mirror().await;
    let outer = TcpListener::bind(("127.0.0.2", inner.port()))
        .await
        .expect("the same port on another address");
    let names = Names::default().with("rebind.test", &[&["127.0.0.2"], &["127.0.0.1"]]);
    let proxy = names.proxy(allowing("127.0.0.2")).await;
    // Asked once: the address that passed the check is the one that is connected to.
    let (first, mut tunnel) =
        connect(proxy.address(), &format!("rebind.test:{}", inner.port())).await;
    assert_eq!(first, 200);
    let (mut reached, _) = outer
        .accept()
        .await
        .expect("the checked address is reached");
    tunnel.write_all(b"x").await.expect("the tunnel takes it");
    assert_eq!(reached.read_u8().await.expect("the byte arrives"), b'x');
    // Whoever asks again gets the new answer, and the new check.
    let second = get(
        proxy.address(),
        &format!("http://rebind.test:{}/", inner.port()),
    )
    .await;
    assert_eq!(second.status, 403);
    assert_eq!(
        proxy
            .last_denial_for("rebind.test")
            .expect("a denial")
            .reason,
        DenialReason::Loopback
    );
}

#[tokio::test]
async fn of_a_names_addresses_only_the_allowed_ones_are_tried() {
    let right = mirror().await;
    let names = Names::default().with(
        "mixed.test",
        &[&["10.255.255.1", "127.0.0.1", "169.254.169.254"]],
    );
    let proxy = names.proxy(allowing("127.0.0.1")).await;
    assert_eq!(
        get(
            proxy.address(),
            &format!("http://mixed.test:{}/", right.port())
        )
        .await
        .status,
        200
    );
    assert_eq!(proxy.stats().denied, 0);
}

#[tokio::test]
async fn the_proxys_own_port_is_refused_whatever_the_policy() {
    let proxy = EgressProxy::start(EgressPolicy::everything())
        .await
        .expect("a free port");
    for host in ["127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]"] {
        let url = format!("http://{host}:{}/", proxy.address().port());
        assert_eq!(get(proxy.address(), &url).await.status, 403, "{host}");
        assert_eq!(
            proxy.last_denial_for(host).expect("a denial").reason,
            DenialReason::ProxyItself,
            "{host}"
        );
    }
}

#[tokio::test]
async fn the_servers_own_port_is_refused_on_every_address_of_this_machine_whatever_is_allowed() {
    let (server, site) = (mirror().await, mirror().await);
    let mut hosts = vec![
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
        "127.8.9.10".to_owned(),
        "2130706433".to_owned(),
        "0.0.0.0".to_owned(),
        "[::1]".to_owned(),
        "[::]".to_owned(),
        "[::ffff:127.0.0.1]".to_owned(),
        "public.test".to_owned(),
    ];
    hosts.extend(address_of_a_network_card());
    let policy = EgressPolicy::everything()
        .allow("*".parse().expect("a valid pattern"))
        .own_port(server.port());
    let proxy = Names::default()
        .with("public.test", &[&["127.0.0.1"]])
        .with("localhost", &[&["127.0.0.1", "::1"]])
        .proxy(policy)
        .await;
    for host in hosts {
        let place = format!("{host}:{}", server.port());
        assert_eq!(connect(proxy.address(), &place).await.0, 403, "{host}");
        let answer = get(proxy.address(), &format!("http://{place}/")).await;
        assert_eq!(answer.status, 403, "{host}");
        assert!(
            answer
                .body
                .contains("pages may not talk to the Proscenium server itself")
                && !answer.body.contains("--allow-host"),
            "{}",
            answer.body
        );
    }
    assert_eq!(proxy.stats().connections, 0);
    let neighbour = format!("http://127.0.0.1:{}/", site.port());
    assert_eq!(get(proxy.address(), &neighbour).await.status, 200);
}

/// The address that this machine has towards others, when it is in a network: no packet is sent to learn it.
fn address_of_a_network_card() -> Option<String> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip().to_string())
}

#[tokio::test]
async fn a_denied_name_is_refused_without_being_resolved() {
    let policy = EgressPolicy::everything().deny("*.ads.test".parse().expect("a valid pattern"));
    let proxy = Names::default().proxy(policy).await;
    assert_eq!(connect(proxy.address(), "x.ads.test:443").await.0, 403);
    assert_eq!(
        proxy
            .last_denial_for("x.ads.test")
            .expect("a denial")
            .address,
        None
    );
}

#[tokio::test]
async fn a_missing_name_and_a_closed_port_are_told_apart() {
    let closed: SocketAddr = {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        listener.local_addr().expect("a bound port")
    };
    let proxy = Names::default().proxy(EgressPolicy::everything()).await;
    let missing = get(proxy.address(), "http://nowhere.test/").await;
    assert_eq!(
        (missing.status, missing.header("x-proscenium-error")),
        (502, Some("dns"))
    );
    assert_eq!(connect(proxy.address(), "nowhere.test:443").await.0, 502);
    assert_eq!(
        proxy
            .last_failure_for("nowhere.test")
            .expect("a failure")
            .kind,
        FailureKind::Dns
    );
    let refused = get(proxy.address(), &format!("http://{closed}/")).await;
    assert_eq!(
        (refused.status, refused.header("x-proscenium-error")),
        (502, Some("refused"))
    );
    assert_eq!(
        proxy.last_failure_for("127.0.0.1").expect("a failure").kind,
        FailureKind::Refused
    );
}

#[tokio::test]
async fn what_is_no_proxy_request_is_answered_as_such() {
    let proxy = EgressProxy::start(EgressPolicy::everything())
        .await
        .expect("a free port");
    for line in [
        "GET / HTTP/1.1",
        "GET https://a.test/ HTTP/1.1",
        "GET http://user@127.0.0.1/ HTTP/1.1",
    ] {
        let answer = request(
            proxy.address(),
            &format!("{line}\r\nHost: a\r\nConnection: close\r\n\r\n"),
        )
        .await;
        assert_eq!(
            (answer.status, answer.header("x-proscenium-error")),
            (400, Some("bad-request")),
            "{line}"
        );
    }
}
