//! The browser process and its group; for Chromium also its two pipes.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};

use command_fds::{CommandFdExt as _, FdMapping};
use nix::sys::prctl;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::{Pid, getppid};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::process::{Child, Command};
use tokio::sync::watch;

use crate::error::BrowserError;
use crate::launch::spawner;

/// A screencast at full speed fits into the pipe, so that the browser does not wait for our reader's turn.
const PIPE_BYTES: i32 = 1 << 20;

/// Lines of the browser's standard error that are kept for the message when it does not start.
const OUTPUT_LINES: usize = 20;

/// Variables that the browser gets from us; the rest (tokens, keys) is none of its business.
const ENVIRONMENT: [&str; 20] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "DISPLAY",
    "XAUTHORITY",
    "WAYLAND_DISPLAY",
    "XDG_RUNTIME_DIR",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_DATA_DIRS",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "LD_LIBRARY_PATH",
    "DBUS_SESSION_BUS_ADDRESS",
];

/// Whether the browser's own sandbox protects this machine from pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxState {
    /// On, as it should be.
    On,
    /// Off, because Chromium refuses to sandbox as root.
    OffBecauseRoot,
    /// Off, because the caller's arguments say so.
    OffByArgument,
    /// Off, because this browser as it is shipped does not sandbox its pages.
    OffByBrowser,
}

impl fmt::Display for SandboxState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::On => "on",
            Self::OffBecauseRoot => "off because the process runs as root",
            Self::OffByArgument => "off because an argument says so",
            Self::OffByBrowser => "off because this browser does not sandbox its pages",
        })
    }
}

/// A started browser. Dropping it kills the whole process group.
#[derive(Debug)]
pub(crate) struct BrowserProcess {
    pid: u32,
    exited: watch::Receiver<bool>,
    output: Arc<Output>,
}

/// The last lines of a browser's standard error.
#[derive(Debug, Default)]
struct Output {
    lines: Mutex<VecDeque<String>>,
    /// Changes with every line.
    written: watch::Sender<()>,
}

/// Our ends of the pipes.
pub(crate) struct Pipes {
    pub(crate) to_browser: Sender,
    pub(crate) from_browser: Receiver,
}

/// A program to start.
pub(crate) struct Program<'a> {
    pub(crate) executable: &'a Path,
    pub(crate) arguments: Vec<String>,
    /// Variables that it gets besides, or in place of, those that every browser gets from us.
    pub(crate) environment: Vec<(&'static str, OsString)>,
    /// Files that it finds open, by their numbers.
    pub(crate) files: Vec<FdMapping>,
}

impl BrowserProcess {
    /// Starts a browser that is talked to over two pipes, its files 3 and 4.
    pub(crate) async fn start(
        executable: &Path,
        flags: Vec<String>,
        environment: Vec<(&'static str, OsString)>,
    ) -> Result<(Self, Pipes), BrowserError> {
        let refused = |error: &dyn fmt::Display| could_not_start(executable, error);
        let (commands_out, commands_in) = pipe().map_err(|error| refused(&error))?;
        let (events_out, events_in) = pipe().map_err(|error| refused(&error))?;
        let files = [(commands_out, 3), (events_in, 4)].map(|(parent_fd, child_fd)| FdMapping {
            parent_fd,
            child_fd,
        });
        let program = Program {
            executable,
            arguments: flags,
            environment,
            files: files.into(),
        };
        let process = Self::run(program).await?;
        let to_browser = Sender::from_owned_fd(commands_in).map_err(|error| refused(&error))?;
        let from_browser = Receiver::from_owned_fd(events_out).map_err(|error| refused(&error))?;
        Ok((
            process,
            Pipes {
                to_browser,
                from_browser,
            },
        ))
    }

    /// Starts a program in a process group of its own, which the kernel ends when this process ends.
    pub(crate) async fn run(program: Program<'_>) -> Result<Self, BrowserError> {
        let executable = program.executable;
        let refused = |error: &dyn fmt::Display| could_not_start(executable, error);
        let mut command = Command::new(executable);
        command
            .args(program.arguments)
            .env_clear()
            .envs(
                ENVIRONMENT
                    .iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?))),
            )
            .envs(program.environment)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        command
            .fd_mappings(program.files)
            .map_err(|error| refused(&error))?;
        die_with_this_process(&mut command);

        let runtime = tokio::runtime::Handle::current();
        // The command is dropped on the way, and with it the browser's ends of the pipes: else we would never see
        // the end of the stream when the browser dies.
        let started = spawner::run(move || {
            let _inside = runtime.enter();
            command.spawn()
        });
        let child = match started.await {
            Some(Ok(child)) => child,
            Some(Err(error)) => return Err(refused(&error)),
            None => return Err(refused(&"the thread that starts browsers has ended")),
        };
        let pid = child.id().ok_or_else(|| refused(&"it ended at once"))?;
        let output = Arc::<Output>::default();
        let exited = watch(child, Arc::clone(&output));
        Ok(Self {
            pid,
            exited,
            output,
        })
    }

    /// Waits until `find` finds something in a line of its standard error; `None` when it ends before.
    pub(crate) async fn said<T>(&self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut written = self.output.written.subscribe();
        loop {
            written.mark_unchanged();
            if let Some(found) = self.output().iter().find_map(|line| find(line)) {
                return Some(found);
            }
            tokio::select! {
                // The sender lives in `self`.
                _ = written.changed() => {}
                () = self.exited() => return None,
            }
        }
    }

    /// Why it did not start, with its own last words; an operation that was interrupted stays that.
    pub(crate) fn did_not_start(&self, executable: &Path, error: BrowserError) -> BrowserError {
        match error {
            BrowserError::Interrupted(_) => error,
            other => BrowserError::Launch {
                executable: executable.to_owned(),
                reason: match other {
                    BrowserError::Disconnected => "it ended before it answered".to_owned(),
                    other => other.to_string(),
                },
                output: self.output(),
            },
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// The last lines of its standard error.
    pub(crate) fn output(&self) -> Vec<String> {
        self.output
            .lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .cloned()
            .collect()
    }

    /// Becomes true when it has ended and was waited for.
    pub(crate) fn end(&self) -> watch::Receiver<bool> {
        self.exited.clone()
    }

    /// Resolves when the browser has ended and was waited for.
    pub(crate) async fn exited(&self) {
        let mut exited = self.exited.clone();
        // The sender goes only together with the runtime.
        let _ = exited.wait_for(|exited| *exited).await;
    }

    /// Kills every process of the group, at once.
    pub(crate) fn kill(&self) {
        kill_group(self.pid);
    }
}

impl Drop for BrowserProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

fn kill_group(leader: u32) {
    let Ok(group) = i32::try_from(leader) else {
        return;
    };
    // The group is usually gone already.
    let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
}

fn could_not_start(executable: &Path, error: &dyn fmt::Display) -> BrowserError {
    BrowserError::Launch {
        executable: executable.to_owned(),
        reason: error.to_string(),
        output: Vec::new(),
    }
}

fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let (out, into) = io::pipe()?;
    // A smaller pipe works too.
    let _ = nix::fcntl::fcntl(into.as_fd(), nix::fcntl::FcntlArg::F_SETPIPE_SZ(PIPE_BYTES));
    Ok((out.into(), into.into()))
}

/// The kernel kills the browser when the thread that started it ends, however it ends.
fn die_with_this_process(command: &mut Command) {
    let parent = nix::unistd::getpid();
    let prepare = move || {
        prctl::set_pdeathsig(Signal::SIGKILL)?;
        // The parent may have died before the signal was asked for.
        if getppid() == parent {
            Ok(())
        } else {
            Err(io::Error::from_raw_os_error(nix::libc::ESRCH))
        }
    };
    // SAFETY: between fork and exec only two system calls are made; nothing allocates or locks.
    unsafe { command.pre_exec(prepare) };
}

/// Reads the browser's standard error and waits for its end, so that it never becomes a zombie.
fn watch(mut child: Child, output: Arc<Output>) -> watch::Receiver<bool> {
    let (exited, receiver) = watch::channel(false);
    let stderr = child.stderr.take();
    let group = child.id();
    tokio::spawn(async move {
        let reading = async {
            let Some(stderr) = stderr else { return };
            let mut lines = BufReader::new(stderr).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                tracing::trace!(line, "browser output");
                let mut lines = output.lines.lock().unwrap_or_else(PoisonError::into_inner);
                if lines.len() == OUTPUT_LINES {
                    lines.pop_front();
                }
                lines.push_back(line);
                drop(lines);
                output.written.send_replace(());
            }
        };
        // A helper of the browser may keep the pipe open longer than the browser lives: only its own end counts.
        let waiting = async {
            if let Err(error) = child.wait().await {
                tracing::warn!(%error, "waiting for the browser to end failed");
            }
            // What is left of its group serves nobody, and may hold the pipe whose end tells that the browser has gone.
            if let Some(group) = group {
                kill_group(group);
            }
            exited.send_replace(true);
        };
        tokio::join!(reading, waiting);
    });
    receiver
}
