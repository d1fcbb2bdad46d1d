//! Addresses, dialogs, tabs, waits, scripts, the page area, modals.

use replay::ErrorCode;
use serde_json::{Value, json};

use super::{Case, case};
use crate::support::css;

/// What the network door shows in place of an address that it refuses.
const REFUSAL: &str = "<meta name=proscenium-error content=denied><h1>Blocked</h1><p>It was.</p>";

fn to(trigger: &str, address: &str) -> Value {
    json!({ "type": "navigation", "to": address, "navigationTrigger": trigger })
}

fn click() -> Value {
    json!({ "type": "click", "selectors": css("#b") })
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = addresses();
    cases.extend(windows());
    cases.extend(waits());
    cases
}

fn addresses() -> Vec<Case> {
    let form = "<form action=/next><button id=b>Send</button></form>";
    vec![
        case(
            "",
            "",
            json!([to("manual", "{site}/next")]),
            ErrorCode::NavigationFailed,
        )
        .red_next(REFUSAL),
        case(
            "<a id=b href=/next>go</a>",
            "<a id=b href=/other>go</a>",
            json!([click(), to("click", "{site}/next")]),
            ErrorCode::WrongAddress,
        ),
        case(
            form,
            &form.replace("next", "other"),
            json!([click(), to("form-submit", "{site}/next")]),
            ErrorCode::WrongAddress,
        ),
        case(
            "<script>setTimeout(() => { location = '/next' }, 50)</script>",
            "",
            json!([to("redirect", "{site}/next")]),
            ErrorCode::WrongAddress,
        ),
        // Engines pass over entries of the history that no person has made: it is the page itself that is another one when
        // it is come back to, loaded again or kept.
        case(
            "",
            "<script>const again = () => history.replaceState({}, '', '/further');
             if (sessionStorage.again) again(); sessionStorage.again = 1;
             addEventListener('pageshow', (e) => { if (e.persisted) again() })</script>",
            json!([to("manual", "{site}/next"), to("back", "{site}/")]),
            ErrorCode::WrongAddress,
        ),
        case(
            "",
            "<script>const again = () => history.pushState({}, '', '/further');
             if (sessionStorage.again) again(); sessionStorage.again = 1;
             addEventListener('pageshow', (e) => { if (e.persisted) again() })</script>",
            json!([
                to("manual", "{site}/next"),
                to("back", ""),
                patient(to("forward", "{site}/next"))
            ]),
            ErrorCode::NavigationFailed,
        ),
    ]
}

/// WebKit does not say that there is nothing to go to: it just does not go, which is known after two seconds.
fn patient(mut step: Value) -> Value {
    step["timeout"] = 5_000.into();
    step
}

fn windows() -> Vec<Case> {
    let dialog =
        |response: &str| json!({ "type": "dialog", "dialogType": "confirm", "response": response });
    let confirm = "<button id=b onclick='confirm(1)'>ask</button>";
    let opening = "<button id=b onclick=\"const w = window.open('/next'); globalThis.shut = () => { w.close() }\">pop</button>";
    let popup = "<a id=b href=/next target=_blank>pop</a>";
    let modal = json!({ "type": "modal-lifecycle", "modalId": "m", "modalSelector": "#m", "toState": "open" });
    let closing = json!({ "type": "tab", "event": "close", "index": 1, "trigger": "page" });
    vec![
        case(
            confirm,
            "<button id=b>ask</button>",
            json!([click(), dialog("accept")]),
            ErrorCode::NoDialog,
        ),
        case(
            confirm,
            "<button id=b onclick='alert(1)'>ask</button>",
            json!([click(), dialog("dismiss")]),
            ErrorCode::WrongDialog,
        ),
        case(
            "<button id=b onclick='alert(\"Saved\")'>save</button>",
            "<button id=b onclick='alert(\"Not saved\")'>save</button>",
            json!([click(), { "type": "dialog", "message": "Saved", "checkMessage": true, "response": "accept" }]),
            ErrorCode::WrongDialog,
        ),
        case(
            "<a id=b download=a.txt href='data:text/plain,a'>save</a>",
            "<a id=b download=b.txt href='data:text/plain,a'>save</a>",
            json!([click(), { "type": "download", "fileName": "a.txt" }]),
            ErrorCode::NoDownload,
        ),
        case(
            popup,
            "<a id=b href='#'>pop</a>",
            json!([click(), { "type": "tab", "event": "new", "trigger": "popup" }]),
            ErrorCode::TabNotFound,
        ),
        case(
            popup,
            "<a id=b href='#'>pop</a>",
            json!([click(), { "type": "tab", "event": "switch", "index": 1 }]),
            ErrorCode::TabNotFound,
        ),
        case(
            opening,
            &opening.replace("w.close()", "w.blur()"),
            json!([
                click(),
                { "type": "tab", "event": "switch", "index": 1 },
                { "type": "tab", "event": "switch", "index": 0 },
                { "type": "javascript", "expression": "globalThis.shut()" },
                closing,
            ]),
            ErrorCode::Timeout,
        ),
        case(
            "<div id=m>modal</div>",
            "<div id=m hidden>modal</div>",
            json!([modal]),
            ErrorCode::CheckFailed,
        ),
        case(
            "<script>globalThis.total = { net: 1 }</script>",
            "",
            json!([{ "type": "javascript", "expression": "total.net" }]),
            ErrorCode::ScriptFailed,
        ),
        case(
            "",
            "",
            json!([{ "type": "viewport", "width": 900, "height": 700 }]),
            ErrorCode::Unsupported,
        )
        .instead(json!({ "type": "viewport", "width": 0, "height": 700 })),
    ]
}

fn waits() -> Vec<Case> {
    let wait = |what: &str, value: Value| json!([{ "type": "wait", "waitFor": what, "value": value, "selectors": css("#late") }]);
    // An answer that nobody reads is never finished.
    let asking =
        "<button id=b onclick=\"fetch('/next').then((answer) => answer.text())\">ask</button>";
    let late = "<script>setTimeout(() => { document.body.innerHTML = '<p id=late>late'; history.pushState({}, '', '/late'); globalThis.late = true }, 100)</script>";
    vec![
        case("", "", wait("duration", json!(20)), ErrorCode::Timeout)
            .instead(json!({ "type": "wait", "waitFor": "duration", "value": 60_000 })),
        case(
            late,
            "",
            wait("element", Value::Null),
            ErrorCode::CheckFailed,
        ),
        case(
            late,
            "",
            wait("url", json!("/late")),
            ErrorCode::WrongAddress,
        ),
        case(
            late,
            "",
            wait("expression", json!("globalThis.late")),
            ErrorCode::Timeout,
        ),
        case(
            asking,
            &asking.replace("/next", "/never"),
            json!([click(), { "type": "wait", "waitFor": "load", "value": "networkidle" }]),
            ErrorCode::Timeout,
        ),
        case(
            asking,
            &asking.replace("/next", "/other"),
            json!([click(), { "type": "wait", "waitFor": "response", "value": "/next" }]),
            ErrorCode::Timeout,
        ),
    ]
}
