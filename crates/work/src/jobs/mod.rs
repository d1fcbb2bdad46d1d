//! The kinds of job, one file each.

pub(crate) mod film;
pub(crate) mod render;
pub(crate) mod run;
mod told;
