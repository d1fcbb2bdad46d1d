//! Puts p5 where the crate embeds it from. npm has installed it (`cargo xtask setup`); without it the crate is built all the
//! same, and says what is missing when a sketch is rendered.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for package in ["p5-1", "p5-2"] {
        let library = root.join(format!("../../node_modules/{package}/lib/p5.min.js"));
        embed(&library, &out.join(format!("{package}.js")))?;
    }
    // Both are under the same licence; who gets the program gets its text.
    let licence = root.join("../../node_modules/p5-1/license.txt");
    embed(&licence, &out.join("p5-license.txt"))?;
    Ok(())
}

fn embed(library: &Path, copy: &Path) -> io::Result<()> {
    let shown = library.display();
    println!("cargo::rerun-if-changed={shown}");
    if library.is_file() {
        fs::copy(library, copy)?;
        return Ok(());
    }
    println!("cargo::warning={shown} is missing: run `cargo xtask setup`");
    fs::write(copy, "")
}
