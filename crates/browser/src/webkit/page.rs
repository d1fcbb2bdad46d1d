//! What a page of WebKit can be asked to do.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::capability::Capability;
use crate::cdp::dialog::DialogAnswer;
use crate::cdp::frame::World;
use crate::cdp::screencast::ScreencastOptions;
use crate::cdp::screenshot::ScreenshotOptions;
use crate::drive::driver::{
    Answer, Call, FilesInto, Handle, InputEvent, PageDriver, now, unsupported,
};
use crate::drive::screencast::Slot;
use crate::error::BrowserError;
use crate::ids::{FrameId, RequestId};
use crate::listeners::Spot;
use crate::options::{Engine, Viewport};
use crate::webkit::context::WebKitContext;
use crate::webkit::hands::Reach;
use crate::webkit::wire::{Going, Wire};
use crate::webkit::{cast, files, picture, scripts, window};

/// How long the browser may take to begin going through its history. It says nothing when there is nothing to go to.
const HISTORY: Duration = Duration::from_secs(2);

/// Time between two attempts to answer a dialog that has been announced and is about to open.
const OPENING: Duration = Duration::from_millis(5);

/// A page of WebKit.
pub(crate) struct WebKitPage {
    wire: Arc<Wire>,
    hands: Reach,
    context: Arc<WebKitContext>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    body: String,
    #[serde(default)]
    base64_encoded: bool,
}

impl WebKitPage {
    pub(crate) fn new(wire: Arc<Wire>, context: Arc<WebKitContext>) -> Self {
        Self {
            hands: Reach::new(Arc::clone(&wire)),
            wire,
            context,
        }
    }

    /// Asks the Automation domain something about this page whose answer says nothing.
    fn automate(&self, method: &'static str, mut params: Value) -> Answer<()> {
        params["handle"] = self.wire.handle().into();
        params["browsingContextHandle"] = self.wire.handle().into();
        let done = self.wire.automate::<Value>(method, &params);
        Box::pin(async move { done.await.map(drop) })
    }
}

impl PageDriver for WebKitPage {
    fn engine(&self) -> Engine {
        Engine::WebKit
    }

    fn is_connected(&self) -> bool {
        self.context.is_connected()
    }

    fn navigate(&self, url: &str) -> Answer<Option<Arc<str>>> {
        if let Err(error) = url::Url::parse(url) {
            let message = format!("{url:?} is no address: {error}");
            return now(Err(BrowserError::Invalid(message)));
        }
        let (told, answer) = oneshot::channel();
        {
            let mut state = self.wire.lock();
            state.going = Some(Going {
                url: url.to_owned(),
                told,
            });
            // What becomes of an earlier request is no news of this navigation.
            state.document = None;
        }
        let params = json!({"url": url, "pageLoadStrategy": "None"});
        let asked = self.automate("Automation.navigateBrowsingContext", params);
        Box::pin(async move {
            asked.await?;
            // Another navigation has taken this one's place.
            answer.await.unwrap_or(Ok(None))
        })
    }

    fn reload(&self) -> Answer<()> {
        self.automate(
            "Automation.reloadBrowsingContext",
            json!({"pageLoadStrategy": "None"}),
        )
    }

    fn drops(&self) -> bool {
        // It does not; the hands notice it by themselves, without leaving a trace in the page.
        true
    }

    fn travel(&self, steps: i64) -> Answer<bool> {
        let method = match steps {
            -1 => "Automation.goBackInBrowsingContext",
            1 => "Automation.goForwardInBrowsingContext",
            _ => return unsupported(Engine::WebKit, Capability::HistoryJumps),
        };
        let asked = self.automate(method, json!({"pageLoadStrategy": "None"}));
        let core = self.wire.core();
        let before = core
            .as_ref()
            .map(|core| core.lock().frames.main_frame().navigations);
        Box::pin(async move {
            asked.await?;
            let (Some(core), Some(before)) = (core, before) else {
                return Err(BrowserError::PageClosed);
            };
            let progress = crate::progress::Progress::with_timeout(HISTORY);
            let began = core.until(&progress, "waiting for the history", |state| {
                let main = state.frames.main_frame();
                (main.pending.is_some() || main.navigations > before).then_some(Ok(()))
            });
            match began.await {
                Ok(()) => Ok(true),
                Err(error) if error.is_timeout() => Ok(false),
                Err(error) => Err(error),
            }
        })
    }

    fn stop(&self) -> Answer<()> {
        // There is no command for it; the page can do it itself.
        let main = FrameId::from(self.wire.id.as_str());
        let stopped = self.wire.evaluate(&main, World::Main, "window.stop()");
        Box::pin(async move {
            match stopped.await {
                // There is no document yet that could be stopped.
                Ok(_) | Err(BrowserError::ContextDestroyed) => Ok(()),
                Err(error) => Err(error),
            }
        })
    }

    fn evaluate(&self, frame: &FrameId, world: World, expression: &str) -> Answer<Value> {
        self.wire.evaluate(frame, world, expression)
    }

    fn listened_to(&self, frame: &FrameId, spot: Spot) -> Answer<Vec<String>> {
        self.wire.listened_to(frame, spot)
    }

    fn call(&self, frame: &FrameId, call: Call) -> Answer<String> {
        self.wire.call(frame, &call)
    }

    fn call_handle(&self, frame: &FrameId, call: Call) -> Answer<Option<Handle>> {
        self.wire.call_handle(frame, &call)
    }

    fn release(&self, handle: &Handle) {
        self.wire
            .post("Runtime.releaseObject", &json!({"objectId": &*handle.0}));
    }

    fn child_frame(&self, frame: &FrameId, element: &Handle) -> Answer<Option<FrameId>> {
        scripts::child_frame(Arc::clone(&self.wire), frame.clone(), element)
    }

    fn owner_element(&self, parent: &FrameId, child: &FrameId) -> Answer<Handle> {
        scripts::owner_element(Arc::clone(&self.wire), parent.clone(), child.clone())
    }

    fn input(&self, events: Vec<InputEvent>) -> Answer<()> {
        self.hands.input(events)
    }

    fn screenshot(&self, options: ScreenshotOptions, _: Option<Viewport>) -> Answer<Bytes> {
        picture::take(Arc::clone(&self.wire), options)
    }

    fn start_cast(&self, options: ScreencastOptions, slot: Arc<Slot>) -> Answer<()> {
        let display = self.context.display().to_owned();
        cast::start(Arc::clone(&self.wire), display, options, slot)
    }

    fn set_viewport(&self, viewport: Viewport) -> Answer<()> {
        window::resize(Arc::clone(&self.wire), viewport, self.context.scale())
    }

    fn activate(&self) -> Answer<()> {
        self.automate(
            "Automation.switchToBrowsingContext",
            json!({"frameHandle": ""}),
        )
    }

    fn close(&self) -> Answer<()> {
        let context = Arc::clone(&self.context);
        let wire = Arc::clone(&self.wire);
        Box::pin(async move { context.close_page(&wire).await })
    }

    fn answer_dialog(&self, answer: DialogAnswer) -> Answer<()> {
        answer_dialog(Arc::clone(&self.wire), answer)
    }

    fn intercept_file_choosers(&self, on: bool) -> Answer<()> {
        // The browser never opens one while it is automated; this only says whether they are told.
        self.wire.choosers.store(on, Ordering::Relaxed);
        now(Ok(()))
    }

    fn set_files(&self, frame: &FrameId, into: FilesInto, paths: Vec<PathBuf>) -> Answer<()> {
        files::choose(Arc::clone(&self.wire), frame.clone(), into, paths)
    }

    fn enable_network(&self) -> Answer<()> {
        self.wire.network.store(true, Ordering::Relaxed);
        now(Ok(()))
    }

    fn enable_log(&self) -> Answer<()> {
        self.wire.log.store(true, Ordering::Relaxed);
        now(Ok(()))
    }

    fn response_body(&self, request: &RequestId) -> Answer<Option<Bytes>> {
        let params = json!({"requestId": request.as_str()});
        let reading = self.wire.send::<Body>("Network.getResponseBody", &params);
        Box::pin(async move {
            match reading.await {
                Ok(body) if body.base64_encoded => {
                    Ok(STANDARD.decode(body.body).ok().map(Into::into))
                }
                Ok(body) => Ok(Some(body.body.into())),
                // The browser no longer has it.
                Err(BrowserError::Protocol { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }
}

/// A dialog is announced by the page just before it opens: an answer may come too early.
fn answer_dialog(wire: Arc<Wire>, answer: DialogAnswer) -> Answer<()> {
    Box::pin(async move {
        let handle = json!({"browsingContextHandle": wire.handle()});
        while wire.lock().dialog {
            if let DialogAnswer::Accept(Some(text)) = &answer {
                let mut params = handle.clone();
                params["userInput"] = text.as_str().into();
                let method = "Automation.setUserInputForCurrentJavaScriptPrompt";
                match wire.automate::<Value>(method, &params).await {
                    Ok(_) => {}
                    Err(error) if is_missing(&error) => {
                        tokio::time::sleep(OPENING).await;
                        continue;
                    }
                    // Only a prompt takes a text.
                    Err(BrowserError::Protocol { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            let method = match &answer {
                DialogAnswer::Accept(_) => "Automation.acceptCurrentJavaScriptDialog",
                DialogAnswer::Dismiss => "Automation.dismissCurrentJavaScriptDialog",
            };
            wire.lock().answering = Some(match &answer {
                DialogAnswer::Accept(text) => (true, text.clone().unwrap_or_default()),
                DialogAnswer::Dismiss => (false, String::new()),
            });
            match wire.automate::<Value>(method, &handle).await {
                Ok(_) => {
                    wire.dialog_answered();
                    return Ok(());
                }
                Err(error) => {
                    wire.lock().answering = None;
                    if !is_missing(&error) {
                        return Err(error);
                    }
                    tokio::time::sleep(OPENING).await;
                }
            }
        }
        // It has gone by itself.
        Ok(())
    })
}

fn is_missing(error: &BrowserError) -> bool {
    matches!(error, BrowserError::Protocol { message, .. } if message.starts_with("NoJavaScriptDialog"))
}
