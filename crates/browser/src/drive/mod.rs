//! The middle that engines without the DevTools protocol share: what a page is, what one can wait for, how input is
//! put together. An engine tells it what happens ([`core::Core`]) and does what it asks ([`driver::PageDriver`]).

pub(crate) mod context;
pub(crate) mod core;
pub(crate) mod driver;
pub(crate) mod element;
pub(crate) mod frame;
pub(crate) mod frames;
pub(crate) mod input;
pub(crate) mod navigation;
pub(crate) mod page;
pub(crate) mod screencast;
