//! The network door, through real loopback connections.

mod client;
mod lifetime;
mod names;
mod origin;
mod refusals;
mod traffic;
