//! What the browser tells, handed to the page or context that it is about.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use serde_json::value::RawValue;

use crate::bidi::connection::Sink;
use crate::bidi::downloads::suggested;
use crate::bidi::install::{MESSAGES, TITLES};
use crate::bidi::network::NetworkEvent;
use crate::bidi::page::FirefoxPage;
use crate::bidi::process::FirefoxInner;
use crate::bidi::target::Target;
use crate::bidi::value::{stack, text};
use crate::cdp::dialog::{Dialog, DialogKind};
use crate::cdp::frame::World;
use crate::cdp::navigation::LoadState;
use crate::drive::core::Core;
use crate::events::{
    ConsoleLevel, ConsoleMessage, ContextEvent, DownloadState, PageEvent, PageException,
};
use crate::ids::{FrameId, PageId};

impl Sink for FirefoxInner {
    fn event(self: Arc<Self>, method: &str, params: &RawValue) {
        if method.starts_with("network.") {
            return self.network(method, params);
        }
        let Ok(params) = serde_json::from_str::<Value>(params.get()) else {
            return;
        };
        let text = |name: &str| params.get(name).and_then(Value::as_str);
        match method {
            "browsingContext.contextCreated" => return self.context_created(&params),
            "browsingContext.contextDestroyed" => return self.context_destroyed(&params),
            "script.realmDestroyed" => return self.realm_destroyed(text("realm")),
            "browsingContext.downloadWillBegin" => return self.download_begins(&params),
            "browsingContext.downloadEnd" => return self.download_ends(&params),
            _ => {}
        }
        let frame = text("context")
            .or_else(|| params.pointer("/source/context").and_then(Value::as_str))
            .unwrap_or_default();
        let Some((core, target)) = self.page_of(frame) else {
            return;
        };
        let url = text("url").unwrap_or_default();
        let navigation = text("navigation");
        match method {
            "browsingContext.navigationStarted" => {
                core.navigation_started(frame, navigation.unwrap_or_default());
            }
            // The browser's own page for a page whose process has gone.
            "browsingContext.navigationCommitted" if url.starts_with("about:tabcrashed") => {
                core.crashed();
            }
            "browsingContext.navigationCommitted" => {
                let failed = unreachable(url);
                core.navigation_committed(frame, navigation, url, failed.as_deref());
                let ready = target.lock().has_bundle(frame);
                core.scripts_ready(frame, ready);
            }
            "browsingContext.fragmentNavigated" => {
                core.same_document(frame, url);
                core.navigation_ended(frame, navigation);
            }
            "browsingContext.historyUpdated" => core.same_document(frame, url),
            "browsingContext.navigationFailed" | "browsingContext.navigationAborted" => {
                core.navigation_ended(frame, navigation);
            }
            "browsingContext.domContentLoaded" => {
                core.reached(frame, navigation, LoadState::DomContentLoaded);
                // The browser's own error page says no more than this.
                if url.starts_with("about:") {
                    core.reached(frame, navigation, LoadState::Load);
                }
            }
            "browsingContext.load" => core.reached(frame, navigation, LoadState::Load),
            "browsingContext.userPromptOpened" => core.dialog_opened(dialog(&core, &params)),
            "browsingContext.userPromptClosed" => {
                let accepted = params.get("accepted").and_then(Value::as_bool);
                core.dialog_closed(
                    accepted.unwrap_or_default(),
                    text("userText").unwrap_or_default(),
                );
            }
            "script.realmCreated" => realm_created(&core, &target, frame, &params),
            "script.message" => message(&core, frame, &params),
            "log.entryAdded" => log_entry(&core, frame, &params),
            "input.fileDialogOpened" => file_chooser(&core, &target, frame, &params),
            _ => {}
        }
    }
}

impl FirefoxInner {
    /// The page that a frame is in.
    fn page_of(&self, frame: &str) -> Option<(Arc<Core>, Arc<Target>)> {
        let pages = self.pages();
        let page = pages.frames.get(frame)?;
        pages.cores.get(page).cloned()
    }

    fn context_created(self: &Arc<Self>, params: &Value) {
        let text = |name: &str| params.get(name).and_then(Value::as_str);
        let Some(id) = text("context") else { return };
        let url = text("url").unwrap_or_default();
        if let Some(parent) = text("parent") {
            let Some((core, _)) = self.page_of(parent) else {
                return;
            };
            self.pages()
                .frames
                .insert(id.to_owned(), core.id.to_string());
            return core.frame_attached(&FrameId::from(id), &FrameId::from(parent), url);
        }
        let user_context = text("userContext").unwrap_or_default();
        let Some(context) = self.contexts().get(user_context).cloned() else {
            return;
        };
        let target = Arc::new(Target::new(self.connection.clone(), id));
        target.lock().network = context.options.network_events;
        let core = Arc::new(Core::new(
            PageId::from(id),
            text("originalOpener").map(PageId::from),
            Arc::clone(&context),
            Box::new(FirefoxPage::new(Arc::clone(&target))),
            url,
        ));
        {
            let mut pages = self.pages();
            pages.frames.insert(id.to_owned(), id.to_owned());
            pages
                .cores
                .insert(id.to_owned(), (Arc::clone(&core), target));
        }
        context.page_ready(&core);
    }

    fn context_destroyed(&self, params: &Value) {
        let Some(id) = params.get("context").and_then(Value::as_str) else {
            return;
        };
        let Some((core, target)) = self.page_of(id) else {
            return;
        };
        if core.id.as_str() == id {
            let mut pages = self.pages();
            pages.cores.remove(id);
            pages.frames.retain(|_, page| page != id);
            drop(pages);
            target.standing.end();
            core.closed();
        } else {
            self.pages().frames.remove(id);
            target.lock().frame_gone(id);
            core.frame_detached(id);
        }
    }

    fn realm_destroyed(&self, realm: Option<&str>) {
        let Some(realm) = realm else { return };
        let pages: Vec<_> = self.pages().cores.values().cloned().collect();
        for (core, target) in pages {
            let frame = target.lock().realm_destroyed(realm);
            if let Some(frame) = frame {
                return core.scripts_ready(frame.as_str(), false);
            }
        }
    }

    fn network(&self, method: &str, params: &RawValue) {
        let event: NetworkEvent = match serde_json::from_str(params.get()) {
            Ok(event) => event,
            Err(error) => return tracing::debug!(method, %error, "an event could not be read"),
        };
        let page = event.context.as_deref().and_then(|id| self.page_of(id));
        let Some((core, target)) = page else { return };
        if let (Some(navigation), Some(frame)) = (event.ended_navigation(), &event.context) {
            core.navigation_ended(frame, Some(navigation));
        }
        match method {
            "network.beforeRequestSent" => core.request_began(&event.id()),
            "network.responseCompleted" | "network.fetchError" => core.request_ended(&event.id()),
            _ => {}
        }
        if event.context.as_deref() == Some(core.id.as_str())
            && let Some((_, status)) = event.document_status()
        {
            core.lock().status = Some(status);
        }
        if target.lock().network
            && core.has_listeners()
            && let Some(told) = event.told(method)
        {
            core.publish(told);
        }
    }

    fn download_begins(&self, params: &Value) {
        let text = |name: &str| params.get(name).and_then(Value::as_str).unwrap_or_default();
        let Some((core, _)) = self.page_of(text("context")) else {
            return;
        };
        let guid = self.downloads().begin(params, &core.context);
        core.navigation_ended(text("context"), Some(text("navigation")));
        core.context.publish(ContextEvent::DownloadStarted {
            page: Some(core.id.clone()),
            guid,
            url: text("url").into(),
            filename: suggested(text("suggestedFilename"), &core.context.downloads).into(),
        });
    }

    fn download_ends(&self, params: &Value) {
        let text = |name: &str| params.get(name).and_then(Value::as_str);
        let ended = self.downloads().end(params);
        let Some((guid, context)) = ended else { return };
        let path: std::path::PathBuf = text("filepath").unwrap_or_default().into();
        let state = match text("status") {
            Some("complete") => DownloadState::Completed,
            _ => DownloadState::Canceled,
        };
        context.publish(ContextEvent::DownloadFinished {
            guid,
            bytes: std::fs::metadata(&path).map_or(0, |file| file.len()),
            path,
            state,
        });
    }
}

/// The address that the browser's own error page stands for: `about:neterror?e=dnsNotFound&u=http%3A//…`.
fn unreachable(url: &str) -> Option<String> {
    let errors = ["about:neterror", "about:certerror"];
    if !errors.iter().any(|page| url.starts_with(page)) {
        return None;
    }
    let parsed = url::Url::parse(url).ok()?;
    let query = parsed.query()?.as_bytes();
    let mut pairs = url::form_urlencoded::parse(query);
    pairs.find_map(|(name, value)| (name == "u").then(|| value.into_owned()))
}

/// The name of a frame is told by nobody but its window.
fn learn_name(core: &Arc<Core>, target: &Target, frame: &str) {
    let params = serde_json::json!({
        "expression": "window.name",
        "target": target.place(&FrameId::from(frame), World::Main),
        "awaitPromise": false,
    });
    let asked = target.connection.send("script.evaluate", &params);
    let (core, frame) = (Arc::clone(core), frame.to_owned());
    tokio::spawn(async move {
        // A document that has gone needs no name.
        let Ok(answer) = asked.await else { return };
        if let Some(name) = answer.pointer("/result/value").and_then(Value::as_str) {
            core.frame_named(&frame, name);
        }
    });
}

fn realm_created(core: &Arc<Core>, target: &Target, frame: &str, params: &Value) {
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let (Some(realm), Some("window")) = (text("realm"), text("type")) else {
        return;
    };
    target
        .lock()
        .realm_created(frame, realm, text("sandbox"), text("origin"));
    // While a navigation is under way an empty document comes first; the one that is waited for comes with its commit.
    let is_settled = core
        .read_frame(&FrameId::from(frame), |frame| frame.pending.is_none())
        .unwrap_or_default();
    if is_settled && target.lock().has_bundle(frame) {
        core.scripts_ready(frame, true);
    }
    if text("sandbox").is_none() && core.id.as_str() != frame {
        learn_name(core, target, frame);
    }
}

fn message(core: &Core, frame: &str, params: &Value) {
    let text = |pointer: &str| params.pointer(pointer).and_then(Value::as_str);
    let Some(payload) = text("/data/value") else {
        return;
    };
    match text("/channel") {
        Some(MESSAGES) => core.publish(PageEvent::PageScript {
            frame: FrameId::from(frame),
            payload: payload.into(),
        }),
        Some(TITLES) => core.title_changed(payload),
        _ => {}
    }
}

fn dialog(core: &Core, params: &Value) -> Dialog {
    let text = |name: &str| params.get(name).and_then(Value::as_str).unwrap_or_default();
    let frame = FrameId::from(text("context"));
    Dialog {
        kind: match text("type") {
            "confirm" => DialogKind::Confirm,
            "prompt" => DialogKind::Prompt,
            "beforeunload" => DialogKind::BeforeUnload,
            _ => DialogKind::Alert,
        },
        message: text("message").into(),
        default_prompt: text("defaultValue").into(),
        url: core
            .read_frame(&frame, |frame| Arc::clone(&frame.url))
            .unwrap_or_default(),
    }
}

fn log_entry(core: &Core, frame: &str, params: &Value) {
    if !core.has_listeners() {
        return;
    }
    let field = |name: &str| params.get(name).and_then(Value::as_str).unwrap_or_default();
    let millis = params
        .get("timestamp")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
    let trace = params.get("stackTrace");
    let top = trace.and_then(|trace| trace.pointer("/callFrames/0"));
    let place = |name: &str| {
        let number = top.and_then(|top| top.get(name)).and_then(Value::as_u64);
        number.map_or(0, |number| u32::try_from(number + 1).unwrap_or(u32::MAX))
    };
    let url = top
        .and_then(|top| top.get("url"))
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let frame = Some(FrameId::from(frame));
    if field("type") == "javascript" {
        return core.publish(PageEvent::Exception(Arc::new(PageException {
            text: field("text").lines().next().unwrap_or_default().to_owned(),
            stack: match stack(trace) {
                calls if calls.is_empty() => String::new(),
                calls => format!("{}\n{calls}", field("text")),
            },
            url,
            line: place("lineNumber"),
            column: place("columnNumber"),
            frame,
            at,
        })));
    }
    let level = match (field("method"), field("level")) {
        ("debug", _) => ConsoleLevel::Debug,
        ("log", _) => ConsoleLevel::Log,
        ("assert", _) | (_, "error") => ConsoleLevel::Error,
        (_, "warn") => ConsoleLevel::Warning,
        ("info", _) => ConsoleLevel::Info,
        _ => ConsoleLevel::Log,
    };
    let args: Vec<String> = match params.get("args").and_then(Value::as_array) {
        Some(args) => args.iter().map(text).collect(),
        None => vec![field("text").to_owned()],
    };
    core.publish(PageEvent::Console(Arc::new(ConsoleMessage {
        level,
        text: args.join(" "),
        args,
        url,
        line: place("lineNumber"),
        stack: stack(trace),
        frame,
        at,
    })));
}

fn file_chooser(core: &Core, target: &Target, frame: &str, params: &Value) {
    let Some(element) = params.get("element").filter(|element| element.is_object()) else {
        return;
    };
    let number = {
        let mut state = target.lock();
        if !state.file_choosers {
            return;
        }
        let number = i64::try_from(state.choosers.len()).unwrap_or(i64::MAX) + 1;
        let reference = serde_json::json!({ "sharedId": element.get("sharedId") });
        state.choosers.insert(number, reference);
        number
    };
    core.publish(PageEvent::FileChooserOpened {
        frame: FrameId::from(frame),
        backend_node_id: number,
        multiple: params
            .get("multiple")
            .and_then(Value::as_bool)
            .unwrap_or_default(),
    });
}
