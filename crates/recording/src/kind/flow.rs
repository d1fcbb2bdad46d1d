//! The steps that decide which steps come next, and those that keep values for later ones.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::open_enum::open_enum;
use crate::{CheckType, Checkpoint, Map, text};

open_enum! {
    /// What a control step does. Blocks are opened by `if`, `while`, `times` and `forEach` and closed by `end`; a block
    /// opened by `do` is closed by `repeatIf`. The words are those of Selenium IDE.
    ControlCommand {
        If = "if", ElseIf = "elseIf", Else = "else", While = "while", Do = "do", RepeatIf = "repeatIf",
        Times = "times", ForEach = "forEach", End = "end",
    }
}

impl ControlCommand {
    /// Whether it asks a condition.
    pub fn has_condition(&self) -> bool {
        matches!(self, Self::If | Self::ElseIf | Self::While | Self::RepeatIf)
    }
}

/// A branch or a loop: this step opens, divides or closes a block of steps.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Control {
    /// What it does.
    pub command: ControlCommand,
    /// JavaScript, evaluated in the page: the condition, or the list that `forEach` goes through. Every `${NAME}` that
    /// has a value stands for it as a JavaScript value; any other is left to JavaScript.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
    /// The condition as a statement about the page, in the words of a checkpoint; the step's selectors say about which
    /// element.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_type: Option<CheckType>,
    /// The address, for `urlMatch` and `urlContains`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_url: Option<String>,
    /// The text, value or title.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub expected_value: Option<String>,
    /// The name of the attribute, for `elementAttribute`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub attribute: Option<String>,
    /// `mode` of a checkpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// The condition holds when the statement is false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub negated: Option<bool>,
    /// How often, for `times`: a number, or a text such as `${COUNT}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Value>,
    /// What `forEach` goes through, when it is written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<Value>>,
    /// The variable that holds the item of `forEach`, or the number of the round of `times`, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variable: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl Control {
    /// The statement that the condition makes about the page, when it is one.
    pub fn statement(&self) -> Option<Checkpoint> {
        Some(Checkpoint {
            check_type: self.check_type.clone()?,
            expected_url: self.expected_url.clone(),
            expected_value: self.expected_value.clone(),
            attribute: self.attribute.clone(),
            mode: self.mode.clone(),
            negated: self.negated,
            ..Checkpoint::default()
        })
    }
}

open_enum! {
    /// Where a stored value comes from.
    StoreFrom {
        Text = "text", Value = "value", Attribute = "attribute", Title = "title", Url = "url",
        Expression = "expression", Literal = "literal", Count = "count",
    }
}

/// Keep a value from the page under a name, for the `${NAME}` of later steps. Such values are not secret.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Store {
    /// Where it comes from: the text, value or attribute of the step's element, the number of elements that its selectors
    /// find, the page's title or address, a JavaScript expression, or a literal text.
    pub from: StoreFrom,
    /// The name that later steps use.
    pub variable: String,
    /// The attribute's name, the expression or the literal text, in which `${NAME}` is filled in.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub value: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// Perform another recording in the place of this step, on the page as it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Include {
    /// Which: its id on a server, or its file beside this one.
    pub recording: String,
    /// Its name when it was chosen; only to be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_name: Option<String>,
    /// Whether its own first address is opened before its steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}
