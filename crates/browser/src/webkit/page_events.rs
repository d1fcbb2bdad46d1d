//! What becomes of a page's events.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::cdp::dialog::{Dialog, DialogKind};
use crate::cdp::navigation::LoadState;
use crate::drive::core::Core;
use crate::error::{BrowserError, NavigationFailure};
use crate::events::PageEvent;
use crate::ids::FrameId;
use crate::webkit::bootstrap::{Told, context_of};
use crate::webkit::connection::Sink;
use crate::webkit::wire::{Context, Wire};

/// The name of a navigation that has not told which document it leads to.
const UNDER_WAY: &str = "under way";

/// A navigation that is put off for longer, in seconds, is one of the page's later life.
const SOON: f64 = 1.0;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TargetCreated {
    target_info: TargetInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TargetInfo {
    target_id: String,
    #[serde(default)]
    is_provisional: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Committed {
    new_target_id: String,
}

#[derive(Deserialize)]
struct ContextCreated {
    context: ContextInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ContextInfo {
    id: u64,
    r#type: String,
    frame_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfFrame {
    frame_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scheduled {
    frame_id: String,
    #[serde(default)]
    delay: f64,
}

#[derive(Deserialize)]
struct Navigated {
    frame: Document,
}

/// A document of a frame, in events and in the tree of frames.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) parent_id: Option<String>,
    pub(crate) loader_id: String,
    #[serde(default)]
    pub(crate) name: String,
    pub(crate) url: String,
}

impl Sink for Wire {
    fn event(self: Arc<Self>, target: Option<&str>, method: &str, params: &Bytes) {
        let Some(target) = target else {
            return self.page_target(method, params);
        };
        let ours = self
            .target
            .borrow()
            .as_deref()
            .is_some_and(|current| current == target);
        let Some(core) = self.core().filter(|_| ours) else {
            return;
        };
        match method {
            "Page.frameNavigated" => {
                with(params, |event: Navigated| {
                    self.navigated(&core, &event.frame)
                });
            }
            "Page.frameDetached" => with(params, |event: OfFrame| {
                let frame = self.frame_id(&event.frame_id);
                self.forget_contexts(|known| *known == frame);
                core.frame_detached(frame.as_str());
            }),
            "Page.frameStartedLoading" => with(params, |event: OfFrame| {
                self.lock().loads += 1;
                core.navigation_started(self.frame_id(&event.frame_id).as_str(), UNDER_WAY);
            }),
            // Forms and scripts navigate a moment after they have asked for it.
            "Page.frameScheduledNavigation" => with(params, |event: Scheduled| {
                if event.delay < SOON {
                    let frame = self.frame_id(&event.frame_id);
                    core.navigation_started(frame.as_str(), UNDER_WAY);
                }
            }),
            "Page.frameClearedScheduledNavigation" => with(params, |event: OfFrame| {
                self.unless_begun(self.frame_id(&event.frame_id));
            }),
            "Page.frameStoppedLoading" => with(params, |event: OfFrame| {
                let frame = self.frame_id(&event.frame_id);
                core.navigation_ended(frame.as_str(), None);
                // Documents without scripts tell nothing by themselves.
                core.reached(frame.as_str(), None, LoadState::Load);
            }),
            "Page.domContentEventFired" => {
                core.reached(self.id.as_str(), None, LoadState::DomContentLoaded);
            }
            "Page.loadEventFired" => core.reached(self.id.as_str(), None, LoadState::Load),
            "Runtime.executionContextCreated" => {
                with(params, |event: ContextCreated| {
                    self.context_created(&event.context)
                });
            }
            "Console.messageAdded" | "Console.messageRepeatCountUpdated" => {
                crate::webkit::console::event(&self, &core, method, params);
            }
            method if method.starts_with("Network.") => {
                crate::webkit::network::event(&self, &core, method, params);
            }
            _ => {}
        }
    }
}

impl Wire {
    fn page_target(&self, method: &str, params: &Bytes) {
        match method {
            "Target.targetCreated" => with(params, |event: TargetCreated| {
                if !event.target_info.is_provisional {
                    self.target
                        .send_replace(Some(event.target_info.target_id.into()));
                }
            }),
            "Target.didCommitProvisionalTarget" => with(params, |event: Committed| {
                self.forget_contexts(|_| true);
                self.connection
                    .fail_page(self.number, &BrowserError::ContextDestroyed);
                self.target.send_replace(Some(event.new_target_id.into()));
                // Everything has been written; nobody waits for the last answer.
                drop(self.prepare());
            }),
            _ => {}
        }
    }

    /// Tells the page what it needs to know; everything is written at once. The answer to the last command comes after
    /// the documents that are there already have been told.
    pub(crate) fn prepare(
        &self,
    ) -> impl Future<Output = crate::Result<()>> + Send + 'static + use<> {
        let nothing = serde_json::json!({});
        for method in ["Page.enable", "Console.enable", "Network.enable"] {
            self.post(method, &nothing);
        }
        // The page's `console.clear` would release what we hold by the messages of our own script.
        self.post(
            "Console.setConsoleClearAPIEnabled",
            &serde_json::json!({"enable": false}),
        );
        let script = serde_json::json!({"source": self.bootstrap.source()});
        self.post("Page.setBootstrapScript", &script);
        let enabled = self.send::<serde_json::Value>("Runtime.enable", &nothing);
        async move { enabled.await.map(drop) }
    }

    /// A scheduled navigation is about to begin, or was given up. To begin, the page's process asks the browser's: after
    /// a round trip to the one, the other and the one again the beginning has been told.
    fn unless_begun(self: &Arc<Self>, frame: FrameId) {
        let wire = Arc::clone(self);
        let before = wire.lock().loads;
        tokio::spawn(async move {
            let nothing = serde_json::json!({"expression": "0"});
            let window = serde_json::json!({"handle": wire.handle()});
            let told = async {
                let page = || wire.send::<serde_json::Value>("Runtime.evaluate", &nothing);
                page().await?;
                wire.automate::<serde_json::Value>("Automation.getBrowsingContext", &window)
                    .await?;
                page().await
            };
            // An error means that the page has other things to do: whatever it is, it tells.
            let told: crate::Result<_> = told.await;
            if let Some(core) = wire.core()
                && told.is_ok()
                && wire.lock().loads == before
            {
                core.navigation_ended(frame.as_str(), None);
            }
        });
    }

    pub(crate) fn navigated(&self, core: &Arc<Core>, document: &Document) {
        let is_main = document.parent_id.is_none();
        if is_main {
            self.lock().main = Some(document.id.clone());
        }
        let frame = self.frame_id(&document.id);
        if let Some(parent) = &document.parent_id {
            core.frame_attached(&frame, &self.frame_id(parent), &document.url);
        }
        core.frame_named(frame.as_str(), &document.name);
        // The frames inside go with the document; the frame's own context is announced after this.
        if is_main {
            self.forget_contexts(|_| true);
        } else {
            self.forget_contexts(|known| *known == frame);
        }
        let unreachable = if is_main {
            self.unreachable(&document.url)
        } else {
            None
        };
        core.navigation_committed(
            frame.as_str(),
            Some(&document.loader_id),
            &document.url,
            unreachable.as_deref(),
        );
        if !is_main {
            return;
        }
        let is_other = {
            let mut state = self.lock();
            let asked_for = state.document.take().is_some();
            let going = state.going.as_ref();
            document.url == "about:blank"
                && asked_for
                && going.is_some_and(|going| !going.url.starts_with("about:"))
        };
        // The error page of what was tried before may come only now.
        if is_other && unreachable.is_none() {
            return;
        }
        self.arrived(match unreachable {
            Some(url) => Err(BrowserError::NavigationFailed {
                url,
                reason: NavigationFailure::Other("the browser shows its error page".to_owned()),
            }),
            None => Ok(Some(document.loader_id.as_str().into())),
        });
    }

    /// The address whose place the browser's error page takes. The error page calls itself `about:blank`.
    fn unreachable(&self, url: &str) -> Option<String> {
        let mut state = self.lock();
        let failed = state.failed.take();
        if url != "about:blank" {
            return None;
        }
        // What is refused before it is asked for, such as a forbidden port, is no request and no failure.
        let was_asked = state.document.is_some();
        let wanted = state.going.as_ref().filter(|_| !was_asked);
        failed
            .or_else(|| wanted.map(|going| going.url.clone()))
            .filter(|url| !url.starts_with("about:"))
    }

    fn context_created(&self, context: &ContextInfo) {
        if context.r#type != "normal" {
            return;
        }
        let frame = self.frame_id(&context.frame_id);
        let old = {
            let mut state = self.lock();
            match state.contexts.get(&frame) {
                // A frame's first context is announced twice.
                Some(known) if known.id == context.id => return,
                _ => state.contexts.insert(
                    frame.clone(),
                    Context {
                        id: context.id,
                        place: String::new(),
                        scope: None,
                    },
                ),
            }
        };
        if let Some(old) = old {
            self.connection.context_gone(self.number, old.id);
        }
        if let Some(core) = self.core() {
            core.scripts_ready(frame.as_str(), false);
        }
        // Where the script has run already, this does nothing: for documents that were there before us.
        let script = serde_json::json!({
            "expression": self.bootstrap.source(),
            "contextId": context.id,
        });
        if self.lock().attaching {
            self.post("Runtime.evaluate", &script);
        }
    }

    /// The script that every document runs first tells something.
    pub(crate) fn told(&self, core: &Arc<Core>, place: String, told: Told) {
        let frame = match &told {
            Told::Ready { scope, .. } => context_of(scope).and_then(|id| self.frame_of(id)),
            _ => self.frame_at(&place),
        };
        let Some(frame) = frame else {
            return;
        };
        match told {
            Told::Ready { state, scope } => {
                if let Some(context) = self.lock().contexts.get_mut(&frame) {
                    context.place = place;
                    context.scope = Some(scope.into());
                }
                core.scripts_ready(frame.as_str(), true);
                match state.as_str() {
                    "complete" => core.reached(frame.as_str(), None, LoadState::Load),
                    "interactive" => {
                        core.reached(frame.as_str(), None, LoadState::DomContentLoaded)
                    }
                    _ => {}
                }
            }
            Told::Emit(payload) => core.publish(PageEvent::PageScript {
                frame,
                payload: payload.into(),
            }),
            Told::Dialog {
                kind,
                message,
                default,
                url,
            } => {
                self.lock().dialog = true;
                core.dialog_opened(Dialog {
                    kind: match kind.as_str() {
                        "confirm" => DialogKind::Confirm,
                        "prompt" => DialogKind::Prompt,
                        _ => DialogKind::Alert,
                    },
                    message: message.into(),
                    default_prompt: default.into(),
                    url: url.into(),
                });
            }
            Told::Answered => {
                // When the browser has confirmed our answer before, that has been told already.
                self.dialog_answered();
            }
            Told::Address(url) => {
                let known = core.read_frame(&frame, |data| *data.url == *url);
                if known == Some(false) {
                    core.same_document(frame.as_str(), &url);
                }
                if frame.as_str() == self.id.as_str() {
                    self.arrived(Ok(None));
                }
            }
            Told::DomContentLoaded => {
                core.reached(frame.as_str(), None, LoadState::DomContentLoaded);
            }
            Told::Drag => self.lock().dragging = true,
            Told::Load => core.reached(frame.as_str(), None, LoadState::Load),
            Told::Chooser { number, multiple } => {
                self.lock().chooser = Some((frame, number, multiple));
            }
        }
    }

    /// The dialog is over, by our answer where one is on its way; by itself otherwise.
    pub(crate) fn dialog_answered(&self) {
        let mut state = self.lock();
        let was_open = std::mem::take(&mut state.dialog);
        let (accepted, text) = state.answering.take().unwrap_or_default();
        drop(state);
        if let (true, Some(core)) = (was_open, self.core()) {
            core.dialog_closed(accepted, &text);
        }
    }

    /// A file chooser would have opened; the browser gives up by itself when nobody chose before.
    pub(crate) fn chooser_dismissed(&self, cancelled: bool) {
        let chooser = self.lock().chooser.take();
        if let (Some(core), Some((frame, number, multiple)), true, true) = (
            self.core(),
            chooser,
            cancelled,
            self.choosers.load(Ordering::Relaxed),
        ) {
            core.publish(PageEvent::FileChooserOpened {
                frame,
                backend_node_id: number,
                multiple,
            });
        }
    }
}

/// Reads an event; one that cannot be read is dropped.
pub(crate) fn with<T: DeserializeOwned>(params: &Bytes, handle: impl FnOnce(T)) {
    match serde_json::from_slice(params) {
        Ok(event) => handle(event),
        Err(error) => tracing::debug!(%error, "the browser sent an event of an unknown shape"),
    }
}

/// A frame that a message is about, when it is known.
pub(crate) fn known(wire: &Wire, core: &Core, own: &str) -> Option<FrameId> {
    let frame = wire.frame_id(own);
    core.read_frame(&frame, |_| frame.clone())
}
