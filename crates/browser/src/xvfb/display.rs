//! Starting the X server and learning which display it took.

use std::io;
use std::path::{Path, PathBuf};

use command_fds::FdMapping;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::unix::pipe::Receiver;

use crate::Result;
use crate::error::BrowserError;
use crate::launch::process::{BrowserProcess, Program};
use crate::progress::Progress;

/// The descriptor that the server writes its display's number to.
const NUMBER_FD: i32 = 3;

/// A running X server. Dropping it kills the server.
#[derive(Debug)]
pub(crate) struct Display {
    process: BrowserProcess,
    name: String,
}

/// The X server without a screen that is installed, if any.
pub fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("Xvfb"))
        .find(|program| program.is_file())
}

impl Display {
    /// Starts a server with one screen of this size in pixels; it chooses a free display by itself.
    pub(crate) async fn start(progress: &Progress, width: u32, height: u32) -> Result<Self> {
        let executable = Path::new("Xvfb");
        let refused = |error: io::Error| BrowserError::Launch {
            executable: executable.to_owned(),
            reason: error.to_string(),
            output: Vec::new(),
        };
        let (ours, theirs) = io::pipe().map_err(refused)?;
        let ours = Receiver::from_owned_fd(ours.into()).map_err(refused)?;
        let program = Program {
            executable,
            arguments: [
                "-displayfd",
                &NUMBER_FD.to_string(),
                "-screen",
                "0",
                &format!("{width}x{height}x24"),
                "-nolisten",
                "tcp",
                // The server would forget what it was told whenever its last window closes.
                "-noreset",
            ]
            .map(str::to_owned)
            .to_vec(),
            environment: Vec::new(),
            files: vec![FdMapping {
                parent_fd: theirs.into(),
                child_fd: NUMBER_FD,
            }],
        };
        let process = BrowserProcess::run(program).await?;
        // The number and its line end come in two writes. Who closes the pipe after the first kills the server.
        let mut number = String::new();
        let read = progress
            .race(
                "starting the screen",
                BufReader::new(ours).read_line(&mut number),
            )
            .await?;
        match read {
            Ok(_) if number.trim().parse::<u32>().is_ok() => Ok(Self {
                process,
                name: format!(":{}", number.trim()),
            }),
            _ => Err(BrowserError::Launch {
                executable: executable.to_owned(),
                reason: "it ended before it had a display".to_owned(),
                output: process.output(),
            }),
        }
    }

    /// The value of `DISPLAY` for programs that draw here.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Kills the server at once.
    pub(crate) fn kill(&self) {
        self.process.kill();
    }
}
