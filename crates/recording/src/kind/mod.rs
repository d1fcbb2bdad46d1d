//! What a step does: one struct per `type` of the document.

mod checkpoint;
mod download;
mod flow;
mod form;
mod page;
mod pointer;

pub use checkpoint::{CheckType, Checkpoint, Mask};
pub use download::Download;
pub use flow::{Control, ControlCommand, Include, Store, StoreFrom};
pub use form::{
    Input, Keypress, Modifier, Select, SelectedOption, SelectionChange, SimulationType, Submit,
    Upload, UploadFile,
};
pub use page::{
    Dialog, DialogResponse, JavaScript, ModalLifecycle, Navigation, NavigationTrigger, Screenshot,
    Tab, TabEvent, ViewportChange, Wait, WaitFor, WaitUntil,
};
pub use pointer::{
    Click, ClickValidation, Drag, DragTarget, Hover, MouseButton, Point, RelativeTo, Scroll,
    ScrollTarget, Wheel,
};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Map;

/// A `type` that this version does not know, kept whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// The `type` as written.
    pub type_name: String,
    /// Everything that is not common to all steps.
    pub fields: Map,
}

macro_rules! kinds {
    ($($variant:ident($payload:ident) = $name:literal: $doc:literal,)*) => {
        /// What a step does.
        #[derive(Debug, Clone, PartialEq)]
        pub enum StepKind {
            $(#[doc = $doc] $variant($payload),)*
            /// A step of a kind that this version does not know; it is kept, and never performed.
            Unknown(Unknown),
        }

        impl StepKind {
            /// The names of all known types, in the order of the format's documentation.
            pub const TYPES: &[&str] = &[$($name),*];

            /// The `type` as the document writes it.
            pub fn type_name(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $name,)*
                    Self::Unknown(unknown) => &unknown.type_name,
                }
            }

            /// Reads the fields of `type_name`; on failure gives the path inside the step and the message.
            pub(crate) fn from_fields(type_name: &str, fields: Map) -> Result<Self, (String, String)> {
                match type_name {
                    $($name => read(fields).map(Self::$variant),)*
                    other => Ok(Self::Unknown(Unknown { type_name: other.to_owned(), fields })),
                }
            }

            /// Adds the fields of this kind to a step being written.
            pub(crate) fn write_into(&self, map: &mut Map) -> Result<(), serde_json::Error> {
                match self {
                    $(Self::$variant(payload) => write(payload, map),)*
                    Self::Unknown(unknown) => {
                        for (key, value) in &unknown.fields {
                            map.insert(key.clone(), value.clone());
                        }
                        Ok(())
                    }
                }
            }
        }

        $(impl From<$payload> for StepKind {
            fn from(payload: $payload) -> Self {
                Self::$variant(payload)
            }
        })*
    };
}

kinds! {
    Click(Click) = "click": "Press and release a mouse button on an element.",
    Input(Input) = "input": "Put text into a field.",
    Select(Select) = "select": "Choose options of a `<select>`.",
    Navigation(Navigation) = "navigation": "Go to another address, or arrive at one.",
    Hover(Hover) = "hover": "Rest the pointer on an element.",
    Scroll(Scroll) = "scroll": "Scroll the window or an element.",
    Wheel(Wheel) = "wheel": "Turn the wheel over an element that does not scroll with it.",
    Keypress(Keypress) = "keypress": "Press a key or a chord.",
    Submit(Submit) = "submit": "Submit a form.",
    Checkpoint(Checkpoint) = "checkpoint": "Check that something is as expected.",
    ModalLifecycle(ModalLifecycle) = "modal-lifecycle": "A modal opened, changed or closed.",
    Drag(Drag) = "drag": "Drag an element onto another.",
    Upload(Upload) = "upload": "Give files to a file field.",
    Download(Download) = "download": "Wait for a file that the page gives.",
    Dialog(Dialog) = "dialog": "Answer an alert, a confirmation or a prompt.",
    Tab(Tab) = "tab": "Open, switch or close a tab.",
    Wait(Wait) = "wait": "Wait for a time, an element, an address or the page.",
    JavaScript(JavaScript) = "javascript": "Evaluate an expression in the page.",
    Screenshot(Screenshot) = "screenshot": "Keep a picture of the page.",
    Viewport(ViewportChange) = "viewport": "Change the size of the page area.",
    Control(Control) = "control": "Branch, or repeat steps.",
    Store(Store) = "store": "Keep a value of the page for later steps.",
    Include(Include) = "include": "Perform another recording here.",
}

fn read<T: DeserializeOwned>(fields: Map) -> Result<T, (String, String)> {
    serde_path_to_error::deserialize(Value::Object(fields)).map_err(|error| {
        let path = error.path().to_string();
        (
            if path == "." { String::new() } else { path },
            error.into_inner().to_string(),
        )
    })
}

fn write<T: Serialize>(payload: &T, map: &mut Map) -> Result<(), serde_json::Error> {
    if let Value::Object(fields) = serde_json::to_value(payload)? {
        map.extend(fields);
    }
    Ok(())
}
