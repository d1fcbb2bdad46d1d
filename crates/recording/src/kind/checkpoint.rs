//! The step that checks.

use serde::{Deserialize, Serialize};

use crate::open_enum::open_enum;
use crate::{Map, text};

open_enum! {
    /// What a checkpoint compares.
    CheckType {
        UrlMatch = "urlMatch", UrlContains = "urlContains", ElementVisible = "elementVisible",
        ElementText = "elementText", ContainsText = "containsText", ElementHasValue = "elementHasValue",
        PageTitle = "pageTitle", PageLoad = "pageLoad",
    }
}

/// Something that has to be true at this point.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Checkpoint {
    /// What is compared.
    pub check_type: CheckType,
    /// The address, for `urlMatch` and `urlContains`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_url: Option<String>,
    /// The address when recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual_url: Option<String>,
    /// The text, value or title.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub expected_value: Option<String>,
    /// The text, value or title when recorded.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub actual_value: Option<String>,
    /// Whether it held when recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
    /// Whether the recorder added it by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto: Option<bool>,
    /// The check passes when the statement is false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub negated: Option<bool>,
    /// The run goes on when it fails, and fails at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub soft: Option<bool>,
    /// `contains` makes `pageTitle` look for a part of the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}
