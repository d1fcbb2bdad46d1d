//! The live protocol's JSON, as a viewer writes and reads it.

use serde_json::{Value, json};
use session::protocol::{
    ClientMessage, Command, MouseKind, NavAction, Notice, StepNotice, StepView,
};

fn read(value: Value) -> ClientMessage {
    serde_json::from_value(value).expect("a message of the protocol")
}

#[test]
fn every_documented_message_of_a_viewer_is_read() {
    for message in [
        json!({"t": "hello", "name": "Ada"}),
        json!({"t": "hello", "resume": "0192f0c1-2c2f-7d3a-8c8e-0a0b0c0d0e0f", "lastSeq": 9}),
        json!({"t": "ack", "seq": 3}),
        json!({"t": "mouse", "seq": 1, "kind": "down", "x": 1.5, "y": 2, "button": 0, "buttons": 1, "clicks": 1, "mods": 8}),
        json!({"t": "wheel", "seq": 2, "x": 1, "y": 2, "dx": 0, "dy": 120, "mods": 0}),
        json!({"t": "key", "seq": 3, "kind": "down", "key": "é", "code": "Digit2", "text": "é", "location": 0, "mods": 0, "repeat": false}),
        json!({"t": "text", "seq": 4, "text": "pasted"}),
        json!({"t": "ime", "seq": 5, "text": "に", "start": 1, "end": 1}),
        json!({"t": "touch", "seq": 6, "kind": "start", "points": [{"id": 0, "x": 1, "y": 2}]}),
        json!({"t": "nav", "action": "goto", "url": "https://shop.example/"}),
        json!({"t": "viewport", "width": 390, "height": 844, "deviceScaleFactor": 3, "mobile": true, "touch": true, "preset": "phone"}),
        json!({"t": "viewport", "preset": "phone"}),
        json!({"t": "tab", "action": "switch", "index": 1}),
        json!({"t": "dialog", "action": "accept", "text": "yes"}),
        json!({"t": "files", "uploads": ["a.png"]}),
        json!({"t": "choose", "id": 4, "indexes": [2]}),
        json!({"t": "cast", "fps": 60, "quality": 70}),
        json!({"t": "control", "action": "take"}),
        json!({"t": "record", "action": "start"}),
        json!({"t": "check", "kind": "elementVisible", "selectors": [{"strategy": "id", "value": "total"}]}),
        json!({"t": "pick", "x": 1, "y": 2}),
        json!({"t": "hoverpick", "x": 1, "y": 2}),
        json!({"t": "highlight", "on": true}),
        json!({"t": "copy"}),
        json!({"t": "screenshot"}),
        json!({"t": "ping", "n": 12.5}),
    ] {
        let result = serde_json::from_value::<ClientMessage>(message.clone());
        assert!(result.is_ok(), "{message}: {result:?}");
    }
}

#[test]
fn input_carries_its_number_and_acknowledgements_the_frame() {
    let message = read(json!({"t": "mouse", "seq": 17, "kind": "move", "x": 1, "y": 2}));
    assert_eq!(message.seq, Some(17));
    assert!(matches!(message.command, Command::Mouse(ref mouse) if mouse.kind == MouseKind::Move));
    assert_eq!(
        read(json!({"t": "ack", "seq": 5})),
        ClientMessage {
            seq: Some(5),
            command: Command::Ack
        }
    );
    let message = read(json!({"t": "nav", "action": "back"}));
    assert_eq!(
        message.command,
        Command::Nav {
            action: NavAction::Back,
            url: None
        }
    );
}

#[test]
fn an_unknown_message_is_refused() {
    assert!(serde_json::from_value::<ClientMessage>(json!({"t": "reboot"})).is_err());
    assert!(serde_json::from_value::<ClientMessage>(json!({"seq": 1})).is_err());
}

#[test]
fn a_step_is_written_flat() {
    let view = StepView {
        index: 0,
        step: json!({"type": "click"}),
        title: "Click".into(),
        picture: None,
    };
    let notice = Notice::Step(StepNotice {
        view,
        emit_id: "1".into(),
        replaced: false,
    });
    assert_eq!(
        serde_json::to_value(notice).expect("a notice is JSON"),
        json!({"t": "step", "index": 0, "step": {"type": "click"}, "title": "Click", "emitId": "1", "replaced": false})
    );
}
