//! Every check, and its opposite: each is red on the page on which the other passes.

use std::sync::Arc;

use replay::ErrorCode;
use serde_json::{Value, json};

use super::album::Album;
use super::{Case, case};
use crate::support::css;

const PAGE: &str = "<h1>Your cart</h1><p id=p>Total: 9.00 €</p><input id=i value=hello><input id=c type=checkbox checked>\
    <a id=a href=/help class='on link'>Help</a><ul><li>One<li>Two</ul>\
    <script>document.title = 'Cart'; history.replaceState({}, '', '/?q=1')</script>";

/// The page with one thing changed.
fn but(what: &str, with: &str) -> String {
    assert!(PAGE.contains(what), "{what}");
    PAGE.replace(what, with)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (kind, fields, other) in [
        (
            "urlMatch",
            json!({ "expectedUrl": "{site}/?q=1" }),
            but("q=1", "q=2"),
        ),
        (
            "urlContains",
            json!({ "expectedUrl": "q=1" }),
            but("q=1", "q=2"),
        ),
        (
            "elementVisible",
            json!({ "selectors": css("h1") }),
            but("<h1>", "<h1 hidden>"),
        ),
        (
            "elementText",
            json!({ "selectors": css("h1"), "expectedValue": "Your cart" }),
            but("Your cart", "Your cart is empty"),
        ),
        (
            "containsText",
            json!({ "selectors": css("#p"), "expectedValue": "9.00" }),
            but("9.00", "8.00"),
        ),
        (
            "elementHasValue",
            json!({ "selectors": css("#i"), "expectedValue": "hello" }),
            but("hello", "hello!"),
        ),
        (
            "elementPresent",
            json!({ "selectors": css("#i") }),
            but("<input id=i value=hello>", ""),
        ),
        (
            "elementChecked",
            json!({ "selectors": css("#c") }),
            but(" checked", ""),
        ),
        (
            "elementEnabled",
            json!({ "selectors": css("#c") }),
            but(" checked", " checked disabled"),
        ),
        (
            "elementEditable",
            json!({ "selectors": css("#i") }),
            but("value=hello", "value=hello readonly"),
        ),
        (
            "elementAttribute",
            json!({ "selectors": css("#a"), "attribute": "class", "mode": "contains", "expectedValue": "on " }),
            but("'on link'", "link"),
        ),
        (
            "elementCount",
            json!({ "selectors": css("li"), "expectedValue": "2" }),
            but("<li>Two", ""),
        ),
        (
            "expression",
            json!({ "expression": "document.links.length > 0" }),
            but("href=/help ", ""),
        ),
        (
            "pageTitle",
            json!({ "expectedValue": "Cart" }),
            but("'Cart'", "'Carts'"),
        ),
    ] {
        cases.extend(both(kind, &fields, PAGE, &other, &[]));
    }
    // A document that is being written has not loaded; it is opened by a step, so that the page is there before.
    let loading = "<script>globalThis.rewrite = () => { document.open(); document.write('<p>half') }</script>";
    let begin = json!({ "type": "javascript", "expression": "void globalThis.rewrite?.()" });
    cases.extend(both("pageLoad", &json!({}), PAGE, loading, &[begin]));
    for case in both(
        "visual",
        &json!({}),
        PAGE,
        &but("<h1>", "<h1 style='color:red'>"),
        &[],
    ) {
        cases.push(compared(case));
    }
    cases
}

/// The statement on the page on which it holds, and its opposite on the other one.
fn both(kind: &str, fields: &Value, holds: &str, fails: &str, before: &[Value]) -> [Case; 2] {
    let steps = |negated: bool| {
        let mut step =
            json!({ "id": "look", "type": "checkpoint", "checkType": kind, "negated": negated });
        step.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        Value::from([before, &[step]].concat())
    };
    [
        case(holds, fails, steps(false), ErrorCode::CheckFailed),
        case(fails, holds, steps(true), ErrorCode::CheckFailed),
    ]
}

/// With the picture of the page on which the statement holds as the approved one.
fn compared(case: Case) -> Case {
    let negated = case.steps[0]["negated"] == true;
    let approved = if negated { &case.red } else { &case.green };
    let album = Arc::new(Album::of(approved.first.clone()));
    case.with(move |options| options.baselines = album.clone())
}
