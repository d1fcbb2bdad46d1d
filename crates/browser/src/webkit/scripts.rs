//! Running scripts in a frame. All of them run on the object that the page has no way to, so that one round trip
//! evaluates, awaits and reads; an error comes back as a value, with its stack.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::Result;
use crate::capability::Capability;
use crate::cdp::frame::World;
use crate::drive::driver::{Answer, Call, Handle, now};
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::listeners::{self, Spot};
use crate::webkit::bootstrap::RemoteValue;
use crate::webkit::connection::parse;
use crate::webkit::page_events::Document;
use crate::webkit::wire::Wire;

const CALL: &str = "Runtime.callFunctionOn";

/// In the page's own world.
const OWN: &str = "async function(code) { \
    try { return 'v' + this.text(await this.run(code)) } catch (error) { return 'e' + this.thrown(error) } }";

/// With the names of the isolated world, which here is the page's own.
const APART: &str = "async function(code) { const { __proscenium, __proscenium_emit } = this; \
    try { return 'v' + this.text(await eval(code)) } catch (error) { return 'e' + this.thrown(error) } }";

/// Which of the document's frames an element holds, counted as `window.frames` counts.
const INDEX: &str = "function(element) { const inside = element.contentWindow; \
    if (!inside) return [frames.length, -1]; \
    for (let i = 0; i < frames.length; i++) if (frames[i] === inside) return [frames.length, i]; \
    return [frames.length, frames.length] }";

/// The element that holds a frame.
const OWNER: &str = "function(index) { for (const element of document.querySelectorAll('iframe, frame, object, embed')) \
    if (element.contentWindow && element.contentWindow === frames[index]) return element; return null }";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    result: RemoteValue,
    #[serde(default)]
    was_thrown: bool,
}

/// The tree of frames.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tree {
    pub(crate) frame_tree: Branch,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Branch {
    pub(crate) frame: Document,
    #[serde(default)]
    pub(crate) child_frames: Vec<Branch>,
}

impl Outcome {
    /// What came of it, unless something was thrown.
    fn checked(self) -> Result<RemoteValue> {
        if !self.was_thrown {
            return Ok(self.result);
        }
        let message = self.result.description.unwrap_or_default();
        let stack = message.clone();
        Err(BrowserError::Evaluation { message, stack })
    }

    /// The value that our own wrapper returned.
    fn text(self) -> Result<String> {
        let refused = || BrowserError::Evaluation {
            message: self.result.description.clone().unwrap_or_default(),
            stack: String::new(),
        };
        if self.was_thrown {
            return Err(refused());
        }
        let Some(text) = self.result.value.as_str() else {
            return Err(refused());
        };
        match text.strip_prefix('e') {
            None => Ok(text.get(1..).unwrap_or_default().to_owned()),
            Some(error) => {
                let (message, stack) = parse(CALL, error.as_bytes())?;
                Err(BrowserError::Evaluation { message, stack })
            }
        }
    }

    /// The element that a function returned, if it returned one.
    fn handle(self) -> Result<Option<Handle>> {
        let result = self.checked()?;
        let is_null = result.subtype.as_deref() == Some("null");
        Ok(result
            .object_id
            .filter(|_| !is_null)
            .map(|id| Handle(id.into())))
    }
}

impl Wire {
    pub(crate) fn evaluate(
        &self,
        frame: &FrameId,
        world: World,
        expression: &str,
    ) -> Answer<Value> {
        let declaration = match world {
            World::Main => OWN,
            World::Isolated => APART,
        };
        let arguments = json!([{"value": expression}]);
        let outcome = self.run(frame, declaration, &arguments, true, world == World::Main);
        Box::pin(async move { parse(CALL, outcome.await?.text()?.as_bytes()) })
    }

    /// Asked on the developer tools' command line, which has more names than the page.
    pub(crate) fn listened_to(&self, frame: &FrameId, spot: Spot) -> Answer<Vec<String>> {
        let context = match self.scope(frame) {
            Ok((context, _)) => context,
            Err(error) => return now(Err(error)),
        };
        let params = json!({
            "expression": listeners::expression(spot),
            "contextId": context,
            "includeCommandLineAPI": true,
            "doNotPauseOnExceptionsAndMuteConsole": true,
            "returnByValue": true,
        });
        let address = self.address();
        let asked = self
            .connection
            .send(&address, Some(context), "Runtime.evaluate", &params);
        Box::pin(async move {
            let outcome: Outcome = asked.await?;
            let types = outcome.checked()?.value;
            parse("Runtime.evaluate", types.to_string().as_bytes())
        })
    }

    pub(crate) fn call(&self, frame: &FrameId, call: &Call) -> Answer<String> {
        let declaration = format!(
            "async function(values, element) {{ const globalThis = this; try {{ \
             return 'v' + this.text(await ({}).call(element, values)) \
             }} catch (error) {{ return 'e' + this.thrown(error) }} }}",
            call.declaration
        );
        let outcome = match arguments(call) {
            Ok(arguments) => self.run(frame, &declaration, &arguments, true, false),
            Err(error) => return now(Err(error)),
        };
        Box::pin(async move { outcome.await?.text() })
    }

    pub(crate) fn call_handle(&self, frame: &FrameId, call: &Call) -> Answer<Option<Handle>> {
        let declaration = format!(
            "async function(values, element) {{ const globalThis = this; return ({}).call(element, values) }}",
            call.declaration
        );
        let outcome = match arguments(call) {
            Ok(arguments) => self.run(frame, &declaration, &arguments, false, false),
            Err(error) => return now(Err(error)),
        };
        Box::pin(async move { outcome.await?.handle() })
    }

    /// Calls a function of our own with one value, which may be an element, and reads what it returns.
    pub(crate) fn ask(&self, frame: &FrameId, declaration: &str, value: Value) -> Answer<Value> {
        let outcome = self.run(frame, declaration, &json!([value]), true, false);
        Box::pin(async move { Ok(outcome.await?.checked()?.value) })
    }

    fn run(
        &self,
        frame: &FrameId,
        declaration: &str,
        arguments: &Value,
        by_value: bool,
        gesture: bool,
    ) -> Answer<Outcome> {
        let (context, scope) = match self.scope(frame) {
            Ok(found) => found,
            Err(error) => return now(Err(error)),
        };
        let params = json!({
            "objectId": &*scope,
            "functionDeclaration": declaration,
            "arguments": arguments,
            "returnByValue": by_value,
            "awaitPromise": true,
            "emulateUserGesture": gesture,
        });
        let address = self.address();
        Box::pin(self.connection.send(&address, Some(context), CALL, &params))
    }

    /// The frames of the page, as the browser has them now.
    pub(crate) fn tree(&self) -> Answer<Tree> {
        Box::pin(self.send("Page.getResourceTree", &json!({})))
    }
}

/// The frame inside an element. Both sides count the same frames in the same order, except that the page does not
/// count those inside of shadow trees.
pub(crate) fn child_frame(
    wire: Arc<Wire>,
    frame: FrameId,
    element: &Handle,
) -> Answer<Option<FrameId>> {
    let counted = wire.ask(&frame, INDEX, json!({"objectId": &*element.0}));
    let tree = wire.tree();
    Box::pin(async move {
        let (count, index): (usize, i64) =
            serde_json::from_value(counted.await?).map_err(|_| BrowserError::ContextDestroyed)?;
        let Ok(index) = usize::try_from(index) else {
            return Ok(None);
        };
        let tree = tree.await?;
        let branch = find(&wire, &tree.frame_tree, &frame).ok_or(BrowserError::ContextDestroyed)?;
        if branch.child_frames.len() != count {
            return Err(BrowserError::Unsupported {
                engine: crate::options::Engine::WebKit,
                capability: Capability::FramesInShadowTrees,
            });
        }
        Ok(branch
            .child_frames
            .get(index)
            .map(|child| wire.frame_id(&child.frame.id)))
    })
}

/// The element that a frame is inside of.
pub(crate) fn owner_element(wire: Arc<Wire>, parent: FrameId, child: FrameId) -> Answer<Handle> {
    Box::pin(async move {
        let index = index_of(&wire, &parent, &child).await?;
        let outcome = wire
            .run(&parent, OWNER, &json!([{"value": index}]), false, false)
            .await?;
        outcome.handle()?.ok_or(BrowserError::ContextDestroyed)
    })
}

/// The place of a frame among those of its parent.
pub(crate) async fn index_of(wire: &Wire, parent: &FrameId, child: &FrameId) -> Result<usize> {
    let tree = wire.tree().await?;
    find(wire, &tree.frame_tree, parent)
        .and_then(|branch| {
            let mut children = branch.child_frames.iter();
            children.position(|inside| wire.frame_id(&inside.frame.id) == *child)
        })
        .ok_or(BrowserError::ContextDestroyed)
}

fn find<'a>(wire: &Wire, branch: &'a Branch, frame: &FrameId) -> Option<&'a Branch> {
    if wire.frame_id(&branch.frame.id) == *frame {
        return Some(branch);
    }
    branch
        .child_frames
        .iter()
        .find_map(|child| find(wire, child, frame))
}

/// The values and the element as the protocol wants them.
fn arguments(call: &Call) -> Result<Value> {
    let values: Value = parse(CALL, call.arguments.as_bytes())?;
    Ok(match &call.this {
        Some(element) => json!([{"value": values}, {"objectId": &*element.0}]),
        None => json!([{"value": values}]),
    })
}
