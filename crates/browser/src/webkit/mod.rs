//! Stock WebKitGTK: MiniBrowser on a private screen, over its remote inspector's socket. One process per context.

mod bootstrap;
pub(crate) mod browser;
mod cast;
mod connection;
mod console;
mod context;
mod cookies;
mod files;
mod hands;
mod keys;
pub(crate) mod launch;
mod network;
mod page;
mod page_events;
mod picture;
mod processes;
mod scripts;
mod socket;
mod variant;
mod window;
mod wire;
