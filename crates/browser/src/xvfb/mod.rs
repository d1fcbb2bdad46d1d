//! A private screen: an X server that draws into memory, for browsers that cannot run without a window.

pub(crate) mod capture;
pub(crate) mod display;
pub(crate) mod focus;
