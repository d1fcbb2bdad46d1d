//! What was written, as the file itself tells it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::error::RenderError;

/// What was written.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) frames: u32,
    /// Seconds; nothing for a picture.
    pub(crate) duration: Option<f64>,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

impl Made {
    pub(crate) fn of_picture(bytes: &[u8]) -> Result<Self, RenderError> {
        let (width, height) = size(bytes)?;
        Ok(Self {
            width,
            height,
            frames: 1,
            duration: None,
            bytes: bytes.len() as u64,
            sha256: HEXLOWER.encode(&Sha256::digest(bytes)),
        })
    }
}

/// Width and height of an encoded picture.
pub(crate) fn size(bytes: &[u8]) -> Result<(u32, u32), RenderError> {
    let reader = image::ImageReader::new(io::Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| RenderError::Picture(error.into()))?;
    reader.into_dimensions().map_err(RenderError::Picture)
}

/// Size and hash of a file.
pub(crate) fn weigh(path: &Path) -> Result<(u64, String), RenderError> {
    let refused = |source| RenderError::file("reading", path, source);
    let mut file = File::open(path).map_err(refused)?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut part = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut part).map_err(refused)?;
        if read == 0 {
            return Ok((bytes, HEXLOWER.encode(&hash.finalize())));
        }
        bytes += read as u64;
        hash.update(&part[..read]);
    }
}
