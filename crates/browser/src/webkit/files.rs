//! Putting files into an input. The Automation domain does it, which has its own names for elements and frames: the
//! element is handed over by a property of the window with an unguessable name, gone before the page runs again.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::Result;
use crate::drive::driver::{Answer, Call, FilesInto, Handle};
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::webkit::connection::parse;
use crate::webkit::scripts::index_of;
use crate::webkit::wire::Wire;

const EVALUATE: &str = "Automation.evaluateJavaScriptFunction";

/// The input of a file chooser that was reported.
const CHOOSER: &str = "function(values) { return globalThis.choosers[values[0] - 1] ?? null }";

/// Empties the input, because the browser would add to what it holds, and leaves it for the function below.
const LEAVE: &str = "function(values) { this.value = ''; \
    Object.defineProperty(window, values[0], {value: this, configurable: true}) }";

const PICK_UP: &str =
    "function(name) { const element = window[name]; delete window[name]; return element }";

pub(crate) fn choose(
    wire: Arc<Wire>,
    frame: FrameId,
    into: FilesInto,
    paths: Vec<PathBuf>,
) -> Answer<()> {
    Box::pin(async move {
        let element = match into {
            FilesInto::Element(handle) => handle,
            FilesInto::Chooser(number) => chooser(&wire, &frame, number).await?,
        };
        let name = wire.bootstrap.hiding_place();
        let leave = Call {
            declaration: LEAVE.to_owned(),
            arguments: json!([name]).to_string(),
            this: Some(element),
        };
        let left = wire.call(&frame, &leave);
        let frame_handle = frame_handle(&wire, &frame).await?;
        left.await?;
        let params = json!({
            "browsingContextHandle": wire.handle(),
            "frameHandle": frame_handle,
            "function": PICK_UP,
            "arguments": [json!(name).to_string()],
        });
        let found = wire.automate::<Value>(EVALUATE, &params).await?;
        let text = found
            .get("result")
            .and_then(Value::as_str)
            .unwrap_or_default();
        // The one entry of the answer is called as the session.
        let node: Value = parse(EVALUATE, text.as_bytes())?;
        let node = node
            .as_object()
            .and_then(|entries| entries.values().next()?.as_str())
            .ok_or(BrowserError::ContextDestroyed)?;
        let names: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
        let params = json!({
            "browsingContextHandle": wire.handle(),
            "frameHandle": frame_handle,
            "nodeHandle": node,
            "filenames": names,
        });
        wire.automate::<Value>("Automation.setFilesForInputFileUpload", &params)
            .await
            .map(drop)
    })
}

async fn chooser(wire: &Wire, frame: &FrameId, number: i64) -> Result<Handle> {
    let call = Call {
        declaration: CHOOSER.to_owned(),
        arguments: json!([number]).to_string(),
        this: None,
    };
    wire.call_handle(frame, &call)
        .await?
        .ok_or_else(|| BrowserError::Invalid("that file chooser is not open any more".to_owned()))
}

/// What the Automation domain calls a frame: the main frame nothing, the others by their place in their parent.
async fn frame_handle(wire: &Wire, frame: &FrameId) -> Result<String> {
    let parents = |frame: &FrameId| {
        let core = wire.core()?;
        core.read_frame(frame, |data| data.parent.clone())?
    };
    let mut path = Vec::new();
    let mut inside = frame.clone();
    while let Some(parent) = parents(&inside) {
        path.push(index_of(wire, &parent, &inside).await?);
        inside = parent;
    }
    let mut handle = String::new();
    for index in path.into_iter().rev() {
        let params = json!({
            "browsingContextHandle": wire.handle(),
            "frameHandle": handle,
            "ordinal": index,
        });
        let found = wire
            .automate::<Value>("Automation.resolveChildFrameHandle", &params)
            .await?;
        handle = found
            .get("result")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
    }
    Ok(handle)
}
