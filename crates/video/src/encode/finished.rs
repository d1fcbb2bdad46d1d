//! What came out of an encoder, as its file tells it.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek};
use std::path::Path;

use browser::Progress;
use mp4_atom::{Atom as _, FourCC, Header, Moov, ReadAtom as _, ReadFrom as _, StszSamples, Trak};

use crate::error::RenderError;
use crate::job::FilmFormat;
use crate::label;

/// What a track of pictures is called in an MP4 (ISO/IEC 14496-12, 12.1).
const PICTURES: FourCC = FourCC::new(b"vide");

/// A film's own words.
#[derive(Debug, PartialEq)]
pub(super) struct Finished {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) frames: u32,
    /// Seconds.
    pub(super) duration: f64,
}

/// Reads a film's head and counts its frames; nothing is decoded. An MP4 is read here: starting a program that can do so
/// takes longer than many a picture.
pub(super) async fn look(
    progress: &Progress,
    path: &Path,
    format: FilmFormat,
) -> Result<Finished, RenderError> {
    if format != FilmFormat::Mp4 {
        let label = label::read(progress, path).await?;
        return Ok(Finished {
            width: label.width,
            height: label.height,
            frames: label.frames,
            duration: label.duration,
        });
    }
    let file = path.to_owned();
    let read = tokio::task::spawn_blocking(move || of_mp4(&file)).await;
    // The task is aborted by nobody.
    read.unwrap_or_else(|task| Err(RenderError::WrongOutput(task.to_string())))
}

fn of_mp4(path: &Path) -> Result<Finished, RenderError> {
    let refused = |source| RenderError::file("reading", path, source);
    let mut file = BufReader::new(File::open(path).map_err(refused)?);
    let moov = head(&mut file).map_err(|error| match error {
        mp4_atom::Error::Io(source) if source.kind() != ErrorKind::UnexpectedEof => refused(source),
        broken => RenderError::WrongOutput(broken.to_string()),
    })?;
    let is_film = |trak: &&Trak| trak.mdia.hdlr.handler == PICTURES;
    let film = moov.trak.iter().find(is_film);
    let film = film.ok_or_else(|| RenderError::WrongOutput("it has no pictures".to_owned()))?;
    let times = &film.mdia.mdhd;
    Ok(Finished {
        width: film.tkhd.width.integer().into(),
        height: film.tkhd.height.integer().into(),
        frames: match &film.mdia.minf.stbl.stsz.samples {
            StszSamples::Identical { count, .. } => *count,
            StszSamples::Different { sizes } => u32::try_from(sizes.len()).unwrap_or(u32::MAX),
        },
        duration: times.duration as f64 / f64::from(times.timescale.max(1)),
    })
}

/// What stands in front of the pictures.
fn head(file: &mut (impl Read + Seek)) -> mp4_atom::Result<Moov> {
    loop {
        let next = Header::read_from(file)?;
        if next.kind == Moov::KIND {
            return Moov::read_atom(&next, file);
        }
        let size = next.size.and_then(|size| i64::try_from(size).ok());
        let size = size.ok_or(mp4_atom::Error::MissingBox(Moov::KIND))?;
        file.seek_relative(size)?;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::Command;
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    /// Twelve frames of 32 × 16 pixels, 30000/1001 a second.
    static FILM: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        let source = "testsrc=size=32x16:rate=30000/1001";
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "lavfi", "-i", source])
            .args(["-frames:v", "12", "-movflags", "+faststart"])
            .arg(&path)
            .status();
        assert!(made.unwrap().success());
        std::fs::read(path).unwrap()
    });

    fn read(film: &[u8]) -> Result<Finished, RenderError> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(film).unwrap();
        of_mp4(file.path())
    }

    #[test]
    fn a_film_tells_its_size_frames_and_duration() {
        let found = read(&FILM).unwrap();
        assert_eq!((found.width, found.height, found.frames), (32, 16, 12));
        assert!((found.duration - 0.4004).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_film_that_was_cut_off_is_none() {
        for length in [0, 7, 40, 200, 600] {
            let cut = read(&FILM[..length]);
            assert!(
                matches!(cut, Err(RenderError::WrongOutput(_))),
                "{length}: {cut:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_broken_film_is_read_or_refused(
            bytes in prop::collection::vec((0usize..1500, any::<u8>()), 1..8),
        ) {
            let mut film = FILM.clone();
            for (at, byte) in bytes {
                let at = at % film.len();
                film[at] = byte;
            }
            let found = read(&film);
            prop_assert!(
                matches!(found, Ok(_) | Err(RenderError::WrongOutput(_))),
                "{found:?}"
            );
        }
    }
}
