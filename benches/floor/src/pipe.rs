//! A browser on two pipes, and calls that are awaited one by one or in a batch.

use std::collections::VecDeque;
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use command_fds::{CommandFdExt as _, FdMapping};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::unix::pipe::{Receiver, Sender};

const FLAGS: [&str; 14] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-startup-window",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--mute-audio",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,Translate,MediaRouter,OptimizationHints",
    "--remote-debugging-pipe",
];

pub(crate) struct Client {
    child: Child,
    input: Sender,
    output: Receiver,
    buffer: Vec<u8>,
    events: VecDeque<Value>,
    last: u64,
    _profile: tempfile::TempDir,
}

impl Client {
    pub(crate) async fn launch(browser: &str) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let (child_reads, we_write) = std::io::pipe()?;
        let (we_read, child_writes) = std::io::pipe()?;
        let mut command = Command::new(browser);
        command
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.fd_mappings(vec![
            FdMapping {
                parent_fd: OwnedFd::from(child_reads),
                child_fd: 3,
            },
            FdMapping {
                parent_fd: OwnedFd::from(child_writes),
                child_fd: 4,
            },
        ])?;
        let child = command
            .spawn()
            .with_context(|| format!("starting {browser}"))?;
        drop(command);
        let mut client = Self {
            child,
            input: Sender::from_owned_fd(OwnedFd::from(we_write))?,
            output: Receiver::from_owned_fd(OwnedFd::from(we_read))?,
            buffer: Vec::new(),
            events: VecDeque::new(),
            last: 0,
            _profile: profile,
        };
        client.call("Browser.getVersion", json!({}), None).await?;
        Ok(client)
    }

    /// Sends one command and waits for its answer.
    pub(crate) async fn call(
        &mut self,
        method: &str,
        params: Value,
        session: Option<&str>,
    ) -> Result<Value> {
        let mut answers = self.batch(&[(method, params)], session).await?;
        answers.pop().context("a batch of one has one answer")
    }

    /// Writes several commands at once and waits for all their answers.
    pub(crate) async fn batch(
        &mut self,
        commands: &[(&str, Value)],
        session: Option<&str>,
    ) -> Result<Vec<Value>> {
        let first = self.last + 1;
        let mut text = Vec::new();
        for (method, params) in commands {
            self.last += 1;
            let mut message = json!({ "id": self.last, "method": method, "params": params });
            if let Some(session) = session {
                message["sessionId"] = json!(session);
            }
            serde_json::to_writer(&mut text, &message)?;
            text.push(0);
        }
        self.input.write_all(&text).await?;
        let mut answers = vec![Value::Null; commands.len()];
        let mut missing = commands.len();
        while missing > 0 {
            let message = self.receive().await?;
            let Some(id) = message["id"].as_u64() else {
                self.events.push_back(message);
                continue;
            };
            if id < first {
                continue;
            }
            if let Some(error) = message.get("error") {
                bail!("{}: {error}", commands[(id - first) as usize].0);
            }
            answers[(id - first) as usize] = message["result"].clone();
            missing -= 1;
        }
        Ok(answers)
    }

    /// Forgets the events that have come so far, so that the next wait is for something new.
    pub(crate) fn forget_events(&mut self) {
        self.events.clear();
    }

    /// Waits for an event of a session.
    pub(crate) async fn event(&mut self, method: &str, session: &str) -> Result<()> {
        loop {
            let message = match self.events.pop_front() {
                Some(message) => message,
                None => self.receive().await?,
            };
            if message["method"] == method && message["sessionId"] == session {
                return Ok(());
            }
        }
    }

    async fn receive(&mut self) -> Result<Value> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == 0) {
                let message = serde_json::from_slice(&self.buffer[..end])?;
                self.buffer.drain(..=end);
                return Ok(message);
            }
            let read = self.output.read_buf(&mut self.buffer).await?;
            if read == 0 {
                bail!("the browser closed its pipe");
            }
        }
    }

    pub(crate) async fn close(mut self) -> Result<()> {
        self.call("Browser.close", json!({}), None).await?;
        self.child.wait()?;
        Ok(())
    }
}
