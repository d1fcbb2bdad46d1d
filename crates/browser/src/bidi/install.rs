//! What every document of a context is told before its first script.

use serde_json::{Value, json};

/// The name of Proscenium's own sandbox in every frame.
pub(crate) const WORLD: &str = "proscenium";

/// The channel of the page bundle's messages.
pub(crate) const MESSAGES: &str = "proscenium-messages";

/// The channel of the tab's title.
pub(crate) const TITLES: &str = "proscenium-titles";

/// The page bundle, built from the `page` folder of the repository.
const BUNDLE: &str = include_str!("../page_bundle.js");

/// Tells the title.
const TITLE: &str = include_str!("../cdp/title.js");

/// `script.addPreloadScript` for a user context.
pub(crate) fn preload(user_context: &str) -> Value {
    let channel = |name: &str| json!({ "type": "channel", "value": { "channel": name } });
    json!({
        "functionDeclaration": format!(
            "(emit, title) => {{ globalThis.__proscenium_emit = emit; globalThis.__proscenium_title = title;\n\
             {BUNDLE}\n;{{ {TITLE} }} }}"
        ),
        "arguments": [channel(MESSAGES), channel(TITLES)],
        "sandbox": WORLD,
        "userContexts": [user_context],
    })
}
