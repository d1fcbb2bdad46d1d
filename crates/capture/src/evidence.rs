//! What is left of a page when something went wrong: picture, DOM, console, failed requests, where it was.

use std::time::SystemTime;

use bytes::Bytes;
use serde::Serialize;

use crate::console::ConsoleEntry;
use crate::network::NetworkFailure;
use crate::stamp;

/// Everything known of a page at one moment. Each part stands alone: one that could not be had is in `problems`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The whole page, also what is outside the viewport, as PNG.
    #[serde(skip)]
    pub png_full_page: Option<Bytes>,
    /// The DOM as HTML, open shadow roots as declarative templates.
    #[serde(skip)]
    pub dom: Option<String>,
    /// Console messages and exceptions, oldest first.
    pub console: Vec<ConsoleEntry>,
    /// Failed requests, oldest first.
    pub network_failures: Vec<NetworkFailure>,
    /// Address of the page.
    pub url: String,
    /// Title of the page.
    pub title: Option<String>,
    /// When it was gathered.
    #[serde(with = "stamp")]
    pub taken_at: SystemTime,
    /// Parts that could not be had, and why.
    pub problems: Vec<EvidenceProblem>,
}

/// A part of the evidence that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceProblem {
    /// `screenshot`, `dom` or `title`.
    pub part: &'static str,
    /// Why, as a sentence.
    pub reason: String,
}
