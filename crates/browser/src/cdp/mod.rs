//! The Chrome DevTools Protocol behind the crate's `Page` API.

pub(crate) mod attach;
pub(crate) mod begin_frame;
pub(crate) mod browser;
pub(crate) mod cbor;
pub(crate) mod connection;
pub(crate) mod console;
pub(crate) mod context;
pub(crate) mod dialog;
pub(crate) mod download;
pub(crate) mod element;
pub(crate) mod emulation;
pub(crate) mod evaluate;
pub(crate) mod frame;
mod frame_events;
pub(crate) mod frame_tree;
pub(crate) mod head;
pub(crate) mod input;
pub(crate) mod message;
pub(crate) mod navigation;
pub(crate) mod network;
pub(crate) mod offline;
pub(crate) mod page;
pub(crate) mod page_events;
pub(crate) mod page_inner;
pub(crate) mod pipe;
#[expect(
    dead_code,
    clippy::upper_case_acronyms,
    reason = "generated: the fields of what is used, whether or not each field is, by the names that the protocol gives"
)]
pub(crate) mod protocol;
pub(crate) mod screencast;
pub(crate) mod screenshot;
pub(crate) mod session;
mod shape;
