//! Files given as arguments.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use recording::{Format, Limits, ParseError, Recording};

/// The bytes of a file; `-` is standard input. Reads no more than a recording may have.
pub(crate) fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    read_at_most(file, Limits::default().bytes)
}

/// The bytes of a file; `-` is standard input.
pub(crate) fn read_at_most(file: &Path, most: usize) -> anyhow::Result<Vec<u8>> {
    // One byte more than allowed, so that the reader sees and says that it is too much.
    let most = most as u64 + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(most)
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    } else {
        let opened =
            std::fs::File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
        opened
            .take(most)
            .read_to_end(&mut bytes)
            .with_context(|| format!("cannot read {}", file.display()))?;
    }
    Ok(bytes)
}

/// The recording in a file.
pub(crate) fn recording(file: &Path) -> anyhow::Result<Recording> {
    let bytes = read(file)?;
    Recording::parse(bytes, Format::Auto)
        .map_err(|error| refused(file, "is not a recording", &error))
}

/// Why a file was not taken, a problem a line.
pub(crate) fn refused(file: &Path, what: &str, error: &ParseError) -> anyhow::Error {
    let lines: Vec<String> = error
        .problems
        .iter()
        .map(|problem| format!("\n  {problem}"))
        .collect();
    anyhow::anyhow!("{} {what}:{}", file.display(), lines.concat())
}
