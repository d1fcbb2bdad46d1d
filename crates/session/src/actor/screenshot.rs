//! Screenshots of a live page.
//!
//! Chromium makes a page as large as its document to take a picture of all of it, and meanwhile the page believes for a
//! moment that it is one pixel high: a click would meet nothing. So the picture waits for the input before it, and the
//! input after it for the picture.

use std::time::Duration;

use browser::{Engine, Page, ScreenshotOptions};
use bytes::Bytes;
use tokio::sync::oneshot;

use super::{Actor, Internal};
use crate::error::{Result, SessionError};
use crate::events::SessionEventKind;
use crate::protocol::Notice;

/// How long a picture may take.
const LIMIT: Duration = Duration::from_secs(30);

/// Whoever asked for a picture, unless it was a viewer, who is told with all others.
type Reply = Option<oneshot::Sender<Result<Bytes>>>;

/// Pictures of the whole page on an engine that lets the page notice.
#[derive(Default)]
pub(super) struct WholePictures {
    /// They begin when the input before them is handled.
    due: Vec<Reply>,
    /// How many are being taken.
    taking: usize,
}

impl WholePictures {
    /// Whether input has to wait.
    pub(super) fn hold_input(&self) -> bool {
        self.taking > 0 || !self.due.is_empty()
    }
}

impl Actor {
    pub(super) fn take_screenshot(&mut self, full_page: bool, reply: Reply) {
        let Some(page) = self.active_page() else {
            return refuse(reply);
        };
        if full_page && page.engine() == Engine::Chromium {
            self.whole_pictures.due.push(reply);
            return self.take_whole_pictures();
        }
        self.take(&page, full_page, reply);
    }

    /// Begins the pictures of the whole page that are due, once all input is handled.
    pub(super) fn take_whole_pictures(&mut self) {
        if self.unhandled_inputs > 0 {
            return;
        }
        for reply in std::mem::take(&mut self.whole_pictures.due) {
            match self.active_page() {
                Some(page) => {
                    self.whole_pictures.taking += 1;
                    self.take(&page, true, reply);
                }
                None => refuse(reply),
            }
        }
        // The page may have gone with the last of them.
        if !self.holds_input() {
            self.write_held();
        }
    }

    pub(super) fn on_whole_picture_taken(&mut self) {
        self.whole_pictures.taking = self.whole_pictures.taking.saturating_sub(1);
        if !self.holds_input() {
            self.write_held();
        }
    }

    fn take(&self, page: &Page, full_page: bool, reply: Reply) {
        let url = page.url();
        let (page, internal, progress) =
            (page.clone(), self.internal.clone(), self.progress(LIMIT));
        let is_whole = full_page && page.engine() == Engine::Chromium;
        self.spawn(async move {
            let options = ScreenshotOptions {
                full_page,
                ..ScreenshotOptions::default()
            };
            let taken = page.screenshot(&progress, options).await;
            if is_whole {
                let _ = internal.send(Internal::WholePictureTaken).await;
            }
            let notice = match &taken {
                Ok(png) => {
                    let kind = SessionEventKind::Screenshot {
                        png: png.clone(),
                        full_page,
                        url,
                    };
                    let _ = internal.send(Internal::Event(kind)).await;
                    Notice::Screenshot {
                        bytes: png.len() as u64,
                        artifact: None,
                    }
                }
                Err(error) => Notice::error(
                    "screenshot_failed",
                    format!("The screenshot failed: {error}."),
                ),
            };
            let _ = internal.send(Internal::Say { to: None, notice }).await;
            if let Some(reply) = reply {
                // The one who asked may have given up.
                let _ = reply.send(taken.map_err(SessionError::from));
            }
        });
    }
}

fn refuse(reply: Reply) {
    if let Some(reply) = reply {
        // The one who asked may have given up.
        let _ = reply.send(Err(SessionError::NoTab));
    }
}
