//! Parts of a film in which nothing new is to be seen.

use std::path::Path;

use browser::Progress;

use crate::error::RenderError;
use crate::label::{PLAIN_FILES, file};
use crate::tool;

/// Seconds without anything new after which it becomes dull.
const PATIENCE: f64 = 1.0;

/// What is no change: the noise of the encoder, as a share of full scale.
const NOISE: f64 = 0.0005;

/// Beginnings and ends in seconds of the film, in order. A moment of each stays as it is, so that nothing seems to jump.
pub(super) async fn find(
    progress: &Progress,
    path: &Path,
) -> Result<Vec<(f64, Option<f64>)>, RenderError> {
    let mut arguments: Vec<std::ffi::OsString> = ["-v", "error", "-nostdin"].map(Into::into).into();
    arguments.extend(PLAIN_FILES.map(Into::into));
    arguments.extend(["-i".into(), file(path)]);
    let filter = format!("freezedetect=n={NOISE}:d={PATIENCE},metadata=mode=print:file=-");
    arguments.extend(["-an".into(), "-vf".into(), filter.into()]);
    arguments.extend(["-f", "null", "-"].map(Into::into));
    let doing = "looking for dull parts";
    let output = tool::run(progress, doing, "ffmpeg", arguments).await?;
    Ok(read(&String::from_utf8_lossy(&output.stdout)))
}

/// Reads what the filter notes: `lavfi.freezedetect.freeze_start=3.2`, and `…freeze_end=` unless the film ends before.
fn read(notes: &str) -> Vec<(f64, Option<f64>)> {
    let mut parts: Vec<(f64, Option<f64>)> = Vec::new();
    for line in notes.lines() {
        let Some((name, value)) = line.trim().split_once('=') else {
            continue;
        };
        let Ok(seconds) = value.parse::<f64>() else {
            continue;
        };
        if name.ends_with("freeze_start") {
            parts.push((seconds, None));
        } else if name.ends_with("freeze_end")
            && let Some(last) = parts.last_mut()
        {
            last.1 = Some(seconds);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_read_and_the_last_part_may_have_no_end() {
        let notes = "frame:60 pts:2 pts_time:2\nlavfi.freezedetect.freeze_start=1.5\n\
             frame:99\nlavfi.freezedetect.freeze_duration=2\nlavfi.freezedetect.freeze_end=3.5\nlavfi.freezedetect.freeze_start=9\nodd=x";
        assert_eq!(read(notes), [(1.5, Some(3.5)), (9.0, None)]);
    }
}
