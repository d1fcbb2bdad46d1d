//! The step that checks.

use serde::{Deserialize, Serialize};

use crate::open_enum::open_enum;
use crate::{Map, Selector, number, text};

open_enum! {
    /// What a checkpoint compares.
    CheckType {
        UrlMatch = "urlMatch", UrlContains = "urlContains", ElementVisible = "elementVisible",
        ElementText = "elementText", ContainsText = "containsText", ElementHasValue = "elementHasValue",
        ElementPresent = "elementPresent", ElementChecked = "elementChecked", ElementEnabled = "elementEnabled",
        ElementEditable = "elementEditable", ElementAttribute = "elementAttribute", ElementCount = "elementCount",
        PageTitle = "pageTitle", PageLoad = "pageLoad", Expression = "expression", Visual = "visual",
    }
}

impl CheckType {
    /// Whether it is about the step's element; a [`Visual`](Self::Visual) check may be about one.
    pub fn is_about_element(&self) -> bool {
        matches!(
            self,
            Self::ElementVisible
                | Self::ElementText
                | Self::ContainsText
                | Self::ElementHasValue
                | Self::ElementPresent
                | Self::ElementChecked
                | Self::ElementEnabled
                | Self::ElementEditable
                | Self::ElementAttribute
                | Self::ElementCount
        )
    }

    /// Whether it compares with `expectedValue`.
    pub fn has_expected_value(&self) -> bool {
        matches!(
            self,
            Self::ElementText
                | Self::ContainsText
                | Self::ElementHasValue
                | Self::ElementAttribute
                | Self::ElementCount
                | Self::PageTitle
        )
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
    /// The text, value, title or number of elements.
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
    /// JavaScript that has to be true, for `expression`. Every `${NAME}` that has a value stands for it as a JavaScript
    /// value, as in a [`Control`](crate::Control).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
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
    /// `contains` makes `pageTitle` and `elementAttribute` look for a part; `value` or `label` says which of the two of a
    /// chosen option `elementHasValue` means, which takes either otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// `visual`: the picture is of the whole page instead of what is in view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_page: Option<bool>,
    /// `visual`: the largest share of the pixels that may differ, 0 to 1.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub threshold: Option<f64>,
    /// `visual`: how far two colours may be apart and still be the same, 0 to 1.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub tolerance: Option<f64>,
    /// `visual`: what changes by itself and is left out of the comparison.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "text::list_or_null"
    )]
    pub masks: Vec<Mask>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// Elements that are painted out of a picture.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Mask {
    /// How to find them, best first; the first that finds anything names them all.
    #[serde(deserialize_with = "text::list_or_null")]
    pub selectors: Vec<Selector>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl Checkpoint {
    /// The share of the pixels that may differ unless the check says it: none. A browser draws the same page the same way
    /// each time, and neither near colours nor the smoothing of edges count. A digit that changes in small text is seven
    /// pixels: any share worth naming of a whole page would let it pass.
    pub const DEFAULT_THRESHOLD: f64 = 0.0;
    /// How far two colours may be apart unless the check says it. A person does not see less side by side.
    pub const DEFAULT_TOLERANCE: f64 = 0.1;
}
