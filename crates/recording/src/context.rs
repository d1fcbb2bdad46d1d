//! Why a step happened and what it waited for.

use serde::{Deserialize, Serialize};

use crate::{Map, text};

/// What the recorder understood about the purpose of a step.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Context {
    /// `submit-form`, `navigate-to-page`, `logout`, `none`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_intent: Option<String>,
    /// Where the address went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_url_change: Option<ExpectedUrlChange>,
    /// Whether the step happened in a modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_inside_modal: Option<bool>,
    /// Which modal.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub modal_id: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// How a step was seen to change the address.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExpectedUrlChange {
    /// `success`, `redirect`, `same-page`, `error`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Parts of the address after the step.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "text::list_or_null"
    )]
    pub patterns: Vec<String>,
    /// Address before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_url: Option<String>,
    /// Address after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_url: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// What the page had to reach before the step was done.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WaitConditions {
    /// An image was loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_loaded: Option<bool>,
    /// The element was visible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element_visible: Option<bool>,
    /// The element did not move.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element_stable: Option<bool>,
    /// The network was idle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_idle: Option<bool>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}
