//! What a film is, as its file tells it.

use std::path::Path;
use std::process::Stdio;

use serde::Deserialize;
use tokio::process::Command;

use crate::error::RenderError;

/// What a file says about its pictures.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) frames: u32,
    /// Seconds.
    pub(super) duration: f64,
}

#[derive(Deserialize)]
struct Answer {
    streams: Vec<Stream>,
    format: Format,
}

#[derive(Deserialize)]
struct Stream {
    width: u32,
    height: u32,
    nb_read_packets: String,
}

#[derive(Deserialize)]
struct Format {
    duration: String,
}

/// Reads a film's head and counts its frames; nothing is decoded.
pub(super) async fn probe(path: &Path) -> Result<Seen, RenderError> {
    let asked = [
        "-v",
        "error",
        "-select_streams",
        "v:0",
        "-count_packets",
        "-show_entries",
        "stream=width,height,nb_read_packets:format=duration",
        "-of",
        "json",
    ];
    let output = Command::new("ffprobe")
        .args(asked)
        .arg(path)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|source| RenderError::Program {
            program: "ffprobe",
            source,
        })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(RenderError::WrongOutput(said.trim().to_owned()));
    }
    read(&output.stdout)
        .ok_or_else(|| RenderError::WrongOutput("it does not say what it is".to_owned()))
}

fn read(json: &[u8]) -> Option<Seen> {
    let answer: Answer = serde_json::from_slice(json).ok()?;
    let stream = answer.streams.first()?;
    Some(Seen {
        width: stream.width,
        height: stream.height,
        frames: stream.nb_read_packets.parse().ok()?,
        duration: answer.format.duration.parse().ok()?,
    })
}
