//! Processes of the program on folders of their own, a site for them, and a look at what they leave behind.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use ids::RunId;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};
use store::{Event, NewDocument, NewRecording, NewRun, RunOptions, Store, Subject, Time};
use tempfile::TempDir;

/// A data folder, and a temporary folder that only the processes of one test use: whatever is in it is theirs.
pub(crate) struct Place {
    pub(crate) data: TempDir,
    pub(crate) temp: TempDir,
    /// Process groups of the browsers that were seen.
    groups: Mutex<BTreeSet<u32>>,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            data: tempfile::tempdir().unwrap(),
            temp: tempfile::tempdir().unwrap(),
            groups: Mutex::default(),
        }
    }

    pub(crate) async fn store(&self) -> Store {
        Store::open(self.data.path()).await.unwrap()
    }

    /// `proscenium COMMAND` on the data folder; its pages may reach this machine. Unless it is said how many, it makes no
    /// renders: the browsers for those start with it.
    pub(crate) fn start(&self, command: &str, args: &[&str]) -> Process {
        self.start_set_up(command, args, &[])
    }

    /// The same, with settings of the environment.
    pub(crate) fn start_set_up(
        &self,
        command: &str,
        args: &[&str],
        settings: &[(&str, &str)],
    ) -> Process {
        let program = Command::new(env!("CARGO_BIN_EXE_proscenium"));
        self.spawn(program, command, args, settings)
    }

    /// As [`Place::start`], where `small` is a disk of its own with room for 16 MiB, which only the process sees.
    pub(crate) fn start_on_a_small_disk(
        &self,
        command: &str,
        args: &[&str],
        small: &Path,
    ) -> Process {
        // Whoever is not root is so in a namespace of its own, and may mount there.
        let own = if nix::unistd::geteuid().is_root() {
            "-m"
        } else {
            "-rm"
        };
        let mut program = Command::new("unshare");
        program
            .args([own, "sh", "-c"])
            .arg(r#"mount -t tmpfs -o size=16m small "$0" && exec "$@""#)
            .arg(small)
            .arg(env!("CARGO_BIN_EXE_proscenium"));
        self.spawn(program, command, args, &[])
    }

    fn spawn(
        &self,
        mut program: Command,
        command: &str,
        args: &[&str],
        settings: &[(&str, &str)],
    ) -> Process {
        let renders: &[&str] = match args.contains(&"--renders") {
            true => &[],
            false => &["--renders", "0"],
        };
        let mut child = program
            .arg(command)
            .arg("--data-dir")
            .arg(self.data.path())
            .args(["--allow-host", "127.0.0.1"])
            .args(renders)
            .args(args)
            .env("TMPDIR", self.temp.path())
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Process { child, output }
    }

    /// Browsers that work in the temporary folder, and every process of a group that such a browser ever led here: only
    /// the first names the folder in its command line.
    pub(crate) fn browser_processes(&self) -> Vec<String> {
        let folder = self.temp.path().to_str().unwrap();
        let processes: Vec<_> = std::fs::read_dir("/proc")
            .unwrap()
            .flatten()
            .filter_map(|entry| group_and_command(&entry.path()))
            .collect();
        let mut groups = self.groups.lock().unwrap();
        let leaders = processes
            .iter()
            .filter(|(_, command)| command.contains(folder));
        groups.extend(leaders.map(|(group, _)| *group));
        let found = processes
            .into_iter()
            .filter(|(group, _)| groups.contains(group));
        found
            .map(|(_, command)| command.chars().take(120).collect())
            .collect()
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
        wait_for_none(limit, || self.browser_processes());
    }

    /// Waits until somebody has removed what a killed process left.
    pub(crate) fn wait_for_no_leftovers(&self, limit: Duration) {
        wait_for_none(limit, || self.leftovers());
    }
}

/// The process group and the command line of a process, unless it has ended.
fn group_and_command(process: &Path) -> Option<(u32, String)> {
    let stat = std::fs::read_to_string(process.join("stat")).ok()?;
    // The fields behind the name in brackets: state, parent, group.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace();
    let is_over = fields.next()? == "Z";
    let group = fields.nth(1)?.parse().ok()?;
    let command = std::fs::read(process.join("cmdline")).ok()?;
    let command = String::from_utf8_lossy(&command).replace('\0', " ");
    (!is_over).then_some((group, command))
}

fn wait_for_none(limit: Duration, look: impl Fn() -> Vec<String>) {
    let began = Instant::now();
    loop {
        let left = look();
        if left.is_empty() {
            return;
        }
        assert!(began.elapsed() < limit, "still there: {left:#?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The owner of a server that was just started, signed in.
pub(crate) struct Owner {
    pub(crate) url: String,
    pub(crate) cookie: String,
}

impl Owner {
    /// Opens the link that a fresh server prints.
    pub(crate) fn of(server: &mut Process) -> Self {
        let url = server.line_with("listens on");
        let url = url.rsplit_once(' ').unwrap().1.to_owned();
        let link = server.line_with("/welcome?token=");
        let claim = json!({ "token": link.rsplit_once('=').unwrap().1 });
        let (status, _, cookie) = request(&url, "POST", "/api/v1/auth/claim", "", Some(&claim));
        assert_eq!(status, 200);
        Self { url, cookie }
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        self.ask("GET", path, None)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", path, Some(body))
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let path = format!("/api/v1{path}");
        let (status, answer, _) = request(&self.url, method, &path, &self.cookie, body);
        assert!((200..300).contains(&status), "{method} {path}: {answer}");
        answer["data"].clone()
    }

    /// Asks for a run of this recording and answers with its path.
    pub(crate) fn run(&self, recording: &Value) -> String {
        let kept = self.post("/recordings", recording);
        let wanted =
            json!({ "recordingId": kept["id"], "timingMode": "instant", "timeout": HANGS_FOR });
        let run = self.post("/runs", &wanted);
        format!("/runs/{}", run["id"].as_str().unwrap())
    }

    /// Asks for `path` until it is as wanted, for a minute at most.
    pub(crate) fn until(&self, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            let now = self.get(path);
            if wanted(&now) {
                return now;
            }
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "still so after a minute: {now:#}"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// Where the steps of a run stand.
pub(crate) fn steps_of(run: &Value) -> Vec<&str> {
    let steps = run["steps"].as_array().unwrap().iter();
    steps.map(|step| step["status"].as_str().unwrap()).collect()
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

/// A page with a field and a button.
pub(crate) fn site() -> String {
    site_of("<!doctype html><title>Page</title><input id=name><button id=go>Go</button>".to_owned())
}

/// This document, served at every path by a thread until the process ends.
pub(crate) fn site_of(page: String) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, &page);
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

/// How long the last step of [`hanging`] waits for what never comes, in milliseconds.
const HANGS_FOR: u64 = 120_000;

/// A recording that types, clicks, and then hangs.
pub(crate) fn hanging(url: &str) -> Value {
    let selectors =
        |id: &str| json!([{ "strategy": "id", "value": id, "priority": 1, "confidence": 90 }]);
    json!({
        "id": "rec_1", "version": "1.0.0", "testName": "Hanging", "url": url, "startTime": "2026-01-01T00:00:00Z",
        "actions": [
            { "id": "act_001", "type": "input", "timestamp": 0, "url": url, "selectors": selectors("name"),
              "tagName": "input", "value": "Ada", "inputType": "text" },
            { "id": "act_002", "type": "click", "timestamp": 1, "url": url, "selectors": selectors("go"),
              "tagName": "button", "button": "left", "clickCount": 1 },
            { "id": "act_003", "type": "click", "timestamp": 2, "url": url, "selectors": selectors("never"),
              "tagName": "button", "button": "left", "clickCount": 1 },
        ],
    })
}

/// A run of [`hanging`], queued without a server.
pub(crate) async fn queue_hanging_run(store: &Store, url: &str) -> RunId {
    let document = NewDocument {
        text: hanging(url).to_string(),
        url: url.to_owned(),
        steps: 3,
        viewport: None,
        tags: BTreeSet::new(),
    };
    let new = NewRecording {
        user: None,
        session: None,
        name: "Hanging".to_owned(),
        document,
        thumbnail: None,
    };
    let recording = store.recordings().create(new).await.unwrap();
    let options = RunOptions {
        timing_mode: Some("instant".to_owned()),
        step_timeout_ms: Some(HANGS_FOR),
        ..RunOptions::default()
    };
    let new = NewRun {
        recording: recording.id,
        user: None,
        options,
        start_at: Time::now(),
        queue: work::RUN_QUEUE.to_owned(),
        max_attempts: 3,
        schedule: None,
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
        .of_owner(store::Owner::Run(run))
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
    let (status, head, body) = exchange(url, method, path, cookie, body);
    let cookie = head
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next())
        .unwrap_or_default();
    (
        status,
        serde_json::from_str(&body).unwrap_or_default(),
        cookie.to_owned(),
    )
}

/// One request, answered with the status, the head and the body.
pub(crate) fn exchange(
    url: &str,
    method: &str,
    path: &str,
    cookie: &str,
    body: Option<&Value>,
) -> (u16, String, String) {
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
    (status, head.to_owned(), body.to_owned())
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
