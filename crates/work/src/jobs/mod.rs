//! The kinds of job, one file each.

pub(crate) mod run;
