//! A screen that nobody sees, for a browser that cannot do without one.

use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use command_fds::{CommandFdExt as _, FdMapping};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::unix::pipe::Receiver;

/// A running X server; it ends with this.
pub(crate) struct Screen {
    server: Child,
    pub(crate) name: String,
}

impl Screen {
    pub(crate) async fn start() -> Result<Self> {
        let (ours, theirs) = std::io::pipe()?;
        let mut command = Command::new("Xvfb");
        command
            .args(["-displayfd", "3", "-screen", "0", "2560x2160x24"])
            .args(["-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.fd_mappings(vec![FdMapping {
            parent_fd: OwnedFd::from(theirs),
            child_fd: 3,
        }])?;
        let server = command.spawn().context("starting Xvfb")?;
        drop(command);
        let mut screen = Self {
            server,
            name: String::new(),
        };
        let mut number = String::new();
        BufReader::new(Receiver::from_owned_fd(OwnedFd::from(ours))?)
            .read_line(&mut number)
            .await?;
        screen.name = format!(":{}", number.trim());
        Ok(screen)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
