//! The Chrome DevTools Protocol generator.

use anyhow::{Result, bail};

pub(crate) fn run() -> Result<()> {
    bail!("the protocol description is not in the tree yet")
}
