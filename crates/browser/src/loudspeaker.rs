//! What pages are heard on where nobody listens: a sound server of its own, whose loudspeaker is a pipe.

use std::ffi::OsString;
use std::os::fd::AsFd as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use nix::fcntl::{FcntlArg, fcntl};
use nix::sys::stat::Mode;
use tokio::io::AsyncReadExt as _;
use tokio::net::unix::pipe::{OpenOptions, Receiver};
use tokio::sync::watch;

use crate::Result;
use crate::error::BrowserError;
use crate::launch::process::{BrowserProcess, Program};
use crate::launch::profile::{self, Profile};
use crate::progress::Progress;

const SERVER: &str = "pulseaudio";

/// What the server says when programs can play.
const STARTED: &str = "startup complete";

/// Bytes that wait in the pipe: more than five seconds of sound. What does not fit is lost.
const PIPE_BYTES: i32 = 1 << 20;

/// Bytes that are read at once.
const CHUNK: usize = 16 << 10;

/// Bytes of a sample, of both channels.
const SAMPLE: usize = 4;

/// The sound server that pages are heard through, if it is installed.
pub fn find_sound_server() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(SERVER))
        .find(|program| program.is_file())
}

/// A loudspeaker for one browser, which starts with it ([`LaunchOptions::loudspeaker`](crate::LaunchOptions)) and plays
/// on it as on a sound card. Dropped, it is gone.
#[derive(Debug)]
pub struct Loudspeaker {
    server: BrowserProcess,
    folder: Profile,
}

/// What comes out of a loudspeaker, all the time and as fast as it is heard: silence too.
#[derive(Debug)]
pub struct LoudspeakerSound {
    pipe: Receiver,
    buffer: BytesMut,
    /// Whether its server has ended.
    ended: watch::Receiver<bool>,
}

impl Loudspeaker {
    /// Samples a second, of each channel.
    pub const RATE: u32 = 48_000;
    /// Left and right, in turns; each sample has 16 bits, the lower ones first.
    pub const CHANNELS: u32 = 2;

    /// Starts one.
    ///
    /// # Errors
    /// [`BrowserError::NoSoundServer`] when PulseAudio is not installed; else why it did not start.
    pub async fn start(progress: &Progress) -> Result<(Self, LoudspeakerSound)> {
        let executable = find_sound_server().ok_or(BrowserError::NoSoundServer)?;
        profile::sweep_once();
        let folder = Profile::create()?;
        let path = folder.path().join("sound");
        let trouble = |source: std::io::Error| BrowserError::File {
            doing: "creating the pipe for sound",
            path: path.clone(),
            source: Arc::new(source),
        };
        nix::unistd::mkfifo(&path, Mode::S_IRUSR | Mode::S_IWUSR)
            .map_err(|error| trouble(error.into()))?;
        // Open for writing as well: else it would be at its end before the server has opened it.
        let pipe = OpenOptions::new()
            .read_write(true)
            .open_receiver(&path)
            .map_err(trouble)?;
        // A smaller pipe works too.
        let _ = fcntl(pipe.as_fd(), FcntlArg::F_SETPIPE_SZ(PIPE_BYTES));
        let modules = [
            format!(
                "module-pipe-sink sink_name=film format=s16le rate={} channels={} use_system_clock_for_timing=yes file={}",
                Self::RATE,
                Self::CHANNELS,
                path.display()
            ),
            // The folder is its owner's alone.
            format!(
                "module-native-protocol-unix auth-anonymous=1 socket={}",
                folder.path().join(SOCKET).display()
            ),
        ];
        // It reads no settings of the machine, and neither shares memory nor writes down who it is.
        let mut arguments = [
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--disable-shm=yes",
            "--realtime=no",
            "--high-priority=no",
            "--log-target=stderr",
            "--log-level=info",
        ]
        .map(str::to_owned)
        .to_vec();
        for module in modules {
            arguments.extend(["-L".to_owned(), module]);
        }
        let home = folder.path().as_os_str();
        progress.log(format!("starting {}", executable.display()));
        let server = BrowserProcess::run(Program {
            executable: &executable,
            arguments,
            environment: [
                "HOME",
                "XDG_CONFIG_HOME",
                "XDG_RUNTIME_DIR",
                "PULSE_RUNTIME_PATH",
            ]
            .map(|variable| (variable, home.to_owned()))
            .to_vec(),
            files: Vec::new(),
        })
        .await?;
        let started = server.said(|line| line.contains(STARTED).then_some(()));
        if progress
            .race("starting the sound server", started)
            .await?
            .is_none()
        {
            return Err(BrowserError::Launch {
                executable,
                reason: "it ended before programs could play".to_owned(),
                output: server.output(),
            });
        }
        let sound = LoudspeakerSound {
            pipe,
            buffer: BytesMut::new(),
            ended: server.end(),
        };
        Ok((Self { server, folder }, sound))
    }

    /// Where browsers find it.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join(SOCKET)
    }

    /// The process id of its server.
    pub fn pid(&self) -> u32 {
        self.server.pid()
    }
}

impl Drop for Loudspeaker {
    fn drop(&mut self) {
        self.server.kill();
        self.folder.remove();
    }
}

impl LoudspeakerSound {
    /// The next whole samples of all channels; waits for them. Nothing once the server has ended.
    ///
    /// # Errors
    /// When the pipe cannot be read.
    pub async fn read(&mut self) -> std::io::Result<Option<Bytes>> {
        while self.buffer.len() < SAMPLE {
            self.buffer.reserve(CHUNK);
            tokio::select! {
                read = self.pipe.read_buf(&mut self.buffer) => read?,
                // Its sender goes only after it has told the end.
                _ = self.ended.wait_for(|ended| *ended) => return Ok(None),
            };
        }
        let whole = self.buffer.len() - self.buffer.len() % SAMPLE;
        Ok(Some(self.buffer.split_to(whole).freeze()))
    }
}

const SOCKET: &str = "native";

/// The variables by which a browser finds its loudspeaker.
pub(crate) fn environment(socket: Option<&Path>) -> Vec<(&'static str, OsString)> {
    let Some(socket) = socket else {
        return Vec::new();
    };
    let mut address = OsString::from("unix:");
    address.push(socket);
    let folder = socket.parent().unwrap_or(socket);
    vec![
        ("PULSE_SERVER", address),
        // Chromium's sandbox lets its sound process reach what is here, …
        ("PULSE_RUNTIME_PATH", folder.into()),
        // … and without a cookie of its own the browser would make one in its user's home.
        ("PULSE_COOKIE", socket.with_file_name("cookie").into()),
    ]
}
