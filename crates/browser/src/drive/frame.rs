//! A frame of a page.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;
use crate::cdp::evaluate::bundle_call;
use crate::cdp::frame::{World, arguments};
use crate::cdp::navigation::LoadState;
use crate::drive::core::Core;
use crate::drive::driver::Call;
use crate::drive::element::{DrivenElement, read};
use crate::drive::frames::FrameData;
use crate::drive::input::DrivenInput;
use crate::drive::navigation;
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::listeners::Spot;
use crate::progress::Progress;

const SCRIPT: &str = "running a script in the page";

/// A handle of a frame.
#[derive(Clone)]
pub(crate) struct DrivenFrame {
    core: Arc<Core>,
    id: FrameId,
}

impl DrivenFrame {
    pub(crate) fn new(core: Arc<Core>, id: FrameId) -> Self {
        Self { core, id }
    }

    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.core
    }

    pub(crate) fn id(&self) -> &FrameId {
        &self.id
    }

    pub(crate) fn url(&self) -> String {
        self.read(|frame| frame.url.to_string()).unwrap_or_default()
    }

    pub(crate) fn name(&self) -> String {
        self.read(|frame| frame.name.to_string())
            .unwrap_or_default()
    }

    pub(crate) fn parent(&self) -> Option<Self> {
        let parent = self.read(|frame| frame.parent.clone())??;
        Some(Self::new(Arc::clone(&self.core), parent))
    }

    pub(crate) fn is_detached(&self) -> bool {
        self.read(|_| ()).is_none()
    }

    pub(crate) async fn evaluate(
        &self,
        progress: &Progress,
        world: World,
        expression: &str,
    ) -> Result<serde_json::Value> {
        self.ready(progress).await?;
        let evaluating = self.core.driver.evaluate(&self.id, world, expression);
        self.core.unless_dialog(progress, SCRIPT, evaluating).await
    }

    pub(crate) async fn listened_to(&self, progress: &Progress, spot: Spot) -> Result<Vec<String>> {
        self.ready(progress).await?;
        let asking = self.core.driver.listened_to(&self.id, spot);
        self.core.unless_dialog(progress, SCRIPT, asking).await
    }

    pub(crate) async fn call<R: DeserializeOwned>(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<R> {
        let call = Self::bundle(function, args)?;
        self.ready(progress).await?;
        let calling = self.core.driver.call(&self.id, call);
        read(&self.core.unless_dialog(progress, SCRIPT, calling).await?)
    }

    pub(crate) async fn call_handle(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<Option<DrivenElement>> {
        let call = Self::bundle(function, args)?;
        self.ready(progress).await?;
        let calling = self.core.driver.call_handle(&self.id, call);
        let handle = self.core.unless_dialog(progress, SCRIPT, calling).await?;
        Ok(handle.map(|handle| DrivenElement::new(self.clone(), handle)))
    }

    pub(crate) async fn child_frame(
        &self,
        progress: &Progress,
        element: &DrivenElement,
    ) -> Result<Option<Self>> {
        let looking = self.core.driver.child_frame(&self.id, element.handle());
        let inside = self
            .core
            .unless_dialog(progress, "looking into a frame", looking)
            .await?;
        Ok(inside.and_then(|id| self.known(id)))
    }

    /// The frame with this name, when the page has it.
    fn known(&self, id: FrameId) -> Option<Self> {
        let is_known = self.core.lock().frames.get(id.as_str()).is_some();
        is_known.then(|| Self::new(Arc::clone(&self.core), id))
    }

    pub(crate) async fn call_frame(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<Option<Self>> {
        let call = Self::bundle(function, args)?;
        self.ready(progress).await?;
        let Some(looking) = self.core.driver.call_frame(&self.id, call) else {
            return match self.call_handle(progress, function, args).await? {
                Some(element) => self.child_frame(progress, &element).await,
                None => Ok(None),
            };
        };
        let inside = self
            .core
            .unless_dialog(progress, "looking into a frame", looking)
            .await?;
        Ok(inside.and_then(|id| self.known(id)))
    }

    pub(crate) async fn insert_text_and_call<R: DeserializeOwned>(
        &self,
        progress: &Progress,
        text: &str,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<Result<R>> {
        let call = Self::bundle(function, args)?;
        self.ready(progress).await?;
        let both = self.core.driver.insert_and_call(text, &self.id, call);
        let input = DrivenInput::new(Arc::clone(&self.core));
        let Some((inserting, calling)) = both else {
            input.send_text(text).done(progress).await?;
            return Ok(self.call(progress, function, args).await);
        };
        input.receipt(inserting).done(progress).await?;
        let text = self.core.unless_dialog(progress, SCRIPT, calling).await;
        Ok(text.and_then(|text| read(&text)))
    }

    pub(crate) async fn owner_element(&self, progress: &Progress) -> Result<DrivenElement> {
        let parent = self
            .parent()
            .ok_or_else(|| BrowserError::Invalid("the main frame is in no element".to_owned()))?;
        parent.ready(progress).await?;
        let looking = self.core.driver.owner_element(&parent.id, &self.id);
        let what = "finding the element of a frame";
        let handle = self.core.unless_dialog(progress, what, looking).await?;
        Ok(DrivenElement::new(parent, handle))
    }

    pub(crate) async fn wait_for_load_state(
        &self,
        progress: &Progress,
        until: LoadState,
    ) -> Result<()> {
        const WHAT: &str = "waiting for a frame to load";
        let id = self.id.as_str();
        self.core
            .until(progress, WHAT, |state| match state.frames.get(id) {
                None => Some(Err(BrowserError::ContextDestroyed)),
                Some(frame) => (frame.pending.is_none() && frame.reached(until)).then_some(Ok(())),
            })
            .await?;
        navigation::quiet(&self.core, progress, until).await
    }

    /// Waits until the document that the frame shows can run scripts.
    async fn ready(&self, progress: &Progress) -> Result<()> {
        let ready = |frame: Option<&FrameData>| match frame {
            None => Some(Err(BrowserError::ContextDestroyed)),
            Some(frame) => frame.ready.then_some(Ok(())),
        };
        let found = ready(self.core.lock().frames.get(self.id.as_str()));
        if let Some(found) = found {
            self.core.check_responsive()?;
            return found.map_err(|error| self.core.explain(error));
        }
        self.core
            .until(progress, "waiting for the document", |state| {
                ready(state.frames.get(self.id.as_str()))
            })
            .await
    }

    fn bundle(function: &str, args: &(impl Serialize + ?Sized)) -> Result<Call> {
        Ok(Call {
            declaration: bundle_call(function, false)?,
            arguments: arguments(args)?.get().to_owned(),
            this: None,
        })
    }

    fn read<T>(&self, read: impl FnOnce(&FrameData) -> T) -> Option<T> {
        self.core.read_frame(&self.id, read)
    }
}
