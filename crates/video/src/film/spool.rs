//! Pictures on their way from the camera to the cutter: in a file without a name, so that an encoder that falls behind costs
//! neither memory nor pictures.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that may wait: more than ten minutes of 4K have.
const MOST: u64 = 8 << 30;

/// The end that writes.
pub(crate) struct Spool {
    file: Arc<File>,
    end: u64,
    waiting: Arc<AtomicU64>,
}

/// The end that reads.
pub(crate) struct Reel {
    file: Arc<File>,
    waiting: Arc<AtomicU64>,
}

/// Where a picture is. It is given back by [`Reel::read`] or [`Reel::skip`].
#[derive(Debug)]
pub(crate) struct Spot {
    offset: u64,
    length: usize,
}

/// Both ends of a new one, in this folder: the folder of memory files could fill the memory.
pub(crate) fn spool(folder: &Path) -> io::Result<(Spool, Reel)> {
    let file = Arc::new(tempfile::tempfile_in(folder)?);
    let waiting = Arc::new(AtomicU64::new(0));
    let reel = Reel {
        file: Arc::clone(&file),
        waiting: Arc::clone(&waiting),
    };
    Ok((
        Spool {
            file,
            end: 0,
            waiting,
        },
        reel,
    ))
}

impl Spool {
    pub(crate) fn append(&mut self, picture: &[u8]) -> io::Result<Spot> {
        // When everything was read, its place can be used again.
        if self.waiting.load(Ordering::Acquire) == 0 {
            self.end = 0;
        }
        if self.end + picture.len() as u64 > MOST {
            return Err(io::Error::new(
                io::ErrorKind::StorageFull,
                "more than 8 GiB of pictures wait for the encoder",
            ));
        }
        self.file.write_all_at(picture, self.end)?;
        self.waiting.fetch_add(1, Ordering::AcqRel);
        let spot = Spot {
            offset: self.end,
            length: picture.len(),
        };
        self.end += picture.len() as u64;
        Ok(spot)
    }

    /// Pictures that have not been given back.
    pub(crate) fn waiting(&self) -> u64 {
        self.waiting.load(Ordering::Acquire)
    }
}

impl Reel {
    /// Reads a picture; its place may be used again afterwards.
    pub(crate) fn read(&self, spot: &Spot) -> io::Result<Vec<u8>> {
        let mut picture = vec![0; spot.length];
        self.file.read_exact_at(&mut picture, spot.offset)?;
        Ok(picture)
    }

    /// A picture is no longer needed.
    pub(crate) fn skip(&self) {
        self.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_come_out_as_they_went_in_and_their_place_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let (mut spool, reel) = spool(folder.path()).unwrap();
        let first = spool.append(b"one").unwrap();
        let second = spool.append(b"three").unwrap();
        assert_eq!(reel.read(&second).unwrap(), b"three");
        assert_eq!(reel.read(&first).unwrap(), b"one");
        reel.skip();
        assert_eq!(spool.append(b"x").unwrap().offset, 8);
        reel.skip();
        reel.skip();
        assert_eq!(spool.append(b"y").unwrap().offset, 0);
    }
}
