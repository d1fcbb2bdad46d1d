//! The script that every document runs first, and what it tells.
//!
//! It talks through `console.debug`, taken before the page could replace it, with a secret as the first value. The page
//! sees nothing of that, cannot hold it back, and cannot talk like it. The last value of its first message is the
//! object that our own calls run on: the inspector holds it by name, the page has no way to it.

use serde::Deserialize;
use serde_json::Value;

/// The page bundle, built from the `page` folder of the repository.
const BUNDLE: &str = include_str!("../page_bundle.js");

const SCRIPT: &str = include_str!("bootstrap.js");

/// The script and the secret by which its messages are known.
pub(crate) struct Bootstrap {
    secret: String,
    hiding_place: String,
    source: String,
}

/// What the script tells.
#[derive(Debug, PartialEq)]
pub(crate) enum Told {
    /// It is in place, in a document that has come this far; the object's name.
    Ready { state: String, scope: String },
    /// The page bundle sent a message.
    Emit(String),
    /// A dialog is about to open.
    Dialog {
        kind: String,
        message: String,
        default: String,
        url: String,
    },
    /// The dialog has been answered.
    Answered,
    /// The document has another address.
    Address(String),
    /// The document's tree is complete.
    DomContentLoaded,
    /// The document has loaded.
    Load,
    /// The page began to drag something by HTML's drag and drop.
    Drag,
    /// A file input was clicked.
    Chooser { number: i64, multiple: bool },
}

/// A value of a console message.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct RemoteValue {
    pub(crate) r#type: String,
    pub(crate) subtype: Option<String>,
    pub(crate) class_name: Option<String>,
    pub(crate) value: Value,
    pub(crate) description: Option<String>,
    pub(crate) object_id: Option<String>,
    pub(crate) preview: Option<Value>,
}

impl Bootstrap {
    /// A script with a secret of its own.
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        let secret = unguessable()?;
        let source = SCRIPT
            .replacen("%SECRET%", &secret, 1)
            .replacen("/*%BUNDLE%*/", BUNDLE, 1);
        Ok(Self {
            secret,
            hiding_place: format!("_{}", unguessable()?),
            source,
        })
    }

    /// The script.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// A name for what the page must not find while it lies in its reach. It is not the secret: a page that happens
    /// to look at that moment learns nothing by it.
    pub(crate) fn hiding_place(&self) -> &str {
        &self.hiding_place
    }

    /// Reads a console message: in which document, and what; `None` when it is one of the page's own.
    pub(crate) fn read(&self, values: &[RemoteValue]) -> Option<(String, Told)> {
        let is_ours = values.first()?.value.as_str()? == self.secret;
        if !is_ours {
            return None;
        }
        let text =
            |at: usize| -> Option<String> { Some(values.get(at)?.value.as_str()?.to_owned()) };
        let told = match values.get(3)?.value.as_str()? {
            "ready" => Told::Ready {
                state: text(4)?,
                scope: values.get(5)?.object_id.clone()?,
            },
            "emit" => Told::Emit(text(4)?),
            "dialog" => Told::Dialog {
                kind: text(4)?,
                message: text(5)?,
                default: text(6)?,
                url: text(7)?,
            },
            "answered" => Told::Answered,
            "drag" => Told::Drag,
            "address" => Told::Address(text(4)?),
            "reached" if text(4)? == "dom" => Told::DomContentLoaded,
            "reached" => Told::Load,
            "chooser" => Told::Chooser {
                number: values.get(4)?.value.as_i64()?,
                multiple: values.get(5)?.value.as_bool()?,
            },
            _ => return None,
        };
        Some((text(1)?, told))
    }
}

fn unguessable() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

/// The script context that an object of the inspector lives in, which its name tells.
pub(crate) fn context_of(object: &str) -> Option<u64> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Name {
        injected_script_id: u64,
    }
    let name: Name = serde_json::from_str(object).ok()?;
    Some(name.injected_script_id)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values(values: Value) -> Vec<RemoteValue> {
        serde_json::from_value(values).unwrap()
    }

    #[test]
    fn only_who_knows_the_secret_is_listened_to() {
        let bootstrap = Bootstrap::new().unwrap();
        let secret = &bootstrap.secret;
        let message = |secret: &str| {
            values(
                json!([{"type": "string", "value": secret}, {"type": "string", "value": "0.5"},
                {"type": "number", "value": 1}, {"type": "string", "value": "emit"}, {"type": "string", "value": "{}"}]),
            )
        };
        assert_eq!(
            bootstrap.read(&message(secret)),
            Some(("0.5".to_owned(), Told::Emit("{}".to_owned())))
        );
        assert_eq!(bootstrap.read(&message("guess")), None);
        assert_eq!(bootstrap.read(&[]), None);
        assert_ne!(Bootstrap::new().unwrap().secret, *secret);
    }

    #[test]
    fn an_object_names_its_context() {
        assert_eq!(context_of(r#"{"injectedScriptId":7,"id":1}"#), Some(7));
        assert_eq!(context_of("x"), None);
    }
}
