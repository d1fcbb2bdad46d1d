//! Nothing that the recording format knows is left out.

use std::collections::BTreeSet;

use recording::{
    CheckType, ControlCommand, DialogResponse, MouseButton, NavigationTrigger, StepKind, StoreFrom,
    TabEvent, WaitFor,
};
use serde_json::Value;

use super::{checks, flow, forms, page, pointer};

/// Those that ask nothing of the page, or nothing that it could not answer, so that no page can make them fail.
const CANNOT_FAIL: [&str; 6] = [
    "control else",
    "control do",
    "control end",
    // The address is known without the page.
    "store url",
    // Any number of elements is one, none as well.
    "store count",
    // Every page has a picture.
    "screenshot",
];

/// What a step is, in the words of the format.
fn name(step: &Value) -> String {
    let kind = step["type"].as_str().unwrap_or_default();
    let word = [
        "checkType",
        "waitFor",
        "from",
        "command",
        "navigationTrigger",
        "event",
        "response",
        "button",
    ]
    .iter()
    .find_map(|field| step[field].as_str());
    let not = if step["negated"] == true { " not" } else { "" };
    match word.or((kind == "click").then_some("left")) {
        Some(word) => format!("{kind} {word}{not}"),
        None => kind.to_owned(),
    }
}

fn wanted() -> BTreeSet<String> {
    let words: [(&str, &[&str]); 8] = [
        ("click", MouseButton::WORDS),
        ("checkpoint", CheckType::WORDS),
        ("wait", WaitFor::WORDS),
        ("store", StoreFrom::WORDS),
        ("control", ControlCommand::WORDS),
        ("navigation", NavigationTrigger::WORDS),
        ("tab", TabEvent::WORDS),
        ("dialog", DialogResponse::WORDS),
    ];
    let mut wanted = BTreeSet::new();
    for kind in StepKind::TYPES {
        match words.iter().find(|(of, _)| of == kind) {
            None => drop(wanted.insert((*kind).to_owned())),
            Some((_, words)) => wanted.extend(words.iter().map(|word| format!("{kind} {word}"))),
        }
    }
    let negated = CheckType::WORDS.iter();
    wanted.extend(negated.map(|word| format!("checkpoint {word} not")));
    wanted
}

#[test]
fn every_kind_of_step_and_every_check_has_a_page_on_which_it_is_red() {
    let all = [
        pointer::cases(),
        forms::cases(),
        page::cases(),
        checks::cases(),
        flow::cases(),
    ];
    let mut found: BTreeSet<String> = all
        .iter()
        .flatten()
        .map(|case| name(&case.steps[case.at]))
        .collect();
    found.extend(CANNOT_FAIL.map(str::to_owned));
    let missing: Vec<String> = wanted().difference(&found).cloned().collect();
    assert!(missing.is_empty(), "no page makes these red: {missing:?}");
}
