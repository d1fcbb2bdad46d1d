//! Steps of the page as a whole: navigation, dialogs, tabs, waits, scripts, viewport, modals.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::open_enum::open_enum;
use crate::{Map, Selector, number, text};

open_enum! {
    /// What made the page navigate.
    NavigationTrigger {
        Manual = "manual", Click = "click", FormSubmit = "form-submit", Redirect = "redirect", Back = "back",
        Forward = "forward",
    }
}

open_enum! {
    /// What counts as arrived.
    WaitUntil { Load = "load", DomContentLoaded = "domcontentloaded", NetworkIdle = "networkidle" }
}

/// The page went to another address.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Navigation {
    /// Address before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Address after.
    pub to: String,
    /// What made it happen.
    pub navigation_trigger: NavigationTrigger,
    /// What counts as arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_until: Option<WaitUntil>,
    /// How long it took when recorded, in milliseconds.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub duration: Option<f64>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

open_enum! {
    /// How a dialog is answered.
    DialogResponse { Accept = "accept", Dismiss = "dismiss" }
}

/// An alert, a confirmation or a prompt was answered.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Dialog {
    /// `alert`, `confirm`, `prompt`, `beforeunload`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dialog_type: Option<String>,
    /// What it said.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub message: Option<String>,
    /// Whether it has to say that, and is red when it says something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_message: Option<bool>,
    /// The answer.
    pub response: DialogResponse,
    /// The text given to a prompt.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub prompt_value: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

open_enum! {
    /// What happened to a tab.
    TabEvent { New = "new", Switch = "switch", Close = "close" }
}

/// A tab was opened, switched to or closed. `new` adopts the tab that the step before opened (a popup) and opens one
/// itself only when there is none; `switch` waits for the tab to exist.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Tab {
    /// What happened.
    pub event: TabEvent,
    /// Which tab: they are numbered from 0 in the order of opening and keep their number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
    /// Address of a new tab; the step's own `url` is the page at the time, as for every step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_url: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

open_enum! {
    /// What a wait step waits for.
    WaitFor {
        Duration = "duration", Element = "element", Url = "url", Load = "load", Expression = "expression",
        Response = "response",
    }
}

/// Wait before going on.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Wait {
    /// What to wait for.
    pub wait_for: WaitFor,
    /// Milliseconds, part of an address, a load state, a JavaScript expression that becomes true, or part of the address
    /// of a request that is answered; `"5s"` and `"500ms"` are durations too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl Wait {
    /// The time to wait, for `waitFor: duration`.
    pub fn duration(&self) -> Option<Duration> {
        let milliseconds = match self.value.as_ref()? {
            Value::Number(number) => number.as_f64()?,
            Value::String(text) => {
                let text = text.trim();
                let unit = text
                    .find(|c: char| c.is_ascii_alphabetic())
                    .unwrap_or(text.len());
                let (number, unit) = text.split_at(unit);
                let factor = match unit {
                    "" | "ms" => 1.0,
                    "s" => 1_000.0,
                    "m" => 60_000.0,
                    _ => return None,
                };
                number.trim().parse::<f64>().ok()? * factor
            }
            _ => return None,
        };
        Duration::try_from_secs_f64(milliseconds / 1_000.0).ok()
    }
}

/// Evaluate an expression in the page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct JavaScript {
    /// The expression; a promise is awaited.
    pub expression: String,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// The size of the page area changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ViewportChange {
    /// Width, in CSS pixels.
    pub width: u32,
    /// Height, in CSS pixels.
    pub height: u32,
    /// Device pixels for each CSS pixel.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub device_scale_factor: Option<f64>,
    /// Whether the page is shown as on a phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<bool>,
    /// Whether the device has a touch screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub touch: Option<bool>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// A picture of the page is kept with the run, whatever pictures the run takes otherwise.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Screenshot {
    /// The whole page, not only what is in view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_page: Option<bool>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// A modal opened, changed or closed. Both shapes of the format are read: the recorder's (`modalId`,
/// `modalSelector`, `fromState`, `toState`) and the core's (`event`, `modalElement`).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ModalLifecycle {
    /// `modal-opened`, `modal-state-changed`, `modal-closed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The modal's id.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub modal_id: Option<String>,
    /// CSS selector of the modal, or the single selector of older files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modal_selector: Option<Value>,
    /// `{id, classes, role, zIndex}` in the core's shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modal_element: Option<Value>,
    /// State when the modal was first seen.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub initial_state: Option<String>,
    /// State before.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub from_state: Option<String>,
    /// State after.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub to_state: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl ModalLifecycle {
    /// How to find the modal, when the document says it.
    pub fn selectors(&self) -> Vec<Selector> {
        let mut found = Vec::new();
        match &self.modal_selector {
            Some(Value::String(css)) if !css.trim().is_empty() => {
                found.push(Selector::new("css", css))
            }
            Some(value @ Value::Object(_)) => {
                if let Ok(legacy) = serde_json::from_value::<crate::LegacySelector>(value.clone()) {
                    found.extend(legacy.to_selectors());
                }
            }
            _ => {}
        }
        let id = self
            .modal_element
            .as_ref()
            .and_then(|element| element.get("id"))
            .and_then(Value::as_str);
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            found.push(Selector::new("id", id));
        }
        found
    }
}
