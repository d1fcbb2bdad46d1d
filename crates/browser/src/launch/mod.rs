//! Finding a browser, starting it, and leaving nothing behind when it ends.

pub(crate) mod find;
pub(crate) mod flags;
pub(crate) mod process;
pub(crate) mod profile;
mod spawner;
