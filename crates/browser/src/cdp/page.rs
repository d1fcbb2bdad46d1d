//! A page: one tab or popup window.

use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use tokio::sync::broadcast;

use crate::Result;
use crate::cdp::attach;
use crate::cdp::begin_frame;
use crate::cdp::context::Context;
use crate::cdp::dialog::{Dialog, DialogAnswer};
use crate::cdp::element::ElementHandle;
use crate::cdp::emulation;
use crate::cdp::frame::Frame;
use crate::cdp::input::keyboard::Keyboard;
use crate::cdp::input::mouse::Mouse;
use crate::cdp::input::touch::Touch;
use crate::cdp::message::Command;
use crate::cdp::navigation::{self, LoadState, Navigation};
use crate::cdp::offline;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::dom::SetFileInputFiles;
use crate::cdp::protocol::log;
use crate::cdp::protocol::network::GetResponseBody;
use crate::cdp::protocol::page::{
    BringToFront, HandleJavaScriptDialog, SetInterceptFileChooserDialog, StopLoading,
};
use crate::cdp::protocol::target::CloseTarget;
use crate::cdp::screencast::{Screencast, ScreencastOptions};
use crate::cdp::screenshot::{self, ScreenshotOptions};
use crate::error::BrowserError;
use crate::events::PageEvent;
use crate::ids::{FrameId, PageId, RequestId};
use crate::options::Viewport;
use crate::progress::Progress;
use crate::still::{Drawn, Tick};

/// A page: one tab or popup window. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Page {
    inner: Arc<PageInner>,
}

/// The `<input type=file>` to fill.
#[derive(Clone)]
pub(crate) enum FileTarget<'a> {
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
    pub(crate) fn new(inner: Arc<PageInner>) -> Self {
        Self { inner }
    }

    /// Names the page.
    pub(crate) fn id(&self) -> PageId {
        self.inner.id.clone()
    }

    /// Its context.
    pub(crate) fn context(&self) -> Context {
        Context::new(Arc::clone(&self.inner.context))
    }

    /// The main frame's address, as the last event told it.
    pub(crate) fn url(&self) -> String {
        self.inner.main_url()
    }

    /// The page whose script or link opened this one.
    pub(crate) fn opener(&self) -> Option<PageId> {
        self.inner.opener.clone()
    }

    /// The outermost frame.
    pub(crate) fn main_frame(&self) -> Frame {
        self.inner.main_frame()
    }

    /// Every frame, parents before children.
    pub(crate) fn frames(&self) -> Vec<Frame> {
        let ids = self.inner.lock().frames.ids();
        ids.into_iter()
            .map(|id| Frame::new(Arc::clone(&self.inner), id))
            .collect()
    }

    /// A frame by its id.
    pub(crate) fn frame(&self, id: &FrameId) -> Option<Frame> {
        let known = self.inner.lock().frames.get(id.as_str()).is_some();
        known.then(|| Frame::new(Arc::clone(&self.inner), id.clone()))
    }

    /// Whether the page has been closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.inner.lock().closed
    }

    /// Whether the renderer has crashed and no navigation has revived it.
    pub(crate) fn is_crashed(&self) -> bool {
        self.inner.lock().crashed
    }

    /// Whether the main frame is loading, as a tab's spinner would show it.
    pub(crate) fn is_loading(&self) -> bool {
        self.inner.lock().loading
    }

    /// What happens from now on. A subscriber that falls far behind gets `Lagged` from the channel.
    pub(crate) fn events(&self) -> broadcast::Receiver<PageEvent> {
        self.inner.subscribe()
    }

    /// Opens an address and waits until the document has come as far as `until`.
    pub(crate) async fn goto(
        &self,
        progress: &Progress,
        url: &str,
        until: LoadState,
    ) -> Result<Navigation> {
        navigation::goto(&self.inner, progress, url, until).await
    }

    /// Loads the document again.
    pub(crate) async fn reload(&self, progress: &Progress, until: LoadState) -> Result<Navigation> {
        navigation::reload(&self.inner, progress, until).await
    }

    /// One step back in the history; `false` when there is none.
    pub(crate) async fn go_back(&self, progress: &Progress, until: LoadState) -> Result<bool> {
        navigation::travel(&self.inner, progress, -1, until).await
    }

    /// One step forward in the history; `false` when there is none.
    pub(crate) async fn go_forward(&self, progress: &Progress, until: LoadState) -> Result<bool> {
        navigation::travel(&self.inner, progress, 1, until).await
    }

    /// Gives up whatever is loading.
    pub(crate) async fn stop_loading(&self, progress: &Progress) -> Result<()> {
        self.inner.check_alive()?;
        self.inner
            .session
            .call(progress, "stopping the page", &StopLoading {})
            .await?;
        Ok(())
    }

    /// Waits until the main frame's address satisfies `accept`, and returns it.
    pub(crate) async fn wait_for_url(
        &self,
        progress: &Progress,
        accept: impl Fn(&str) -> bool + Send,
    ) -> Result<String> {
        let accepted = |url: &str| accept(url).then(|| Ok(url.to_owned()));
        let what = "waiting for the address";
        self.inner
            .until(progress, what, |state| {
                accepted(&navigation::main(state).url)
            })
            .await
    }

    /// How many times the main frame has shown another document or another address of the same document.
    /// With `navigation_after` it tells whether an action began a navigation, without a race.
    pub(crate) fn navigations(&self) -> u64 {
        self.inner.navigations()
    }

    /// Whether a navigation of the main frame is under way that has not yet shown its document.
    pub(crate) fn is_navigating(&self) -> bool {
        navigation::main(&self.inner.lock()).pending.any()
    }

    /// After an action: when the main frame is navigating or has navigated since `navigations()` was `before`, waits
    /// until its document has come as far as `until` and returns `true`; else returns `false` at once.
    pub(crate) async fn navigation_after(
        &self,
        progress: &Progress,
        before: u64,
        until: LoadState,
    ) -> Result<bool> {
        navigation::after(&self.inner, progress, before, until).await
    }

    /// The mouse.
    pub(crate) fn mouse(&self) -> Mouse {
        Mouse::new(Arc::clone(&self.inner))
    }

    /// The keyboard.
    pub(crate) fn keyboard(&self) -> Keyboard {
        Keyboard::new(Arc::clone(&self.inner))
    }

    /// The touch screen.
    pub(crate) fn touch(&self) -> Touch {
        Touch::new(Arc::clone(&self.inner))
    }

    /// A picture of the page, encoded.
    pub(crate) async fn screenshot(
        &self,
        progress: &Progress,
        options: ScreenshotOptions,
    ) -> Result<Bytes> {
        screenshot::take(&self.inner, progress, options).await
    }

    /// Draws one frame.
    pub(crate) async fn draw(&self, progress: &Progress, tick: Tick) -> Result<Drawn> {
        begin_frame::draw(&self.inner, progress, tick).await
    }

    /// Starts a stream of pictures, one for each change of the page. A second one replaces the first.
    pub(crate) async fn start_screencast(
        &self,
        progress: &Progress,
        options: ScreencastOptions,
    ) -> Result<Screencast> {
        Screencast::start(&self.inner, progress, options).await
    }

    /// Changes the screen that the page sees.
    pub(crate) async fn set_viewport(&self, progress: &Progress, viewport: Viewport) -> Result<()> {
        self.inner.check_alive()?;
        let old = self.inner.lock().emulation.viewport.replace(viewport);
        if old.is_some_and(|old| old.touch) != viewport.touch {
            self.tell_all(&emulation::touch(viewport.touch));
        }
        let screen = emulation::screen(viewport);
        self.inner
            .session
            .call(progress, "changing the viewport", &screen)
            .await?;
        Ok(())
    }

    /// The screen that the page sees, when one was set.
    pub(crate) fn viewport(&self) -> Option<Viewport> {
        self.inner.lock().emulation.viewport
    }

    /// Makes this the active tab of its window.
    pub(crate) async fn bring_to_front(&self, progress: &Progress) -> Result<()> {
        self.inner.check_alive()?;
        self.inner
            .session
            .call(progress, "bringing the page to the front", &BringToFront {})
            .await?;
        Ok(())
    }

    /// Closes the page without asking it.
    pub(crate) async fn close(&self, progress: &Progress) -> Result<()> {
        if self.is_closed() {
            return Ok(());
        }
        let root = self.inner.session.connection().root();
        let close = CloseTarget {
            target_id: self.inner.id.to_string(),
        };
        let closing = async {
            match root.send(&close).await {
                // It has gone by itself meanwhile.
                Ok(_) | Err(BrowserError::Protocol { .. } | BrowserError::Disconnected) => {}
                Err(error) => return Err(error),
            }
            self.inner.closed().await;
            Ok(())
        };
        progress.race("closing the page", closing).await?
    }

    /// The dialog that waits for an answer, if any.
    pub(crate) fn open_dialog(&self) -> Option<Arc<Dialog>> {
        self.inner.open_dialog().map(|open| open.dialog)
    }

    /// Waits until a dialog is open.
    pub(crate) async fn wait_for_dialog(&self, progress: &Progress) -> Result<Arc<Dialog>> {
        let waiting = async {
            tokio::select! {
                biased;
                dialog = self.inner.dialog_opened() => Ok(dialog),
                () = self.inner.closed() => Err(BrowserError::PageClosed),
            }
        };
        progress.race("waiting for a dialog", waiting).await?
    }

    /// Answers the open dialog.
    pub(crate) async fn handle_dialog(
        &self,
        progress: &Progress,
        answer: DialogAnswer,
    ) -> Result<()> {
        let nothing = || BrowserError::Invalid("no dialog is open".to_owned());
        let open = self.inner.open_dialog().ok_or_else(nothing)?;
        let (accept, prompt_text) = match answer {
            DialogAnswer::Accept(text) => (true, text),
            DialogAnswer::Dismiss => (false, None),
        };
        let command = HandleJavaScriptDialog {
            accept,
            prompt_text,
        };
        open.session
            .call(progress, "answering the dialog", &command)
            .await?;
        // Its own event may come after the answer; whoever looks now must not see the dialog any more.
        self.inner.dialog_answered(&open);
        Ok(())
    }

    /// Whether file choosers are reported as events instead of opening.
    pub(crate) async fn set_file_chooser_interception(
        &self,
        progress: &Progress,
        on: bool,
    ) -> Result<()> {
        self.inner.check_alive()?;
        self.inner.lock().switches.file_choosers = on;
        let command = SetInterceptFileChooserDialog {
            enabled: on,
            ..SetInterceptFileChooserDialog::default()
        };
        self.tell_frames(&command);
        self.inner
            .session
            .call(progress, "intercepting file choosers", &command)
            .await?;
        Ok(())
    }

    /// Puts files into an `<input type=file>`; the page sees `input` and `change`.
    pub(crate) async fn set_files(
        &self,
        progress: &Progress,
        target: FileTarget<'_>,
        files: &[PathBuf],
    ) -> Result<()> {
        let mut paths = Vec::with_capacity(files.len());
        for file in files {
            let path = std::fs::canonicalize(file).map_err(|source| BrowserError::File {
                doing: "choosing the file",
                path: file.clone(),
                source: Arc::new(source),
            })?;
            paths.push(path.to_string_lossy().into_owned());
        }
        let command = SetFileInputFiles {
            files: paths,
            ..SetFileInputFiles::default()
        };
        let (session, command) = match target {
            FileTarget::Chooser {
                frame,
                backend_node_id,
            } => (
                self.inner.session_of(&frame)?,
                SetFileInputFiles {
                    backend_node_id: Some(backend_node_id),
                    ..command
                },
            ),
            FileTarget::Element(element) => (
                element.session().clone(),
                SetFileInputFiles {
                    object_id: Some(element.object_id().to_owned()),
                    ..command
                },
            ),
        };
        self.inner
            .unless_dialog(progress, "choosing files", session.send(&command))
            .await?;
        Ok(())
    }

    /// From now on requests and answers are reported as events.
    pub(crate) async fn enable_network(&self, progress: &Progress) -> Result<()> {
        self.inner.check_alive()?;
        if !std::mem::replace(&mut self.inner.lock().switches.network, true) {
            let command = attach::network_on();
            self.tell_frames(&command);
            self.inner
                .session
                .call(progress, "switching network events on", &command)
                .await?;
        }
        Ok(())
    }

    /// From now on the browser's own log entries (failed resources, interventions) are reported as console events.
    pub(crate) async fn enable_log(&self, progress: &Progress) -> Result<()> {
        self.inner.check_alive()?;
        if !std::mem::replace(&mut self.inner.lock().switches.log, true) {
            self.tell_frames(&log::Enable {});
            self.inner
                .session
                .call(progress, "switching log entries on", &log::Enable {})
                .await?;
        }
        Ok(())
    }

    /// Runs a script in the page's own world now, and in every document from now on before its own scripts.
    pub(crate) async fn carry(&self, progress: &Progress, script: &str) -> Result<()> {
        self.inner.check_alive()?;
        self.inner.lock().carried.push(script.into());
        let command = offline::carried(script);
        self.tell_frames(&command);
        self.inner
            .session
            .call(progress, "running a script in the page", &command)
            .await?;
        Ok(())
    }

    /// The body of a finished answer; `None` when the browser no longer has it.
    pub(crate) async fn response_body(
        &self,
        progress: &Progress,
        request: &RequestId,
    ) -> Result<Option<Bytes>> {
        let command = GetResponseBody {
            request_id: request.to_string(),
        };
        for session in self.inner.sessions() {
            match session
                .call(progress, "reading the body of an answer", &command)
                .await
            {
                Ok(body) if body.base64_encoded => {
                    return Ok(STANDARD.decode(body.body).ok().map(Into::into));
                }
                Ok(body) => return Ok(Some(body.body.into())),
                // Another session's request, or a body that the browser has dropped.
                Err(BrowserError::Protocol { .. } | BrowserError::ContextDestroyed) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Writes a command to every session.
    fn tell_all<C: Command>(&self, command: &C) {
        self.inner
            .sessions()
            .iter()
            .for_each(|session| session.post(command));
    }

    /// Writes a command to the sessions of frames in other processes.
    fn tell_frames<C: Command>(&self, command: &C) {
        self.inner
            .sessions()
            .iter()
            .skip(1)
            .for_each(|session| session.post(command));
    }
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page")
            .field("id", &self.inner.id)
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}
