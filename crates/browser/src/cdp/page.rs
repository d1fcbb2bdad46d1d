//! A page: one tab or popup window.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::broadcast;

use bytes::Bytes;

use crate::Result;
use crate::cdp::context::Context;
use crate::cdp::dialog::{Dialog, DialogAnswer};
use crate::cdp::element::ElementHandle;
use crate::cdp::frame::Frame;
use crate::cdp::input::keyboard::Keyboard;
use crate::cdp::input::mouse::Mouse;
use crate::cdp::input::touch::Touch;
use crate::cdp::navigation::{LoadState, Navigation};
use crate::cdp::screencast::{Screencast, ScreencastOptions};
use crate::cdp::screenshot::ScreenshotOptions;
use crate::events::PageEvent;
use crate::ids::{FrameId, PageId, RequestId};
use crate::options::Viewport;
use crate::progress::Progress;

/// A page: one tab or popup window. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Page {
    inner: Arc<()>,
}

/// The `<input type=file>` to fill.
#[derive(Clone)]
pub enum FileTarget<'a> {
    /// The input of a `FileChooserOpened` event.
    Chooser {
        /// Its frame.
        frame: FrameId,
        /// Its node.
        backend_node_id: i64,
    },
    /// An element.
    Element(&'a ElementHandle),
}

impl Page {
    /// Names the page.
    pub fn id(&self) -> PageId {
        unimplemented!()
    }

    /// Its context.
    pub fn context(&self) -> Context {
        unimplemented!()
    }

    /// The main frame's address, as the last event told it.
    pub fn url(&self) -> String {
        unimplemented!()
    }

    /// The title that a tab would show.
    pub async fn title(&self, progress: &Progress) -> Result<String> {
        unimplemented!()
    }

    /// The page whose script or link opened this one.
    pub fn opener(&self) -> Option<PageId> {
        unimplemented!()
    }

    /// The outermost frame.
    pub fn main_frame(&self) -> Frame {
        unimplemented!()
    }

    /// Every frame, parents before children.
    pub fn frames(&self) -> Vec<Frame> {
        unimplemented!()
    }

    /// A frame by its id.
    pub fn frame(&self, id: &FrameId) -> Option<Frame> {
        unimplemented!()
    }

    /// Whether the page has been closed.
    pub fn is_closed(&self) -> bool {
        unimplemented!()
    }

    /// Whether the renderer has crashed and no navigation has revived it.
    pub fn is_crashed(&self) -> bool {
        unimplemented!()
    }

    /// Whether the main frame is loading, as a tab's spinner would show it.
    pub fn is_loading(&self) -> bool {
        unimplemented!()
    }

    /// What happens from now on. A subscriber that falls far behind gets `Lagged` from the channel.
    pub fn events(&self) -> broadcast::Receiver<PageEvent> {
        unimplemented!()
    }

    /// Opens an address and waits until the document has come as far as `until`.
    pub async fn goto(
        &self,
        progress: &Progress,
        url: &str,
        until: LoadState,
    ) -> Result<Navigation> {
        unimplemented!()
    }

    /// Loads the document again.
    pub async fn reload(&self, progress: &Progress, until: LoadState) -> Result<Navigation> {
        unimplemented!()
    }

    /// One step back in the history; `false` when there is none.
    pub async fn go_back(&self, progress: &Progress, until: LoadState) -> Result<bool> {
        unimplemented!()
    }

    /// One step forward in the history; `false` when there is none.
    pub async fn go_forward(&self, progress: &Progress, until: LoadState) -> Result<bool> {
        unimplemented!()
    }

    /// Gives up whatever is loading.
    pub async fn stop_loading(&self, progress: &Progress) -> Result<()> {
        unimplemented!()
    }

    /// Waits until the main frame's document has come this far; at once when it already has.
    pub async fn wait_for_load_state(&self, progress: &Progress, until: LoadState) -> Result<()> {
        unimplemented!()
    }

    /// Waits until the main frame's address satisfies `accept`, and returns it.
    pub async fn wait_for_url(
        &self,
        progress: &Progress,
        accept: impl Fn(&str) -> bool + Send,
    ) -> Result<String> {
        unimplemented!()
    }

    /// How many times the main frame has shown another document or another address of the same document.
    /// With `navigation_after` it tells whether an action began a navigation, without a race.
    pub fn navigations(&self) -> u64 {
        unimplemented!()
    }

    /// Whether a navigation of the main frame is under way that has not yet shown its document.
    pub fn is_navigating(&self) -> bool {
        unimplemented!()
    }

    /// After an action: when the main frame is navigating or has navigated since `navigations()` was `before`, waits
    /// until its document has come as far as `until` and returns `true`; else returns `false` at once.
    pub async fn navigation_after(
        &self,
        progress: &Progress,
        before: u64,
        until: LoadState,
    ) -> Result<bool> {
        unimplemented!()
    }

    /// Evaluates an expression in the main frame's own world.
    pub async fn evaluate(
        &self,
        progress: &Progress,
        expression: &str,
    ) -> Result<serde_json::Value> {
        unimplemented!()
    }

    /// The mouse.
    pub fn mouse(&self) -> Mouse {
        unimplemented!()
    }

    /// The keyboard.
    pub fn keyboard(&self) -> Keyboard {
        unimplemented!()
    }

    /// The touch screen.
    pub fn touch(&self) -> Touch {
        unimplemented!()
    }

    /// A picture of the page, encoded.
    pub async fn screenshot(
        &self,
        progress: &Progress,
        options: ScreenshotOptions,
    ) -> Result<Bytes> {
        unimplemented!()
    }

    /// Starts a stream of pictures, one for each change of the page. A second one replaces the first.
    pub async fn start_screencast(
        &self,
        progress: &Progress,
        options: ScreencastOptions,
    ) -> Result<Screencast> {
        unimplemented!()
    }

    /// Changes the screen that the page sees.
    pub async fn set_viewport(&self, progress: &Progress, viewport: Viewport) -> Result<()> {
        unimplemented!()
    }

    /// The screen that the page sees, when one was set.
    pub fn viewport(&self) -> Option<Viewport> {
        unimplemented!()
    }

    /// Makes this the active tab of its window.
    pub async fn bring_to_front(&self, progress: &Progress) -> Result<()> {
        unimplemented!()
    }

    /// Closes the page without asking it.
    pub async fn close(&self, progress: &Progress) -> Result<()> {
        unimplemented!()
    }

    /// The dialog that waits for an answer, if any.
    pub fn open_dialog(&self) -> Option<Arc<Dialog>> {
        unimplemented!()
    }

    /// Waits until a dialog is open.
    pub async fn wait_for_dialog(&self, progress: &Progress) -> Result<Arc<Dialog>> {
        unimplemented!()
    }

    /// Answers the open dialog.
    pub async fn handle_dialog(&self, progress: &Progress, answer: DialogAnswer) -> Result<()> {
        unimplemented!()
    }

    /// Whether file choosers are reported as events instead of opening.
    pub async fn set_file_chooser_interception(&self, progress: &Progress, on: bool) -> Result<()> {
        unimplemented!()
    }

    /// Puts files into an `<input type=file>`; the page sees `input` and `change`.
    pub async fn set_files(
        &self,
        progress: &Progress,
        target: FileTarget<'_>,
        files: &[PathBuf],
    ) -> Result<()> {
        unimplemented!()
    }

    /// From now on requests and answers are reported as events.
    pub async fn enable_network(&self, progress: &Progress) -> Result<()> {
        unimplemented!()
    }

    /// From now on the browser's own log entries (failed resources, interventions) are reported as console events.
    pub async fn enable_log(&self, progress: &Progress) -> Result<()> {
        unimplemented!()
    }

    /// The body of a finished answer; `None` when the browser no longer has it.
    pub async fn response_body(
        &self,
        progress: &Progress,
        request: &RequestId,
    ) -> Result<Option<Bytes>> {
        unimplemented!()
    }
}
