//! From what a job says to what is rendered.

use std::time::Duration;

use serde_json::{Map, Value};
use url::Url;

use super::fields::{Fields, JobError, kind_of, wrong};
use super::limits::{
    FASTEST, FASTEST_GIF, LARGEST_JOB, LARGEST_PICTURE, LARGEST_SIDE, LEAST_CPU, LEAST_MEMORY,
    LONGEST_TIME_LIMIT, MOST_FRAMES, MOST_OUTPUT, MOST_PAGES, SHORTEST_TIME_LIMIT, USUAL_OUTPUT,
    USUAL_TIME_LIMIT,
};
use super::{
    Extent, FilmFormat, FrameRate, JobContext, Output, P5Version, PageOutput, PictureFormat,
    RenderJob, Screen, Seed, Source, WebmCodec,
};
use crate::guess;

impl RenderJob {
    /// Reads a job from JSON.
    ///
    /// # Errors
    /// Names the first field that makes no sense. Fields that are not known are kept, not refused.
    pub fn parse(json: &[u8]) -> Result<Self, JobError> {
        Self::parse_within(json, USUAL_TIME_LIMIT)
    }

    /// The same, with a time limit for jobs that name none.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_within(json: &[u8], usual: Duration) -> Result<Self, JobError> {
        if json.len() > LARGEST_JOB {
            return Err(JobError::TooLarge {
                bytes: json.len(),
                most: LARGEST_JOB,
            });
        }
        match serde_json::from_slice(json).map_err(JobError::Json)? {
            Value::Object(fields) => Self::from_fields_within(fields, usual),
            other => Err(JobError::NoObject(kind_of(&other))),
        }
    }

    /// Checks a job that is already taken apart.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn from_fields(fields: Map<String, Value>) -> Result<Self, JobError> {
        Self::from_fields_within(fields, USUAL_TIME_LIMIT)
    }

    fn from_fields_within(fields: Map<String, Value>, usual: Duration) -> Result<Self, JobError> {
        let mut fields = Fields(fields);
        let kind = fields.text("type")?;
        let source = source(&mut fields, kind.as_deref())?;
        let screen = screen(&mut fields, &source)?;
        let (output, page) = output(&mut fields, kind.as_deref() == Some("video"))?;
        let context = context(&mut fields)?;
        let seed = seed(&mut fields, context.as_ref())?;
        check_address(&source, output, page)?;
        let transparent = fields.flag("transparent")?;
        let is_av1 = matches!(
            output,
            Output::Film {
                format: FilmFormat::Webm(WebmCodec::Av1),
                ..
            }
        );
        if transparent && is_av1 {
            return Err(JobError::field(
                "codec",
                "av1 has no transparency; vp9 has, and is taken when none is named",
            ));
        }
        if transparent && !can_be_transparent(output) {
            return Err(JobError::field(
                "transparent",
                "this kind of output has no transparency; png, webp, webm, gif and png-sequence have",
            ));
        }
        let is_fast = fields.flag("fast")?;
        let is_mp4 = matches!(
            output,
            Output::Film {
                format: FilmFormat::Mp4,
                ..
            }
        );
        if is_fast && !is_mp4 {
            return Err(JobError::field(
                "fast",
                "the browser encodes mp4 only; leave it out for other outputs",
            ));
        }
        let is_real_time = fields.flag("realTime")?;
        if is_real_time && is_fast {
            return Err(JobError::field(
                "realTime",
                "the faster way is one of frames on command; leave one of both out",
            ));
        }
        if is_real_time && page != PageOutput::None {
            return Err(JobError::field(
                "realTime",
                "a page itself has no frames; leave it out",
            ));
        }
        let most_bytes = fields.number("maxBytes", 1024.0, to_number(MOST_OUTPUT))?;
        Ok(Self {
            source,
            screen,
            output,
            page,
            seed,
            context,
            transparent,
            is_fast,
            is_real_time,
            parallel: fields.count("parallel", 1, MOST_PAGES)?.unwrap_or(1),
            time_limit: time_limit(&mut fields)?.unwrap_or(usual),
            most_cpu: most_cpu(&mut fields)?,
            most_memory: most_memory(&mut fields)?,
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is between two sizes"
            )]
            most_bytes: most_bytes.map_or(USUAL_OUTPUT, |bytes| bytes as u64),
            door: None,
            extra: fields.0,
        })
    }
}

fn source(fields: &mut Fields, kind: Option<&str>) -> Result<Source, JobError> {
    let code = fields.text("code")?;
    let html = fields.text("html")?;
    let css = fields.text("css")?.unwrap_or_default();
    let javascript = fields.text("javascript")?;
    let version = p5_version(fields)?;
    let kind = match kind {
        Some("p5" | "p5js") => "p5",
        Some("js" | "javascript") => "js",
        Some("html") => "html",
        Some("video") | None => match (&code, &html, &javascript) {
            (Some(code), _, _) if guess::is_p5(code) => "p5",
            (_, Some(_), None) => "html",
            _ => "js",
        },
        Some("url") => return address(fields),
        Some(other) => {
            return Err(JobError::field(
                "type",
                format!("{other:?} is not known; p5, js, html, url and video are"),
            ));
        }
    };
    let script = || code.clone().or(javascript.clone());
    match kind {
        "p5" => {
            let code =
                script().ok_or_else(|| JobError::field("code", "a sketch needs its code"))?;
            Ok(Source::Sketch {
                version: version.unwrap_or_else(|| guess::p5_version(&code)),
                code,
            })
        }
        "html" => {
            let html = html
                .or_else(|| code.clone())
                .ok_or_else(|| JobError::field("html", "markup is needed"))?;
            Ok(Source::Script {
                html,
                css,
                javascript: javascript.unwrap_or_default(),
            })
        }
        _ => {
            if html.is_none() && code.is_none() && javascript.is_none() {
                return Err(JobError::field(
                    "code",
                    "there is nothing to render: give code, javascript or html",
                ));
            }
            Ok(Source::Script {
                html: html.unwrap_or_default(),
                css,
                javascript: script().unwrap_or_default(),
            })
        }
    }
}

/// A page by its address.
fn address(fields: &mut Fields) -> Result<Source, JobError> {
    let url = fields
        .text("url")?
        .ok_or_else(|| JobError::field("url", "a page needs its address"))?;
    let parsed = Url::parse(&url)
        .map_err(|error| JobError::field("url", format!("{url:?} is no address: {error}")))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        let problem = format!("{}: is not opened; http and https are", parsed.scheme());
        return Err(JobError::field("url", problem));
    }
    let extent = match fields.flag("fullPage")? {
        true => Extent::Page,
        false => Extent::Screen,
    };
    Ok(Source::Address { url, extent })
}

/// Somebody else's page has no frames to count and cannot be written down.
fn check_address(source: &Source, output: Output, page: PageOutput) -> Result<(), JobError> {
    if !matches!(source, Source::Address { .. }) {
        return Ok(());
    }
    match (output, page) {
        (Output::Picture { frame: 0, .. }, PageOutput::None) => Ok(()),
        (Output::Picture { .. }, PageOutput::None) => Err(JobError::field(
            "frame",
            "a page by its address is shown as it is when it has loaded",
        )),
        (Output::Film { .. }, _) => Err(JobError::field(
            "output",
            "films of pages by their address are made by `proscenium film`, or by /api/v1/films; a url becomes png, jpeg or webp",
        )),
        (Output::Picture { .. }, _) => Err(JobError::field(
            "output",
            "a page by its address becomes png, jpeg or webp",
        )),
    }
}

fn p5_version(fields: &mut Fields) -> Result<Option<P5Version>, JobError> {
    let text = match fields.take("p5") {
        None => return Ok(None),
        Some(Value::String(text)) => text,
        Some(Value::Number(number)) => number.to_string(),
        Some(other) => return Err(wrong("p5", "1 or 2", &other)),
    };
    match text.split('.').next() {
        Some("1") => Ok(Some(P5Version::One)),
        Some("2") => Ok(Some(P5Version::Two)),
        _ => Err(JobError::field(
            "p5",
            format!("{text:?} is not there; 1 and 2 are"),
        )),
    }
}

fn screen(fields: &mut Fields, source: &Source) -> Result<Screen, JobError> {
    let canvas = match source {
        Source::Sketch { code, .. } => guess::canvas_size(code),
        Source::Script { .. } => None,
        Source::Address { .. } => Some((1280, 720)),
    };
    let (usual_width, usual_height) = canvas.unwrap_or((800, 800));
    let width = fields.count("width", 1, LARGEST_SIDE)?;
    let height = fields.count("height", 1, LARGEST_SIDE)?;
    let dense = fields.number("deviceScaleFactor", 0.5, 4.0)?;
    let screen = Screen {
        width: width.unwrap_or(usual_width),
        height: height.unwrap_or(usual_height),
        scale: fields.number("scale", 0.5, 4.0)?.or(dense).unwrap_or(1.0),
    };
    let (wide, high) = screen.pixels();
    let pixels = u64::from(wide) * u64::from(high);
    if pixels > LARGEST_PICTURE {
        return Err(JobError::field(
            "width",
            format!(
                "a frame of {wide} × {high} has {pixels} pixels; at most {LARGEST_PICTURE} are drawn"
            ),
        ));
    }
    Ok(screen)
}

fn output(fields: &mut Fields, is_video: bool) -> Result<(Output, PageOutput), JobError> {
    let named = fields.text("output")?;
    let other_name = fields.text("outputType")?;
    let usual = if is_video { "mp4" } else { "png" };
    let kind = named.or(other_name);
    let kind = kind.as_deref().unwrap_or(usual);
    let fastest = if kind == "gif" { FASTEST_GIF } else { FASTEST };
    let rate = fields
        .number("fps", 1.0, fastest)?
        .unwrap_or(if kind == "gif" { 25.0 } else { 60.0 });
    let rate = FrameRate::from_number(rate);
    let codec = codec(fields, kind)?;
    let quality = fields.count("quality", 1, 100)?;
    #[expect(clippy::cast_possible_truncation, reason = "it is at most 100")]
    let quality = |usual: u8| quality.map_or(usual, |quality| quality as u8);
    let page = match kind {
        "html" => PageOutput::Only,
        "both" => PageOutput::Beside,
        _ => PageOutput::None,
    };
    let picture = match kind {
        "png" | "html" | "both" => Some(PictureFormat::Png),
        "jpeg" | "jpg" => Some(PictureFormat::Jpeg {
            quality: quality(92),
        }),
        "webp" => Some(PictureFormat::Webp {
            quality: quality(90),
        }),
        _ => None,
    };
    if let Some(format) = picture {
        let frame = fields.count("frame", 0, MOST_FRAMES - 1)?.unwrap_or(0);
        // A length means nothing to a picture; jobs that say it all the same are common.
        fields.take("frames");
        fields.take("duration");
        let picture = Output::Picture {
            format,
            frame,
            rate,
        };
        return Ok((picture, page));
    }
    let format = match kind {
        "mp4" => FilmFormat::Mp4,
        "webm" => FilmFormat::Webm(codec),
        "gif" => FilmFormat::Gif,
        "png-sequence" => FilmFormat::PngSequence,
        other => {
            return Err(JobError::field(
                "output",
                format!(
                    "{other:?} is not known; png, jpeg, webp, mp4, webm, gif, png-sequence, html and both are"
                ),
            ));
        }
    };
    let film = Output::Film {
        format,
        frames: frames(fields, rate)?,
        rate,
    };
    Ok((film, page))
}

/// The encoding of a WebM; other outputs have one only.
fn codec(fields: &mut Fields, kind: &str) -> Result<WebmCodec, JobError> {
    match (fields.text("codec")?.as_deref(), kind) {
        (None, _) | (Some("vp9"), "webm") => Ok(WebmCodec::Vp9),
        (Some("av1"), "webm") => Ok(WebmCodec::Av1),
        (Some(other), "webm") => Err(JobError::field(
            "codec",
            format!("{other:?} is not known; vp9 and av1 are"),
        )),
        (Some(_), other) => Err(JobError::field(
            "codec",
            format!("it is chosen for webm only; leave it out for {other}"),
        )),
    }
}

/// How many frames a film has: said, or by its duration; two seconds when neither is.
fn frames(fields: &mut Fields, rate: FrameRate) -> Result<u32, JobError> {
    let frames = fields.count("frames", 1, MOST_FRAMES)?;
    let Some(duration) = fields.milliseconds("duration")? else {
        let usual = rate.frames_in(2000.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "two seconds have at most 240 frames"
        )]
        return Ok(frames.unwrap_or(usual as u32));
    };
    let meant = rate.frames_in(duration);
    if meant < 1.0 {
        return Err(JobError::field(
            "duration",
            format!(
                "{duration} ms is less than a frame; numbers are milliseconds, seconds are \"2s\""
            ),
        ));
    }
    if meant > f64::from(MOST_FRAMES) {
        return Err(JobError::field(
            "duration",
            format!("that is {meant} frames; at most {MOST_FRAMES} are drawn"),
        ));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 1 and the most frames"
    )]
    let meant = meant as u32;
    match frames {
        Some(frames) if frames != meant => Err(JobError::field(
            "frames",
            format!("{frames} frames and a duration of {meant} contradict each other; give one"),
        )),
        _ => Ok(meant),
    }
}

fn context(fields: &mut Fields) -> Result<Option<JobContext>, JobError> {
    let mut inside = match fields.take("context") {
        None => return Ok(None),
        Some(Value::Object(inside)) => Fields(inside),
        Some(other) => return Err(wrong("context", "an object", &other)),
    };
    let hash = match inside.take("hash") {
        None => String::new(),
        Some(Value::String(hash)) => hash,
        Some(other) => return Err(wrong("context.hash", "text", &other)),
    };
    let variables = match inside.take("variables") {
        None => Map::new(),
        Some(Value::Object(variables)) => variables,
        Some(other) => return Err(wrong("context.variables", "an object", &other)),
    };
    let components = match inside.take("components") {
        None => Vec::new(),
        Some(Value::Array(components)) => components,
        Some(other) => return Err(wrong("context.components", "a list", &other)),
    };
    Ok(Some(JobContext {
        hash,
        variables,
        components,
    }))
}

fn seed(fields: &mut Fields, context: Option<&JobContext>) -> Result<Seed, JobError> {
    let of_context = context
        .map(|context| context.hash.as_str())
        .filter(|hash| !hash.is_empty());
    Ok(match fields.take("seed") {
        None => of_context.map(Seed::new).unwrap_or_default(),
        Some(Value::String(text)) => Seed::new(text),
        Some(Value::Number(number)) => Seed::new(number.to_string()),
        Some(other) => return Err(wrong("seed", "a number or text", &other)),
    })
}

fn time_limit(fields: &mut Fields) -> Result<Option<Duration>, JobError> {
    let Some(milliseconds) = fields.milliseconds("timeout")? else {
        return Ok(None);
    };
    let limit = Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or(Duration::MAX);
    if (SHORTEST_TIME_LIMIT..=LONGEST_TIME_LIMIT).contains(&limit) {
        return Ok(Some(limit));
    }
    Err(JobError::field(
        "timeout",
        format!(
            "it must be between {} ms and {} s",
            SHORTEST_TIME_LIMIT.as_millis(),
            LONGEST_TIME_LIMIT.as_secs()
        ),
    ))
}

/// Processor time; it is looked at twice a second, so that less than that means nothing.
fn most_cpu(fields: &mut Fields) -> Result<Option<Duration>, JobError> {
    let Some(milliseconds) = fields.milliseconds("maxCpu")? else {
        return Ok(None);
    };
    match Duration::try_from_secs_f64(milliseconds / 1000.0) {
        Ok(most) if most >= LEAST_CPU => Ok(Some(most)),
        _ => Err(JobError::field(
            "maxCpu",
            format!("it must be at least {} ms", LEAST_CPU.as_millis()),
        )),
    }
}

/// Bytes. An empty browser has some 100 MiB, and what has less could draw nothing.
fn most_memory(fields: &mut Fields) -> Result<Option<u64>, JobError> {
    let (least, most) = (to_number(LEAST_MEMORY), to_number(u64::MAX));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between two sizes"
    )]
    let bytes = fields
        .number("maxMemory", least, most)?
        .map(|bytes| bytes as u64);
    Ok(bytes)
}

fn can_be_transparent(output: Output) -> bool {
    match output {
        Output::Picture { format, .. } => !matches!(format, PictureFormat::Jpeg { .. }),
        Output::Film { format, .. } => format != FilmFormat::Mp4,
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^53")]
fn to_number(bytes: u64) -> f64 {
    bytes as f64
}
