//! Firefox, over WebDriver BiDi on its own WebSocket; no driver program in between.

pub(crate) mod actions;
mod aim;
pub(crate) mod browser;
mod cast;
mod connection;
mod context;
mod downloads;
mod events;
mod hands;
mod install;
mod network;
mod page;
mod prefs;
mod process;
mod screenshot;
mod seat;
mod standing;
mod target;
mod value;
