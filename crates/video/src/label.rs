//! What a film or a sound is, as its file tells it.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use browser::Progress;
use serde::Deserialize;

use crate::error::RenderError;
use crate::tool;

/// Files are read as what they hold and nothing else is: a list of other files is no film, and no address is opened.
pub(crate) const PLAIN_FILES: [&str; 4] = [
    "-protocol_whitelist",
    "file,pipe",
    "-format_whitelist",
    "mov,mp4,m4a,matroska,webm,gif,mp3,wav,flac,ogg,aac",
];

/// What a film says of itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub(crate) codec: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) fps: f64,
    pub(crate) frames: u32,
    /// Seconds.
    pub(crate) duration: f64,
    /// Bits a second, of the file.
    pub(crate) bitrate: u64,
    /// Its first sound.
    pub(crate) sound: Option<SoundLabel>,
    /// Names and beginnings in milliseconds.
    pub(crate) chapters: Vec<(String, f64)>,
}

/// What a sound says of itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SoundLabel {
    pub(crate) codec: String,
    pub(crate) channels: u32,
    /// Seconds, of the whole file.
    pub(crate) duration: f64,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    chapters: Vec<ChapterOf>,
    format: Format,
}

#[derive(Deserialize)]
struct Stream {
    codec_type: String,
    #[serde(default)]
    codec_name: String,
    #[serde(default)]
    width: u32,
    #[serde(default)]
    height: u32,
    #[serde(default)]
    channels: u32,
    #[serde(default)]
    r_frame_rate: String,
    nb_read_packets: Option<String>,
}

#[derive(Deserialize)]
struct ChapterOf {
    start_time: String,
    #[serde(default)]
    tags: Tags,
}

#[derive(Deserialize, Default)]
struct Tags {
    title: Option<String>,
}

#[derive(Deserialize)]
struct Format {
    duration: Option<String>,
    bit_rate: Option<String>,
}

/// Reads a film's head and counts its frames; nothing is decoded.
pub(crate) async fn read(progress: &Progress, path: &Path) -> Result<Label, RenderError> {
    of_film(ask(progress, path).await?)
        .ok_or_else(|| RenderError::WrongOutput("it does not say what it is".to_owned()))
}

/// Reads the head of a file with sound; none when it has no sound.
pub(crate) async fn read_sound(
    progress: &Progress,
    path: &Path,
) -> Result<Option<SoundLabel>, RenderError> {
    let answer = ask(progress, path).await?;
    Ok(of_sound(&answer.streams, duration(&answer.format)))
}

async fn ask(progress: &Progress, path: &Path) -> Result<Answer, RenderError> {
    let asked = [
        "-v",
        "error",
        "-count_packets",
        "-show_entries",
        "stream=codec_type,codec_name,width,height,channels,r_frame_rate,nb_read_packets:format=duration,bit_rate",
        "-show_chapters",
        "-of",
        "json",
    ];
    // What ffprobe says of a file that is not there helps nobody.
    std::fs::metadata(path).map_err(|source| RenderError::file("reading", path, source))?;
    let mut arguments: Vec<OsString> = PLAIN_FILES.map(Into::into).into();
    arguments.extend(asked.map(Into::into));
    arguments.push(file(path));
    let output = tool::run(progress, "reading the film", "ffprobe", arguments).await?;
    serde_json::from_slice(&output.stdout)
        .map_err(|error| RenderError::WrongOutput(format!("ffprobe: {error}")))
}

/// A path as these programs take it: never an option and never another protocol, whatever it is called.
pub(crate) fn file(path: &Path) -> OsString {
    let mut named = OsString::from("file:");
    named.push::<&OsStr>(path.as_ref());
    named
}

fn of_film(answer: Answer) -> Option<Label> {
    let seconds = duration(&answer.format);
    let sound = of_sound(&answer.streams, seconds);
    let is_film = |stream: &Stream| stream.codec_type == "video";
    let stream = answer.streams.into_iter().find(is_film)?;
    let (frames, per) = stream.r_frame_rate.split_once('/')?;
    Some(Label {
        codec: stream.codec_name,
        width: stream.width,
        height: stream.height,
        fps: frames.parse::<f64>().ok()? / per.parse::<f64>().ok()?,
        frames: stream.nb_read_packets?.parse().ok()?,
        duration: seconds,
        bitrate: number(answer.format.bit_rate.as_deref()).unwrap_or_default(),
        sound,
        chapters: answer.chapters.into_iter().filter_map(chapter).collect(),
    })
}

fn chapter(chapter: ChapterOf) -> Option<(String, f64)> {
    let seconds: f64 = chapter.start_time.parse().ok()?;
    Some((chapter.tags.title.unwrap_or_default(), seconds * 1000.0))
}

fn of_sound(streams: &[Stream], duration: f64) -> Option<SoundLabel> {
    let stream = streams.iter().find(|stream| stream.codec_type == "audio")?;
    Some(SoundLabel {
        codec: stream.codec_name.clone(),
        channels: stream.channels,
        duration,
    })
}

fn duration(format: &Format) -> f64 {
    number(format.duration.as_deref()).unwrap_or_default()
}

fn number<T: std::str::FromStr>(text: Option<&str>) -> Option<T> {
    text.and_then(|text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_film_with_sound_and_chapters_is_read() {
        let json = r#"{"streams":[
            {"codec_type":"audio","codec_name":"aac","channels":2,"r_frame_rate":"0/0","nb_read_packets":"90"},
            {"codec_type":"video","codec_name":"h264","width":1280,"height":720,"r_frame_rate":"30000/1001","nb_read_packets":"60"}],
            "chapters":[{"start_time":"1.500000","tags":{"title":"Prices"}},{"start_time":"2.0"}],
            "format":{"duration":"2.002","bit_rate":"1000"}}"#;
        let label = serde_json::from_str(json).ok().and_then(of_film).unwrap();
        assert_eq!((label.width, label.height, label.frames), (1280, 720, 60));
        assert!((label.fps - 29.97).abs() < 0.001);
        assert_eq!(label.chapters[0], ("Prices".to_owned(), 1500.0));
        assert_eq!(label.chapters[1].0, "");
        assert_eq!(label.sound.unwrap().channels, 2);
    }

    proptest! {
        #[test]
        fn whatever_is_said_is_read_or_refused(rate in ".{0,12}", packets in ".{0,6}", start in ".{0,6}") {
            let json = serde_json::json!({
                "streams": [{ "codec_type": "video", "r_frame_rate": rate, "nb_read_packets": packets }],
                "chapters": [{ "start_time": start }],
                "format": {},
            });
            let answer: Answer = serde_json::from_value(json).unwrap();
            let _ = of_film(answer);
        }
    }
}
