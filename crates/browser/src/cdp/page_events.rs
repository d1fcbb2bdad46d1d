//! What a page makes of the events of its sessions. Runs on the reader's task: it changes the page's state, publishes,
//! writes commands, and never waits.

use std::sync::{Arc, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use tracing::debug;

use crate::cdp::attach::{self, BINDING, TITLE_BINDING, WORLD};
use crate::cdp::connection::Sink;
use crate::cdp::console;
use crate::cdp::dialog::OpenDialog;
use crate::cdp::frame::World;
use crate::cdp::frame_tree::ContextRef;
use crate::cdp::input::mouse::Mouse;
use crate::cdp::message::Event;
use crate::cdp::navigation::LoadState;
use crate::cdp::page_inner::{Child, PageInner};
use crate::cdp::protocol::page::{self, FrameDetachedEventReason};
use crate::cdp::protocol::runtime::{self, RunIfWaitingForDebugger};
use crate::cdp::protocol::target::{
    AttachedToTargetEvent, DetachFromTarget, DetachedFromTargetEvent,
};
use crate::cdp::protocol::{input, log};
use crate::cdp::session::Session;
use crate::error::BrowserError;
use crate::events::{ContextEvent, PageEvent};
use crate::ids::FrameId;

impl Sink for PageInner {
    fn event(self: Arc<Self>, session: &str, method: &str, params: &Bytes) {
        match method {
            "Page.lifecycleEvent" => with(params, |event| self.lifecycle(event)),
            "Page.frameAttached" => with(params, |event| self.frame_attached(session, event)),
            "Page.frameDetached" => with(params, |event| self.frame_detached(event)),
            "Page.frameNavigated" => with(params, |event| self.frame_navigated(session, event)),
            "Page.navigatedWithinDocument" => {
                with(params, |event| self.moved_within_document(event))
            }
            "Page.frameStartedNavigating" => with(params, |event| self.started_navigating(event)),
            "Page.frameRequestedNavigation" => {
                with(params, |event| self.requested_navigation(event))
            }
            "Page.frameScheduledNavigation" => {
                with(params, |event| self.scheduled_navigation(event))
            }
            "Page.frameClearedScheduledNavigation" => {
                with(params, |event| self.cleared_navigation(event))
            }
            "Page.frameStartedLoading" => with(params, |event: page::FrameStartedLoadingEvent| {
                self.loading(&event.frame_id, true);
            }),
            "Page.frameStoppedLoading" => with(params, |event: page::FrameStoppedLoadingEvent| {
                self.loading(&event.frame_id, false);
            }),
            "Page.javascriptDialogOpening" => {
                with(params, |event| self.dialog_opening(session, event))
            }
            "Page.javascriptDialogClosed" => with(params, |event| self.dialog_closed(event)),
            "Page.fileChooserOpened" => with(params, |event| self.file_chooser_opened(event)),
            "Page.screencastFrame" => self.screencast_frame(params),
            "Runtime.executionContextCreated" => {
                with(params, |event| self.context_created(session, event))
            }
            "Runtime.executionContextDestroyed" => {
                with(params, |event: runtime::ExecutionContextDestroyedEvent| {
                    let unique_id = event.execution_context_unique_id;
                    self.lock()
                        .frames
                        .forget_contexts(session, Some(&unique_id));
                });
            }
            "Runtime.executionContextsCleared" => self.lock().frames.forget_contexts(session, None),
            "Runtime.bindingCalled" => with(params, |event| self.binding_called(session, event)),
            "Runtime.consoleAPICalled" if self.has_listeners() => with(params, |event| {
                let frame = |context| {
                    self.lock()
                        .frames
                        .frame_of_context(session, context)
                        .cloned()
                };
                self.publish(PageEvent::Console(Arc::new(console::message(event, frame))));
            }),
            "Runtime.exceptionThrown" if self.has_listeners() => with(params, |event| {
                let frame = |context| {
                    self.lock()
                        .frames
                        .frame_of_context(session, context)
                        .cloned()
                };
                self.publish(PageEvent::Exception(Arc::new(console::exception(
                    event, frame,
                ))));
            }),
            "Log.entryAdded" if self.has_listeners() => {
                with(params, |event: log::EntryAddedEvent| {
                    self.publish(PageEvent::Console(Arc::new(console::log_entry(
                        event.entry,
                    ))));
                })
            }
            "Input.dragIntercepted" => with(params, |event: input::DragInterceptedEvent| {
                self.drag_intercepted(event);
            }),
            "Target.attachedToTarget" => with(params, |event| self.child_attached(session, event)),
            "Target.detachedFromTarget" => {
                with(params, |event| self.child_detached(session, event))
            }
            "Inspector.targetCrashed" => self.crashed(session),
            method if method.starts_with("Network.") => {
                let events = self
                    .network
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take(method, params);
                events.into_iter().for_each(|event| self.publish(event));
            }
            _ => {}
        }
    }
}

impl PageInner {
    fn lifecycle(&self, event: page::LifecycleEventEvent) {
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

    fn frame_attached(&self, session: &str, event: page::FrameAttachedEvent) {
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

    fn frame_detached(&self, event: page::FrameDetachedEvent) {
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

    fn frame_navigated(&self, session: &str, event: page::FrameNavigatedEvent) {
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

    fn moved_within_document(&self, event: page::NavigatedWithinDocumentEvent) {
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

    fn pending(&self, frame: &str, change: impl FnOnce(&mut crate::cdp::frame_tree::Pending)) {
        let mut state = self.lock();
        let Some(frame) = state.frames.get_mut(frame) else {
            return;
        };
        change(&mut frame.pending);
        drop(state);
        self.changed();
    }

    fn started_navigating(&self, event: page::FrameStartedNavigatingEvent) {
        self.pending(&event.frame_id, |pending| {
            *pending = Default::default();
            pending.started = Some(event.loader_id.into());
        });
    }

    fn requested_navigation(&self, event: page::FrameRequestedNavigationEvent) {
        if event.disposition == page::ClientNavigationDisposition::CurrentTab {
            self.pending(&event.frame_id, |pending| pending.requested = true);
        }
    }

    fn scheduled_navigation(&self, event: page::FrameScheduledNavigationEvent) {
        // A refresh some seconds later is the page's affair, not the consequence of what was just done.
        if event.delay < 1.0 {
            self.pending(&event.frame_id, |pending| pending.scheduled = true);
        }
    }

    fn cleared_navigation(&self, event: page::FrameClearedScheduledNavigationEvent) {
        self.pending(&event.frame_id, |pending| pending.scheduled = false);
    }

    fn loading(&self, frame: &str, loading: bool) {
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

    fn dialog_opening(&self, session: &str, event: page::JavascriptDialogOpeningEvent) {
        let session = Session::new(self.session.connection().clone(), session.into());
        let open = OpenDialog::new(event, session);
        let dialog = Arc::clone(&open.dialog);
        self.set_dialog(Some(open));
        self.publish(PageEvent::DialogOpened(dialog));
    }

    fn dialog_closed(&self, event: page::JavascriptDialogClosedEvent) {
        self.set_dialog(None);
        self.publish(PageEvent::DialogClosed {
            accepted: event.result,
            text: event.user_input.into(),
        });
    }

    fn file_chooser_opened(&self, event: page::FileChooserOpenedEvent) {
        let Some(backend_node_id) = event.backend_node_id else {
            return;
        };
        self.publish(PageEvent::FileChooserOpened {
            frame: event.frame_id.into(),
            backend_node_id,
            multiple: event.mode == page::FileChooserOpenedEventMode::SelectMultiple,
        });
    }

    fn drag_intercepted(self: &Arc<Self>, event: input::DragInterceptedEvent) {
        let is_late = {
            let mut mouse = self.mouse.lock().unwrap_or_else(PoisonError::into_inner);
            mouse.drag_began(event.data);
            mouse.is_dragging_without_button()
        };
        if is_late {
            Mouse::new(Arc::clone(self)).drop_late();
        }
        self.changed();
    }

    fn screencast_frame(&self, params: &Bytes) {
        let received = Instant::now();
        let slot = self
            .cast
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let Some(number) = crate::cdp::screencast::frame_number(params) else {
            return;
        };
        // The browser is told at once, whatever becomes of the picture: a late answer halves its rate.
        self.session
            .post(&page::ScreencastFrameAck { session_id: number });
        if let Some(slot) = slot {
            slot.put(params.clone(), received);
        }
    }

    fn context_created(&self, session: &str, event: runtime::ExecutionContextCreatedEvent) {
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

    fn binding_called(&self, session: &str, event: runtime::BindingCalledEvent) {
        match event.name.as_str() {
            BINDING => {}
            TITLE_BINDING => return self.title_changed(&event.payload),
            _ => return,
        }
        let frame = self
            .lock()
            .frames
            .frame_of_context(session, event.execution_context_id)
            .cloned();
        match frame {
            Some(frame) => self.publish(PageEvent::PageScript {
                frame,
                payload: event.payload.into(),
            }),
            None => debug!("a message from the page bundle came from an unknown frame"),
        }
    }

    /// A frame lives in another process from now on; it waits there for us.
    fn child_attached(self: &Arc<Self>, parent: &str, event: AttachedToTargetEvent) {
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
        drop(state);
        attach::prepare(&session, &emulation, switches);
        self.read_first_document(&session);
        session.post(&RunIfWaitingForDebugger {});
        self.changed();
    }

    /// A frame's process is gone: the frame was removed, or it goes on in its parent's process. Which of the two is
    /// known once the parent's session has answered something.
    fn child_detached(self: &Arc<Self>, parent: &str, event: DetachedFromTargetEvent) {
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

    fn crashed(&self, session: &str) {
        let session = Session::new(self.session.connection().clone(), session.into());
        let error = BrowserError::TargetCrashed;
        session.connection().fail(session.id(), &error);
        if session != self.session {
            return;
        }
        {
            let mut state = self.lock();
            state.crashed = true;
            state.loading = false;
        }
        self.set_dialog(None);
        self.publish(PageEvent::Crashed);
        self.context.publish(ContextEvent::PageCrashed {
            page: self.id.clone(),
        });
    }

    /// The tab's title has changed.
    pub(crate) fn title_changed(&self, title: &str) {
        let mut state = self.lock();
        if *state.title == *title {
            return;
        }
        state.title = title.into();
        let title = Arc::clone(&state.title);
        drop(state);
        self.publish(PageEvent::TitleChanged(title));
    }
}

/// Reads an event's body; one that cannot be read is dropped, so that a newer browser does no harm.
pub(crate) fn with<E: Event>(params: &Bytes, handle: impl FnOnce(E)) {
    match serde_json::from_slice(params) {
        Ok(event) => handle(event),
        Err(error) => debug!(method = E::METHOD, %error, "an event could not be read"),
    }
}
