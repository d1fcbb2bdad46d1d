//! Processes of the program on folders of their own, a site for them, and a look at what they leave behind.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use ids::RunId;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};
use store::{Event, NewDocument, NewRecording, NewRun, Owner, RunOptions, Store, Subject, Time};
use tempfile::TempDir;

/// A data folder, and a temporary folder that only the processes of one test use: whatever is in it is theirs.
pub(crate) struct Place {
    pub(crate) data: TempDir,
    pub(crate) temp: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            data: tempfile::tempdir().unwrap(),
            temp: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) async fn store(&self) -> Store {
        Store::open(self.data.path()).await.unwrap()
    }

    /// `proscenium COMMAND` on the data folder; its pages may reach this machine.
    pub(crate) fn start(&self, command: &str, args: &[&str]) -> Process {
        let mut child = Command::new(env!("CARGO_BIN_EXE_proscenium"))
            .arg(command)
            .arg("--data-dir")
            .arg(self.data.path())
            .args(["--allow-host", "127.0.0.1"])
            .args(args)
            .env("TMPDIR", self.temp.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Process { child, output }
    }

    /// Processes that work in the temporary folder: browsers and all that belongs to them.
    pub(crate) fn browser_processes(&self) -> Vec<String> {
        let folder = self.temp.path().to_str().unwrap();
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let Ok(command) = std::fs::read(entry.path().join("cmdline")) else {
                continue;
            };
            let command = String::from_utf8_lossy(&command).replace('\0', " ");
            if command.contains(folder) {
                found.push(command.chars().take(120).collect());
            }
        }
        found
    }

    /// Browser profiles and folders of runs that are still there.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.temp.path()).unwrap();
        entries
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    }

    /// Waits until no browser process is left; a killed one takes a moment to go.
    pub(crate) fn wait_for_no_browser(&self, limit: Duration) {
        let began = Instant::now();
        loop {
            let left = self.browser_processes();
            if left.is_empty() {
                return;
            }
            assert!(began.elapsed() < limit, "still there: {left:#?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A running process of the program; it does not outlive the test.
pub(crate) struct Process {
    pub(crate) child: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Process {
    /// The next line that it prints that contains `text`.
    pub(crate) fn line_with(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).unwrap();
            assert!(
                read > 0,
                "it ended without printing “{text}”: {}",
                self.errors()
            );
            if line.contains(text) {
                return line.trim().to_owned();
            }
        }
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(
            Pid::from_raw(i32::try_from(self.child.id()).unwrap()),
            signal,
        )
        .unwrap();
    }

    pub(crate) fn kill(&mut self) {
        self.signal(Signal::SIGKILL);
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as Ctrl-C or a service manager does, and waits until it has.
    pub(crate) fn stop(mut self) -> ExitStatus {
        self.signal(Signal::SIGTERM);
        self.child.wait().unwrap()
    }

    /// What it says when it ends by itself.
    pub(crate) fn ends(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().unwrap();
        (status.code(), self.errors())
    }

    fn errors(&mut self) -> String {
        let mut text = String::new();
        if let Some(mut errors) = self.child.stderr.take() {
            errors.read_to_string(&mut text).unwrap();
        }
        text
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already; a killed test must leave nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page with a field and a button, served by a thread until the process ends.
pub(crate) fn site() -> String {
    const PAGE: &str = "<!doctype html><title>Page</title><input id=name><button id=go>Go</button>";
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, PAGE);
        }
    });
    url
}

fn answer(mut stream: TcpStream, page: &str) {
    let mut line = String::new();
    let mut request = BufReader::new(stream.try_clone().unwrap());
    while request.read_line(&mut line).is_ok_and(|read| read > 2) {
        line.clear();
    }
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close";
    // A browser that was killed does not read its answer.
    let _ = write!(
        stream,
        "{head}\r\ncontent-length: {}\r\n\r\n{page}",
        page.len()
    );
}

/// A run that types, clicks, and then waits for nearly half a minute.
pub(crate) async fn queue_long_run(store: &Store, url: &str) -> RunId {
    let selectors =
        |id: &str| json!([{ "strategy": "id", "value": id, "priority": 1, "confidence": 90 }]);
    let document = json!({
        "id": "rec_1", "version": "1.0.0", "testName": "Long", "url": url, "startTime": "2026-01-01T00:00:00Z",
        "actions": [
            { "id": "act_001", "type": "input", "timestamp": 0, "url": url, "selectors": selectors("name"),
              "tagName": "input", "value": "Ada", "inputType": "text" },
            { "id": "act_002", "type": "click", "timestamp": 1, "url": url, "selectors": selectors("go"),
              "tagName": "button", "button": "left", "clickCount": 1 },
            { "id": "act_003", "type": "wait", "timestamp": 2, "url": url, "waitFor": "duration", "value": 25_000 },
        ],
    });
    let document = NewDocument {
        text: document.to_string(),
        url: url.to_owned(),
        steps: 3,
        viewport: None,
    };
    let new = NewRecording {
        user: None,
        session: None,
        name: "Long".to_owned(),
        document,
        thumbnail: None,
    };
    let recording = store.recordings().create(new).await.unwrap();
    let options = RunOptions {
        timing_mode: Some("instant".to_owned()),
        ..RunOptions::default()
    };
    let new = NewRun {
        recording: recording.id,
        user: None,
        options,
        start_at: Time::now(),
        queue: work::RUN_QUEUE.to_owned(),
        max_attempts: 3,
    };
    store.runs().create(new).await.unwrap().id
}

/// The next event of a run that `wanted` accepts, within a minute.
pub(crate) async fn event(
    events: &mut store::EventReader,
    wanted: impl Fn(&Event) -> bool,
) -> Event {
    let search = async {
        loop {
            let event = events.next().await.unwrap();
            if wanted(&event) {
                return event;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), search)
        .await
        .expect("no such event within a minute")
}

/// The log of a run from its start.
pub(crate) fn follow(store: &Store, run: RunId) -> store::EventReader {
    store.events().follow(Subject::Run, run.uuid(), 0)
}

/// How many files of a run are kept.
pub(crate) async fn files_of(store: &Store, run: RunId) -> usize {
    store
        .artifacts()
        .of_owner(Owner::Run(run))
        .await
        .unwrap()
        .len()
}

/// One request to the server at `url`, answered with the status and the JSON body.
pub(crate) fn request(
    url: &str,
    method: &str,
    path: &str,
    cookie: &str,
    body: Option<&Value>,
) -> (u16, Value, String) {
    let address: SocketAddr = url.trim_start_matches("http://").parse().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let body = body.map(Value::to_string).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncookie: {cookie}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let cookie = head
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next())
        .unwrap_or_default();
    (
        status,
        serde_json::from_str(body).unwrap_or_default(),
        cookie.to_owned(),
    )
}

/// An event stream of the server at `url`, opened and read until `text` came.
pub(crate) fn open_stream(url: &str, path: &str, cookie: &str, text: &str) -> TcpStream {
    let address: SocketAddr = url.trim_start_matches("http://").parse().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n"
    )
    .unwrap();
    let (mut seen, mut byte) = (Vec::new(), [0]);
    while !seen.ends_with(text.as_bytes()) {
        stream.read_exact(&mut byte).unwrap();
        seen.push(byte[0]);
    }
    stream
}

/// Whether the folder holds nothing.
pub(crate) fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
