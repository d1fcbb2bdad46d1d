//! Every command of Selenium IDE is a step here, or says why it needs none.

use recording::{Imported, Severity, import_all};
use serde_json::{Value, json};

fn read(commands: &[[&str; 3]]) -> Imported {
    let commands: Vec<Value> = commands
        .iter()
        .map(|[command, target, value]| json!({ "command": command, "target": target, "value": value }))
        .collect();
    let project = json!({
        "id": "p", "version": "3.0", "name": "Shop", "url": "https://shop.test",
        "tests": [
            { "id": "t1", "name": "Buy", "commands": commands },
            { "id": "t2", "name": "Sign in", "commands": [{ "command": "open", "target": "/in", "value": "" }] },
        ],
    });
    import_all(project.to_string())
        .expect("a project")
        .swap_remove(0)
}

/// The steps, without what every step has.
fn steps(made: &Imported) -> Vec<Value> {
    let document = serde_json::to_value(&made.recording).expect("a recording is JSON");
    let steps = document["actions"].as_array().expect("a list of steps");
    let steps = steps.iter().cloned();
    steps
        .map(|mut step| {
            let fields = step.as_object_mut().expect("a step");
            for common in ["id", "timestamp", "url", "selectors", "modifiers"] {
                fields.remove(common);
            }
            step
        })
        .collect()
}

/// The commands of version 4 of the tool in the order of its manual, with those of older files that it still reads.
const ALL: [[&str; 3]; 104] = [
    ["open", "/", ""],
    ["addSelection", "id=many", "label=Red"],
    ["chooseOkOnNextConfirmation", "", ""],
    ["click", "id=a", ""],
    ["webdriverChooseOkOnVisibleConfirmation", "", ""],
    ["answerOnNextPrompt", "Ann", ""],
    ["click", "id=a", ""],
    ["chooseCancelOnNextConfirmation", "", ""],
    ["clickAt", "id=a", "1,2"],
    ["webdriverChooseCancelOnVisibleConfirmation", "", ""],
    ["chooseCancelOnNextPrompt", "", ""],
    ["click", "id=a", ""],
    ["webdriverChooseCancelOnVisiblePrompt", "", ""],
    ["click", "id=a", ""],
    ["webdriverAnswerOnVisiblePrompt", "Bob", ""],
    ["answerPrompt", "", "Bob"],
    ["acceptAlert", "", ""],
    ["acceptConfirmation", "", ""],
    ["dismissConfirmation", "", ""],
    ["dismissPrompt", "", ""],
    ["store", "3", "N"],
    ["assert", "N", "3"],
    ["assertAlert", "Saved", ""],
    ["assertConfirmation", "Sure?", ""],
    ["assertPrompt", "Name?", ""],
    ["assertChecked", "id=a", ""],
    ["assertNotChecked", "id=a", ""],
    ["assertEditable", "id=a", ""],
    ["assertNotEditable", "id=a", ""],
    ["assertElementPresent", "id=a", ""],
    ["assertElementNotPresent", "id=a", ""],
    ["assertSelectedValue", "id=a", "r"],
    ["assertNotSelectedValue", "id=a", "r"],
    ["assertSelectedLabel", "id=a", "Red"],
    ["assertText", "id=a", "b"],
    ["assertNotText", "id=a", "b"],
    ["assertTitle", "Shop", ""],
    ["assertValue", "id=a", "b"],
    ["check", "id=a", ""],
    ["uncheck", "id=a", ""],
    ["debugger", "", ""],
    ["do", "", ""],
    ["repeatIf", "false", ""],
    ["doubleClick", "id=a", ""],
    ["doubleClickAt", "id=a", "1,2"],
    ["dragAndDropToObject", "id=a", "id=b"],
    ["echo", "hello", ""],
    ["editContent", "id=a", "<b>hello</b>"],
    ["executeScript", "return 1", "ONE"],
    ["executeAsyncScript", "Promise.resolve(2)", "TWO"],
    ["runScript", "window.x = 1", ""],
    ["executeScript", "return [1]", "LIST"],
    ["forEach", "LIST", "ITEM"],
    ["end", "", ""],
    ["if", "true", ""],
    ["elseIf", "true", ""],
    ["else", "", ""],
    ["end", "", ""],
    ["while", "false", ""],
    ["end", "", ""],
    ["times", "2", ""],
    ["end", "", ""],
    ["mouseMoveAt", "id=a", "1,1"],
    ["mouseDown", "id=a", ""],
    ["mouseUp", "id=b", ""],
    ["mouseDownAt", "id=a", "1,1"],
    ["mouseMoveAt", "id=a", "5,9"],
    ["mouseUpAt", "id=a", "9,1"],
    ["mouseOver", "id=a", ""],
    ["mouseOut", "id=a", ""],
    ["pause", "1", ""],
    ["removeSelection", "id=many", "value=r"],
    ["run", "Sign in", ""],
    ["select", "id=a", "label=Red"],
    ["selectFrame", "index=0", ""],
    ["selectFrame", "relative=parent", ""],
    ["sendKeys", "id=a", "${KEY_ENTER}"],
    ["setSpeed", "100", ""],
    ["setWindowSize", "900x700", ""],
    ["storeAttribute", "id=a@href", "HREF"],
    ["storeElementCount", "css=li", "ITEMS"],
    ["storeJson", "[1]", "JSON"],
    ["storeText", "id=a", "TEXT"],
    ["storeTitle", "TITLE", ""],
    ["storeValue", "id=a", "VALUE"],
    ["storeXpathCount", "xpath=//li", "LINES"],
    ["submit", "css=form", ""],
    ["type", "id=a", "b"],
    ["verify", "N", "3"],
    ["verifyChecked", "id=a", ""],
    ["verifyEditable", "id=a", ""],
    ["verifyElementNotPresent", "id=a", ""],
    ["verifySelectedLabel", "id=a", "Red"],
    ["verifyText", "id=a", "b"],
    ["waitForElementPresent", "id=a", "900"],
    ["waitForElementNotPresent", "id=a", "900"],
    ["waitForElementVisible", "id=a", "900"],
    ["waitForElementNotVisible", "id=a", "900"],
    ["waitForElementEditable", "id=a", "900"],
    ["waitForElementNotEditable", "id=a", "900"],
    ["waitForText", "id=a", "b"],
    ["storeWindowHandle", "root", ""],
    ["selectWindow", "handle=${root}", ""],
    ["close", "", ""],
];

#[test]
fn every_command_is_performed_or_says_why_it_needs_no_step() {
    let made = read(&ALL);
    for step in &made.recording.steps {
        assert!(
            step.kind.type_name() != "side-run" && !step.kind.type_name().starts_with("side-"),
            "{step:?}"
        );
    }
    let report = made.recording.validate();
    assert!(report.errors.is_empty(), "{:?}", report.errors);
    assert!(
        made.losses
            .iter()
            .all(|loss| loss.severity == Severity::Warning)
    );
    let said: Vec<String> = made
        .losses
        .iter()
        .map(|loss| loss.message.clone())
        .collect();
    let expected = [
        "no command answers the dialog",
        "no command answers the dialog",
        "no command answers the dialog",
        "debugger does nothing",
        "echo does nothing",
        "the pointer rests in the middle",
        "the pointer leaves with the next step",
        "the pace is chosen",
        "the size of the window",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said:?} is not {expected:?}");
    }
}

#[test]
fn a_dialog_has_the_answer_and_the_text_of_the_commands_around_it() {
    let made = read(&[
        ["open", "/", ""],
        ["chooseCancelOnNextConfirmation", "", ""],
        ["click", "id=a", ""],
        ["assertConfirmation", "Sure?", ""],
        ["webdriverChooseCancelOnVisibleConfirmation", "", ""],
        ["answerOnNextPrompt", "Ann", ""],
        ["click", "id=b", ""],
        ["assertPrompt", "Name?", ""],
        ["chooseOkOnNextConfirmation", "", ""],
        ["click", "id=c", ""],
        ["click", "id=d", ""],
        ["assertAlert", "Saved", ""],
        ["acceptAlert", "", ""],
    ]);
    assert_eq!(made.losses, []);
    let dialogs: Vec<Value> = steps(&made)
        .into_iter()
        .filter(|step| step["type"] != "click")
        .collect();
    assert_eq!(
        dialogs,
        [
            json!({ "type": "dialog", "dialogType": "confirm", "message": "Sure?", "checkMessage": true, "response": "dismiss" }),
            json!({ "type": "dialog", "dialogType": "prompt", "message": "Name?", "checkMessage": true, "response": "accept", "promptValue": "Ann" }),
            json!({ "type": "dialog", "dialogType": "confirm", "response": "accept" }),
            json!({ "type": "dialog", "dialogType": "alert", "message": "Saved", "checkMessage": true, "response": "accept" }),
        ]
    );
    let kinds: Vec<&str> = made
        .recording
        .steps
        .iter()
        .map(|step| step.kind.type_name())
        .collect();
    let around = [
        "click", "dialog", "click", "dialog", "click", "dialog", "click", "dialog",
    ];
    assert_eq!(kinds, around);
}

#[test]
fn the_button_of_the_pointer_makes_clicks_and_drags() {
    let made = read(&[
        ["open", "/", ""],
        ["mouseDownAt", "css=canvas", "10,10"],
        ["mouseMoveAt", "css=canvas", "40,90"],
        ["mouseUpAt", "css=canvas", "70,10"],
        ["mouseDown", "id=card", ""],
        ["mouseUp", "id=done", ""],
        ["mouseDown", "id=buy", ""],
        ["mouseUp", "id=buy", ""],
    ]);
    assert_eq!(made.losses, []);
    let made = steps(&made);
    assert_eq!(
        made[0],
        json!({
            "type": "drag", "coordinates": { "x": 10, "y": 10 }, "coordinatesRelativeTo": "element", "path": [{ "x": 40, "y": 90 }],
            "target": { "selectors": [{ "strategy": "css", "value": "canvas" }], "coordinates": { "x": 70, "y": 10 }, "coordinatesRelativeTo": "element" },
        })
    );
    assert_eq!(
        made[1],
        json!({ "type": "drag", "target": { "selectors": [{ "strategy": "id", "value": "done" }] } })
    );
    assert_eq!(
        (&made[2]["type"], &made[2]["clickCount"]),
        (&json!("click"), &json!(1))
    );
    assert_eq!(made.len(), 3);
}

#[test]
fn a_button_that_is_never_let_go_is_kept_and_named() {
    let made = read(&[
        ["open", "/", ""],
        ["mouseDown", "id=a", ""],
        ["click", "id=b", ""],
        ["mouseUp", "id=a", ""],
    ]);
    let said: Vec<&str> = made
        .losses
        .iter()
        .map(|loss| loss.message.as_str())
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("mouseDown: no command lets the button go"),
        "{said:?}"
    );
    assert!(
        said[1].starts_with("mouseUp: there is no such step here"),
        "{said:?}"
    );
    assert!(!made.recording.validate().is_valid());
}

#[test]
fn a_stored_value_is_compared_as_a_text() {
    let made = read(&[
        ["open", "/", ""],
        ["assert", "N", "a ${X}"],
        ["verify", "N", "3"],
    ]);
    assert_eq!(
        steps(&made),
        [
            json!({ "type": "checkpoint", "checkType": "expression", "expression": "String(${N}) === String([\"a \", ${X}].join(\"\"))" }),
            json!({ "type": "checkpoint", "checkType": "expression", "expression": "String(${N}) === String(\"3\")", "soft": true }),
        ]
    );
}
