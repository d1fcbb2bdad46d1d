use std::io::Read;
use std::net::TcpListener;

use crate::support::{Place, open_stream, request};

#[tokio::test]
async fn a_port_that_is_taken_is_named_with_the_way_out() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, errors) = Place::new().start("serve", &["--port", &port]).ends();
    assert_eq!(code, Some(3));
    assert!(
        errors.contains(&format!("port {port} is taken")) && errors.contains("--port"),
        "{errors}"
    );
}

#[tokio::test]
async fn a_second_server_on_the_same_folder_is_refused() {
    let place = Place::new();
    let mut first = place.start("serve", &["--port", "0", "--workers", "0"]);
    first.line_with("listens on");
    let (code, errors) = place.start("serve", &["--port", "0"]).ends();
    assert_eq!(code, Some(3));
    assert!(
        errors.contains("another server uses the data folder"),
        "{errors}"
    );
    assert!(first.stop().success());
}

#[tokio::test]
async fn a_link_signs_in_once_and_names_the_servers_own_address() {
    let place = Place::new();
    let mut server = place.start("serve", &["--port", "0", "--workers", "0"]);
    let url = server
        .line_with("listens on")
        .rsplit_once(' ')
        .unwrap()
        .1
        .to_owned();
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .args(["link", "--data-dir"])
        .arg(place.data.path())
        .output()
        .unwrap();
    let link = String::from_utf8(program.stdout).unwrap();
    let token = link
        .trim()
        .strip_prefix(&format!("{url}/welcome?token="))
        .unwrap()
        .to_owned();
    let claim = serde_json::json!({ "token": token });
    assert_eq!(
        request(&url, "POST", "/api/v1/auth/claim", "", Some(&claim)).0,
        200
    );
    assert_eq!(
        request(&url, "POST", "/api/v1/auth/claim", "", Some(&claim)).0,
        401
    );
    assert!(server.stop().success());
}

#[tokio::test]
async fn an_open_stream_does_not_hold_the_server_up() {
    let place = Place::new();
    let mut server = place.start("serve", &["--port", "0", "--workers", "0"]);
    let url = server
        .line_with("listens on")
        .rsplit_once(' ')
        .unwrap()
        .1
        .to_owned();
    let token = server
        .line_with("/welcome?token=")
        .rsplit_once('=')
        .unwrap()
        .1
        .to_owned();
    let (_, _, cookie) = request(
        &url,
        "POST",
        "/api/v1/auth/claim",
        "",
        Some(&serde_json::json!({ "token": token })),
    );
    let store = place.store().await;
    let run = crate::support::queue_hanging_run(&store, "http://127.0.0.1:1/").await;
    let path = format!("/api/v1/runs/{run}/events/stream");
    let mut stream = open_stream(&url, &path, &cookie, "run.queued");
    let asked = std::time::Instant::now();
    assert!(server.stop().success());
    assert!(asked.elapsed().as_secs() < 4, "{:?}", asked.elapsed());
    stream.read_to_end(&mut Vec::new()).unwrap();
}
