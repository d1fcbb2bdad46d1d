//! What is to be rendered: a job as programs write it, checked once at the edge.

mod content;
mod fields;
mod limits;
mod parse;
mod rate;
mod seed;

use std::net::SocketAddr;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value};

pub use fields::JobError;
pub use limits::{
    LARGEST_JOB, LARGEST_PICTURE, LARGEST_SIDE, LEAST_MEMORY, LONGEST_TIME_LIMIT, MOST_FRAMES,
    MOST_OUTPUT, MOST_PAGES, SHORTEST_TIME_LIMIT, USUAL_TIME_LIMIT,
};
pub use rate::FrameRate;
pub use seed::Seed;

/// A checked job.
#[derive(Debug, Clone, PartialEq)]
pub struct RenderJob {
    /// The code.
    pub source: Source,
    /// What the page is laid out for.
    pub screen: Screen,
    /// What is made.
    pub output: Output,
    /// Whether the page itself is written too.
    pub page: PageOutput,
    /// What chance draws from.
    pub seed: Seed,
    /// What the code finds as `context`.
    pub context: Option<JobContext>,
    /// Whether what the page does not paint is transparent instead of white.
    pub transparent: bool,
    /// Whether a film of a page that is one canvas may come from the browser's own encoder: faster, and not the same bytes
    /// each time.
    pub is_fast: bool,
    /// Whether the page's time is the machine's: no frame is drawn on command, and another time it may look different.
    pub is_real_time: bool,
    /// How many pages draw a film at once, 1 to [`MOST_PAGES`]; the film is the same whatever their number.
    pub parallel: u32,
    /// How long all of it may take.
    pub time_limit: Duration,
    /// The most bytes that the output may have.
    pub most_bytes: u64,
    /// The most processor time that its browsers may take, all together; the renderer's own limit counts besides.
    pub most_cpu: Option<Duration>,
    /// The most bytes of memory that its browsers may take, all together; the renderer's own limit counts besides.
    pub most_memory: Option<u64>,
    /// The proxy that a page is fetched through by its address. No job says it: whoever has it rendered does. Without one the
    /// page reaches what this machine can reach.
    pub door: Option<SocketAddr>,
    /// What else the job said (where it is to be kept, under which name), untouched.
    pub extra: Map<String, Value>,
}

/// The code of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A sketch for p5.
    Sketch {
        /// JavaScript.
        code: String,
        /// For which p5 it was written.
        version: P5Version,
    },
    /// A script, with markup and styles around it where it needs them.
    Script {
        /// The inside of the body, or a whole document.
        html: String,
        /// Styles.
        css: String,
        /// JavaScript.
        javascript: String,
    },
    /// A page of the web.
    Address {
        /// With `http` or `https`.
        url: String,
        /// How much of it is shown.
        extent: Extent,
    },
}

/// How much of a page a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// What fits on the screen.
    #[default]
    Screen,
    /// All of it.
    Page,
}

/// Which p5 draws a sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum P5Version {
    /// 1.x.
    #[default]
    #[serde(rename = "1")]
    One,
    /// 2.x.
    #[serde(rename = "2")]
    Two,
}

/// What the page is laid out for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Pixels of the output per CSS pixel.
    pub scale: f64,
}

impl Screen {
    /// Width and height of a picture, in pixels.
    pub fn pixels(&self) -> (u32, u32) {
        let side = |length: u32| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a side is at most 8192 and a scale at most 4"
            )]
            let pixels = (f64::from(length) * self.scale).round() as u32;
            pixels
        };
        (side(self.width), side(self.height))
    }
}

/// What is made of the frames.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Output {
    /// One frame.
    Picture {
        /// The encoding.
        format: PictureFormat,
        /// Which frame; 0 is the first.
        frame: u32,
        /// How many frames are in a second until there.
        rate: FrameRate,
    },
    /// All of them.
    Film {
        /// The encoding.
        format: FilmFormat,
        /// How many.
        frames: u32,
        /// How many are shown in a second.
        rate: FrameRate,
    },
}

/// Whether the page itself is an output: one file that opens without a network and shows the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PageOutput {
    /// It is not written.
    #[default]
    None,
    /// It is the output; its picture is drawn to find out whether it works, and not kept.
    Only,
    /// It stands beside the picture, under the same name with the ending `html`.
    Beside,
}

/// The type of a page.
const PAGE_TYPE: &str = "text/html; charset=utf-8";

impl RenderJob {
    /// "image/png" and so on, of the output.
    pub fn media_type(&self) -> &'static str {
        match self.page {
            PageOutput::Only => PAGE_TYPE,
            _ => self.output.media_type(),
        }
    }
}

impl Output {
    /// How many frames are drawn for it.
    pub fn frames(&self) -> u32 {
        match self {
            Self::Picture { frame, .. } => frame + 1,
            Self::Film { frames, .. } => *frames,
        }
    }

    /// How many frames are in a second.
    pub fn rate(&self) -> FrameRate {
        match self {
            Self::Picture { rate, .. } | Self::Film { rate, .. } => *rate,
        }
    }

    /// "image/png" and so on; a folder of pictures has the type of its pictures.
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Picture { format, .. } => match format {
                PictureFormat::Png => "image/png",
                PictureFormat::Jpeg { .. } => "image/jpeg",
                PictureFormat::Webp { .. } => "image/webp",
            },
            Self::Film { format, .. } => match format {
                FilmFormat::Mp4 => "video/mp4",
                FilmFormat::Webm(_) => "video/webm",
                FilmFormat::Gif => "image/gif",
                FilmFormat::PngSequence => "image/png",
            },
        }
    }
}

/// How a picture is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Exact.
    Png,
    /// Small, without transparency.
    Jpeg {
        /// 1 to 100.
        quality: u8,
    },
    /// Smallest.
    Webp {
        /// 1 to 100.
        quality: u8,
    },
}

/// How a film is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilmFormat {
    /// H.264 in MP4, the head in front so that it plays while it loads.
    Mp4,
    /// WebM.
    Webm(WebmCodec),
    /// An animated GIF without end.
    Gif,
    /// A folder of numbered PNGs.
    PngSequence,
}

/// How the pictures of a WebM are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WebmCodec {
    /// With transparency when asked for.
    #[default]
    Vp9,
    /// Smaller, slower to make, never transparent.
    Av1,
}

/// What the code finds as `context`.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct JobContext {
    /// Names the piece; the seed, when there is no other.
    pub hash: String,
    /// Values by their names.
    pub variables: Map<String, Value>,
    /// Parts, as the caller describes them.
    pub components: Vec<Value>,
}
