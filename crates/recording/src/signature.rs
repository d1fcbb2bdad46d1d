//! What tells an item of a list from its neighbours.

use serde::{Deserialize, Serialize};

use crate::{Map, number};

/// The content by which an item of a list is recognised when the list has changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContentSignature {
    /// `list-item`, `card`, `table-row`, `grid-item`: a role in the page, not a tag name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element_type: Option<String>,
    /// `{selector, itemSelector}`; a plain selector in files of the older core.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_container: Option<serde_json::Value>,
    /// `heading`, `linkHref`, `imageSrc`, `price` and whatever else was read from the item.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub content_fingerprint: Map,
    /// What the item shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visual_hints: Option<serde_json::Value>,
    /// Place in the list, from 0.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub fallback_position: Option<f64>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}
