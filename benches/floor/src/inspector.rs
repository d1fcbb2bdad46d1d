//! A MiniBrowser on its inspector socket: calls of the Automation domain that are awaited one by one, and the events of its
//! one page.

use std::collections::VecDeque;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use socket2::SockRef;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::screen::Screen;

/// Between two attempts to reach a socket whose opening nothing tells.
const KNOCK: Duration = Duration::from_millis(10);

pub(crate) struct Client {
    child: Child,
    socket: TcpStream,
    buffer: Vec<u8>,
    events: VecDeque<String>,
    last: u64,
    /// The browser's own number, and those of its Automation domain and of its page.
    browser: u64,
    automation: u64,
    page: u64,
    handle: String,
    _home: tempfile::TempDir,
}

/// A message of the socket, as far as it matters here.
enum Message {
    /// The numbers of everything of a kind that can be talked to, behind the browser's own.
    Targets {
        browser: u64,
        all: Vec<(u64, Kind)>,
    },
    /// JSON of the Automation domain or a page.
    Text(Value),
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Automation,
    Page,
}

impl Client {
    /// Starts a browser with one window of 1280 × 720 and listens to its page.
    pub(crate) async fn launch(browser: &str, screen: &Screen) -> Result<Self> {
        let home = tempfile::tempdir()?;
        // The browser takes no socket that is open already.
        let free = TcpListener::bind("127.0.0.1:0").await?.local_addr()?;
        let mut command = Command::new(browser);
        command
            .args(["--automation", "--enable-page-cache=false"])
            .env("DISPLAY", &screen.name)
            .env("WEBKIT_INSPECTOR_SERVER", free.to_string())
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("GDK_BACKEND", "x11")
            .env("GSETTINGS_BACKEND", "memory")
            .env("NO_AT_BRIDGE", "1")
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env("LC_ALL", "en_US.UTF-8");
        for folder in ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
            command.env(folder, home.path());
        }
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {browser}"))?;
        let socket = loop {
            match TcpStream::connect(free).await {
                Ok(socket) => break socket,
                Err(_) => tokio::time::sleep(KNOCK).await,
            }
        };
        socket.set_nodelay(true)?;
        let mut client = Self {
            child,
            socket,
            buffer: Vec::new(),
            events: VecDeque::new(),
            last: 0,
            browser: 0,
            automation: 0,
            page: 0,
            handle: String::new(),
            _home: home,
        };
        client.open().await?;
        Ok(client)
    }

    async fn open(&mut self) -> Result<()> {
        // `(sa{sv})`: a name, padded to eight bytes, an empty dictionary, and where the name ends.
        self.write("StartAutomationSession", b"bench\0\0\0\x06")
            .await?;
        self.automation = self.target(Kind::Automation).await?;
        self.set_up(self.automation).await?;
        let created = self
            .automate(
                "createBrowsingContext",
                json!({ "presentationHint": "Window" }),
            )
            .await?;
        created["handle"]
            .as_str()
            .context("a window without a handle")?
            .clone_into(&mut self.handle);
        self.write("SetupInspectorClient", &[0]).await?;
        self.page = self.target(Kind::Page).await?;
        self.automate(
            "waitForNavigationToComplete",
            json!({ "pageLoadStrategy": "Normal" }),
        )
        .await?;
        self.set_up(self.page).await?;
        let target = loop {
            if let Message::Text(text) = self.receive().await?
                && text["method"] == "Target.targetCreated"
            {
                break text["params"]["targetInfo"]["targetId"].clone();
            }
        };
        self.last += 1;
        let enable = json!({ "id": self.last, "method": "Page.enable", "params": {} }).to_string();
        let wrapped = json!({
            "id": self.last,
            "method": "Target.sendMessageToTarget",
            "params": { "targetId": target, "message": enable },
        });
        self.send(self.page, &wrapped).await?;
        self.automate(
            "setWindowFrameOfBrowsingContext",
            json!({ "origin": { "x": 0, "y": 0 }, "size": { "width": 1280, "height": 758 } }),
        )
        .await
        .map(drop)
    }

    /// Calls the Automation domain about the window and waits for the answer.
    pub(crate) async fn automate(&mut self, method: &str, mut params: Value) -> Result<Value> {
        self.last += 1;
        let id = self.last;
        // Some commands have the one name for it, some the other.
        params["handle"] = self.handle.as_str().into();
        params["browsingContextHandle"] = self.handle.as_str().into();
        let command =
            json!({ "id": id, "method": format!("Automation.{method}"), "params": params });
        self.send(self.automation, &command).await?;
        loop {
            let Message::Text(text) = self.receive().await? else {
                continue;
            };
            if text["id"] == id {
                if let Some(error) = text.get("error") {
                    bail!("{method}: {error}");
                }
                return Ok(text["result"].clone());
            }
            self.keep(&text);
        }
    }

    /// Forgets the events that have come so far, so that the next wait is for something new.
    pub(crate) fn forget_events(&mut self) {
        self.events.clear();
    }

    /// Waits for an event of the page.
    pub(crate) async fn event(&mut self, method: &str) -> Result<()> {
        loop {
            match self.events.pop_front() {
                Some(event) if event == method => return Ok(()),
                Some(_) => {}
                None => {
                    if let Message::Text(text) = self.receive().await? {
                        self.keep(&text);
                    }
                }
            }
        }
    }

    fn keep(&mut self, text: &Value) {
        let inside = text["params"]["message"].as_str();
        let event: Option<Value> = inside.and_then(|inside| serde_json::from_str(inside).ok());
        if let Some(method) = event.as_ref().and_then(|event| event["method"].as_str()) {
            self.events.push_back(method.to_owned());
        }
    }

    /// Waits until there is one of this kind.
    async fn target(&mut self, wanted: Kind) -> Result<u64> {
        loop {
            if let Message::Targets { browser, all } = self.receive().await?
                && let Some((target, _)) = all.iter().find(|(_, kind)| *kind == wanted)
            {
                self.browser = browser;
                return Ok(*target);
            }
        }
    }

    async fn set_up(&mut self, target: u64) -> Result<()> {
        let body = [self.browser.to_le_bytes(), target.to_le_bytes()].concat();
        self.write("Setup", &body).await
    }

    async fn send(&mut self, target: u64, command: &Value) -> Result<()> {
        let mut body = [self.browser.to_le_bytes(), target.to_le_bytes()].concat();
        serde_json::to_writer(&mut body, command)?;
        body.push(0);
        self.write("SendMessageToBackend", &body).await
    }

    /// Length, byte order, name, body.
    async fn write(&mut self, name: &str, body: &[u8]) -> Result<()> {
        let length = u32::try_from(name.len() + 1 + body.len())?;
        let mut message = length.to_be_bytes().to_vec();
        message.push(1);
        message.extend_from_slice(name.as_bytes());
        message.push(0);
        message.extend_from_slice(body);
        Ok(self.socket.write_all(&message).await?)
    }

    async fn receive(&mut self) -> Result<Message> {
        loop {
            if let Some(length) = self.buffer.first_chunk::<4>() {
                let end = 5 + usize::try_from(u32::from_be_bytes(*length))?;
                if self.buffer.len() >= end {
                    let message = read(&self.buffer[5..end]);
                    self.buffer.drain(..end);
                    return message;
                }
            }
            if self.socket.read_buf(&mut self.buffer).await? == 0 {
                bail!("the browser closed its socket");
            }
            // The browser waits for each part of a message to be acknowledged; the kernel forgets this after each read.
            SockRef::from(&self.socket).set_tcp_quickack(true)?;
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(message: &[u8]) -> Result<Message> {
    let name = message
        .iter()
        .position(|byte| *byte == 0)
        .context("a message without a name")?;
    let body = &message[name + 1..];
    match &message[..name] {
        b"SendMessageToFrontend" => {
            let text = body.get(16..).and_then(|text| text.strip_suffix(&[0]));
            Ok(Message::Text(serde_json::from_slice(
                text.context("a message without a text")?,
            )?))
        }
        b"SetTargetList" => {
            let browser = body.first_chunk().context("a list without a browser")?;
            Ok(Message::Targets {
                browser: u64::from_le_bytes(*browser),
                all: targets(body),
            })
        }
        _ => Ok(Message::Other),
    }
}

/// Every entry of a list begins with its number, which its kind follows.
fn targets(list: &[u8]) -> Vec<(u64, Kind)> {
    let mut all = Vec::new();
    for at in (8..list.len().saturating_sub(8)).step_by(8) {
        let rest = &list[at + 8..];
        let kind = if rest.starts_with(b"Automation\0") {
            Kind::Automation
        } else if rest.starts_with(b"WebPage\0") {
            Kind::Page
        } else {
            continue;
        };
        if let Some(number) = list[at..].first_chunk() {
            all.push((u64::from_le_bytes(*number), kind));
        }
    }
    all
}
