//! p5, as npm installed it when the product was built.

use std::sync::LazyLock;

use browser::{Compiled, OfflineFile};

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

/// The same as a file of a page, put together once.
///
/// # Errors
/// `NoLibrary`, as above.
pub(crate) fn p5_file(version: P5Version) -> Result<OfflineFile, RenderError> {
    static FILES: [LazyLock<OfflineFile>; 2] =
        [LazyLock::new(|| script(ONE)), LazyLock::new(|| script(TWO))];
    p5(version)?;
    let [one, two] = &FILES;
    let file: &OfflineFile = match version {
        P5Version::One => one,
        P5Version::Two => two,
    };
    Ok(file.clone())
}

/// The libraries as one browser has compiled them for the pages that it opened first.
#[derive(Debug, Default)]
pub(crate) struct CompiledLibraries {
    one: Compiled,
    two: Compiled,
}

impl CompiledLibraries {
    pub(crate) fn of(&self, version: P5Version) -> &Compiled {
        match version {
            P5Version::One => &self.one,
            P5Version::Two => &self.two,
        }
    }
}

/// A script as a page finds it.
pub(crate) fn script(code: &[u8]) -> OfflineFile {
    OfflineFile::new("text/javascript; charset=utf-8", code)
}
