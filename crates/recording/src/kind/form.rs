//! Steps of the keyboard and of forms: input, select, keypress, submit, upload.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::open_enum::open_enum;
use crate::{Map, number, text};

open_enum! {
    /// A key held while another or the mouse acts.
    Modifier { Ctrl = "ctrl", Shift = "shift", Alt = "alt", Meta = "meta" }
}

open_enum! {
    /// How text gets into a field.
    SimulationType { SetValue = "setValue", Type = "type" }
}

/// Text was put into a field.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Input {
    /// Tag of the element, lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_name: Option<String>,
    /// The text; masked or `${NAME}` when it is a secret.
    #[serde(deserialize_with = "text::lenient")]
    pub value: String,
    /// `text`, `email`, `password`, `checkbox`, `date`, `file`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_type: Option<String>,
    /// Whether the recorder took the field for a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_sensitive: Option<bool>,
    /// Typed key by key, or set at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub simulation_type: Option<SimulationType>,
    /// Pause between keys, in milliseconds.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub typing_delay: Option<f64>,
    /// Name of the variable that gives the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variable_name: Option<String>,
    /// State of a checkbox or radio button after the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl std::fmt::Debug for Input {
    /// Leaves a sensitive value out, so that a log never holds it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = if self.is_sensitive == Some(true) {
            "••••"
        } else {
            &self.value
        };
        f.debug_struct("Input")
            .field("tag_name", &self.tag_name)
            .field("value", &value)
            .field("input_type", &self.input_type)
            .field("variable_name", &self.variable_name)
            .finish_non_exhaustive()
    }
}

/// Options of a `<select>` were chosen.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Select {
    /// `select`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_name: Option<String>,
    /// `value` of the option.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub selected_value: Option<String>,
    /// Text of the option.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub selected_text: Option<String>,
    /// Place of the option, from 0; -1 means none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_index: Option<i64>,
    /// Whether several can be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_multiple: Option<bool>,
    /// All chosen options, when several can be.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "text::list_or_null"
    )]
    pub selected_options: Vec<SelectedOption>,
    /// What becomes of the options that were chosen before; they are left when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<SelectionChange>,
    /// Name of the variable that gives the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variable_name: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

open_enum! {
    /// How a list in which several options can be chosen is changed.
    SelectionChange { Add = "add", Remove = "remove" }
}

/// One chosen option.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SelectedOption {
    /// Its text.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub text: Option<String>,
    /// Its `value`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub value: Option<String>,
    /// Its place, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<i64>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// A key or a chord was pressed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Keypress {
    /// `Enter`, `Escape`, `a`, as the browser names it.
    #[serde(deserialize_with = "text::lenient")]
    pub key: String,
    /// `KeyA`, the physical key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Keys held meanwhile.
    #[serde(deserialize_with = "text::list_or_null")]
    pub modifiers: Vec<Modifier>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// A form was submitted.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Submit {
    /// `form`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_name: Option<String>,
    /// The form's fields when recorded, without secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_data: Option<Value>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// Files were given to a file field.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Upload {
    /// The files, in order.
    #[serde(deserialize_with = "text::list_or_null")]
    pub files: Vec<UploadFile>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// One file given to a file field.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UploadFile {
    /// Name of the file.
    pub name: String,
    /// Its size, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// Where it lies, relative to the recording's own file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The stored copy made while recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}
