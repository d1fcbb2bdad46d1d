//! Pictures made of the finished film: a poster, a sheet of small pictures, a few seconds as GIF.

use std::ffi::OsString;
use std::path::Path;

use browser::Progress;

use crate::draft::DraftFile;
use crate::error::RenderError;
use crate::film::filmed::Extra;
use crate::film::order::Extras;
use crate::label::Label;
use crate::made;
use crate::tool;

/// The share of the film after which the poster is taken.
const POSTER_AT: f64 = 0.25;

/// Pictures in a row of a sprite, and rows.
const GRID: (u32, u32) = (5, 4);
/// Pixels.
const SPRITE_WIDTH: u32 = 240;

/// Of a GIF: seconds at most, frames a second, pixels.
const TEASER: (f64, u32, u32) = (6.0, 12, 480);

pub(crate) async fn make(
    progress: &Progress,
    film: &Path,
    label: &Label,
    extras: &Extras,
) -> Result<Vec<Extra>, RenderError> {
    let mut made = Vec::new();
    let quarter = label.duration * POSTER_AT;
    if let Some(path) = &extras.poster {
        let options = picture_of("", &["-frames:v", "1"]);
        made.push(one(progress, film, quarter, options, ("poster", path)).await?);
    }
    if let Some(path) = &extras.sprite {
        let count = f64::from(GRID.0 * GRID.1);
        let filter = format!(
            "fps={:.6}:round=down,scale={SPRITE_WIDTH}:-2,tile={}x{}",
            count / label.duration.max(0.001),
            GRID.0,
            GRID.1
        );
        let options = picture_of(&filter, &["-frames:v", "1"]);
        let mut sprite = one(progress, film, 0.0, options, ("sprite", path)).await?;
        sprite.grid = Some((GRID.0, GRID.1, label.duration * 1000.0 / count));
        made.push(sprite);
    }
    if let Some(path) = &extras.teaser {
        let (seconds, rate, width) = TEASER;
        let length = seconds.min(label.duration).to_string();
        // One palette for all of it: colours do not flicker. Six small seconds are few frames to keep.
        let filter = format!(
            "fps={rate},scale={width}:-2:flags=lanczos,split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4"
        );
        let begin = quarter.min((label.duration - seconds).max(0.0));
        let options = picture_of(&filter, &["-t", &length, "-loop", "0", "-f", "gif"]);
        made.push(one(progress, film, begin, options, ("teaser", path)).await?);
    }
    Ok(made)
}

fn picture_of(filter: &str, rest: &[&str]) -> Vec<OsString> {
    let mut options: Vec<OsString> = Vec::new();
    if !filter.is_empty() {
        options.extend(["-filter_complex".into(), filter.into()]);
    }
    options.extend(rest.iter().map(OsString::from));
    options
}

async fn one(
    progress: &Progress,
    film: &Path,
    from: f64,
    options: Vec<OsString>,
    (kind, path): (&'static str, &Path),
) -> Result<Extra, RenderError> {
    let draft = DraftFile::beside(path)?;
    let mut arguments: Vec<OsString> = ["-v", "error", "-nostdin", "-ss"].map(Into::into).into();
    arguments.push(format!("{from:.6}").into());
    arguments.push("-i".into());
    arguments.push(film.into());
    arguments.extend(options);
    if kind != "teaser" {
        let is_png = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
        let coding: &[&str] = if is_png {
            &["-c:v", "png", "-f", "image2pipe"]
        } else {
            &["-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe"]
        };
        arguments.extend(coding.iter().map(OsString::from));
    }
    arguments.push("-y".into());
    arguments.push(draft.path().into());
    tool::run(progress, "making pictures of the film", "ffmpeg", arguments).await?;
    let bytes = std::fs::read(draft.path())
        .map_err(|source| RenderError::file("reading", draft.path(), source))?;
    let (width, height) = made::size(&bytes).or_else(|error| gif_size(&bytes).ok_or(error))?;
    draft.publish()?;
    Ok(Extra {
        kind,
        path: path.to_owned(),
        width,
        height,
        bytes: bytes.len() as u64,
        grid: None,
    })
}

/// A GIF's size stands behind its name.
fn gif_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| {
        Some(u32::from(u16::from_le_bytes(
            bytes.get(at..at + 2)?.try_into().ok()?,
        )))
    };
    if bytes.starts_with(b"GIF8") {
        Some((side(6)?, side(8)?))
    } else {
        None
    }
}
