//! What a check asks of its element, as JavaScript, for tools that have no word of their own for it.

use super::element::text;
use crate::{CheckType, Checkpoint};

/// An expression of `element`, and of `wanted` where something is compared; `None` for a check of another kind.
pub(super) fn judge(check: &Checkpoint) -> Option<String> {
    Some(match &check.check_type {
        CheckType::ElementChecked => {
            "element.matches(\":checked, [aria-checked=true]\")".to_owned()
        }
        CheckType::ElementEnabled => format!("!{DISABLED}"),
        CheckType::ElementEditable => format!(
            "(element.isContentEditable || element.matches(\"input, textarea, select\")) && !element.readOnly && !{DISABLED}"
        ),
        CheckType::ElementAttribute => {
            let name = text(check.attribute.as_deref().unwrap_or_default());
            if check.mode.as_deref() == Some("contains") {
                format!("(element.getAttribute({name}) ?? \"\").includes(wanted)")
            } else {
                format!("element.getAttribute({name}) === wanted")
            }
        }
        CheckType::ElementHasValue if is_of_label(check) => {
            "element.selectedOptions[0].text.trim() === wanted".to_owned()
        }
        _ => return None,
    })
}

/// Whether the label of a chosen option is compared, and not its value.
pub(super) fn is_of_label(check: &Checkpoint) -> bool {
    check.check_type == CheckType::ElementHasValue && check.mode.as_deref() == Some("label")
}

const DISABLED: &str = "element.closest(\":disabled, [aria-disabled=true], [inert]\")";
