//! Downloads, from their beginning to their end.

use std::collections::HashMap;
use std::sync::Arc;

use crate::cdp::context::ContextInner;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::browser::{
    DownloadProgressEvent, DownloadProgressEventState, DownloadWillBeginEvent,
};
use crate::events::{ContextEvent, DownloadState};

/// Downloads under way, by guid.
#[derive(Default)]
pub(crate) struct Downloads(HashMap<String, Arc<ContextInner>>);

impl Downloads {
    pub(crate) fn begin(&mut self, event: DownloadWillBeginEvent, pages: &[Arc<PageInner>]) {
        let page = pages
            .iter()
            .find(|page| page.lock().frames.get(&event.frame_id).is_some());
        let Some(page) = page else { return };
        self.0.insert(event.guid.clone(), Arc::clone(&page.context));
        page.context.publish(ContextEvent::DownloadStarted {
            page: Some(page.id.clone()),
            guid: event.guid.into(),
            url: event.url.into(),
            filename: event.suggested_filename.into(),
        });
    }

    pub(crate) fn progress(&mut self, event: DownloadProgressEvent) {
        let state = match event.state {
            DownloadProgressEventState::Completed => DownloadState::Completed,
            DownloadProgressEventState::Canceled => DownloadState::Canceled,
            _ => return,
        };
        let Some(context) = self.0.remove(&event.guid) else {
            return;
        };
        let path = event
            .file_path
            .map_or_else(|| context.downloads().join(&event.guid), Into::into);
        // The size is the file's own, not what the server promised.
        let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
        context.publish(ContextEvent::DownloadFinished {
            guid: event.guid.into(),
            path,
            bytes,
            state,
        });
    }
}
