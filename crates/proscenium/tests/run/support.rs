//! A folder with recordings, a site on loopback, and the program.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;

/// A page with one button, which sets the title.
const PAGE: &str = "<!doctype html><title>Start</title><input id=name><button id=go onclick=\"document.title = 'Hello ' + document.getElementById('name').value\">Go</button>";

/// Serves the same page at every path, until the test ends. Gives its address.
pub(crate) fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    format!("http://{address}")
}

/// The same site, whose first answer to each path is an empty page: what fails there passes on a retry.
pub(crate) fn forgetful_site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let known: Arc<Mutex<HashSet<String>>> = Arc::default();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let known = Arc::clone(&known);
            std::thread::spawn(move || {
                let mut head = [0; 4096];
                let read = stream.read(&mut head)?;
                let head = String::from_utf8_lossy(&head[..read]).into_owned();
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                let is_known = known.lock().is_ok_and(|mut known| !known.insert(path));
                send(&mut stream, if is_known { PAGE } else { "<!doctype html>" })
            });
        }
    });
    format!("http://{address}")
}

/// The same site over TLS, with a certificate that nobody but itself vouches for.
pub(crate) fn self_signed_site() -> String {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows them")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("the key fits the certificate");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let tls = ServerConnection::new(config.clone()).expect("the configuration holds");
            // A browser that does not trust the certificate breaks the handshake off.
            std::thread::spawn(move || answer(StreamOwned::new(tls, stream)));
        }
    });
    format!("https://{address}")
}

fn answer(mut stream: impl Read + Write) -> std::io::Result<()> {
    let mut head = [0; 4096];
    let read = stream.read(&mut head)?;
    if head[..read].starts_with(b"GET /slow ") {
        // Until the browser goes away.
        while stream.read(&mut head)? > 0 {}
    }
    send(&mut stream, PAGE)
}

fn send(stream: &mut impl Write, page: &str) -> std::io::Result<()> {
    let length = page.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{page}"
    )
}

/// A folder in which the program runs.
pub(crate) struct Shell {
    pub(crate) folder: tempfile::TempDir,
}

impl Shell {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        std::fs::write(path, text).expect("a writable folder");
        name.to_owned()
    }

    /// A recording of these steps that starts at `url`.
    pub(crate) fn recording(&self, name: &str, url: &str, steps: Value) -> String {
        let document = serde_json::json!({ "testName": name, "url": url, "actions": steps });
        self.file(&format!("{name}.json"), &document.to_string())
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proscenium"));
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(
            self.command(arguments)
                .output()
                .expect("the program starts"),
        )
    }

    /// What the program wrote.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// What the program printed and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ran {
    #[track_caller]
    pub(crate) fn ends_with(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// A selector by CSS.
pub(crate) fn css(value: &str) -> Value {
    serde_json::json!([{ "strategy": "css", "value": value }])
}

/// Steps that type a name, press the button and look for the greeting.
pub(crate) fn greeting(name: &str) -> Value {
    serde_json::json!([
        { "type": "input", "selectors": css("#name"), "value": name },
        { "type": "click", "selectors": css("#go") },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": format!("Hello {name}") },
    ])
}
