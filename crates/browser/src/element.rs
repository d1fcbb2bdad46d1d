//! An element of a document, held from outside.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;
use crate::cdp;
use crate::drive::element::DrivenElement;
use crate::frame::Frame;
use crate::kind::{Kind, each};
use crate::progress::Progress;

/// An element of a document, in the isolated world of its frame. Cheap to clone; released in the page when the last
/// clone goes.
#[derive(Clone)]
pub struct ElementHandle(Kind<cdp::element::ElementHandle, DrivenElement>);

impl ElementHandle {
    pub(crate) fn cdp(element: cdp::element::ElementHandle) -> Self {
        Self(Kind::Cdp(element))
    }

    pub(crate) fn driven(element: DrivenElement) -> Self {
        Self(Kind::Driven(element))
    }

    pub(crate) fn as_cdp(&self) -> Option<&cdp::element::ElementHandle> {
        match &self.0 {
            Kind::Cdp(element) => Some(element),
            Kind::Driven(_) => None,
        }
    }

    pub(crate) fn as_driven(&self) -> Option<&DrivenElement> {
        match &self.0 {
            Kind::Cdp(_) => None,
            Kind::Driven(element) => Some(element),
        }
    }

    /// The frame whose document holds it.
    pub fn frame(&self) -> Frame {
        match &self.0 {
            Kind::Cdp(element) => Frame::cdp(element.frame().clone()),
            Kind::Driven(element) => Frame::driven(element.frame().clone()),
        }
    }

    /// Calls `__proscenium.<function>(element, ...args)`; `args` is a tuple or an array.
    pub async fn call<R: DeserializeOwned>(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<R> {
        each!(self.0, element => element.call(progress, function, args).await)
    }
}

impl std::fmt::Debug for ElementHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ElementHandle")
            .field("frame", &self.frame())
            .finish_non_exhaustive()
    }
}
