//! What is left of a page when something went wrong: picture, DOM, console, failed requests, where it was.

use std::time::{Duration, SystemTime};

use browser::{BrowserError, Page, Progress, ScreenshotOptions};
use bytes::Bytes;
use serde::Serialize;

use crate::console::ConsoleEntry;
use crate::network::NetworkFailure;
use crate::stamp;
use crate::taps::PageTaps;

/// How long one part may take: a page that hangs must not keep the rest from being kept.
const PART_LIMIT: Duration = Duration::from_secs(10);
/// Most bytes of DOM kept.
const DOM_LIMIT: usize = 20 * 1024 * 1024;

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

impl Evidence {
    /// Gathers everything about `page` that can be had now. Never fails: what is missing is in `problems`.
    pub async fn gather(progress: &Progress, page: &Page, taps: &PageTaps) -> Self {
        let (png, dom, title) = tokio::join!(
            full_page(progress, page),
            async {
                page.main_frame()
                    .call::<String>(&progress.within(PART_LIMIT), "dump", &())
                    .await
            },
            async { page.title(&progress.within(PART_LIMIT)).await },
        );
        let mut problems = Vec::new();
        let mut note = |part: &'static str, error: BrowserError| {
            problems.push(EvidenceProblem {
                part,
                reason: error.to_string(),
            });
        };
        let png_full_page = png.map_err(|error| note("screenshot", error)).ok();
        let mut dom = dom.map_err(|error| note("dom", error)).ok();
        let title = title.map_err(|error| note("title", error)).ok();
        if let Some(dom) = dom.as_mut().filter(|dom| dom.len() > DOM_LIMIT) {
            let end = (0..=DOM_LIMIT)
                .rev()
                .find(|at| dom.is_char_boundary(*at))
                .unwrap_or(0);
            dom.truncate(end);
            problems.push(EvidenceProblem {
                part: "dom",
                reason: format!("cut after {DOM_LIMIT} bytes"),
            });
        }
        Self {
            png_full_page,
            dom,
            console: taps.console(),
            network_failures: taps.network_failures(),
            url: page.url(),
            title,
            taken_at: SystemTime::now(),
            problems,
        }
    }
}

/// The whole page, or at least what is in view when the whole is too much for the browser.
async fn full_page(progress: &Progress, page: &Page) -> Result<Bytes, BrowserError> {
    let whole = ScreenshotOptions {
        full_page: true,
        ..ScreenshotOptions::default()
    };
    match page.screenshot(&progress.within(PART_LIMIT), whole).await {
        Err(BrowserError::Protocol { .. }) => {
            page.screenshot(&progress.within(PART_LIMIT), ScreenshotOptions::default())
                .await
        }
        taken => taken,
    }
}
