use browser::Engine;
use replay::{ErrorCode, StepStatus};
use serde_json::json;

use crate::support::{css, engine, noting, on_page, plan};

#[tokio::test]
async fn buttons_counts_and_modifiers_reach_the_page_as_recorded() {
    let html = noting(
        "<button id=b>Press</button><script>
        const b = document.getElementById('b');
        for (const kind of ['click', 'dblclick', 'contextmenu', 'auxclick'])
          b.addEventListener(kind, (e) => { e.preventDefault(); note([kind, e.button, e.detail, e.ctrlKey && 'ctrl', e.shiftKey && 'shift', e.isTrusted].filter((x) => x !== false).join(' ')); });
        </script>",
    );
    let steps = json!([
        { "type": "click", "selectors": css("#b") },
        { "type": "click", "selectors": css("#b"), "clickCount": 2 },
        { "type": "click", "selectors": css("#b"), "button": "right" },
        { "type": "click", "selectors": css("#b"), "button": "middle" },
        { "type": "click", "selectors": css("#b"), "modifiers": ["ctrl", "shift"] },
    ]);
    let run = on_page(&html, steps).await;
    run.passes();
    // How often a menu was asked for is counted by Firefox only.
    let contextmenu = match engine() {
        Engine::Firefox => "contextmenu 2 1 true",
        _ => "contextmenu 2 0 true",
    };
    assert_eq!(
        run.seen().await,
        [
            "click 0 1 true",
            "click 0 1 true",
            "click 0 2 true",
            "dblclick 0 2 true",
            contextmenu,
            "auxclick 2 1 true",
            "auxclick 1 1 true",
            "click 0 1 ctrl shift true",
        ]
    );
}

#[tokio::test]
async fn a_double_click_on_a_busy_page_is_one_or_the_step_is_red() {
    // Busy for longer than the browser that counts for itself lets pass between two presses.
    for busy in ["mousedown", "click"] {
        let html = noting(&format!(
            "<button id=b>Press</button><script>
            b.addEventListener('{busy}', () => {{ const end = performance.now() + 800; while (performance.now() < end); }}, {{ once: true }});
            for (const kind of ['click', 'dblclick']) b.addEventListener(kind, (e) => note(kind + ' ' + e.detail));
            </script>"
        ));
        let steps = json!([{ "type": "click", "selectors": css("#b"), "clickCount": 2, "timeout": 10_000 }]);
        let run = on_page(&html, steps).await;
        let seen = run.seen().await;
        if engine() == Engine::Firefox && !seen.contains(&"dblclick 2".to_owned()) {
            run.fails_at(0, ErrorCode::NoDoubleClick);
            assert_eq!(seen, ["click 1", "click 1"], "it is not tried again");
        } else {
            run.passes();
            assert_eq!(seen, ["click 1", "click 2", "dblclick 2"]);
        }
    }
}

#[tokio::test]
async fn every_press_of_several_is_counted() {
    let html = noting(
        "<button id=b ondblclick=\"note('double')\" onclick='note(event.detail)'>Press</button>",
    );
    let steps =
        json!([{ "type": "click", "selectors": css("#b"), "clickCount": 3, "timeout": 10_000 }]);
    let run = on_page(&html, steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["1", "2", "double", "3"]);
}

#[tokio::test]
async fn an_element_that_cannot_be_clicked_is_not_clicked() {
    let cases = [
        ("<p>nothing</p>", ErrorCode::NotFound),
        ("<button id=b hidden>x</button>", ErrorCode::Hidden),
        ("<button id=b disabled>x</button>", ErrorCode::Disabled),
        (
            "<button id=b>x</button><div style='position:fixed;inset:0;background:#0008'>veil</div>",
            ErrorCode::Covered,
        ),
        (
            "<button class=c>x</button><button class=c>y</button>",
            ErrorCode::NotUnique,
        ),
    ];
    for (body, code) in cases {
        let html = noting(&format!(
            "{body}<script>addEventListener('click', () => note('clicked'), true)</script>"
        ));
        let selector = if code == ErrorCode::NotUnique {
            css(".c")
        } else {
            css("#b")
        };
        let run = on_page(
            &html,
            json!([{ "type": "click", "selectors": selector, "timeout": 800 }]),
        )
        .await;
        let step = run.fails_at(0, code);
        let error = step.error.as_ref().unwrap();
        assert!(
            !error.message.is_empty() && !error.call_log.is_empty() || code == ErrorCode::NotFound,
            "{error:?}"
        );
        assert_eq!(run.seen().await, Vec::<String>::new(), "{code}");
    }
}

#[tokio::test]
async fn the_wrong_element_is_never_clicked() {
    // What was recorded is gone; something else now stands in its place.
    let html = noting(
        "<ul><li><button onclick=\"note('delete everything')\">Delete everything</button></li></ul>",
    );
    let steps = json!([{ "type": "click", "timeout": 1500, "text": "Save", "tagName": "button", "selectors": [
        { "strategy": "id", "value": "save" }, { "strategy": "text-content", "value": "Save" },
    ]}]);
    let run = on_page(&html, steps).await;
    run.fails_at(0, ErrorCode::NotFound);
    assert_eq!(run.seen().await, Vec::<String>::new());

    // The place alone proves nothing.
    let steps = json!([{ "type": "click", "timeout": 1500, "text": "Save", "tagName": "button", "selectors": [
        { "strategy": "id", "value": "save" }, { "strategy": "position", "value": "li > :nth-child(1)" },
        { "strategy": "xpathAbsolute", "value": "/html/body[1]/ul[1]/li[1]/button[1]" },
    ]}]);
    let run = on_page(&html, steps).await;
    run.fails_at(0, ErrorCode::NotFound);
    assert_eq!(run.seen().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_button_that_appears_late_and_moves_is_waited_for() {
    let html = noting(
        "<style>@keyframes in { from { transform: translateX(300px) } to { transform: none } }</style>
        <div id=host></div><script>
        setTimeout(() => { host.innerHTML = '<button id=b style=\"animation: in .3s\">Go</button>'; b.onclick = () => note('clicked'); }, 200);
        </script>",
    );
    let run = on_page(&html, json!([{ "type": "click", "selectors": css("#b") }])).await;
    run.passes();
    assert_eq!(run.seen().await, ["clicked"]);
    assert!(!run.steps[0].waits.is_empty());
    assert_eq!(
        run.steps[0]
            .matched
            .as_ref()
            .map(|matched| matched.value.as_str()),
        Some("#b")
    );
}

#[tokio::test]
async fn a_canvas_is_clicked_where_the_person_clicked() {
    let html = noting(
        "<canvas id=c width=300 height=200 style='margin:20px'></canvas><script>
        c.onclick = (e) => note(`${Math.round(e.offsetX)},${Math.round(e.offsetY)}`);</script>",
    );
    let at = |x: i32, y: i32| {
        json!({ "type": "click", "selectors": css("#c"), "tagName": "canvas", "timeout": 5000,
            "coordinates": { "x": x, "y": y }, "coordinatesRelativeTo": "element" })
    };
    let run = on_page(&html, json!([at(10, 20), at(250, 190), at(400, 20)])).await;
    run.fails_at(2, ErrorCode::OutsideViewport);
    assert_eq!(run.seen().await, ["10,20", "250,190"]);
}

#[tokio::test]
async fn a_checkbox_ends_up_as_recorded_or_the_step_fails() {
    let click = |id: &str, checked: bool| json!({ "type": "click", "selectors": css(id), "inputType": "checkbox", "checked": checked, "timeout": 5000 });
    let html = noting(
        "<input type=checkbox id=a><label><input type=checkbox id=b checked style='position:absolute;opacity:0;width:0;height:0'> styled</label>
        <input type=checkbox id=stuck onclick='event.preventDefault()'>",
    );
    let run = on_page(
        &html,
        json!([
            click("#a", true),
            click("#a", true),
            click("#b", false),
            click("#stuck", true)
        ]),
    )
    .await;
    run.fails_at(3, ErrorCode::ValueMismatch);
    assert_eq!(
        run.value("[a.checked, b.checked]").await,
        json!([true, false])
    );
}

#[tokio::test]
async fn elements_in_shadow_roots_are_found() {
    let html = noting(
        "<x-box></x-box><script>customElements.define('x-box', class extends HTMLElement {
          connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<button id=in>Inside</button>'; this.shadowRoot.getElementById('in').onclick = () => note('inside'); }
        });</script>",
    );
    let run = on_page(&html, json!([{ "type": "click", "selectors": [{ "strategy": "role", "value": "button[name=\"Inside\"]" }] }])).await;
    run.passes();
    assert_eq!(run.seen().await, ["inside"]);
}

#[tokio::test]
async fn older_files_with_a_single_selector_are_performed() {
    let html = noting("<nav><a href='#x' onclick=\"note('link')\">Log in</a></nav>");
    let steps = json!([{ "type": "click", "selector": { "css": "nav > a.gone", "xpath": "//nav/a", "text": "Log in", "priority": ["css", "text"] } }]);
    let run = on_page(&html, steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["link"]);
}

#[tokio::test]
async fn a_click_recorded_twice_is_performed_once() {
    let html = noting("<button id=b onclick=\"note('clicked')\">x</button>");
    let steps = json!([
        { "type": "click", "selectors": css("#b") },
        { "type": "click", "selectors": css("#b"), "validation": { "isDuplicate": true } },
    ]);
    let run = on_page(&html, steps).await;
    run.passes();
    assert!(matches!(run.steps[1].status, StepStatus::Skipped { .. }));
    assert_eq!(run.seen().await, ["clicked"]);
}

#[tokio::test]
async fn a_click_waits_for_the_navigation_that_it_begins_and_for_no_other() {
    let pages = [
        ("/", "<a id=go href=/next>next</a>"),
        (
            "/next",
            "<title>Next</title><h1>Next</h1><button id=b onclick='document.title = \"Pressed\"'>b</button><img src=/never>",
        ),
    ];
    let steps = json!([
        { "type": "click", "selectors": css("#go") },
        { "type": "navigation", "to": "{site}/next", "navigationTrigger": "click", "waitUntil": "domcontentloaded" },
        { "type": "click", "selectors": css("#b") },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Pressed" },
    ]);
    let run = plan(&pages, steps).await.run().await;
    run.passes();
    assert!(
        run.outcome.duration.as_secs() < 25,
        "a picture that never loads holds nothing up: {:?}",
        run.outcome.duration
    );
}
