//! What pages tell: where they are, what they ask, what their scripts report.

use std::sync::Arc;
use std::time::SystemTime;

use browser::{Capability, Engine, FrameId, Page, PageEvent, ResponseInfo, Support};
use ids::ErrorId;
use serde_json::Value;

use super::{Actor, Ending, Internal};
use crate::config::Surface;
use crate::events::SessionEventKind;
use crate::explain;
use crate::protocol::{Level, Notice, RecordingPhase};
use crate::recorder::{Arrival, Report};

impl Actor {
    pub(super) fn on_page(&mut self, index: u32, event: PageEvent) -> Option<Ending> {
        if !self.tabs.contains_key(&index) {
            return None;
        }
        match event {
            PageEvent::Navigated {
                frame,
                url,
                same_document,
                unreachable_url,
            } => {
                self.on_frame_navigated(
                    index,
                    &frame,
                    &url,
                    same_document,
                    unreachable_url.as_deref(),
                );
            }
            PageEvent::Loading(loading) => self.on_loading(index, loading),
            PageEvent::Load => self.ask_title(index),
            PageEvent::TitleChanged(title) => self.on_title(index, title.to_string()),
            PageEvent::DialogOpened(dialog) => self.on_dialog_opened(index, &dialog),
            PageEvent::DialogClosed { accepted, text } => {
                self.on_dialog_closed(index, accepted, &text);
            }
            PageEvent::FileChooserOpened {
                frame,
                backend_node_id,
                multiple,
            } => {
                self.on_file_chooser(index, frame, backend_node_id, multiple);
            }
            PageEvent::FrameDetached { frame } => self.paths.forget(&frame),
            PageEvent::PageScript { frame, payload } => self.on_script(index, frame, payload),
            PageEvent::RequestFailed(failure) => {
                if let Some(tab) = self.tabs.get_mut(&index) {
                    tab.document_failed(&failure.url, &failure.error_text);
                }
            }
            PageEvent::Response(info) => self.on_document_answer(index, &info),
            PageEvent::Crashed => return self.on_crash(index),
            PageEvent::Closed => return self.on_tab_closed(index),
            _ => {}
        }
        None
    }

    fn on_frame_navigated(
        &mut self,
        index: u32,
        frame: &FrameId,
        url: &Arc<str>,
        same_document: bool,
        unreachable: Option<&str>,
    ) {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        let page = tab.page.clone();
        if !same_document {
            self.arm(&page, frame);
        }
        if *frame != page.main_frame().id() {
            self.learn_frame(page, frame.clone());
            return;
        }
        self.dirty = true;
        if let Some(wanted) = unreachable {
            let error = self
                .tabs
                .get(&index)
                .and_then(|tab| tab.failure_of(wanted))
                .unwrap_or("net::ERR_FAILED");
            let reason = explain::net_error(wanted, error, &self.place.egress);
            if let Some(tab) = self.tabs.get_mut(&index) {
                tab.pending = None;
            }
            return self.fail(index, wanted, reason);
        }
        self.on_arrival(index, url, same_document);
    }

    /// Learns the way to a frame while it is there: a click that is recorded may take it away before its step is handled,
    /// and the steps before that one may still be on their way.
    fn learn_frame(&self, page: Page, frame: FrameId) {
        if self.shelf.phase() == RecordingPhase::Recording {
            let paths = self.paths.clone();
            self.spawn(async move {
                paths.learn(&page, &frame).await;
            });
        }
    }

    fn on_arrival(&mut self, index: u32, url: &Arc<str>, same_document: bool) {
        let active = self.active == Some(index);
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        // WebKit's error page calls itself so, and may come after the failure has been told.
        if tab.error.is_some() && tab.pending.is_none() && &**url == "about:blank" {
            return;
        }
        let from = std::mem::replace(&mut tab.url, url.to_string());
        let pending = tab.pending.take();
        if !same_document {
            tab.error = None;
            let crashed = std::mem::take(&mut tab.crashed);
            tab.title.clear();
            if active {
                self.looking.new_document();
                self.revive_cast(index, crashed);
            }
        }
        let blocked = self
            .tabs
            .get_mut(&index)
            .and_then(|tab| tab.blocked.take())
            .filter(|_| !same_document);
        if let Some((url, reason)) = blocked {
            self.fail(index, &url, reason);
        }
        // The blank document that every tab begins with is no place that somebody went to.
        if pending.is_none() && &**url == "about:blank" {
            return;
        }
        let typed_in_window = self.surface == Surface::Window && !same_document;
        let (cause, typed) = pending.map_or((None, None), |(cause, typed)| (Some(cause), typed));
        let at = SystemTime::now();
        self.emit(SessionEventKind::Navigated {
            tab: index,
            url: url.to_string(),
        });
        if active {
            let to = typed.unwrap_or_else(|| url.to_string());
            let timestamp = self.shelf.since_start(at);
            self.report(Report::Arrived(Arrival {
                from,
                to,
                same_document,
                cause,
                typed_in_window,
                timestamp,
            }));
        }
    }

    fn on_loading(&mut self, index: u32, loading: bool) {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        tab.loading = loading;
        if !loading {
            // Not the navigation: one that began just now is not the one that ended.
            tab.patience.cancel();
        }
        self.dirty = true;
        if !loading {
            self.ask_title(index);
            self.measure_window(index);
        }
    }

    /// A window's person may have given it another size.
    fn measure_window(&self, index: u32) {
        let Some(tab) = self
            .tabs
            .get(&index)
            .filter(|_| self.surface == Surface::Window)
        else {
            return;
        };
        let (page, internal, progress) = (
            tab.page.clone(),
            self.internal.clone(),
            self.progress(super::tabs::TAB_LIMIT),
        );
        self.spawn(async move {
            let area = page
                .evaluate(&progress, "[innerWidth, innerHeight, devicePixelRatio]")
                .await;
            let Ok(area) = area else { return };
            let side = |at: usize| area[at].as_u64().and_then(|side| u32::try_from(side).ok());
            if let (Some(width), Some(height), Some(scale)) = (side(0), side(1), area[2].as_f64()) {
                let _ = internal
                    .send(Internal::Measured {
                        width,
                        height,
                        scale,
                    })
                    .await;
            }
        });
    }

    pub(super) fn on_measured(&mut self, width: u32, height: u32, scale: f64) {
        let viewport = &mut self.viewport;
        (
            viewport.width,
            viewport.height,
            viewport.device_scale_factor,
        ) = (width, height, scale);
        viewport.preset = None;
        self.dirty = true;
    }

    pub(super) fn ask_title(&mut self, index: u32) {
        let Some(tab) = self.tabs.get(&index) else {
            return;
        };
        let (page, internal, progress) = (
            tab.page.clone(),
            self.internal.clone(),
            self.progress(super::tabs::TAB_LIMIT),
        );
        self.spawn(async move {
            if let Ok(title) = page.title(&progress).await {
                let _ = internal.send(Internal::Title { tab: index, title }).await;
            }
        });
    }

    pub(super) fn on_title(&mut self, index: u32, title: String) {
        if let Some(tab) = self.tabs.get_mut(&index).filter(|tab| tab.title != title) {
            tab.title = title.chars().take(500).collect();
            self.dirty = true;
        }
    }

    /// A document's answer says that something is wrong, in the page's words or in those of the network door.
    fn on_document_answer(&mut self, index: u32, info: &ResponseInfo) {
        let Some(tab) = self.tabs.get(&index) else {
            return;
        };
        let main = info
            .frame
            .as_ref()
            .is_none_or(|frame| *frame == tab.page.main_frame().id());
        if info.status < 400 || !main {
            return;
        }
        let from_door = info
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(egress::ERROR_HEADER));
        let refused = info.status == 403;
        if let Some(reason) =
            explain::door(&info.url, &self.place.egress).filter(|_| from_door || refused)
        {
            return self.fail_after_arrival(index, info.url.clone(), reason);
        }
        let text = format!(
            "{} answered {} {}",
            info.url,
            info.status,
            reason_phrase(info)
        );
        self.say(
            None,
            Notice::note(Level::Warning, "http_status", text.trim_end()),
        );
    }

    /// The door's own page is about to be shown: its arrival clears the tab's error, so it is set afterwards.
    fn fail_after_arrival(&mut self, index: u32, url: String, reason: crate::protocol::TabError) {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        // WebKit tells the answer after the document that came with it.
        if self.place.browser.engine() == Engine::WebKit && tab.url == url {
            return self.fail(index, &url, reason);
        }
        tab.blocked = Some((url, reason));
    }

    pub(super) fn on_crash(&mut self, index: u32) -> Option<Ending> {
        let tab = self.tabs.get_mut(&index).filter(|tab| !tab.crashed)?;
        tab.crashed = true;
        tab.loading = false;
        tab.error = Some(explain::crash());
        let url = tab.url.clone();
        self.dirty = true;
        self.reset_input();
        self.dialog = self.dialog.take().filter(|dialog| dialog.tab != index);
        self.say(
            None,
            Notice::note(
                Level::Error,
                "crashed",
                "The page crashed. Reload to open it again.",
            ),
        );
        self.emit(SessionEventKind::Crashed {
            error: ErrorId::new(),
            tab: index,
            url,
        });
        let engine = self.place.browser.engine();
        let revivable = Capability::CrashRecovery.on(engine) == Support::Full;
        (!revivable).then(|| Ending::failed("the page crashed, and with it the browser"))
    }

    /// A message of the page script.
    fn on_script(&mut self, index: u32, frame: FrameId, payload: Arc<str>) {
        let message: Value = match serde_json::from_str(&payload) {
            Ok(message) => message,
            Err(error) => {
                return tracing::warn!(%error, "a message of the page script could not be read");
            }
        };
        let active = self.active == Some(index);
        match message.get("kind").and_then(Value::as_str) {
            Some("step") => {
                self.worked_in(index);
                let Some(tab) = self.tabs.get(&index) else {
                    return;
                };
                self.report(Report::Script {
                    tab: index,
                    page: tab.page.clone(),
                    frame,
                    payload,
                });
            }
            Some("picker") if active => self.on_picker(frame, message),
            Some("pickerClosed") if active => self.say(None, Notice::PickerClosed),
            Some("cursor") if active => {
                let css = message
                    .get("cursor")
                    .and_then(Value::as_str)
                    .unwrap_or("default")
                    .to_owned();
                self.say(None, Notice::Cursor { css });
            }
            Some("focus") if active => {
                let editable = message
                    .get("editable")
                    .and_then(Value::as_bool)
                    .unwrap_or_default();
                self.say(
                    None,
                    Notice::Focus {
                        editable,
                        area: message.get("box").cloned(),
                    },
                );
            }
            _ => {}
        }
    }
}

fn reason_phrase(info: &ResponseInfo) -> &str {
    if !info.status_text.is_empty() {
        return &info.status_text;
    }
    match info.status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}
