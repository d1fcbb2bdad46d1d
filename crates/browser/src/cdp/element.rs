//! An element of a document, held from outside.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;
use crate::cdp::evaluate::{Argument, Call, bundle_call};
use crate::cdp::frame::{Frame, arguments};
use crate::cdp::message::Command as _;
use crate::cdp::protocol::runtime::ReleaseObject;
use crate::cdp::session::Session;
use crate::progress::Progress;

/// An element of a document, in the isolated world of its frame. Cheap to clone; released in the page when the last
/// clone goes.
#[derive(Clone)]
pub(crate) struct ElementHandle {
    inner: Arc<Held>,
}

struct Held {
    frame: Frame,
    session: Session,
    object_id: String,
}

impl ElementHandle {
    pub(crate) fn new(frame: Frame, session: Session, object_id: String) -> Self {
        Self {
            inner: Arc::new(Held {
                frame,
                session,
                object_id,
            }),
        }
    }

    /// The frame whose document holds it.
    pub(crate) fn frame(&self) -> &Frame {
        &self.inner.frame
    }

    /// Calls `__proscenium.<function>(element, ...args)`; `args` is a tuple or an array.
    pub(crate) async fn call<R: DeserializeOwned>(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<R> {
        let arguments = arguments(args)?;
        let command = Call {
            function_declaration: &bundle_call(function, true)?,
            unique_context_id: None,
            object_id: Some(&self.inner.object_id),
            arguments: [Argument { value: &arguments }],
            await_promise: true,
            return_by_value: true,
        };
        let page = self.inner.frame.page_inner();
        page.check_responsive()?;
        let calling = self.inner.session.send(&command);
        page.unless_dialog(progress, "calling an element", calling)
            .await?
            .value(Call::METHOD)
    }

    pub(crate) fn object_id(&self) -> &str {
        &self.inner.object_id
    }

    pub(crate) fn session(&self) -> &Session {
        &self.inner.session
    }
}

impl std::fmt::Debug for ElementHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ElementHandle")
            .field("frame", &self.inner.frame)
            .finish_non_exhaustive()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.session.post(&ReleaseObject {
            object_id: std::mem::take(&mut self.object_id),
        });
    }
}
