//! Clicks, hovers, scrolls, drags.

use replay::ErrorCode;
use serde_json::json;

use super::{Case, case};
use crate::support::css;

const BUTTON: &str = "<button id=b>Go</button>";
const VEIL: &str = "<div style='position:fixed;inset:0'>veil</div>";
const SLIDER: &str = "<div id=a style='width:90px;height:30px;background:teal'>knob</div><div id=to style='margin-top:20px'>here</div>";

pub(super) fn cases() -> Vec<Case> {
    let b = || css("#b");
    let covered = format!("{BUTTON}{VEIL}");
    let trembling = format!(
        "{SLIDER}<script>a.animate([{{ transform: 'none' }}, {{ transform: 'translateX(60px)' }}], {{ duration: 200, iterations: Infinity }})</script>"
    );
    vec![
        case(
            BUTTON,
            "<button id=b disabled>Go</button>",
            json!([{ "type": "click", "selectors": b() }]),
            ErrorCode::Disabled,
        ),
        case(
            BUTTON,
            &covered,
            json!([{ "type": "click", "selectors": b(), "button": "right" }]),
            ErrorCode::Covered,
        ),
        case(
            BUTTON,
            "<button id=b hidden>Go</button>",
            json!([{ "type": "click", "selectors": b(), "button": "middle" }]),
            ErrorCode::Hidden,
        ),
        case(
            BUTTON,
            "<button id=b disabled>Go</button>",
            json!([{ "type": "click", "selectors": b(), "button": "back" }]),
            ErrorCode::Disabled,
        ),
        case(
            BUTTON,
            &covered,
            json!([{ "type": "click", "selectors": b(), "button": "forward" }]),
            ErrorCode::Covered,
        ),
        case(
            "<canvas id=b></canvas>",
            "<canvas id=b hidden></canvas>",
            json!([{ "type": "wheel", "selectors": b(), "deltaX": 0, "deltaY": -100 }]),
            ErrorCode::Hidden,
        ),
        case(
            "<button>Go</button>",
            "<button>Go</button><button>Go</button>",
            json!([{ "type": "click", "selectors": css("button"), "clickCount": 2 }]),
            ErrorCode::NotUnique,
        ),
        case(
            "<input id=b type=checkbox>",
            "<input id=b type=checkbox onclick='event.preventDefault()'>",
            json!([{ "type": "click", "selectors": b(), "inputType": "checkbox", "checked": true }]),
            ErrorCode::ValueMismatch,
        ),
        case(
            BUTTON,
            &covered,
            json!([{ "type": "hover", "selectors": b() }]),
            ErrorCode::Covered,
        ),
        case(
            "<div style='height:3000px'>long</div>",
            "short",
            json!([{ "type": "scroll", "scrollX": 0, "scrollY": 900, "element": "window" }]),
            ErrorCode::ScrollShort,
        ),
        case(
            "<div id=b style='height:90px;overflow:auto'><div style='height:900px'>long</div></div>",
            "<div style='height:900px'>long</div>",
            json!([{ "type": "scroll", "scrollX": 0, "scrollY": 200, "element": { "css": "#b" } }]),
            ErrorCode::NotFound,
        ),
        case(
            SLIDER,
            &trembling,
            json!([{ "type": "drag", "selectors": css("#a"), "target": { "selectors": css("#to") } }]),
            ErrorCode::Unstable,
        ),
        case(
            SLIDER,
            "<div id=a>knob</div>",
            json!([{ "type": "drag", "selectors": css("#a"), "target": { "selectors": css("#to") } }]),
            ErrorCode::NotFound,
        ),
    ]
}
