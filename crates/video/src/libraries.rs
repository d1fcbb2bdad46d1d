//! p5, as npm installed it when the product was built.

use crate::error::RenderError;
use crate::job::P5Version;

const ONE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/p5-1.js"));
const TWO: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/p5-2.js"));

const LICENCE: &str = include_str!(concat!(env!("OUT_DIR"), "/p5-license.txt"));

/// The text of the licence that p5 is shipped under, LGPL 2.1; empty when the product was built without p5.
#[must_use]
pub fn p5_licence() -> &'static str {
    LICENCE
}

/// The minified library, unchanged.
///
/// # Errors
/// `NoLibrary` when the product was built without it.
pub(crate) fn p5(version: P5Version) -> Result<&'static [u8], RenderError> {
    let (library, name) = match version {
        P5Version::One => (ONE, "p5 1"),
        P5Version::Two => (TWO, "p5 2"),
    };
    if library.is_empty() {
        return Err(RenderError::NoLibrary(name));
    }
    Ok(library)
}
