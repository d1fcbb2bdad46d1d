//! A page: one tab or popup window.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::broadcast;

use crate::Result;
use crate::capability::Capability;
use crate::cdp;
use crate::cdp::dialog::{Dialog, DialogAnswer};
use crate::cdp::frame::World;
use crate::cdp::navigation::{LoadState, Navigation};
use crate::cdp::screencast::ScreencastOptions;
use crate::cdp::screenshot::ScreenshotOptions;
use crate::context::Context;
use crate::drive::context::DrivenContext;
use crate::drive::driver::FilesInto;
use crate::drive::input::DrivenInput;
use crate::drive::navigation;
use crate::drive::page::DrivenPage;
use crate::drive::screencast::DrivenCast;
use crate::element::ElementHandle;
use crate::error::BrowserError;
use crate::events::PageEvent;
use crate::frame::Frame;
use crate::ids::{FrameId, PageId, RequestId};
use crate::input::{Keyboard, Mouse, Touch};
use crate::kind::{Kind, each};
use crate::options::{Engine, Viewport};
use crate::progress::Progress;
use crate::screencast::Screencast;
use crate::still::{Drawn, Tick};

/// A page: one tab or popup window. Cheap to clone.
#[derive(Clone)]
pub struct Page(Kind<cdp::page::Page, DrivenPage>);

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
    pub(crate) fn cdp(page: cdp::page::Page) -> Self {
        Self(Kind::Cdp(page))
    }

    pub(crate) fn driven(page: DrivenPage) -> Self {
        Self(Kind::Driven(page))
    }

    /// Which engine shows it.
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Kind::Cdp(_) => Engine::Chromium,
            Kind::Driven(page) => page.core().driver.engine(),
        }
    }

    /// Names the page.
    pub fn id(&self) -> PageId {
        match &self.0 {
            Kind::Cdp(page) => page.id(),
            Kind::Driven(page) => page.core().id.clone(),
        }
    }

    /// Its context.
    pub fn context(&self) -> Context {
        match &self.0 {
            Kind::Cdp(page) => Context::cdp(page.context()),
            Kind::Driven(page) => {
                Context::driven(DrivenContext::new(Arc::clone(&page.core().context)))
            }
        }
    }

    /// The main frame's address, as the last event told it.
    pub fn url(&self) -> String {
        match &self.0 {
            Kind::Cdp(page) => page.url(),
            Kind::Driven(page) => navigation::main_url(page.core()),
        }
    }

    /// The title that a tab would show.
    pub async fn title(&self, progress: &Progress) -> Result<String> {
        let title = self
            .main_frame()
            .evaluate(progress, World::Isolated, "document.title")
            .await?;
        Ok(title.as_str().unwrap_or_default().to_owned())
    }

    /// The page whose script or link opened this one.
    pub fn opener(&self) -> Option<PageId> {
        match &self.0 {
            Kind::Cdp(page) => page.opener(),
            Kind::Driven(page) => page.core().opener.clone(),
        }
    }

    /// The outermost frame.
    pub fn main_frame(&self) -> Frame {
        match &self.0 {
            Kind::Cdp(page) => Frame::cdp(page.main_frame()),
            Kind::Driven(page) => Frame::driven(page.main_frame()),
        }
    }

    /// Every frame, parents before children.
    pub fn frames(&self) -> Vec<Frame> {
        match &self.0 {
            Kind::Cdp(page) => page.frames().into_iter().map(Frame::cdp).collect(),
            Kind::Driven(page) => page.frames().into_iter().map(Frame::driven).collect(),
        }
    }

    /// A frame by its id.
    pub fn frame(&self, id: &FrameId) -> Option<Frame> {
        match &self.0 {
            Kind::Cdp(page) => page.frame(id).map(Frame::cdp),
            Kind::Driven(page) => page.frame(id).map(Frame::driven),
        }
    }

    /// Whether the page has been closed.
    pub fn is_closed(&self) -> bool {
        match &self.0 {
            Kind::Cdp(page) => page.is_closed(),
            Kind::Driven(page) => page.core().lock().closed,
        }
    }

    /// Whether the renderer has crashed and no navigation has revived it.
    pub fn is_crashed(&self) -> bool {
        match &self.0 {
            Kind::Cdp(page) => page.is_crashed(),
            Kind::Driven(page) => page.core().lock().crashed,
        }
    }

    /// Whether the main frame is loading, as a tab's spinner would show it.
    pub fn is_loading(&self) -> bool {
        each!(self.0, page => page.is_loading())
    }

    /// What happens from now on. A subscriber that falls far behind gets `Lagged` from the channel.
    pub fn events(&self) -> broadcast::Receiver<PageEvent> {
        match &self.0 {
            Kind::Cdp(page) => page.events(),
            Kind::Driven(page) => page.core().subscribe(),
        }
    }

    /// Opens an address and waits until the document has come as far as `until`.
    pub async fn goto(
        &self,
        progress: &Progress,
        url: &str,
        until: LoadState,
    ) -> Result<Navigation> {
        match &self.0 {
            Kind::Cdp(page) => page.goto(progress, url, until).await,
            Kind::Driven(page) => navigation::goto(page.core(), progress, url, until).await,
        }
    }

    /// Loads the document again.
    pub async fn reload(&self, progress: &Progress, until: LoadState) -> Result<Navigation> {
        match &self.0 {
            Kind::Cdp(page) => page.reload(progress, until).await,
            Kind::Driven(page) => navigation::reload(page.core(), progress, until).await,
        }
    }

    /// One step back in the history; `false` when there is none.
    pub async fn go_back(&self, progress: &Progress, until: LoadState) -> Result<bool> {
        match &self.0 {
            Kind::Cdp(page) => page.go_back(progress, until).await,
            Kind::Driven(page) => navigation::travel(page.core(), progress, -1, until).await,
        }
    }

    /// One step forward in the history; `false` when there is none.
    pub async fn go_forward(&self, progress: &Progress, until: LoadState) -> Result<bool> {
        match &self.0 {
            Kind::Cdp(page) => page.go_forward(progress, until).await,
            Kind::Driven(page) => navigation::travel(page.core(), progress, 1, until).await,
        }
    }

    /// Gives up whatever is loading.
    pub async fn stop_loading(&self, progress: &Progress) -> Result<()> {
        each!(self.0, page => page.stop_loading(progress).await)
    }

    /// Waits until the main frame's document has come this far; at once when it already has.
    pub async fn wait_for_load_state(&self, progress: &Progress, until: LoadState) -> Result<()> {
        self.main_frame().wait_for_load_state(progress, until).await
    }

    /// Waits until the main frame's address satisfies `accept`, and returns it.
    pub async fn wait_for_url(
        &self,
        progress: &Progress,
        accept: impl Fn(&str) -> bool + Send,
    ) -> Result<String> {
        each!(self.0, page => page.wait_for_url(progress, accept).await)
    }

    /// How many times the main frame has shown another document or another address of the same document.
    /// With `navigation_after` it tells whether an action began a navigation, without a race.
    pub fn navigations(&self) -> u64 {
        match &self.0 {
            Kind::Cdp(page) => page.navigations(),
            Kind::Driven(page) => navigation::navigations(page.core()),
        }
    }

    /// Whether a navigation of the main frame is under way that has not yet shown its document.
    pub fn is_navigating(&self) -> bool {
        each!(self.0, page => page.is_navigating())
    }

    /// After an action: when the main frame is navigating or has navigated since `navigations()` was `before`, waits
    /// until its document has come as far as `until` and returns `true`; else returns `false` at once.
    pub async fn navigation_after(
        &self,
        progress: &Progress,
        before: u64,
        until: LoadState,
    ) -> Result<bool> {
        match &self.0 {
            Kind::Cdp(page) => page.navigation_after(progress, before, until).await,
            Kind::Driven(page) => navigation::after(page.core(), progress, before, until).await,
        }
    }

    /// Evaluates an expression in the main frame's own world.
    pub async fn evaluate(
        &self,
        progress: &Progress,
        expression: &str,
    ) -> Result<serde_json::Value> {
        self.main_frame()
            .evaluate(progress, World::Main, expression)
            .await
    }

    /// Runs a script in the page's own world now, and in every document from now on before its own scripts, in frames as well.
    ///
    /// # Errors
    /// `Unsupported` where [`ContextOptions::offline`](crate::ContextOptions) is.
    pub async fn carry(&self, progress: &Progress, script: &str) -> Result<()> {
        match &self.0 {
            Kind::Cdp(page) => page.carry(progress, script).await,
            Kind::Driven(page) => Err(BrowserError::Unsupported {
                engine: page.core().driver.engine(),
                capability: Capability::OfflinePages,
            }),
        }
    }

    /// The mouse.
    pub fn mouse(&self) -> Mouse {
        match &self.0 {
            Kind::Cdp(page) => Mouse::new(Kind::Cdp(page.mouse())),
            Kind::Driven(page) => Mouse::new(Kind::Driven(self::input(page))),
        }
    }

    /// The keyboard.
    pub fn keyboard(&self) -> Keyboard {
        match &self.0 {
            Kind::Cdp(page) => Keyboard::new(Kind::Cdp(page.keyboard())),
            Kind::Driven(page) => Keyboard::new(Kind::Driven(self::input(page))),
        }
    }

    /// The touch screen.
    pub fn touch(&self) -> Touch {
        match &self.0 {
            Kind::Cdp(page) => Touch::new(Kind::Cdp(page.touch())),
            Kind::Driven(page) => Touch::new(Kind::Driven(self::input(page))),
        }
    }

    /// A picture of the page, encoded.
    pub async fn screenshot(
        &self,
        progress: &Progress,
        options: ScreenshotOptions,
    ) -> Result<Bytes> {
        each!(self.0, page => page.screenshot(progress, options).await)
    }

    /// Draws one frame, in a browser that was launched with [`Drawing::OnCommand`](crate::Drawing::OnCommand).
    ///
    /// # Errors
    /// `Unsupported` in every other browser.
    pub async fn draw(&self, progress: &Progress, tick: Tick) -> Result<Drawn> {
        match &self.0 {
            Kind::Cdp(page) => page.draw(progress, tick).await,
            Kind::Driven(page) => Err(BrowserError::Unsupported {
                engine: page.core().driver.engine(),
                capability: Capability::FramesOnCommand,
            }),
        }
    }

    /// Starts a stream of pictures, one for each change of the page. A second one replaces the first.
    pub async fn start_screencast(
        &self,
        progress: &Progress,
        options: ScreencastOptions,
    ) -> Result<Screencast> {
        let cast = match &self.0 {
            Kind::Cdp(page) => Kind::Cdp(page.start_screencast(progress, options).await?),
            Kind::Driven(page) => {
                Kind::Driven(DrivenCast::start(page.core(), progress, options).await?)
            }
        };
        Ok(Screencast::new(cast))
    }

    /// Changes the screen that the page sees.
    pub async fn set_viewport(&self, progress: &Progress, viewport: Viewport) -> Result<()> {
        each!(self.0, page => page.set_viewport(progress, viewport).await)
    }

    /// The screen that the page sees, when one was set.
    pub fn viewport(&self) -> Option<Viewport> {
        match &self.0 {
            Kind::Cdp(page) => page.viewport(),
            Kind::Driven(page) => page.core().lock().viewport,
        }
    }

    /// Makes this the active tab of its window.
    pub async fn bring_to_front(&self, progress: &Progress) -> Result<()> {
        each!(self.0, page => page.bring_to_front(progress).await)
    }

    /// Closes the page without asking it.
    pub async fn close(&self, progress: &Progress) -> Result<()> {
        each!(self.0, page => page.close(progress).await)
    }

    /// The dialog that waits for an answer, if any.
    pub fn open_dialog(&self) -> Option<Arc<Dialog>> {
        match &self.0 {
            Kind::Cdp(page) => page.open_dialog(),
            Kind::Driven(page) => page.core().open_dialog(),
        }
    }

    /// Waits until a dialog is open.
    pub async fn wait_for_dialog(&self, progress: &Progress) -> Result<Arc<Dialog>> {
        each!(self.0, page => page.wait_for_dialog(progress).await)
    }

    /// Answers the open dialog.
    pub async fn handle_dialog(&self, progress: &Progress, answer: DialogAnswer) -> Result<()> {
        each!(self.0, page => page.handle_dialog(progress, answer).await)
    }

    /// Whether file choosers are reported as events instead of opening.
    pub async fn set_file_chooser_interception(&self, progress: &Progress, on: bool) -> Result<()> {
        each!(self.0, page => page.set_file_chooser_interception(progress, on).await)
    }

    /// Puts files into an `<input type=file>`; the page sees `input` and `change`.
    pub async fn set_files(
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
            paths.push(path);
        }
        let stranger = || BrowserError::Invalid("the element is of another browser".to_owned());
        match &self.0 {
            Kind::Cdp(page) => {
                let target = match target {
                    FileTarget::Chooser {
                        frame,
                        backend_node_id,
                    } => cdp::page::FileTarget::Chooser {
                        frame,
                        backend_node_id,
                    },
                    FileTarget::Element(element) => {
                        cdp::page::FileTarget::Element(element.as_cdp().ok_or_else(stranger)?)
                    }
                };
                page.set_files(progress, target, &paths).await
            }
            Kind::Driven(page) => {
                let (frame, into) = match target {
                    FileTarget::Chooser {
                        frame,
                        backend_node_id,
                    } => (frame, FilesInto::Chooser(backend_node_id)),
                    FileTarget::Element(element) => {
                        let element = element.as_driven().ok_or_else(stranger)?;
                        let into = FilesInto::Element(element.handle().clone());
                        (element.frame().id().clone(), into)
                    }
                };
                page.set_files(progress, &frame, into, paths).await
            }
        }
    }

    /// From now on requests and answers are reported as events.
    pub async fn enable_network(&self, progress: &Progress) -> Result<()> {
        each!(self.0, page => page.enable_network(progress).await)
    }

    /// From now on the browser's own log entries (failed resources, interventions) are reported as console events.
    pub async fn enable_log(&self, progress: &Progress) -> Result<()> {
        each!(self.0, page => page.enable_log(progress).await)
    }

    /// The body of a finished answer; `None` when the browser no longer has it.
    pub async fn response_body(
        &self,
        progress: &Progress,
        request: &RequestId,
    ) -> Result<Option<Bytes>> {
        each!(self.0, page => page.response_body(progress, request).await)
    }
}

fn input(page: &DrivenPage) -> DrivenInput {
    DrivenInput::new(Arc::clone(page.core()))
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page")
            .field("id", &self.id())
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}
