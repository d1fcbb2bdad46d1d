//! A frame of a page.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;
use crate::cdp::element::ElementHandle;
use crate::cdp::navigation::{LoadState, Navigation};
use crate::cdp::page::Page;
use crate::ids::FrameId;
use crate::progress::Progress;

/// Which of a frame's JavaScript worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum World {
    /// The page's own.
    Main,
    /// Proscenium's own: same document, other globals, out of the page's reach. The page bundle lives here.
    Isolated,
}

/// A frame of a page. Cheap to clone; it stays the same frame when a navigation moves it to another process.
#[derive(Clone)]
pub struct Frame {
    inner: Arc<()>,
}

impl Frame {
    /// Names the frame.
    pub fn id(&self) -> FrameId {
        unimplemented!()
    }

    /// Its address.
    pub fn url(&self) -> String {
        unimplemented!()
    }

    /// The `name` of its element or window.
    pub fn name(&self) -> String {
        unimplemented!()
    }

    /// The frame around it; `None` for the main frame.
    pub fn parent(&self) -> Option<Frame> {
        unimplemented!()
    }

    /// Its page.
    pub fn page(&self) -> Page {
        unimplemented!()
    }

    /// Whether the frame has been removed.
    pub fn is_detached(&self) -> bool {
        unimplemented!()
    }

    /// Evaluates an expression, awaits it when it is a promise, and reads it as JSON; `undefined` is `Null`.
    pub async fn evaluate(
        &self,
        progress: &Progress,
        world: World,
        expression: &str,
    ) -> Result<serde_json::Value> {
        unimplemented!()
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
        unimplemented!()
    }

    /// As `call`, for a function that returns an element or nothing.
    pub async fn call_handle(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<Option<ElementHandle>> {
        unimplemented!()
    }

    /// The frame inside an `<iframe>` or `<frame>` element of this frame; `None` for another element.
    pub async fn child_frame(
        &self,
        progress: &Progress,
        element: &ElementHandle,
    ) -> Result<Option<Frame>> {
        unimplemented!()
    }

    /// The element in the parent frame that this frame is inside of.
    pub async fn owner_element(&self, progress: &Progress) -> Result<ElementHandle> {
        unimplemented!()
    }

    /// Waits until this frame's document has come this far.
    pub async fn wait_for_load_state(&self, progress: &Progress, until: LoadState) -> Result<()> {
        unimplemented!()
    }
}
