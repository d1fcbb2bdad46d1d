//! A page of an engine that is driven through [`PageDriver`](crate::drive::driver::PageDriver).

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;

use crate::Result;
use crate::cdp::dialog::{Dialog, DialogAnswer};
use crate::cdp::navigation::LoadState;
use crate::cdp::screenshot::ScreenshotOptions;
use crate::drive::core::Core;
use crate::drive::driver::FilesInto;
use crate::drive::frame::DrivenFrame;
use crate::error::BrowserError;
use crate::ids::{FrameId, RequestId};
use crate::options::Viewport;
use crate::progress::Progress;
use crate::retake;

/// A handle of a page.
#[derive(Clone)]
pub(crate) struct DrivenPage {
    core: Arc<Core>,
}

impl DrivenPage {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.core
    }

    pub(crate) fn main_frame(&self) -> DrivenFrame {
        let id = self.core.lock().frames.main().clone();
        DrivenFrame::new(Arc::clone(&self.core), id)
    }

    pub(crate) fn frames(&self) -> Vec<DrivenFrame> {
        let ids = self.core.lock().frames.ids();
        ids.into_iter()
            .map(|id| DrivenFrame::new(Arc::clone(&self.core), id))
            .collect()
    }

    pub(crate) fn frame(&self, id: &FrameId) -> Option<DrivenFrame> {
        let known = self.core.lock().frames.get(id.as_str()).is_some();
        known.then(|| DrivenFrame::new(Arc::clone(&self.core), id.clone()))
    }

    pub(crate) fn is_loading(&self) -> bool {
        let state = self.core.lock();
        let main = state.frames.main_frame();
        main.pending.is_some() || !main.reached(LoadState::Load)
    }

    pub(crate) fn is_navigating(&self) -> bool {
        self.core.lock().frames.main_frame().pending.is_some()
    }

    pub(crate) async fn stop_loading(&self, progress: &Progress) -> Result<()> {
        loop {
            self.core.check_alive()?;
            let stopping = self.core.driver.stop();
            let stopped = self
                .core
                .unless_dialog(progress, "stopping the page", stopping)
                .await;
            match stopped {
                // Its next document came in between: that one is stopped.
                Err(BrowserError::ContextDestroyed) => {}
                stopped => return stopped,
            }
        }
    }

    pub(crate) async fn wait_for_url(
        &self,
        progress: &Progress,
        accept: impl Fn(&str) -> bool + Send,
    ) -> Result<String> {
        self.core
            .until(progress, "waiting for the address", |state| {
                let url = &state.frames.main_frame().url;
                accept(url).then(|| Ok(url.to_string()))
            })
            .await
    }

    pub(crate) async fn screenshot(
        &self,
        progress: &Progress,
        options: ScreenshotOptions,
    ) -> Result<Bytes> {
        self.core.check_alive()?;
        let empty = |clip: crate::cdp::screenshot::Clip| clip.width < 1.0 || clip.height < 1.0;
        if options.clip.is_some_and(empty) {
            return Err(BrowserError::Invalid(
                "there is nothing to take a picture of: the area is empty".to_owned(),
            ));
        }
        let viewport = self.core.lock().viewport;
        retake::until_taken(
            progress,
            || self.core.subscribe(),
            None,
            || async {
                self.core.check_alive()?;
                let taking = self.core.driver.screenshot(options, viewport);
                self.core
                    .unless_dialog(progress, retake::WHAT, taking)
                    .await
            },
        )
        .await
    }

    pub(crate) async fn set_viewport(&self, progress: &Progress, viewport: Viewport) -> Result<()> {
        self.core.check_alive()?;
        let setting = self.core.driver.set_viewport(viewport);
        progress.race("changing the viewport", setting).await??;
        self.core.lock().viewport = Some(viewport);
        Ok(())
    }

    pub(crate) async fn bring_to_front(&self, progress: &Progress) -> Result<()> {
        self.core.check_alive()?;
        let activating = self.core.driver.activate();
        progress
            .race("bringing the page to the front", activating)
            .await?
    }

    pub(crate) async fn close(&self, progress: &Progress) -> Result<()> {
        if self.core.lock().closed {
            return Ok(());
        }
        let asked = self.core.driver.close();
        let closing = async {
            match asked.await {
                // It has gone by itself meanwhile.
                Ok(())
                | Err(
                    BrowserError::Protocol { .. }
                    | BrowserError::Disconnected
                    | BrowserError::ContextDestroyed
                    | BrowserError::PageClosed,
                ) => {}
                Err(error) => return Err(error),
            }
            self.core.wait_closed().await;
            Ok(())
        };
        progress.race("closing the page", closing).await?
    }

    pub(crate) async fn wait_for_dialog(&self, progress: &Progress) -> Result<Arc<Dialog>> {
        let waiting = async {
            tokio::select! {
                biased;
                dialog = self.core.wait_dialog() => Ok(dialog),
                () = self.core.wait_closed() => Err(BrowserError::PageClosed),
            }
        };
        progress.race("waiting for a dialog", waiting).await?
    }

    pub(crate) async fn handle_dialog(
        &self,
        progress: &Progress,
        answer: DialogAnswer,
    ) -> Result<()> {
        let nothing = || BrowserError::Invalid("no dialog is open".to_owned());
        let open = self.core.open_dialog().ok_or_else(nothing)?;
        let answering = self.core.driver.answer_dialog(answer);
        progress.race("answering the dialog", answering).await??;
        // Its own event may come after the answer; whoever looks now must not see the dialog any more.
        self.core.dialog_answered(&open);
        Ok(())
    }

    pub(crate) async fn set_file_chooser_interception(
        &self,
        progress: &Progress,
        on: bool,
    ) -> Result<()> {
        self.core.check_alive()?;
        let asked = self.core.driver.intercept_file_choosers(on);
        progress.race("intercepting file choosers", asked).await?
    }

    pub(crate) async fn set_files(
        &self,
        progress: &Progress,
        frame: &FrameId,
        into: FilesInto,
        files: Vec<PathBuf>,
    ) -> Result<()> {
        let setting = self.core.driver.set_files(frame, into, files);
        self.core
            .unless_dialog(progress, "choosing files", setting)
            .await
    }

    pub(crate) async fn enable_network(&self, progress: &Progress) -> Result<()> {
        self.core.check_alive()?;
        let enabling = self.core.driver.enable_network();
        progress
            .race("switching network events on", enabling)
            .await?
    }

    pub(crate) async fn enable_log(&self, progress: &Progress) -> Result<()> {
        self.core.check_alive()?;
        let enabling = self.core.driver.enable_log();
        progress.race("switching log entries on", enabling).await?
    }

    pub(crate) async fn response_body(
        &self,
        progress: &Progress,
        request: &RequestId,
    ) -> Result<Option<Bytes>> {
        let reading = self.core.driver.response_body(request);
        progress
            .race("reading the body of an answer", reading)
            .await?
    }
}
