//! A server of recordings that refuses, or goes away in the middle: each has its code, and the program ends with 3.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::support::{Ran, Shell};

const REFUSED: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 40\r\nconnection: close\r\n\r\n{\"error\":{\"message\":\"the disk is full\"}}";
const NO_JSON: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\n<html";
const HALF: &str = "HTTP/1.1 200 OK\r\ncontent-length: 900\r\nconnection: close\r\n\r\n{\"data\":";
const NOTHING: &str = "";

/// A server that gives every request this answer and closes the connection. Gives its address.
fn server(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = Vec::new();
            let mut part = [0; 1024];
            while !head.ends_with(b"\r\n\r\n") {
                match stream.read(&mut part) {
                    Ok(0) | Err(_) => break,
                    Ok(read) => head.extend_from_slice(&part[..read]),
                }
            }
            // Who asked may be gone; the next one is answered all the same.
            drop(stream.write_all(answer.as_bytes()));
        }
    });
    format!("http://{address}")
}

fn ask(shell: &Shell, url: &str, arguments: &[&str]) -> Ran {
    let mut command = shell.command(arguments);
    command
        .env("PROSCENIUM_API_URL", url)
        .env("PROSCENIUM_API_TOKEN", "pss_test");
    Ran::from(command.output().expect("the program starts"))
}

#[test]
fn a_list_and_a_recording_that_are_refused_have_codes_of_their_own() {
    let (shell, url) = (Shell::new(), server(REFUSED));
    for (arguments, expected) in [
        (
            &["list"][..],
            "LIST_FAILED: the server answered 503: the disk is full",
        ),
        (
            &["run", "--tag", "smoke"],
            "LIST_FAILED: the server answered 503: the disk is full",
        ),
        (
            &["info", "--recording-id", "a"],
            "FETCH_FAILED: the server answered 503: the disk is full",
        ),
    ] {
        let ran = ask(&shell, &url, arguments);
        let said = format!("{}{}", ran.ends_with(3).out, ran.err);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    let ran = ask(&shell, &server(NO_JSON), &["list"]);
    assert!(
        ran.ends_with(3)
            .err
            .contains("LIST_FAILED: the server's answer cannot be read"),
        "{}",
        ran.err
    );
}

#[test]
fn a_connection_that_breaks_off_is_told_from_a_server_that_is_not_there() {
    let shell = Shell::new();
    for answer in [HALF, NOTHING] {
        let url = server(answer);
        for arguments in [
            &["list"][..],
            &["validate", "--recording-id", "a"],
            &["run", "--tag", "smoke", "--output", "json"],
        ] {
            let ran = ask(&shell, &url, arguments);
            let said = format!("{}{}", ran.ends_with(3).out, ran.err);
            assert!(
                said.contains("NETWORK_ERROR: the connection to the server at 127.0.0.1 broke off"),
                "{arguments:?}: {said}"
            );
        }
    }
    let ran = ask(&shell, "http://127.0.0.1:9", &["list"]);
    assert!(
        ran.ends_with(3).err.contains("CONNECTION_FAILED"),
        "{}",
        ran.err
    );
}
