//! The promise that an input event was handled.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use crate::Result;
use crate::cdp::message::Empty;
use crate::cdp::page_inner::PageInner;
use crate::cdp::session::Reply;
use crate::error::BrowserError;
use crate::progress::Progress;

/// Events that were written to the browser, in order. `done` waits until the page has handled them; dropping it or
/// `forget` does not.
#[must_use = "call `forget` when nobody waits"]
pub(crate) struct Receipt {
    page: Arc<PageInner>,
    replies: Vec<Reply<Empty>>,
}

impl Receipt {
    pub(crate) fn new(page: Arc<PageInner>, replies: Vec<Reply<Empty>>) -> Self {
        Self { page, replies }
    }

    /// These events and then those.
    pub(crate) fn and(mut self, other: Receipt) -> Self {
        self.replies.extend(other.replies);
        self
    }

    /// When the answer to the last of them was read, once it was.
    pub(crate) fn handled(&self) -> Option<Arc<OnceLock<Instant>>> {
        self.replies.last().and_then(Reply::read)
    }

    /// Waits until the page has handled the events. A dialog that they open counts as handled: the page answers only
    /// after the dialog is answered.
    pub(crate) async fn done(self, progress: &Progress) -> Result<()> {
        let Self { page, replies } = self;
        page.check_alive()?;
        let handled = async {
            for reply in replies {
                reply.await?;
            }
            Ok(())
        };
        match page
            .unless_dialog(progress, "waiting for the page to handle input", handled)
            .await
        {
            Ok(()) | Err(BrowserError::DialogOpen { .. }) => Ok(()),
            // The input closed the page, or led it to another process: it was handled.
            Err(BrowserError::PageClosed | BrowserError::ContextDestroyed) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Does not wait.
    pub(crate) fn forget(self) {}
}
