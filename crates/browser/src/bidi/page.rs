//! A page of Firefox: what the shared middle asks for, as commands.

use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::bidi::cast;
use crate::bidi::hands::Reach;
use crate::bidi::network;
use crate::bidi::screenshot;
use crate::bidi::target::Target;
use crate::bidi::value::{outcome, to_json};
use crate::capability::Capability;
use crate::cdp::dialog::DialogAnswer;
use crate::cdp::frame::World;
use crate::cdp::screencast::ScreencastOptions;
use crate::cdp::screenshot::ScreenshotOptions;
use crate::drive::driver::{
    Answer, Call, FilesInto, Handle, InputEvent, PageDriver, now, unsupported,
};
use crate::drive::screencast::Slot;
use crate::error::{BrowserError, NavigationFailure};
use crate::ids::{FrameId, RequestId};
use crate::options::{Engine, Viewport};

/// The window of every frame element of a document, shadow roots included, in the order of [`FRAME_ELEMENTS`].
const FRAME_WINDOWS: &str = "function() { return (LIST).map((element) => element.contentWindow) }";
const FRAME_ELEMENT: &str = "function(index) { return (LIST)[index] ?? null }";
const FRAME_ELEMENTS: &str = "(function list(root) { return [...root.querySelectorAll('*')].flatMap((element) => \
    element.localName === 'iframe' || element.localName === 'frame' ? [element] \
    : element.shadowRoot ? list(element.shadowRoot) : []) })(document)";

/// The driver of a page.
pub(crate) struct FirefoxPage {
    target: Arc<Target>,
    hands: Reach,
}

impl FirefoxPage {
    pub(crate) fn new(target: Arc<Target>) -> Self {
        let hands = Reach::new(Arc::clone(&target));
        Self { target, hands }
    }

    /// A command about the page whose answer says nothing.
    fn tell(&self, method: &'static str, mut params: Value) -> Answer<()> {
        if let Value::Object(params) = &mut params {
            params.insert("context".to_owned(), json!(&*self.target.context));
        }
        let told = self.target.connection.send(method, &params);
        Box::pin(async move { told.await.map(drop) })
    }

    fn call_function(&self, frame: &FrameId, params: Value) -> Answer<Value> {
        let params = self.placed(frame, params);
        self.target.connection.send("script.callFunction", &params)
    }

    /// The parameters of a call, with where it is to run.
    fn placed(&self, frame: &FrameId, mut params: Value) -> Value {
        if let Value::Object(params) = &mut params {
            params.insert(
                "target".to_owned(),
                self.target.place(frame, World::Isolated),
            );
            params.insert("awaitPromise".to_owned(), Value::Bool(true));
            params.insert(
                "serializationOptions".to_owned(),
                json!({ "maxDomDepth": 0 }),
            );
        }
        params
    }

    fn call_on(&self, frame: &FrameId, declaration: &str, this: &Handle) -> Answer<Value> {
        let params = json!({ "functionDeclaration": declaration, "this": reference(this) });
        self.call_function(frame, params)
    }
}

impl PageDriver for FirefoxPage {
    fn engine(&self) -> Engine {
        Engine::Firefox
    }

    fn is_connected(&self) -> bool {
        !self.target.connection.is_closed()
    }

    fn navigate(&self, url: &str) -> Answer<Option<Arc<str>>> {
        let params = json!({ "context": &*self.target.context, "url": url, "wait": "none" });
        let asked = self
            .target
            .connection
            .send("browsingContext.navigate", &params);
        let url = url.to_owned();
        Box::pin(async move {
            match asked.await {
                Ok(answer) => Ok(answer
                    .get("navigation")
                    .and_then(Value::as_str)
                    .map(Into::into)),
                Err(BrowserError::Protocol { message, .. }) => {
                    Err(navigation_error(&url, &message))
                }
                // Another navigation took its place.
                Err(BrowserError::ContextDestroyed) => Err(BrowserError::NavigationFailed {
                    url,
                    reason: NavigationFailure::Aborted,
                }),
                Err(error) => Err(error),
            }
        })
    }

    fn reload(&self) -> Answer<()> {
        self.tell("browsingContext.reload", json!({ "wait": "none" }))
    }

    fn drops(&self) -> bool {
        // The drag begins and moves, but no synthesised release ends it: `drop` and `dragend` never come.
        false
    }

    fn travel(&self, steps: i64) -> Answer<bool> {
        let told = self.tell("browsingContext.traverseHistory", json!({ "delta": steps }));
        Box::pin(async move {
            match told.await {
                Ok(()) => Ok(true),
                Err(BrowserError::Protocol { message, .. })
                    if message.starts_with("no such history entry") =>
                {
                    Ok(false)
                }
                Err(error) => Err(error),
            }
        })
    }

    fn stop(&self) -> Answer<()> {
        // There is no command for it.
        let frame = FrameId::from(&*self.target.context);
        let stopped = self.evaluate(&frame, World::Main, "window.stop()");
        Box::pin(async move { stopped.await.map(drop) })
    }

    fn evaluate(&self, frame: &FrameId, world: World, expression: &str) -> Answer<Value> {
        let params = json!({
            "expression": expression,
            "target": self.target.place(frame, world),
            "awaitPromise": true,
            "resultOwnership": "none",
            "serializationOptions": { "maxDomDepth": 0 },
            "userActivation": world == World::Main,
        });
        let asked = self.target.connection.send("script.evaluate", &params);
        Box::pin(async move { Ok(to_json(outcome(&asked.await?)?)) })
    }

    fn call(&self, frame: &FrameId, call: Call) -> Answer<String> {
        read_text(self.call_function(frame, reading(&call)))
    }

    fn insert_and_call(
        &self,
        text: &str,
        frame: &FrameId,
        call: Call,
    ) -> Option<(Answer<()>, Answer<String>)> {
        let params = self.placed(frame, reading(&call));
        let events = vec![InputEvent::Text(text.to_owned())];
        let (inserting, asked) = self.hands.input_then(events, params);
        Some((inserting, read_text(asked)))
    }

    fn call_handle(&self, frame: &FrameId, call: Call) -> Answer<Option<Handle>> {
        let declaration = format!(
            "function(text) {{ return ({}).call(this, JSON.parse(text)) ?? null }}",
            call.declaration
        );
        let params = with_this(
            json!({
                "functionDeclaration": declaration,
                "arguments": [{ "type": "string", "value": call.arguments }],
            }),
            call.this.as_ref(),
        );
        let asked = self.call_function(frame, params);
        Box::pin(async move { Ok(handle(outcome(&asked.await?)?)) })
    }

    fn call_frame(&self, frame: &FrameId, call: Call) -> Option<Answer<Option<FrameId>>> {
        let declaration = format!(
            "async function(text) {{ const at = await ({}).call(this, JSON.parse(text)); \
             return at?.contentWindow ? [at.contentWindow, at] : null }}",
            call.declaration
        );
        let params = json!({
            "functionDeclaration": declaration,
            "arguments": [{ "type": "string", "value": call.arguments }],
        });
        let (asked, target) = (self.call_function(frame, params), Arc::clone(&self.target));
        Some(Box::pin(async move {
            let answer = asked.await?;
            let found = outcome(&answer)?;
            let inside = found.pointer("/value/0/value/context");
            let inside = inside.and_then(Value::as_str).map(FrameId::from);
            let owner = found.pointer("/value/1").and_then(handle);
            if let (Some(inside), Some(owner)) = (&inside, owner) {
                target.lock().owners.insert(inside.clone(), owner);
            }
            Ok(inside)
        }))
    }

    fn release(&self, _: &Handle) {
        // A node's shared id holds nothing: the browser forgets it with the document.
    }

    fn child_frame(&self, frame: &FrameId, element: &Handle) -> Answer<Option<FrameId>> {
        let asked = self.call_on(
            frame,
            "function() { return this.contentWindow ?? null }",
            element,
        );
        Box::pin(async move {
            let answer = asked.await?;
            let inside = outcome(&answer)?.pointer("/value/context");
            Ok(inside.and_then(Value::as_str).map(FrameId::from))
        })
    }

    fn owner_element(&self, parent: &FrameId, child: &FrameId) -> Answer<Handle> {
        if let Some(known) = self.target.lock().owners.get(child) {
            return now(Ok(known.clone()));
        }
        let place = self.target.place(parent, World::Isolated);
        let (connection, child) = (self.target.connection.clone(), child.clone());
        let ask = move |declaration: &str, arguments: Value| {
            let params = json!({
                "functionDeclaration": declaration.replace("LIST", FRAME_ELEMENTS),
                "arguments": arguments,
                "target": place,
                "awaitPromise": false,
                "serializationOptions": { "maxDomDepth": 0 },
            });
            connection.send("script.callFunction", &params)
        };
        let windows = ask(FRAME_WINDOWS, json!([]));
        Box::pin(async move {
            let answer = windows.await?;
            let windows = outcome(&answer)?.get("value").and_then(Value::as_array);
            let index = windows.and_then(|windows| {
                let context =
                    |window: &Value| Some(window.pointer("/value/context")?.as_str()?.to_owned());
                windows
                    .iter()
                    .position(|window| context(window).as_deref() == Some(child.as_str()))
            });
            let index = index.ok_or(BrowserError::ContextDestroyed)?;
            let element = ask(FRAME_ELEMENT, json!([{ "type": "number", "value": index }]));
            handle(outcome(&element.await?)?).ok_or(BrowserError::ContextDestroyed)
        })
    }

    fn input(&self, events: Vec<InputEvent>) -> Answer<()> {
        self.hands.input(events)
    }

    fn screenshot(&self, options: ScreenshotOptions, viewport: Option<Viewport>) -> Answer<Bytes> {
        screenshot::take(&self.target, options, viewport)
    }

    fn start_cast(&self, options: ScreencastOptions, slot: Arc<Slot>) -> Answer<()> {
        cast::start(Arc::clone(&self.target), options, slot)
    }

    fn set_viewport(&self, viewport: Viewport) -> Answer<()> {
        if let Err(error) = viewport.check(Engine::Firefox) {
            return now(Err(error));
        }
        self.tell(
            "browsingContext.setViewport",
            json!({
                "viewport": { "width": viewport.width, "height": viewport.height },
                "devicePixelRatio": viewport.device_scale_factor,
            }),
        )
    }

    fn activate(&self) -> Answer<()> {
        self.tell("browsingContext.activate", json!({}))
    }

    fn close(&self) -> Answer<()> {
        self.tell("browsingContext.close", json!({ "promptUnload": false }))
    }

    fn answer_dialog(&self, answer: DialogAnswer) -> Answer<()> {
        let params = match answer {
            DialogAnswer::Accept(Some(text)) => json!({ "accept": true, "userText": text }),
            DialogAnswer::Accept(None) => json!({ "accept": true }),
            DialogAnswer::Dismiss => json!({ "accept": false }),
        };
        self.tell("browsingContext.handleUserPrompt", params)
    }

    fn intercept_file_choosers(&self, on: bool) -> Answer<()> {
        // The browser never opens one (see `session.new`); this only says whether they are told.
        self.target.lock().file_choosers = on;
        now(Ok(()))
    }

    fn set_files(&self, frame: &FrameId, into: FilesInto, files: Vec<PathBuf>) -> Answer<()> {
        let element = match into {
            FilesInto::Element(handle) => reference(&handle),
            FilesInto::Chooser(number) => match self.target.lock().choosers.remove(&number) {
                Some(element) => element,
                None => {
                    return now(Err(BrowserError::Invalid(
                        "that file chooser is not open any more".to_owned(),
                    )));
                }
            },
        };
        let files: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
        let params = json!({ "context": frame.as_str(), "element": element, "files": files });
        let set = self.target.connection.send("input.setFiles", &params);
        Box::pin(async move { set.await.map(drop) })
    }

    fn enable_network(&self) -> Answer<()> {
        if std::mem::replace(&mut self.target.lock().network, true) {
            return now(Ok(()));
        }
        let params = json!({ "events": network::EVENTS, "contexts": [&*self.target.context] });
        let asked = self.target.standing.order("session.subscribe", &params);
        let params = json!({
            "dataTypes": ["response"],
            "maxEncodedDataSize": network::LARGEST_BODY,
            "contexts": [&*self.target.context],
        });
        let collecting = self
            .target
            .standing
            .order("network.addDataCollector", &params);
        Box::pin(async move {
            asked.await?;
            collecting.await
        })
    }

    fn enable_log(&self) -> Answer<()> {
        unsupported(Engine::Firefox, Capability::BrowserLog)
    }

    fn response_body(&self, request: &RequestId) -> Answer<Option<Bytes>> {
        let params = json!({ "request": request.as_str(), "dataType": "response" });
        let asked = self.target.connection.send("network.getData", &params);
        Box::pin(async move {
            let answer = match asked.await {
                Ok(answer) => answer,
                // Nothing was collected, or it has been dropped.
                Err(BrowserError::Protocol { .. } | BrowserError::ContextDestroyed) => {
                    return Ok(None);
                }
                Err(error) => return Err(error),
            };
            let value = answer.pointer("/bytes/value").and_then(Value::as_str);
            let is_text = answer.pointer("/bytes/type").and_then(Value::as_str) == Some("string");
            Ok(value.and_then(|value| {
                if is_text {
                    Some(Bytes::from(value.to_owned()))
                } else {
                    STANDARD.decode(value).ok().map(Into::into)
                }
            }))
        })
    }
}

/// Parameters of a call whose value is read as JSON text.
fn reading(call: &Call) -> Value {
    let declaration = format!(
        "async function(text) {{ return JSON.stringify(await ({}).call(this, JSON.parse(text))) ?? 'null' }}",
        call.declaration
    );
    with_this(
        json!({
            "functionDeclaration": declaration,
            "arguments": [{ "type": "string", "value": call.arguments }],
        }),
        call.this.as_ref(),
    )
}

fn read_text(asked: Answer<Value>) -> Answer<String> {
    Box::pin(async move {
        let answer = asked.await?;
        let text = outcome(&answer)?.get("value").and_then(Value::as_str);
        Ok(text.unwrap_or("null").to_owned())
    })
}

fn with_this(mut params: Value, this: Option<&Handle>) -> Value {
    if let (Value::Object(params), Some(this)) = (&mut params, this) {
        params.insert("this".to_owned(), reference(this));
    }
    params
}

fn reference(handle: &Handle) -> Value {
    json!({ "sharedId": &*handle.0 })
}

fn handle(value: &Value) -> Option<Handle> {
    let id = value.get("sharedId")?.as_str()?;
    Some(Handle(id.into()))
}

/// Why an address could not be opened, from the browser's words: "unknown error: Error: NS_ERROR_UNKNOWN_HOST".
fn navigation_error(url: &str, message: &str) -> BrowserError {
    let words = message.rsplit(' ').next().unwrap_or(message);
    let reason = match words {
        "NS_ERROR_UNKNOWN_HOST" | "NS_ERROR_UNKNOWN_PROXY_HOST" | "dnsNotFound" => {
            NavigationFailure::DnsFailure
        }
        "NS_ERROR_CONNECTION_REFUSED" | "connectionFailure" => NavigationFailure::ConnectionRefused,
        "NS_ERROR_NET_TIMEOUT" | "netTimeout" => NavigationFailure::Timeout,
        "NS_BINDING_ABORTED" | "NS_ERROR_ABORT" => NavigationFailure::Aborted,
        "NS_ERROR_PROXY_CONNECTION_REFUSED"
        | "NS_ERROR_PROXY_BAD_GATEWAY"
        | "NS_ERROR_PROXY_FORBIDDEN"
        | "NS_ERROR_PROXY_GATEWAY_TIMEOUT"
        | "NS_ERROR_PROXY_SERVICE_UNAVAILABLE"
        | "proxyConnectFailure" => NavigationFailure::TunnelFailed,
        tls if tls.starts_with("SEC_ERROR_")
            || tls.starts_with("SSL_ERROR_")
            || tls.starts_with("MOZILLA_PKIX_ERROR_")
            || tls == "nssFailure2"
            || tls == "nssBadCert" =>
        {
            NavigationFailure::Tls(tls.to_owned())
        }
        other => NavigationFailure::Other(other.to_owned()),
    };
    if message.starts_with("invalid argument") {
        return BrowserError::Protocol {
            method: "browsingContext.navigate",
            code: 0,
            message: message.to_owned(),
        };
    }
    BrowserError::NavigationFailed {
        url: url.to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_of_a_failed_navigation_is_read_from_the_browsers_words() {
        let reason = |message| match navigation_error("http://a/", message) {
            BrowserError::NavigationFailed { reason, .. } => reason,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            reason("unknown error: Error: NS_ERROR_UNKNOWN_HOST"),
            NavigationFailure::DnsFailure
        );
        assert_eq!(
            reason("unknown error: Error: SEC_ERROR_UNKNOWN_ISSUER"),
            NavigationFailure::Tls("SEC_ERROR_UNKNOWN_ISSUER".to_owned())
        );
        assert_eq!(
            reason("unknown error: Error: deniedPortAccess"),
            NavigationFailure::Other("deniedPortAccess".to_owned())
        );
    }
}
