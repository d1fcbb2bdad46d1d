//! What an engine can be asked to do. Every method writes its command at once; the future only waits for the answer,
//! so what is asked first is done first.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::Result;
use crate::capability::Capability;
use crate::cdp::dialog::DialogAnswer;
use crate::cdp::frame::World;
use crate::cdp::input::Modifiers;
use crate::cdp::input::keymap::Key;
use crate::cdp::input::mouse::{MouseButton, Point};
use crate::cdp::input::touch::{TouchKind, TouchPoint};
use crate::cdp::screencast::ScreencastOptions;
use crate::cdp::screenshot::ScreenshotOptions;
use crate::drive::page::DrivenPage;
use crate::drive::screencast::Slot;
use crate::error::BrowserError;
use crate::ids::{FrameId, RequestId};
use crate::listeners::Spot;
use crate::options::{Cookie, Engine, Viewport};

/// The answer to a command that has been written.
pub(crate) type Answer<T> = BoxFuture<'static, Result<T>>;

/// An answer that is known already.
pub(crate) fn now<T: Send + 'static>(answer: Result<T>) -> Answer<T> {
    Box::pin(std::future::ready(answer))
}

/// The answer of an engine that cannot do it.
pub(crate) fn unsupported<T: Send + 'static>(engine: Engine, capability: Capability) -> Answer<T> {
    now(Err(BrowserError::Unsupported { engine, capability }))
}

/// The engine's own name of an element that is held from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handle(pub(crate) Arc<str>);

/// A call of a function in a frame's isolated world (or what the engine has in its place).
pub(crate) struct Call {
    /// `function(a) { ... }`; `this` is the element, when there is one.
    pub(crate) declaration: String,
    /// The one argument, as JSON text: an array.
    pub(crate) arguments: String,
    /// What `this` is.
    pub(crate) this: Option<Handle>,
}

/// An event of a pointer or keyboard. Points are in CSS pixels of the page's viewport.
#[derive(Debug, Clone)]
pub(crate) enum InputEvent {
    /// The pointer is somewhere else.
    Move {
        /// Where.
        to: Point,
    },
    /// A button goes down where the pointer is.
    Down {
        /// Where the pointer is.
        at: Point,
        /// Which button.
        button: MouseButton,
        /// 2 for the second press of a double click.
        clicks: u32,
    },
    /// A button goes up where the pointer is.
    Up {
        /// Where the pointer is.
        at: Point,
        /// Which button.
        button: MouseButton,
    },
    /// The wheel is turned, by CSS pixels.
    Wheel {
        /// Over which point.
        at: Point,
        /// To the right.
        dx: f64,
        /// Down.
        dy: f64,
    },
    /// From now on these keys count as held for the mouse, although the keyboard does not hold them.
    MouseModifiers(Modifiers),
    /// A key goes down.
    KeyDown {
        /// The key.
        key: KeyStroke,
    },
    /// A key goes up.
    KeyUp {
        /// The key.
        key: KeyStroke,
    },
    /// Text comes as an input method brings it: one `input` event and no key events.
    Text(String),
    /// An input method shows what it composes.
    Compose,
    /// Fingers.
    Touch {
        /// What they do.
        kind: TouchKind,
        /// Those that it is about.
        points: Vec<TouchPoint>,
    },
}

/// A key as an engine is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyStroke {
    /// `KeyboardEvent.key`, with Shift taken into account.
    pub(crate) key: String,
    /// The key of a US keyboard in its place, when there is one.
    pub(crate) place: Option<Key>,
    /// What it types; `None` for keys that type nothing and for commands.
    pub(crate) text: Option<String>,
    /// Keys held meanwhile.
    pub(crate) modifiers: Modifiers,
}

/// The `<input type=file>` to fill.
#[derive(Debug, Clone)]
pub(crate) enum FilesInto {
    /// The one of the file chooser that was reported with this number.
    Chooser(i64),
    /// An element.
    Element(Handle),
}

/// A page of an engine.
pub(crate) trait PageDriver: Send + Sync {
    /// Which engine it is.
    fn engine(&self) -> Engine;
    /// Whether the browser still answers.
    fn is_connected(&self) -> bool;
    /// Opens an address; the answer is the navigation's name in the events that follow, when the engine has one. The
    /// answer may come as late as the document.
    fn navigate(&self, url: &str) -> Answer<Option<Arc<str>>>;
    /// Loads the document again.
    fn reload(&self) -> Answer<()>;
    /// Whether a drag that the page takes for HTML's own ends in a drop.
    fn drops(&self) -> bool;
    /// Goes through the history; `false` when it is not that long.
    fn travel(&self, steps: i64) -> Answer<bool>;
    /// Gives up whatever is loading.
    fn stop(&self) -> Answer<()>;
    /// Evaluates an expression, awaits it and reads it as JSON; `undefined` is `Null`.
    fn evaluate(&self, frame: &FrameId, world: World, expression: &str) -> Answer<Value>;
    /// The types of the events that the page listens to at an element or on their way to it.
    fn listened_to(&self, _frame: &FrameId, _spot: Spot) -> Answer<Vec<String>> {
        unsupported(self.engine(), Capability::Listeners)
    }
    /// Calls a function, awaits it and reads it as JSON text; `null` for `undefined`.
    fn call(&self, frame: &FrameId, call: Call) -> Answer<String>;
    /// Calls a function that returns an element or nothing.
    fn call_handle(&self, frame: &FrameId, call: Call) -> Answer<Option<Handle>>;
    /// As `call_handle` and then `child_frame`; `None` where that takes two questions.
    fn call_frame(&self, _frame: &FrameId, _call: Call) -> Option<Answer<Option<FrameId>>> {
        None
    }
    /// As `input` of a text and then `call`, both written at once; `None` where one has to be waited for.
    fn insert_and_call(
        &self,
        _text: &str,
        _frame: &FrameId,
        _call: Call,
    ) -> Option<(Answer<()>, Answer<String>)> {
        None
    }
    /// Nobody holds the element any more.
    fn release(&self, handle: &Handle);
    /// The frame inside an element.
    fn child_frame(&self, frame: &FrameId, element: &Handle) -> Answer<Option<FrameId>>;
    /// The element of `parent` that `child` is inside of.
    fn owner_element(&self, parent: &FrameId, child: &FrameId) -> Answer<Handle>;
    /// Passes events on, in order, after those that were passed before. Answered when the page has handled them.
    fn input(&self, events: Vec<InputEvent>) -> Answer<()>;
    /// A picture, encoded.
    fn screenshot(&self, options: ScreenshotOptions, viewport: Option<Viewport>) -> Answer<Bytes>;
    /// Starts putting pictures into `slot` until its stream has ended.
    fn start_cast(&self, options: ScreencastOptions, slot: Arc<Slot>) -> Answer<()>;
    /// Changes the screen that the page sees.
    fn set_viewport(&self, viewport: Viewport) -> Answer<()>;
    /// Makes it the active tab of its window.
    fn activate(&self) -> Answer<()>;
    /// Closes it without asking it. The engine tells of its end as of any other.
    fn close(&self) -> Answer<()>;
    /// Answers the open dialog.
    fn answer_dialog(&self, answer: DialogAnswer) -> Answer<()>;
    /// Whether file choosers are reported as events instead of opening.
    fn intercept_file_choosers(&self, on: bool) -> Answer<()>;
    /// Puts files into an input.
    fn set_files(&self, frame: &FrameId, into: FilesInto, files: Vec<PathBuf>) -> Answer<()>;
    /// From now on requests are reported.
    fn enable_network(&self) -> Answer<()>;
    /// From now on the browser's own log entries are reported.
    fn enable_log(&self) -> Answer<()>;
    /// The body of a finished answer; `None` when the browser no longer has it.
    fn response_body(&self, request: &RequestId) -> Answer<Option<Bytes>>;
}

/// A context of an engine.
pub(crate) trait ContextDriver: Send + Sync {
    /// Opens an empty page and answers when it is ready.
    fn new_page(&self) -> Answer<DrivenPage>;
    /// Every cookie.
    fn cookies(&self) -> Answer<Vec<Cookie>>;
    /// Adds or replaces cookies.
    fn set_cookies(&self, cookies: &[Cookie]) -> Answer<()>;
    /// Gives up a download.
    fn cancel_download(&self, guid: &str) -> Answer<()>;
    /// Closes every page and forgets the data.
    fn close(&self) -> Answer<()>;
}
