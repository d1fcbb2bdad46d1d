//! A frame of a page.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::to_raw_value;

use crate::Result;
use crate::cdp::element::ElementHandle;
use crate::cdp::evaluate::{Argument, Call, Evaluate, Outcome, bundle_call};
use crate::cdp::frame_tree::{ContextRef, FrameData};
use crate::cdp::message::Command;
use crate::cdp::navigation::LoadState;
use crate::cdp::page::Page;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::dom::{DescribeNode, GetFrameOwner, ResolveNode};
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::listeners::{self, Spot};
use crate::progress::Progress;

const SCRIPT: &str = "running a script in the page";

/// Which of a frame's JavaScript worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum World {
    /// The page's own.
    Main,
    /// Proscenium's own: same document, other globals, out of the page's reach. The page bundle lives here.
    Isolated,
}

/// A frame of a page. Cheap to clone; it stays the same frame when a navigation moves it to another process.
#[derive(Clone)]
pub(crate) struct Frame {
    page: Arc<PageInner>,
    id: FrameId,
}

impl Frame {
    pub(crate) fn new(page: Arc<PageInner>, id: FrameId) -> Self {
        Self { page, id }
    }

    /// Names the frame.
    pub(crate) fn id(&self) -> FrameId {
        self.id.clone()
    }

    /// Its address; empty once it has been removed.
    pub(crate) fn url(&self) -> String {
        self.read(|frame| frame.url.to_string()).unwrap_or_default()
    }

    /// The `name` of its element or window.
    pub(crate) fn name(&self) -> String {
        self.read(|frame| frame.name.to_string())
            .unwrap_or_default()
    }

    /// The frame around it; `None` for the main frame.
    pub(crate) fn parent(&self) -> Option<Frame> {
        let parent = self.read(|frame| frame.parent.clone())??;
        Some(Self {
            page: Arc::clone(&self.page),
            id: parent,
        })
    }

    /// Its page.
    pub(crate) fn page(&self) -> Page {
        Page::new(Arc::clone(&self.page))
    }

    /// Whether the frame has been removed.
    pub(crate) fn is_detached(&self) -> bool {
        self.read(|_| ()).is_none()
    }

    /// Evaluates an expression, awaits it when it is a promise, and reads it as JSON; `undefined` is `Null`.
    pub(crate) async fn evaluate(
        &self,
        progress: &Progress,
        world: World,
        expression: &str,
    ) -> Result<serde_json::Value> {
        let context = self.context(progress, world).await?;
        let command = Evaluate {
            expression,
            unique_context_id: &context.unique_id,
            await_promise: true,
            return_by_value: true,
            user_gesture: world == World::Main,
            command_line: false,
        };
        let outcome = self.run(progress, &context, &command).await?;
        outcome.value(Evaluate::METHOD)
    }

    /// The types of the events that the page listens to at an element or on their way to it.
    pub(crate) async fn listened_to(&self, progress: &Progress, spot: Spot) -> Result<Vec<String>> {
        let context = self.context(progress, World::Main).await?;
        let command = Evaluate {
            expression: &listeners::expression(spot),
            unique_context_id: &context.unique_id,
            await_promise: false,
            return_by_value: true,
            user_gesture: false,
            command_line: true,
        };
        let outcome = self.run(progress, &context, &command).await?;
        outcome.value(Evaluate::METHOD)
    }

    /// Calls `__proscenium.<function>(...args)` in the isolated world, awaits it and reads it as JSON; `args` is a tuple
    /// or an array. Waits for the document to exist; `ContextDestroyed` when a navigation interrupts the call,
    /// `DialogOpen` when a dialog blocks the page before or during the call.
    pub(crate) async fn call<R: DeserializeOwned>(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<R> {
        let outcome = self.call_bundle(progress, function, args, true).await?;
        outcome.value(Call::METHOD)
    }

    /// As `call`, for a function that returns an element or nothing.
    pub(crate) async fn call_handle(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
    ) -> Result<Option<ElementHandle>> {
        let context = self.context(progress, World::Isolated).await?;
        let outcome = self
            .call_in(progress, &context, function, args, false)
            .await?;
        let object = outcome.object()?;
        Ok(object.map(|object| ElementHandle::new(self.clone(), context.session, object)))
    }

    /// The frame inside an `<iframe>` or `<frame>` element of this frame; `None` for another element.
    pub(crate) async fn child_frame(
        &self,
        progress: &Progress,
        element: &ElementHandle,
    ) -> Result<Option<Frame>> {
        let describe = DescribeNode {
            object_id: Some(element.object_id().to_owned()),
            ..DescribeNode::default()
        };
        let described = element
            .session()
            .call(progress, "looking into a frame", &describe)
            .await?;
        let inside = described.node.frame_id.map(FrameId::from);
        Ok(inside.and_then(|id| self.page().frame(&id)))
    }

    /// The element in the parent frame that this frame is inside of.
    pub(crate) async fn owner_element(&self, progress: &Progress) -> Result<ElementHandle> {
        const WHAT: &str = "finding the element of a frame";
        let parent = self
            .parent()
            .ok_or_else(|| BrowserError::Invalid("the main frame is in no element".to_owned()))?;
        let context = parent.context(progress, World::Isolated).await?;
        let owner = GetFrameOwner {
            frame_id: self.id.to_string(),
        };
        let owner = context.session.call(progress, WHAT, &owner).await?;
        let resolve = ResolveNode {
            backend_node_id: Some(owner.backend_node_id),
            execution_context_id: Some(context.id),
            ..ResolveNode::default()
        };
        let resolved = context.session.call(progress, WHAT, &resolve).await?;
        let object = resolved
            .object
            .object_id
            .ok_or(BrowserError::ContextDestroyed)?;
        Ok(ElementHandle::new(parent, context.session, object))
    }

    /// Waits until this frame's document has come this far; at once when it already has.
    pub(crate) async fn wait_for_load_state(
        &self,
        progress: &Progress,
        until: LoadState,
    ) -> Result<()> {
        let reached = |frame: Option<&FrameData>| match frame {
            None => Some(Err(BrowserError::ContextDestroyed)),
            Some(frame) => (!frame.pending.any() && frame.reached(until)).then_some(Ok(())),
        };
        let id = self.id.as_str();
        self.page
            .until(progress, "waiting for a frame to load", |state| {
                reached(state.frames.get(id))
            })
            .await
    }

    async fn call_bundle(
        &self,
        progress: &Progress,
        function: &str,
        args: &(impl Serialize + ?Sized),
        by_value: bool,
    ) -> Result<Outcome> {
        let context = self.context(progress, World::Isolated).await?;
        self.call_in(progress, &context, function, args, by_value)
            .await
    }

    async fn call_in(
        &self,
        progress: &Progress,
        context: &ContextRef,
        function: &str,
        args: &(impl Serialize + ?Sized),
        by_value: bool,
    ) -> Result<Outcome> {
        let arguments = arguments(args)?;
        let command = Call {
            function_declaration: &bundle_call(function, false)?,
            unique_context_id: Some(&context.unique_id),
            object_id: None,
            arguments: [Argument { value: &arguments }],
            await_promise: true,
            return_by_value: by_value,
        };
        self.run(progress, context, &command).await
    }

    /// Runs a script; one that a dialog blocks ends with `DialogOpen`.
    async fn run<C: Command>(
        &self,
        progress: &Progress,
        context: &ContextRef,
        command: &C,
    ) -> Result<C::Response> {
        self.page.check_responsive()?;
        self.page
            .unless_dialog(progress, SCRIPT, context.session.send(command))
            .await
    }

    pub(crate) fn page_inner(&self) -> &PageInner {
        &self.page
    }

    /// The frame's context; waits for one when a navigation is just replacing it.
    async fn context(&self, progress: &Progress, world: World) -> Result<ContextRef> {
        let ready = |frame: Option<&FrameData>| match frame {
            None => Some(Err(BrowserError::ContextDestroyed)),
            Some(frame) => frame.context(world).cloned().map(Ok),
        };
        let found = ready(self.page.lock().frames.get(self.id.as_str()));
        if let Some(context) = found {
            self.page.check_alive()?;
            return context.map_err(|error| self.page.explain(error));
        }
        let id = self.id.as_str();
        self.page
            .until(progress, "waiting for the document", |state| {
                ready(state.frames.get(id))
            })
            .await
    }

    fn read<T>(&self, read: impl FnOnce(&FrameData) -> T) -> Option<T> {
        self.page.lock().frames.get(self.id.as_str()).map(read)
    }
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Frame")
            .field("id", &self.id)
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

const NONE: [(); 0] = [];

/// The arguments of a call as one JSON array.
pub(crate) fn arguments(
    args: &(impl Serialize + ?Sized),
) -> Result<Box<serde_json::value::RawValue>> {
    let raw = to_raw_value(args).map_err(|source| BrowserError::Reply {
        method: Call::METHOD,
        source: source.into(),
    })?;
    match raw.get().as_bytes().first() {
        Some(b'[') => Ok(raw),
        // `()` stands for no arguments.
        _ if raw.get() == "null" => arguments(&NONE),
        _ => Err(BrowserError::Invalid(
            "the arguments of a call must be a tuple or an array".to_owned(),
        )),
    }
}
