//! A frame of a page.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;
use crate::cdp;
use crate::cdp::frame::World;
use crate::cdp::navigation::LoadState;
use crate::drive::frame::DrivenFrame;
use crate::drive::page::DrivenPage;
use crate::element::ElementHandle;
use crate::ids::FrameId;
use crate::kind::{Kind, each};
use crate::listeners::Spot;
use crate::page::Page;
use crate::progress::Progress;

/// A frame of a page. Cheap to clone; it stays the same frame when a navigation moves it to another process.
#[derive(Clone)]
pub struct Frame(Kind<cdp::frame::Frame, DrivenFrame>);

impl Frame {
    pub(crate) fn cdp(frame: cdp::frame::Frame) -> Self {
        Self(Kind::Cdp(frame))
    }

    pub(crate) fn driven(frame: DrivenFrame) -> Self {
        Self(Kind::Driven(frame))
    }

    /// Names the frame.
    pub fn id(&self) -> FrameId {
        match &self.0 {
            Kind::Cdp(frame) => frame.id(),
            Kind::Driven(frame) => frame.id().clone(),
        }
    }

    /// Its address; empty once it has been removed.
    pub fn url(&self) -> String {
        each!(self.0, frame => frame.url())
    }

    /// The `name` of its element or window.
    pub fn name(&self) -> String {
        each!(self.0, frame => frame.name())
    }

    /// The frame around it; `None` for the main frame.
    pub fn parent(&self) -> Option<Frame> {
        match &self.0 {
            Kind::Cdp(frame) => frame.parent().map(Self::cdp),
            Kind::Driven(frame) => frame.parent().map(Self::driven),
        }
    }

    /// Its page.
    pub fn page(&self) -> Page {
        match &self.0 {
            Kind::Cdp(frame) => Page::cdp(frame.page()),
            Kind::Driven(frame) => Page::driven(DrivenPage::new(Arc::clone(frame.core()))),
        }
    }

    /// Whether the frame has been removed.
    pub fn is_detached(&self) -> bool {
        each!(self.0, frame => frame.is_detached())
    }

    /// Evaluates an expression, awaits it when it is a promise, and reads it as JSON; `undefined` is `Null`.
    pub async fn evaluate(
        &self,
        progress: &Progress,
        world: World,
        expression: &str,
    ) -> Result<serde_json::Value> {
        each!(self.0, frame => frame.evaluate(progress, world, expression).await)
    }

    /// The types of the events that the page listens to at an element or on their way to it, whoever attached the
    /// listeners. `Unsupported` where the engine does not tell.
    pub async fn listened_to(&self, progress: &Progress, spot: Spot) -> Result<Vec<String>> {
        each!(self.0, frame => frame.listened_to(progress, spot).await)
    }

    /// Calls `__proscenium.<function>(...args)` in the isolated world, awaits it and reads it as JSON; `args` is a tuple
    /// or an array. Waits for the document to exist; `ContextDestroyed` when a navigation interrupts the call,
    /// `DialogOpen` when a dialog blocks the page before or during the call.
    pub async fn call<R: DeserializeOwned>(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<R> {
        each!(self.0, frame => frame.call(progress, function, args).await)
    }

    /// As `call`, for a function that returns an element or nothing.
    pub async fn call_handle(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<Option<ElementHandle>> {
        Ok(match &self.0 {
            Kind::Cdp(frame) => frame
                .call_handle(progress, function, args)
                .await?
                .map(ElementHandle::cdp),
            Kind::Driven(frame) => frame
                .call_handle(progress, function, args)
                .await?
                .map(ElementHandle::driven),
        })
    }

    /// As `call`, for a function that returns the element of a frame: the frame inside of it. `None` when it returns
    /// nothing or another element.
    pub async fn call_frame(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<Option<Frame>> {
        Ok(match &self.0 {
            Kind::Cdp(frame) => match frame.call_handle(progress, function, args).await? {
                Some(element) => frame.child_frame(progress, &element).await?.map(Self::cdp),
                None => None,
            },
            Kind::Driven(frame) => frame
                .call_frame(progress, function, args)
                .await?
                .map(Self::driven),
        })
    }

    /// As [`Keyboard::insert_text`](crate::Keyboard::insert_text) and then `call`, whose own result is the inner one: at
    /// once where the engine takes both in their order.
    pub async fn insert_text_and_call<R: DeserializeOwned>(
        &self,
        progress: &Progress,
        text: &str,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<Result<R>> {
        match &self.0 {
            Kind::Cdp(frame) => {
                let keyboard = self.page().keyboard();
                keyboard.insert_text(progress, text).await?;
                Ok(frame.call(progress, function, args).await)
            }
            Kind::Driven(frame) => {
                frame
                    .insert_text_and_call(progress, text, function, args)
                    .await
            }
        }
    }

    /// The frame inside an `<iframe>` or `<frame>` element of this frame; `None` for another element.
    pub async fn child_frame(
        &self,
        progress: &Progress,
        element: &ElementHandle,
    ) -> Result<Option<Frame>> {
        Ok(match &self.0 {
            Kind::Cdp(frame) => match element.as_cdp() {
                Some(element) => frame.child_frame(progress, element).await?.map(Self::cdp),
                None => None,
            },
            Kind::Driven(frame) => match element.as_driven() {
                Some(element) => frame
                    .child_frame(progress, element)
                    .await?
                    .map(Self::driven),
                None => None,
            },
        })
    }

    /// The element in the parent frame that this frame is inside of.
    pub async fn owner_element(&self, progress: &Progress) -> Result<ElementHandle> {
        Ok(match &self.0 {
            Kind::Cdp(frame) => ElementHandle::cdp(frame.owner_element(progress).await?),
            Kind::Driven(frame) => ElementHandle::driven(frame.owner_element(progress).await?),
        })
    }

    /// Waits until this frame's document has come this far; at once when it already has.
    pub async fn wait_for_load_state(&self, progress: &Progress, until: LoadState) -> Result<()> {
        each!(self.0, frame => frame.wait_for_load_state(progress, until).await)
    }
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Frame")
            .field("id", &self.id())
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}
