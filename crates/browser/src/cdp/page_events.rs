//! What a page makes of the events of its sessions. Runs on the reader's task: it changes the page's state, publishes,
//! writes commands, and never waits.

use std::sync::{Arc, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use tracing::debug;

use crate::cdp::attach::{BINDING, TITLE_BINDING};
use crate::cdp::connection::Sink;
use crate::cdp::console;
use crate::cdp::dialog::OpenDialog;
use crate::cdp::input::mouse::Mouse;
use crate::cdp::message::Event;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::page;
use crate::cdp::protocol::runtime;
use crate::cdp::protocol::{input, log};
use crate::cdp::session::Session;
use crate::error::BrowserError;
use crate::events::{ContextEvent, PageEvent};

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
            "Fetch.requestPaused" => with(params, |event| self.request_paused(session, event)),
            "Page.compilationCacheProduced" => with(params, |event| self.compiled(event)),
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
