//! An element of a document, held from outside.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;
use crate::cdp::evaluate::bundle_call;
use crate::cdp::frame::arguments;
use crate::drive::driver::{Call, Handle};
use crate::drive::frame::DrivenFrame;
use crate::error::BrowserError;
use crate::progress::Progress;

/// A handle of an element; released in the page when the last clone goes.
#[derive(Clone)]
pub(crate) struct DrivenElement {
    inner: Arc<Element>,
}

struct Element {
    frame: DrivenFrame,
    handle: Handle,
}

impl DrivenElement {
    pub(crate) fn new(frame: DrivenFrame, handle: Handle) -> Self {
        Self {
            inner: Arc::new(Element { frame, handle }),
        }
    }

    pub(crate) fn frame(&self) -> &DrivenFrame {
        &self.inner.frame
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.inner.handle
    }

    pub(crate) async fn call<R: DeserializeOwned>(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<R> {
        let call = Call {
            declaration: bundle_call(function, true)?,
            arguments: arguments(args)?.get().to_owned(),
            this: Some(self.inner.handle.clone()),
        };
        let frame = &self.inner.frame;
        frame.core().check_responsive()?;
        let calling = frame.core().driver.call(frame.id(), call);
        let text = frame
            .core()
            .unless_dialog(progress, "calling an element", calling)
            .await?;
        read(&text)
    }
}

impl Drop for Element {
    fn drop(&mut self) {
        self.frame.core().driver.release(&self.handle);
    }
}

/// The value that a function of the page bundle returned.
pub(crate) fn read<R: DeserializeOwned>(text: &str) -> Result<R> {
    serde_json::from_str(text).map_err(|source| BrowserError::Reply {
        method: "a function of the page bundle",
        source: Arc::new(source),
    })
}
