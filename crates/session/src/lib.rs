//! A session: a context, its pages and tabs, its taps, who watches and who holds the controls, under one cheap handle.

pub mod protocol;
pub mod wire;
