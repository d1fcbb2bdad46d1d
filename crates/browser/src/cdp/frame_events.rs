//! What the frames of a page make of events: where they are, how far they have come, which process they live in.

use std::sync::Arc;

use crate::cdp::attach::{self, WORLD};
use crate::cdp::connection::Sink;
use crate::cdp::frame::World;
use crate::cdp::frame_tree::{ContextRef, Pending};
use crate::cdp::navigation::LoadState;
use crate::cdp::offline;
use crate::cdp::page_inner::{Child, PageInner};
use crate::cdp::protocol::page::{self, FrameDetachedEventReason};
use crate::cdp::protocol::runtime::{self, RunIfWaitingForDebugger};
use crate::cdp::protocol::target::{
    AttachedToTargetEvent, DetachFromTarget, DetachedFromTargetEvent,
};
use crate::cdp::session::Session;
use crate::error::BrowserError;
use crate::events::PageEvent;
use crate::ids::FrameId;

impl PageInner {
    pub(super) fn lifecycle(&self, event: page::LifecycleEventEvent) {
        let reached = match event.name.as_str() {
            "DOMContentLoaded" => LoadState::DomContentLoaded,
            "load" => LoadState::Load,
            "networkIdle" => LoadState::NetworkIdle,
            _ => return,
        };
        let mut state = self.lock();
        let is_main = state.frames.main().as_str() == event.frame_id;
        let Some(frame) = state.frames.get_mut(&event.frame_id) else {
            return;
        };
        frame.has_reached(&event.loader_id, reached);
        let shown = *frame.loader == *event.loader_id;
        drop(state);
        self.changed();
        match reached {
            LoadState::DomContentLoaded if is_main && shown => {
                self.publish(PageEvent::DomContentLoaded)
            }
            LoadState::Load if is_main && shown => self.publish(PageEvent::Load),
            _ => {}
        }
    }

    pub(super) fn frame_attached(&self, session: &str, event: page::FrameAttachedEvent) {
        let frame = FrameId::from(event.frame_id);
        let parent = FrameId::from(event.parent_frame_id);
        let session = Session::new(self.session.connection().clone(), session.into());
        let is_new = self.lock().frames.attach(&frame, Some(&parent), &session);
        self.changed();
        if is_new {
            self.publish(PageEvent::FrameAttached {
                frame,
                parent: Some(parent),
            });
        }
    }

    pub(super) fn frame_detached(&self, event: page::FrameDetachedEvent) {
        // A swap means that the frame goes on in another process, whose session tells the rest.
        if event.reason != FrameDetachedEventReason::Swap {
            let gone = self.lock().frames.detach(&event.frame_id);
            self.frames_gone(gone);
        }
    }

    fn frames_gone(&self, gone: Vec<FrameId>) {
        if gone.is_empty() {
            return;
        }
        self.changed();
        for frame in gone {
            self.publish(PageEvent::FrameDetached { frame });
        }
    }

    pub(super) fn frame_navigated(&self, session: &str, event: page::FrameNavigatedEvent) {
        let shown = event.frame;
        let url = match &shown.url_fragment {
            Some(fragment) => format!("{}{fragment}", shown.url),
            None => shown.url,
        };
        let mut state = self.lock();
        let gone = state.frames.detach_children(&shown.id);
        let is_main = state.frames.main().as_str() == shown.id;
        let Some(frame) = state.frames.get_mut(&shown.id) else {
            return;
        };
        let name = shown.name.as_deref().unwrap_or_default();
        frame.move_to(&Session::new(
            self.session.connection().clone(),
            session.into(),
        ));
        frame.show(
            &shown.loader_id,
            &url,
            name,
            shown.unreachable_url.as_deref(),
        );
        let (url, unreachable_url) = (Arc::clone(&frame.url), frame.unreachable.clone());
        if is_main {
            // A new document in the main frame has a living process.
            state.crashed = false;
        }
        drop(state);
        self.frames_gone(gone);
        self.changed();
        self.publish(PageEvent::Navigated {
            frame: shown.id.into(),
            url,
            same_document: false,
            unreachable_url,
        });
    }

    pub(super) fn moved_within_document(&self, event: page::NavigatedWithinDocumentEvent) {
        let mut state = self.lock();
        let Some(frame) = state.frames.get_mut(&event.frame_id) else {
            return;
        };
        frame.url = event.url.into();
        frame.navigations += 1;
        frame.pending = Default::default();
        let url = Arc::clone(&frame.url);
        drop(state);
        self.changed();
        let frame = event.frame_id.into();
        self.publish(PageEvent::Navigated {
            frame,
            url,
            same_document: true,
            unreachable_url: None,
        });
    }

    fn pending(&self, frame: &str, change: impl FnOnce(&mut Pending)) {
        let mut state = self.lock();
        let Some(frame) = state.frames.get_mut(frame) else {
            return;
        };
        change(&mut frame.pending);
        drop(state);
        self.changed();
    }

    pub(super) fn started_navigating(&self, event: page::FrameStartedNavigatingEvent) {
        self.pending(&event.frame_id, |pending| {
            *pending = Default::default();
            pending.started = Some(event.loader_id.into());
        });
    }

    pub(super) fn requested_navigation(&self, event: page::FrameRequestedNavigationEvent) {
        if event.disposition == page::ClientNavigationDisposition::CurrentTab {
            self.pending(&event.frame_id, |pending| pending.requested = true);
        }
    }

    pub(super) fn scheduled_navigation(&self, event: page::FrameScheduledNavigationEvent) {
        // A refresh some seconds later is the page's affair, not the consequence of what was just done.
        if event.delay < 1.0 {
            self.pending(&event.frame_id, |pending| pending.scheduled = true);
        }
    }

    pub(super) fn cleared_navigation(&self, event: page::FrameClearedScheduledNavigationEvent) {
        self.pending(&event.frame_id, |pending| pending.scheduled = false);
    }

    pub(super) fn loading(&self, frame: &str, loading: bool) {
        let mut state = self.lock();
        let is_main = state.frames.main().as_str() == frame;
        if is_main {
            state.loading = loading;
        }
        if let Some(frame) = state.frames.get_mut(frame).filter(|_| !loading) {
            frame.pending = Default::default();
        }
        drop(state);
        self.changed();
        if is_main {
            self.publish(PageEvent::Loading(loading));
        }
    }

    pub(super) fn context_created(
        &self,
        session: &str,
        event: runtime::ExecutionContextCreatedEvent,
    ) {
        let context = event.context;
        let data = context.aux_data.unwrap_or_default();
        let world = match data.get("isDefault").and_then(serde_json::Value::as_bool) {
            Some(true) => World::Main,
            _ if context.name == WORLD => World::Isolated,
            _ => return,
        };
        let Some(frame) = data.get("frameId").and_then(serde_json::Value::as_str) else {
            return;
        };
        let mut state = self.lock();
        let Some(frame) = state.frames.get_mut(frame) else {
            return;
        };
        let session = Session::new(self.session.connection().clone(), session.into());
        frame.set_context(
            world,
            ContextRef {
                session,
                id: context.id,
                unique_id: context.unique_id.into(),
            },
        );
        drop(state);
        self.changed();
    }

    /// A frame lives in another process from now on; it waits there for us.
    pub(super) fn child_attached(self: &Arc<Self>, parent: &str, event: AttachedToTargetEvent) {
        let info = event.target_info;
        let session = self
            .session
            .connection()
            .attach(&event.session_id, Arc::clone(self) as Arc<dyn Sink>);
        if info.r#type != "iframe" {
            session.post(&RunIfWaitingForDebugger {});
            let parent = Session::new(self.session.connection().clone(), parent.into());
            parent.post(&DetachFromTarget {
                session_id: Some(event.session_id),
            });
            return;
        }
        let frame = FrameId::from(info.target_id);
        let mut state = self.lock();
        let outer = info.parent_frame_id.map(FrameId::from);
        state.frames.attach(&frame, outer.as_ref(), &session);
        state.children.push(Child {
            session: session.clone(),
            parent: parent.into(),
        });
        let (emulation, switches) = (state.emulation.clone(), state.switches);
        let carried = state.carried.clone();
        drop(state);
        if let Some(site) = &self.context.options().offline {
            offline::prepare(&session, site);
        }
        if let Some(script) = &self.context.options().stage_script {
            offline::carry(&session, script);
        }
        for script in &carried {
            offline::carry(&session, script);
        }
        attach::prepare(&session, &emulation, switches);
        self.read_first_document(&session);
        session.post(&RunIfWaitingForDebugger {});
        self.changed();
    }

    /// A frame's process is gone: the frame was removed, or it goes on in its parent's process. Which of the two is
    /// known once the parent's session has answered something.
    pub(super) fn child_detached(self: &Arc<Self>, parent: &str, event: DetachedFromTargetEvent) {
        let mut state = self.lock();
        let dead = state.take_children(&event.session_id);
        for session in &dead {
            state.frames.forget_contexts(session.id(), None);
        }
        drop(state);
        for session in &dead {
            session
                .connection()
                .detach(session.id(), &BrowserError::ContextDestroyed);
        }
        let page = Arc::clone(self);
        let parent = Session::new(self.session.connection().clone(), parent.into());
        parent.then(&page::Enable::default(), move |_| {
            let mut state = page.lock();
            let stranded: Vec<_> = dead
                .iter()
                .flat_map(|session| state.frames.in_session(session.id()))
                .collect();
            let gone = stranded
                .iter()
                .flat_map(|frame| state.frames.detach(frame.as_str()))
                .collect();
            drop(state);
            page.frames_gone(gone);
        });
        self.changed();
    }
}
