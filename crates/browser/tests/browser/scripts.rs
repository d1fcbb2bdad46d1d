//! Running scripts in pages.

use std::time::Duration;

use browser::{BrowserError, Capability, Engine, LoadState, Point, Spot, World};
use serde_json::{Value, json};

use crate::support::{Stage, engine};

#[tokio::test]
async fn values_come_back_as_json() {
    let stage = Stage::new().await;
    stage.show("<p id=p>text").await;
    for (script, value) in [
        ("1 + 1", json!(2)),
        ("'ß→😀'", json!("ß→😀")),
        ("({a: [1, null]})", json!({"a": [1, null]})),
        ("undefined", Value::Null),
        ("Promise.resolve('later')", json!("later")),
        ("NaN", Value::Null),
    ] {
        assert_eq!(stage.eval(script).await, value, "{script}");
    }
    stage.close().await;
}

#[tokio::test]
async fn what_a_script_throws_is_an_error_with_its_stack() {
    let stage = Stage::new().await;
    let thrown = stage
        .page
        .evaluate(
            &stage.progress,
            "(() => { throw new TypeError('broken') })()",
        )
        .await;
    match thrown.unwrap_err() {
        BrowserError::Evaluation { message, stack } => {
            assert_eq!(message, "TypeError: broken");
            assert!(stack.contains("at "), "{stack}");
        }
        other => panic!("{other:?}"),
    }
    let rejected = stage
        .page
        .evaluate(&stage.progress, "Promise.reject('just text')")
        .await
        .unwrap_err();
    assert_eq!(rejected.to_string(), "just text");
    stage.close().await;
}

#[tokio::test]
async fn the_isolated_world_shares_the_document_and_nothing_else() {
    let stage = Stage::new().await;
    stage
        .show("<p id=p>text</p><script>window.secret = 1</script>")
        .await;
    let frame = stage.page.main_frame();
    let isolated = |script: &'static str| frame.evaluate(&stage.progress, World::Isolated, script);
    let others = match engine() {
        // The inspector has no world of its own there: only what is Proscenium's is out of the page's reach.
        Engine::WebKit => "number",
        _ => "undefined",
    };
    assert_eq!(isolated("typeof secret").await.unwrap(), others);
    assert_eq!(
        isolated("document.getElementById('p').textContent")
            .await
            .unwrap(),
        "text"
    );
    assert_eq!(isolated("typeof __proscenium").await.unwrap(), "object");
    assert_eq!(
        isolated("typeof __proscenium_emit").await.unwrap(),
        "function"
    );
    assert_eq!(
        stage
            .eval("typeof __proscenium + typeof __proscenium_emit")
            .await,
        "undefinedundefined"
    );
    stage.close().await;
}

#[tokio::test]
async fn the_page_bundle_is_there_before_the_pages_first_script() {
    let stage = Stage::new().await;
    stage
        .server
        .page("/a", "<iframe srcdoc='<p>inner'></iframe>");
    stage.goto("/a").await;
    for frame in stage.page.frames() {
        let there = frame
            .evaluate(&stage.progress, World::Isolated, "typeof __proscenium")
            .await
            .unwrap();
        assert_eq!(there, "object", "{frame:?}");
    }
    stage.close().await;
}

#[tokio::test]
async fn functions_of_the_bundle_are_called_with_arguments_and_elements() {
    let stage = Stage::new().await;
    stage
        .show("<p id=p>text</p><iframe name=inner srcdoc='<b>in</b>'></iframe>")
        .await;
    let frame = stage.page.main_frame();
    let install = "__proscenium.test = {sum: (a, b) => Promise.resolve(a + b), find: q => document.querySelector(q), \
        tag: (e, suffix) => e.tagName + suffix, boom: () => { throw new RangeError('no') }}; 0";
    frame
        .evaluate(&stage.progress, World::Isolated, install)
        .await
        .unwrap();
    let progress = &stage.progress;
    assert_eq!(
        frame
            .call::<i32>(progress, "test.sum", &(20, 22))
            .await
            .unwrap(),
        42
    );
    let paragraph = frame
        .call_handle(progress, "test.find", &("#p",))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        paragraph
            .call::<String>(progress, "test.tag", &("!",))
            .await
            .unwrap(),
        "P!"
    );
    assert!(
        frame
            .call_handle(progress, "test.find", &["#absent"])
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        frame
            .child_frame(progress, &paragraph)
            .await
            .unwrap()
            .is_none()
    );
    let element = frame
        .call_handle(progress, "test.find", &["iframe"])
        .await
        .unwrap()
        .unwrap();
    let inner = frame
        .child_frame(progress, &element)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (inner.name().as_str(), inner.parent().unwrap().id()),
        ("inner", frame.id())
    );
    let owner = inner.owner_element(progress).await.unwrap();
    assert_eq!(
        owner
            .call::<String>(progress, "test.tag", &("",))
            .await
            .unwrap(),
        "IFRAME"
    );
    let error = frame
        .call::<()>(progress, "test.boom", &())
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "RangeError: no");
    assert!(matches!(
        frame.call::<()>(progress, "a;b", &()).await,
        Err(BrowserError::Invalid(_))
    ));
    stage.close().await;
}

#[tokio::test]
async fn a_script_that_a_navigation_interrupts_says_so() {
    let stage = Stage::new().await;
    stage.show("<p>one").await;
    stage.server.page("/other", "<p>two");
    let url = stage.server.other_url("/other");
    let waiting = stage
        .page
        .evaluate(&stage.progress, "new Promise(() => {})");
    let going = stage.page.goto(&stage.progress, &url, LoadState::Load);
    let (waited, gone) = tokio::join!(waiting, going);
    gone.unwrap();
    assert!(
        matches!(waited, Err(BrowserError::ContextDestroyed)),
        "{waited:?}"
    );
    assert_eq!(stage.eval("document.body.innerText").await, "two");
    stage.close().await;
}

#[tokio::test]
async fn a_script_that_never_ends_is_left_at_the_deadline() {
    let stage = Stage::new().await;
    let brief = stage.progress.within(Duration::from_millis(100));
    let error = stage
        .page
        .evaluate(&brief, "new Promise(() => {})")
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    stage.close().await;
}

#[tokio::test]
async fn what_listens_to_an_element_is_known() {
    let stage = Stage::new().await;
    stage
        .show(
            "<style>body{margin:0} div{height:40px}</style><div id=own></div><div id=host></div><input id=field><script>\
             own.onclick = () => {}; host.attachShadow({mode: 'open'}).innerHTML = '<div>inside</div>';\
             host.shadowRoot.firstChild.addEventListener('pointerdown', () => {});\
             host.addEventListener('keyup', () => {});\
             field.addEventListener('keydown', () => {}); field.focus();</script>",
        )
        .await;
    let frame = stage.page.main_frame();
    let asked = async |spot| frame.listened_to(&stage.progress, spot).await;
    let at = |y| Spot::At(Point { x: 5.0, y });
    if engine() == Engine::Firefox {
        let refused = asked(at(10.0)).await;
        let capability = Capability::Listeners;
        assert!(
            matches!(refused, Err(BrowserError::Unsupported { capability: of, .. }) if of == capability),
            "{refused:?}"
        );
        return stage.close().await;
    }
    let sorted = async |spot| {
        let mut types = asked(spot).await.unwrap();
        // What the browser layer itself listens to on WebKit is not the page's, and no input.
        types.retain(|kind| ["click", "pointerdown", "keyup", "keydown"].contains(&kind.as_str()));
        types.sort_unstable();
        types
    };
    assert_eq!(sorted(at(10.0)).await, ["click"]);
    assert_eq!(sorted(at(50.0)).await, ["keyup", "pointerdown"]);
    assert_eq!(sorted(Spot::Focused).await, ["keydown"]);
    stage.close().await;
}
