//! An element of a document, held from outside.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;
use crate::cdp::frame::Frame;
use crate::progress::Progress;

/// An element of a document, in the isolated world of its frame. Cheap to clone; released in the page when the last
/// clone goes.
#[derive(Clone)]
pub struct ElementHandle {
    inner: Arc<()>,
}

impl ElementHandle {
    /// The frame whose document holds it.
    pub fn frame(&self) -> &Frame {
        unimplemented!()
    }

    /// Calls `__proscenium.<function>(element, ...args)`; `args` is a tuple or an array.
    pub async fn call<R: DeserializeOwned>(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<R> {
        unimplemented!()
    }
}
