//! Mouse, keyboard and touch as a page sees them.

use std::time::Duration;

use browser::{
    ClickOptions, ContextOptions, Engine, KeyEvent, KeyEventKind, Modifiers, MouseButton, Point,
    TouchKind, TouchPoint,
};
use serde_json::json;

use crate::support::{Stage, assert_unsupported, engine};

/// A page that writes down what happens to it.
const LOGGING: &str = "<textarea id=t rows=4 cols=40></textarea><div id=box style='width:200px;height:100px'>box</div>\
    <script>window.log = [];
    for (const type of ['mousedown','mouseup','click','dblclick','contextmenu','wheel','touchstart','touchend','mousemove'])
        addEventListener(type, e => log.push([type, e.isTrusted, e.button ?? -1, e.detail ?? 0]), {passive: true});
    for (const type of ['keydown','keypress','keyup','input'])
        addEventListener(type, e => log.push([type, e.key ?? e.inputType, e.code ?? '', e.isTrusted]));
    </script>";

async fn types(stage: &Stage) -> Vec<String> {
    let log = stage.eval("log.map(e => e[0])").await;
    log.as_array()
        .unwrap()
        .iter()
        .map(|kind| kind.as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_double_click_is_one_however_long_the_page_is_busy_with_the_first_of_its_clicks() {
    // Firefox begins to count again when the second press comes later than 0.64 s, and has no double click of its own.
    if engine() == Engine::Firefox {
        return;
    }
    let stage = Stage::new().await;
    stage.show(LOGGING).await;
    let busy = "document.querySelector('#box').addEventListener('click', () => {
        const end = performance.now() + 1500;
        while (performance.now() < end);
    }, { once: true })";
    stage.eval(busy).await;
    let at = stage.centre("#box").await;
    let double = ClickOptions {
        count: 2,
        ..ClickOptions::default()
    };
    let mouse = stage.page.mouse();
    mouse.click(&stage.progress, at, double).await.unwrap();
    let types = types(&stage).await;
    assert!(types.contains(&"dblclick".to_owned()), "{types:?}");
}

#[tokio::test]
async fn a_click_before_anything_has_been_drawn_is_one() {
    let stage = Stage::new().await;
    let noting = "<script>window.downs = 0; addEventListener('mousedown', () => downs++)</script>";
    stage.server.page("/full", &format!("<p>Words{noting}"));
    // The browser goes on showing the page before until there is something to see.
    stage.server.page("/empty", noting);
    for _ in 0..5 {
        stage.goto("/full").await;
        stage.goto("/empty").await;
        let mouse = stage.page.mouse();
        let click = ClickOptions::default();
        mouse
            .click(&stage.progress, Point::new(20.0, 20.0), click)
            .await
            .unwrap();
        assert_eq!(stage.eval("downs").await, json!(1));
    }
}

#[tokio::test]
async fn a_click_is_trusted_and_complete() {
    let stage = Stage::new().await;
    stage.show(LOGGING).await;
    stage.click("#box").await;
    let log = stage.eval("log.filter(e => e[0] !== 'mousemove')").await;
    let expected = json!([
        ["mousedown", true, 0, 1],
        ["mouseup", true, 0, 1],
        ["click", true, 0, 1]
    ]);
    assert_eq!(log, expected);
    assert_eq!(
        stage.eval("log[0].slice(0, 3)").await,
        json!(["mousemove", true, 0]),
        "the pointer moves there first"
    );
    stage.eval("log = []").await;
    let at = stage.centre("#box").await;
    let double = ClickOptions {
        count: 2,
        ..ClickOptions::default()
    };
    stage
        .page
        .mouse()
        .click(&stage.progress, at, double)
        .await
        .unwrap();
    assert!(types(&stage).await.contains(&"dblclick".to_owned()));
    let right = ClickOptions {
        button: MouseButton::Right,
        ..ClickOptions::default()
    };
    stage
        .page
        .mouse()
        .click(&stage.progress, at, right)
        .await
        .unwrap();
    assert!(types(&stage).await.contains(&"contextmenu".to_owned()));
    stage.close().await;
}

#[tokio::test]
async fn modifiers_of_a_click_are_seen_and_then_forgotten() {
    let stage = Stage::new().await;
    stage.show("<p style='width:100px'>p</p><script>window.seen = []; addEventListener('mousedown', e => seen.push([e.ctrlKey, e.shiftKey]))</script>").await;
    let at = stage.centre("p").await;
    let with = ClickOptions {
        modifiers: Modifiers::CONTROL | Modifiers::SHIFT,
        ..ClickOptions::default()
    };
    stage
        .page
        .mouse()
        .click(&stage.progress, at, with)
        .await
        .unwrap();
    stage
        .page
        .mouse()
        .click(&stage.progress, at, ClickOptions::default())
        .await
        .unwrap();
    assert_eq!(
        stage.eval("seen").await,
        json!([[true, true], [false, false]])
    );
    stage.close().await;
}

#[tokio::test]
async fn events_written_without_waiting_arrive_in_order() {
    let stage = Stage::new().await;
    stage.show("<div style='height:3000px'>tall</div><script>window.xs = []; addEventListener('mousedown', e => xs.push(e.clientX))</script>").await;
    let mouse = stage.page.mouse();
    for x in 1..=20 {
        mouse
            .move_to(Point::new(f64::from(x) * 10.0, 50.0))
            .forget();
        mouse.down(MouseButton::Left, 1).forget();
        mouse.up(MouseButton::Left, 1).forget();
    }
    mouse
        .wheel(Point::new(100.0, 100.0), 0.0, 200.0)
        .done(&stage.progress)
        .await
        .unwrap();
    let expected: Vec<i32> = (1..=20).map(|x| x * 10).collect();
    assert_eq!(stage.eval("xs").await, json!(expected));
    stage.holds("scrollY === 200").await;
    stage.close().await;
}

#[tokio::test]
async fn the_wheel_turns_each_time_however_far_it_turned_before() {
    let stage = Stage::new().await;
    stage.show("<script>window.turns = []; addEventListener('wheel', e => turns.push(Math.round(e.deltaY)))</script>tall").await;
    let (mouse, at) = (stage.page.mouse(), Point::new(60.0, 60.0));
    for dy in [100.0, 100.0, 40.0, -100.0, -100.0] {
        mouse
            .wheel(at, 0.0, dy)
            .done(&stage.progress)
            .await
            .unwrap();
    }
    stage.holds("turns.length === 5").await;
    assert_eq!(
        stage.eval("turns.map(Math.sign)").await,
        json!([1, 1, 1, -1, -1])
    );
    stage.close().await;
}

#[tokio::test]
async fn keys_and_chords_type_and_edit() {
    let stage = Stage::new().await;
    stage.show(LOGGING).await;
    stage.click("#t").await;
    let keyboard = stage.page.keyboard();
    let progress = &stage.progress;
    keyboard
        .type_text(progress, "Hi, Wörld!\n2", Duration::ZERO)
        .await
        .unwrap();
    assert_eq!(stage.eval("t.value").await, "Hi, Wörld!\n2");
    keyboard.press(progress, "Backspace").await.unwrap();
    keyboard.press(progress, "Shift+ArrowLeft").await.unwrap();
    keyboard.press(progress, "x").await.unwrap();
    assert_eq!(stage.eval("t.value").await, "Hi, Wörld!x");
    keyboard.press(progress, "Control+A").await.unwrap();
    keyboard.insert_text(progress, "all new 😀").await.unwrap();
    assert_eq!(stage.eval("t.value").await, "all new 😀");
    assert_eq!(keyboard.modifiers(), Modifiers::NONE, "nothing stays held");
    stage.eval("log = []").await;
    keyboard.press(progress, "A").await.unwrap();
    let log = stage.eval("log.filter(e => e[0] != 'mousemove')").await;
    assert_eq!(
        log,
        json!([
            ["keydown", "A", "KeyA", true],
            ["keypress", "A", "KeyA", true],
            ["input", "insertText", "", true],
            ["keyup", "A", "KeyA", true]
        ])
    );
    stage.close().await;
}

#[tokio::test]
async fn a_persons_key_events_are_passed_on() {
    let stage = Stage::new().await;
    stage.show(LOGGING).await;
    stage.click("#t").await;
    let key = |key: &str, code: &str, modifiers: Modifiers| {
        for kind in [KeyEventKind::Down, KeyEventKind::Up] {
            let event = KeyEvent {
                kind,
                key: key.to_owned(),
                code: code.to_owned(),
                text: None,
                location: 0,
                modifiers,
                repeat: false,
            };
            stage.page.keyboard().key_event(&event).forget();
        }
    };
    key("h", "KeyH", Modifiers::NONE);
    key("Q", "KeyQ", Modifiers::SHIFT);
    key("ß", "Minus", Modifiers::NONE);
    key("Enter", "Enter", Modifiers::NONE);
    key("@", "KeyQ", Modifiers::CONTROL | Modifiers::ALT);
    key("Backspace", "Backspace", Modifiers::NONE);
    key("z", "KeyZ", Modifiers::NONE);
    stage
        .page
        .keyboard()
        .send_text("!")
        .done(&stage.progress)
        .await
        .unwrap();
    assert_eq!(stage.eval("t.value").await, "hQß\nz!");
    key("a", "KeyA", Modifiers::CONTROL);
    key("Delete", "Delete", Modifiers::NONE);
    stage
        .page
        .keyboard()
        .send_text("")
        .done(&stage.progress)
        .await
        .unwrap();
    assert_eq!(stage.eval("t.value").await, "");
    stage.close().await;
}

#[tokio::test]
async fn an_input_method_composes() {
    let stage = Stage::new().await;
    stage.show("<input id=t autofocus><script>window.seen=[]; for (const k of ['compositionstart','compositionend']) t.addEventListener(k, e => seen.push(k))</script>").await;
    stage.click("#t").await;
    let keyboard = stage.page.keyboard();
    if engine() != Engine::Chromium {
        let composed = keyboard.ime_set_composition("に", 1, 1);
        assert_unsupported(composed.done(&stage.progress).await);
        keyboard.insert_text(&stage.progress, "日本").await.unwrap();
        assert_eq!(stage.eval("t.value").await, "日本");
        return stage.close().await;
    }
    keyboard
        .ime_set_composition("に", 1, 1)
        .and(keyboard.ime_set_composition("にほん", 3, 3))
        .done(&stage.progress)
        .await
        .unwrap();
    assert_eq!(stage.eval("t.value").await, "にほん");
    keyboard.insert_text(&stage.progress, "日本").await.unwrap();
    assert_eq!(stage.eval("t.value").await, "日本");
    assert_eq!(
        stage.eval("seen").await,
        json!(["compositionstart", "compositionend"])
    );
    stage.close().await;
}

#[tokio::test]
async fn touches_are_touches() {
    let stage = Stage::new().await;
    stage.show(LOGGING).await;
    let at = stage.centre("#box").await;
    let touch = stage.page.touch();
    let tapped = touch.tap(&stage.progress, at).await;
    if engine() == Engine::WebKit {
        assert_unsupported(tapped);
        return stage.close().await;
    }
    tapped.unwrap();
    let log = stage
        .eval("log.map(e => e[0]).filter(t => t.startsWith('touch'))")
        .await;
    assert_eq!(log, json!(["touchstart", "touchend"]));
    let fingers = [
        TouchPoint { id: 0, at },
        TouchPoint {
            id: 1,
            at: Point::new(at.x + 20.0, at.y),
        },
    ];
    stage
        .eval("window.fingers = 0; addEventListener('touchstart', e => fingers = e.touches.length)")
        .await;
    touch
        .event(TouchKind::Start, &fingers)
        .and(touch.event(TouchKind::End, &[]))
        .done(&stage.progress)
        .await
        .unwrap();
    assert_eq!(stage.eval("fingers").await, 2);
    stage.close().await;
}

#[tokio::test]
async fn the_pointer_drags_things_and_html_drags_and_drops() {
    let stage = Stage::new().await;
    let html = "<div id=from draggable=true style='width:80px;height:80px;background:red'>drag</div>\
        <div id=to style='width:200px;height:200px;margin-top:40px;background:blue'>drop</div>\
        <script>window.log=[]; from.ondragstart = e => { e.dataTransfer.setData('text/plain', 'cargo'); log.push('start') };
        to.ondragenter = e => { e.preventDefault(); log.push('enter') }; to.ondragover = e => { e.preventDefault(); log.push('over') };
        to.ondrop = e => { e.preventDefault(); log.push('drop ' + e.dataTransfer.getData('text/plain')) }; from.ondragend = () => log.push('end');
        </script>";
    stage.show(html).await;
    let (from, to) = (stage.centre("#from").await, stage.centre("#to").await);
    let dragged = stage.page.mouse().drag(&stage.progress, from, to, 5).await;
    if engine() != Engine::Chromium {
        assert_unsupported(dragged);
    } else {
        dragged.unwrap();
        stage.holds("log.includes('end')").await;
        let log = stage.eval("[...new Set(log)]").await;
        assert_eq!(log, json!(["start", "enter", "over", "drop cargo", "end"]));
    }

    let html = "<div id=pad style='width:300px;height:300px'></div><script>window.log=[];
        for (const t of ['pointerdown','pointermove','pointerup']) pad.addEventListener(t, e => log.push([t, e.buttons]))</script>";
    stage.show(html).await;
    stage
        .page
        .mouse()
        .drag(
            &stage.progress,
            Point::new(50.0, 50.0),
            Point::new(200.0, 200.0),
            4,
        )
        .await
        .unwrap();
    let log = stage.eval("log").await;
    let log = log.as_array().unwrap();
    assert_eq!(log.last().unwrap(), &json!(["pointerup", 0]));
    assert!(
        log.iter()
            .filter(|entry| **entry == json!(["pointermove", 1]))
            .count()
            >= 4,
        "{log:?}"
    );
    stage.close().await;
}

#[tokio::test]
async fn what_others_do_in_the_same_browser_takes_no_focus_away() {
    const FIELD: &str = "<style>input:focus{outline:3px solid rgb(1,2,3)}</style><input autofocus>\
        <script>window.log = []; for (const type of ['focus','blur']) addEventListener(type, (e) => log.push(type), true);</script>";
    const STATE: &str = "[document.hasFocus(), document.activeElement.matches('input:focus'), getComputedStyle(document.querySelector('input')).outlineColor]";
    const FOCUSED: &str = "document.activeElement.matches('input:focus')";
    let focused = json!([true, true, "rgb(1, 2, 3)"]);
    let stage = Stage::alone().await;
    stage.show(FIELD).await;
    stage.holds(FOCUSED).await;
    stage.eval("log.length = 0").await;
    let other = Stage::of(stage.browser.clone(), ContextOptions::default()).await;
    assert_eq!(stage.eval(STATE).await, focused, "a window has opened");
    other.show(FIELD).await;
    other.holds(FOCUSED).await;
    assert_eq!(stage.eval(STATE).await, focused, "a field has the focus");
    other.click("input").await;
    assert_eq!(stage.eval(STATE).await, focused, "somebody has clicked");
    assert_eq!(other.eval(STATE).await, focused);
    other.context.close(&other.progress).await.unwrap();
    assert_eq!(stage.eval(STATE).await, focused, "a window has closed");
    assert_eq!(stage.eval("log").await, json!([]));
}
