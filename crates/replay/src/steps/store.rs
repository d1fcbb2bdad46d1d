//! A value is kept under a name for later steps.

use recording::{Store, StoreFrom};
use serde_json::{Value, json};

use super::{checkpoint, control, unknown_word};
use crate::fault::Fault;
use crate::locate::selectors_of;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, store: &Store) -> Result<Done, Fault> {
    let given = || {
        store
            .value
            .as_deref()
            .ok_or_else(|| Fault::new(ErrorCode::Unsupported, "the step does not say what to keep"))
    };
    let value = match &store.from {
        StoreFrom::Text | StoreFrom::Value | StoreFrom::Attribute | StoreFrom::Count => {
            let mut spec = json!({
                "kind": "read",
                "read": store.from.as_str(),
                "selectors": selectors_of(scene.step)?,
            });
            if store.from == StoreFrom::Attribute {
                spec["attribute"] = json!(given()?);
            }
            if let Some(signature) = &scene.step.content_signature {
                spec["signature"] = json!(signature);
            }
            checkpoint::holds(scene, spec, true).await?;
            scene.notes.actual.clone().unwrap_or_default()
        }
        StoreFrom::Title => text_of(control::evaluate(scene, "document.title").await?),
        StoreFrom::Url => scene.page().url(),
        StoreFrom::Expression => {
            let code = format!("(async () => await (\n{}\n))()", given()?);
            text_of(control::evaluate(scene, &code).await?)
        }
        StoreFrom::Literal => scene.fill_in(given()?)?,
        StoreFrom::Other(word) => return Err(unknown_word("the source", word)),
    };
    scene.notes.actual = Some(value.chars().take(LONGEST).collect());
    scene.notes.stored = Some((store.variable.clone(), value));
    Ok(Done::Performed)
}

/// Longest value told in the result, in characters; what is kept is whole.
const LONGEST: usize = 2_000;

fn text_of(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
