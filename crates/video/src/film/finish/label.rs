//! What a file is, as it tells it itself.

use std::path::Path;

use browser::Progress;
use serde::Deserialize;

use super::tool;
use crate::error::RenderError;
use crate::film::error::FilmError;

/// What a file says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub(crate) codec: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) fps: f64,
    pub(crate) frames: u32,
    /// Seconds.
    pub(crate) duration: f64,
    /// Bits a second.
    pub(crate) bitrate: u64,
}

#[derive(Deserialize)]
struct Answer {
    streams: Vec<Stream>,
    format: Format,
}

#[derive(Deserialize)]
struct Stream {
    codec_name: String,
    width: u32,
    height: u32,
    r_frame_rate: String,
    nb_read_packets: String,
}

#[derive(Deserialize)]
struct Format {
    duration: Option<String>,
    bit_rate: Option<String>,
}

pub(crate) async fn read(progress: &Progress, path: &Path) -> Result<Label, FilmError> {
    let asked = [
        "-v",
        "error",
        "-select_streams",
        "v:0",
        "-count_packets",
        "-show_entries",
        "stream=codec_name,width,height,r_frame_rate,nb_read_packets:format=duration,bit_rate",
        "-of",
        "json",
    ];
    let mut arguments: Vec<&std::ffi::OsStr> = asked.iter().map(AsRef::as_ref).collect();
    arguments.push(path.as_os_str());
    let output = tool::run(progress, "ffprobe", arguments).await?;
    parse(&output.stdout).ok_or_else(|| {
        RenderError::WrongOutput("the file does not say what it is".to_owned()).into()
    })
}

fn parse(json: &[u8]) -> Option<Label> {
    let answer: Answer = serde_json::from_slice(json).ok()?;
    let stream = answer.streams.into_iter().next()?;
    let (frames, seconds) = stream.r_frame_rate.split_once('/')?;
    let number = |text: Option<String>| text.and_then(|text| text.parse().ok());
    Some(Label {
        codec: stream.codec_name,
        width: stream.width,
        height: stream.height,
        fps: frames.parse::<f64>().ok()? / seconds.parse::<f64>().ok()?,
        frames: stream.nb_read_packets.parse().ok()?,
        duration: number(answer.format.duration).unwrap_or_default(),
        bitrate: answer
            .format
            .bit_rate
            .and_then(|text| text.parse().ok())
            .unwrap_or_default(),
    })
}
