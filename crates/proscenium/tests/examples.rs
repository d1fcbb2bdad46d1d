//! The recordings under `examples/` run as their README says.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// Serves `examples/site`, each file changed by `change`, until the test ends.
fn serve(change: fn(String) -> String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound port");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A browser opens connections ahead of need: one that stays silent must not hold up the others.
            thread::spawn(move || answer(stream, change));
        }
    });
    address
}

fn answer(mut stream: TcpStream, change: fn(String) -> String) {
    let mut head = [0; 4096];
    let read = stream.read(&mut head).unwrap_or(0);
    let path = String::from_utf8_lossy(&head[..read])
        .split(' ')
        .nth(1)
        .map(|path| path.trim_start_matches('/').to_owned());
    let file = path.map(|path| examples().join("site").join(path));
    let (status, body) = match file.and_then(|file| fs::read_to_string(file).ok()) {
        Some(text) => ("200 OK", change(text)),
        None => ("404 Not Found", String::new()),
    };
    let kind = if body.starts_with('<') {
        "text/html"
    } else {
        "text/css"
    };
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    // The browser may have gone away meanwhile.
    let _ = stream.write_all(answer.as_bytes());
}

fn perform(file: &Path, site: SocketAddr) -> Output {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .arg("run")
        .arg(file)
        .args([
            "--timing-mode",
            "instant",
            "--var",
            "PASSWORD=correct-horse",
            "--timeout",
            "10000",
        ])
        .args(["--base-url", &format!("http://{site}")])
        .current_dir(&scratch)
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn every_example_passes() {
    let site = serve(|text| text);
    let mut performed = 0;
    for entry in fs::read_dir(examples()).expect("the examples").flatten() {
        let file = entry.path();
        let is_document = file
            .extension()
            .is_some_and(|extension| extension == "json" || extension == "yaml");
        // Storyboards and orders of films are tried with films.
        if !is_document || file.to_string_lossy().contains(".film.") {
            continue;
        }
        let output = perform(&file, site);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}: {}",
            file.display(),
            said(&output)
        );
        performed += 1;
    }
    assert_eq!(performed, 4);
}

#[test]
fn an_example_fails_at_its_check_when_the_page_is_wrong() {
    let site = serve(|text| text.replace("data-price=\"6\"", "data-price=\"7\""));
    let output = perform(&examples().join("shopping.json"), site);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("11.50"), "{}", said(&output));
}
