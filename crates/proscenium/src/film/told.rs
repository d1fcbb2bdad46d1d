//! What a person is told of a finished film: what the file says of itself, and what was seen while it was made.

use std::path::Path;
use std::time::Duration;

use video::Filmed;

/// A line for the film and one for each picture beside it.
pub(crate) fn lines(filmed: &Filmed) -> String {
    let mut text = format!(
        "{}  {} × {}, {} frames at {} a second, {:.2} s, {} at {:.2} Mbit/s, {:.1} MB",
        filmed.path.display(),
        filmed.width,
        filmed.height,
        filmed.frames,
        filmed.fps,
        filmed.duration_ms / 1000.0,
        filmed.codec,
        megabits(filmed.bitrate),
        megabits(filmed.bytes),
    );
    for extra in &filmed.extras {
        let (path, kind) = (extra.path.display(), extra.kind);
        text += &format!("\n{path}  {kind}, {} × {}", extra.width, extra.height);
    }
    text
}

/// What was filmed of a script that failed.
#[expect(
    clippy::print_stderr,
    reason = "standard output is for the result itself"
)]
pub(super) fn footage(path: &Path, duration: Duration) {
    let seconds = duration.as_secs_f64();
    eprintln!("filmed until then: {}  {seconds:.2} s", path.display());
}

/// What is probably not meant.
pub(crate) fn warnings(filmed: &Filmed) -> Vec<String> {
    let mut warnings: Vec<String> = filmed.warnings.iter().map(ToString::to_string).collect();
    let lost = filmed.capture.dropped + filmed.capture.late;
    if lost * 20 > filmed.capture.delivered {
        warnings.push(format!(
            "the machine was too slow: of {} pictures {} were dropped and {} came late; a smaller preset may help",
            filmed.capture.delivered, filmed.capture.dropped, filmed.capture.late
        ));
    }
    warnings
}

#[expect(clippy::cast_precision_loss, reason = "it is rounded for people")]
fn megabits(number: u64) -> f64 {
    number as f64 / 1e6
}
