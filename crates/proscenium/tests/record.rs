//! `proscenium record` through its live view: what is done there is a file that `proscenium run` performs.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

const PAGE: &str = "<!doctype html><title>Start</title>
    <input id=name aria-label=Name style='position:absolute;left:20px;top:20px;width:200px;height:30px'>
    <button id=go style='position:absolute;left:20px;top:80px;width:100px;height:30px'
            onclick=\"document.title = 'Hello ' + document.getElementById('name').value\">Go</button>";

const NAME: (u32, u32) = (100, 35);
const GO: (u32, u32) = (70, 95);

fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let length = PAGE.len();
                write!(
                    stream,
                    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{PAGE}"
                )
            });
        }
    });
    format!("http://{address}/")
}

/// The program while it records, and somebody in its live view.
struct Recording {
    folder: tempfile::TempDir,
    program: Child,
    talk: BufReader<ChildStderr>,
    socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
}

impl Recording {
    async fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_proscenium"))
            .args(["record", "--live"])
            .args(arguments)
            .current_dir(folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut talk = BufReader::new(program.stderr.take().unwrap());
        let link = line(&mut talk, "/welcome?token=");
        let view = line(&mut talk, "/sessions/");
        let (base, token) = address(&link).rsplit_once("/welcome?token=").unwrap();
        let cookie = sign_in(base, token);
        let session = address(&view).rsplit_once('/').unwrap().1;
        let host = base.trim_start_matches("http://");
        let live = format!("ws://{host}/api/v1/sessions/{session}/live");
        let mut request = live.into_client_request().unwrap();
        request
            .headers_mut()
            .insert("cookie", cookie.parse().unwrap());
        let (socket, _) = connect_async(request).await.unwrap();
        let mut recording = Self {
            folder,
            program,
            talk,
            socket,
        };
        recording.say(json!({"t": "hello", "name": "Ada"})).await;
        recording.hear(|word| word["t"] == "welcome").await;
        // The page is there when its title is.
        recording.say(json!({"t": "cast", "fps": 20})).await;
        recording
            .hear(|word| {
                word["t"] == "state"
                    && word["tabs"][0]["title"] == "Start"
                    && word["tabs"][0]["loading"] == false
            })
            .await;
        recording
    }

    async fn say(&mut self, message: Value) {
        self.socket
            .send(Message::Text(message.to_string().into()))
            .await
            .unwrap();
    }

    async fn hear(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let listening = async {
            loop {
                let word = match self.socket.next().await.unwrap().unwrap() {
                    Message::Text(text) => serde_json::from_str::<Value>(&text).unwrap(),
                    Message::Binary(frame) => {
                        let seq = u32::from_le_bytes(frame[4..8].try_into().unwrap());
                        self.say(json!({"t": "ack", "seq": seq})).await;
                        continue;
                    }
                    _ => continue,
                };
                if wanted(&word) {
                    return word;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), listening)
            .await
            .expect("it is said")
    }

    async fn click(&mut self, (x, y): (u32, u32)) {
        for kind in ["move", "down", "up"] {
            self.say(json!({"t": "mouse", "kind": kind, "x": x, "y": y, "button": 0, "clicks": 1}))
                .await;
        }
        self.hear(|word| word["t"] == "step" && word["step"]["type"] == "click")
            .await;
    }

    /// Greets, and checks the greeting.
    async fn greet(&mut self) {
        self.click(NAME).await;
        self.say(json!({"t": "text", "text": "Ada"})).await;
        self.hear(|word| word["t"] == "step" && word["step"]["value"] == "Ada")
            .await;
        self.click(GO).await;
        self.say(json!({"t": "check", "kind": "pageTitle", "expected": "Hello Ada"}))
            .await;
        self.hear(|word| word["t"] == "step" && word["step"]["type"] == "checkpoint")
            .await;
    }

    /// Waits for the end; gives the exit status, the rest of the talk, and the folder.
    fn end(mut self) -> (Option<i32>, String, tempfile::TempDir) {
        let mut talk = String::new();
        self.talk.read_to_string(&mut talk).unwrap();
        (self.program.wait().unwrap().code(), talk, self.folder)
    }
}

fn line(talk: &mut impl BufRead, wanted: &str) -> String {
    let mut heard = String::new();
    for line in talk.lines().map_while(Result::ok) {
        if line.contains(wanted) {
            return line;
        }
        heard += &line;
    }
    panic!("never said {wanted:?}, but {heard}");
}

fn address(line: &str) -> &str {
    line.split_whitespace()
        .find(|word| word.starts_with("http://"))
        .unwrap()
}

fn sign_in(base: &str, token: &str) -> String {
    let host = base.trim_start_matches("http://");
    let body = json!({"token": token}).to_string();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST /api/v1/auth/claim HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let cookie = answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .unwrap_or_else(|| panic!("{answer}"));
    cookie.split(';').next().unwrap().to_owned()
}

fn run(folder: &tempfile::TempDir, file: &str) -> std::process::Output {
    run_on("chromium", folder, file)
}

fn run_on(engine: &str, folder: &tempfile::TempDir, file: &str) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proscenium"));
    command
        .args(["run", file, "--timing-mode", "instant", "--browser", engine])
        .current_dir(folder.path())
        .output()
        .unwrap()
}

#[tokio::test]
async fn ctrl_c_saves_what_was_recorded_and_it_runs() {
    let url = site();
    let mut recording = Recording::start(&[&url, "-o", "flow.json", "--name", "Greeting"]).await;
    recording.greet().await;
    let pid = i32::try_from(recording.program.id()).unwrap();
    kill(Pid::from_raw(pid), Signal::SIGINT).unwrap();
    let (code, talk, folder) = recording.end();
    assert_eq!(code, Some(0), "{talk}");
    assert!(
        talk.contains("   3  Type “Ada”") && talk.contains("Saved 5 steps to flow.json"),
        "{talk}"
    );
    let document: Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("flow.json")).unwrap()).unwrap();
    assert_eq!(
        (document["testName"].as_str(), document["url"].as_str()),
        (Some("Greeting"), Some(url.as_str()))
    );
    let ran = run(&folder, "flow.json");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout)
    );
}

#[tokio::test]
async fn stopping_in_the_viewer_saves_too_as_yaml_by_name() {
    let mut recording = Recording::start(&[&site(), "-o", "flow.yaml"]).await;
    recording.greet().await;
    recording
        .say(json!({"t": "record", "action": "stop"}))
        .await;
    let (code, talk, folder) = recording.end();
    assert_eq!(code, Some(0), "{talk}");
    assert!(talk.contains("Saved 5 steps to flow.yaml"), "{talk}");
    let ran = run(&folder, "flow.yaml");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout)
    );
}

async fn what_is_recorded_on_it_runs_on_it(engine: &str) {
    let mut recording = Recording::start(&[&site(), "--browser", engine, "-o", "flow.json"]).await;
    recording.greet().await;
    recording
        .say(json!({"t": "record", "action": "stop"}))
        .await;
    let (code, talk, folder) = recording.end();
    assert_eq!(code, Some(0), "{talk}");
    assert!(talk.contains("Saved 5 steps to flow.json"), "{talk}");
    let text = std::fs::read_to_string(folder.path().join("flow.json")).unwrap();
    let made_on = match engine {
        "firefox" => "Firefox/",
        _ => "AppleWebKit/",
    };
    assert!(text.contains(made_on), "{text}");
    let ran = run_on(engine, &folder, "flow.json");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout)
    );
}

#[tokio::test]
async fn what_is_recorded_on_firefox_runs_on_firefox() {
    what_is_recorded_on_it_runs_on_it("firefox").await;
}

#[tokio::test]
async fn what_is_recorded_on_webkit_runs_on_webkit() {
    what_is_recorded_on_it_runs_on_it("webkit").await;
}

#[test]
fn an_engine_without_windows_is_refused_with_the_way_out() {
    let ran = Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .args(["record", "http://127.0.0.1:1/", "--browser", "webkit"])
        .env("DISPLAY", ":1")
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(said.contains("webkit") && said.contains("--live"), "{said}");
}

#[test]
fn an_address_that_makes_no_sense_is_a_usage_error() {
    let ran = Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .args(["record", "file:///etc/passwd"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("http or https"));
}
