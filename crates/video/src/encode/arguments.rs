//! What ffmpeg is told. The same frames give the same bytes: no dates, no versions, and always as many threads, since
//! encoders divide their work by them.

use std::ffi::OsString;
use std::path::Path;

use crate::job::{FilmFormat, FrameRate, WebmCodec};

/// It asks for nothing and says only what went wrong.
const QUIET: [&str; 4] = ["-hide_banner", "-nostdin", "-loglevel", "error"];

/// PNGs come in as they are drawn. More threads than one only take turns in decoding them.
const PICTURES: [&str; 6] = ["-f", "image2pipe", "-threads", "1", "-c:v", "png"];

/// What the encoder is fed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feed {
    /// The pictures as they were drawn.
    Pictures,
    /// Their planes in the colours of television: nothing is left to convert.
    Planes,
}

impl Feed {
    /// Opaque MP4s of an even size take most of what is filmed, and ffmpeg needs longer than we to get at their pixels.
    pub(super) fn of(format: FilmFormat, (width, height): (u32, u32)) -> Self {
        match format {
            FilmFormat::Mp4 if width % 2 == 0 && height % 2 == 0 => Self::Planes,
            _ => Self::Pictures,
        }
    }
}

/// The command line for a film at `path` that the browser has encoded. It comes in as it is; how the browser turns RGB into the
/// colours of television is said beside it.
pub(super) fn coded(rate: FrameRate, path: &Path) -> Vec<OsString> {
    let rate = rate.to_string();
    // A copy has its times in whole microseconds otherwise: at sixty frames a second an hour would end 72 ms late.
    let times = format!("ts=round(N/({rate})/TB):duration=round(1/({rate})/TB)");
    let filters = format!("{COLOUR_NOTES},setts={times}");
    let mut arguments: Vec<&str> = QUIET.into();
    arguments.extend([
        "-f",
        "h264",
        "-framerate",
        &rate,
        "-i",
        "pipe:0",
        "-c",
        "copy",
    ]);
    arguments.extend(["-bsf:v", &filters, "-movflags", "+faststart", "-f", "mp4"]);
    arguments.extend(["-fflags", "+bitexact", "-y"]);
    let mut arguments: Vec<OsString> = arguments.into_iter().map(OsString::from).collect();
    arguments.push(path.into());
    arguments
}

/// The browser's encoder takes the matrix of BT.709 and all of the range, and does not say so: measured with plain colours.
const COLOUR_NOTES: &str = "h264_metadata=colour_primaries=1:transfer_characteristics=1:matrix_coefficients=1:video_full_range_flag=1";

/// Screens show RGB; films are kept in the colours of television, and say so.
const COLOURS: &str = "scale=out_color_matrix=bt709:out_range=tv";

const COLOUR_LABELS: [&str; 8] = [
    "-colorspace",
    "bt709",
    "-color_primaries",
    "bt709",
    "-color_trc",
    "bt709",
    "-color_range",
    "tv",
];

/// Colours are halved in both directions, so that an odd row or column gets a neighbour.
const EVEN: &str = "pad=ceil(iw/2)*2:ceil(ih/2)*2";

/// Each frame has colours of its own, so that nothing has to be kept until the last one.
const PALETTES: &str = "split[whole][again];[whole]palettegen=stats_mode=single[palette];[again][palette]paletteuse=new=1";

/// The command line for a film at `path`.
pub(super) fn arguments(
    format: FilmFormat,
    rate: FrameRate,
    (is_transparent, (width, height)): (bool, (u32, u32)),
    path: &Path,
) -> Vec<OsString> {
    let rate = rate.to_string();
    let mut arguments: Vec<String> = QUIET.map(str::to_owned).into();
    let feed = Feed::of(format, (width, height));
    match feed {
        Feed::Pictures => arguments.extend(PICTURES.map(str::to_owned)),
        Feed::Planes => {
            let size = format!("{width}x{height}");
            let planes = [
                "-f",
                "rawvideo",
                "-pixel_format",
                "yuv420p",
                "-video_size",
                &size,
            ];
            arguments.extend(planes.map(str::to_owned));
        }
    }
    arguments.extend(["-framerate", &rate, "-i", "pipe:0", "-an"].map(str::to_owned));
    let pixels = if is_transparent {
        "yuva420p"
    } else {
        "yuv420p"
    };
    let filter = match format {
        FilmFormat::Gif => PALETTES.to_owned(),
        FilmFormat::Mp4 => format!("{EVEN},{COLOURS},format=yuv420p"),
        FilmFormat::Webm(_) | FilmFormat::PngSequence => format!("{COLOURS},format={pixels}"),
    };
    if feed == Feed::Pictures {
        arguments.extend(["-filter_complex".to_owned(), filter]);
    }
    let coding: &[&str] = match format {
        FilmFormat::Mp4 => &[
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "18",
            "-profile:v",
            "high",
            "-threads",
            "4",
            "-movflags",
            "+faststart",
            "-f",
            "mp4",
        ],
        // Of the encoders of AV1 it is the one that takes pictures of any size. It divides by rows and not by tiles, so that
        // the bytes do not even depend on the number of threads.
        FilmFormat::Webm(WebmCodec::Av1) => &[
            "-c:v",
            "libaom-av1",
            "-b:v",
            "0",
            "-crf",
            "30",
            "-usage",
            "good",
            "-cpu-used",
            "6",
            "-threads",
            "4",
            "-row-mt",
            "1",
            "-f",
            "webm",
        ],
        // A hidden reference frame cannot be transparent.
        FilmFormat::Webm(WebmCodec::Vp9) | FilmFormat::PngSequence => &[
            "-c:v",
            "libvpx-vp9",
            "-b:v",
            "0",
            "-crf",
            "28",
            "-deadline",
            "good",
            "-cpu-used",
            "5",
            "-threads",
            "2",
            "-row-mt",
            "0",
            "-tile-columns",
            "1",
            "-auto-alt-ref",
            "0",
            "-f",
            "webm",
        ],
        FilmFormat::Gif => &["-loop", "0", "-f", "gif"],
    };
    arguments.extend(coding.iter().map(|&word| word.to_owned()));
    if format != FilmFormat::Gif {
        arguments.extend(COLOUR_LABELS.map(str::to_owned));
    }
    arguments.extend(["-fflags", "+bitexact", "-flags:v", "+bitexact", "-y"].map(str::to_owned));
    let mut arguments: Vec<OsString> = arguments.into_iter().map(OsString::from).collect();
    arguments.push(path.into());
    arguments
}
