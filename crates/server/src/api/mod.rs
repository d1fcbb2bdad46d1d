//! What goes over the wire: one file per resource, the same words as the documentation.

pub(crate) mod artifact;
pub(crate) mod auth;
pub(crate) mod error_record;
pub(crate) mod event;
pub(crate) mod film;
pub(crate) mod kept;
pub(crate) mod picture;
pub(crate) mod recording;
pub(crate) mod render;
pub(crate) mod run;
pub(crate) mod schedule;
pub(crate) mod session;
pub(crate) mod sound;
pub(crate) mod system;
pub(crate) mod visual;
