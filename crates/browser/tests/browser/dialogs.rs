//! JavaScript dialogs: always told, never answered by themselves, and never a hang.

use browser::{BrowserError, DialogAnswer, DialogKind, Engine, LoadState, PageEvent};

use crate::support::{Stage, engine, event};

#[tokio::test]
async fn a_script_that_opens_a_dialog_ends_with_the_dialog() {
    let stage = Stage::new().await;
    stage.show("<p>page").await;
    let mut events = stage.page.events();
    match stage
        .page
        .evaluate(&stage.progress, "window.answer = prompt('Name?', 'nobody')")
        .await
    {
        Err(BrowserError::DialogOpen { dialog }) => {
            assert_eq!(
                (dialog.kind, &*dialog.message, &*dialog.default_prompt),
                (DialogKind::Prompt, "Name?", "nobody")
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(stage.page.open_dialog().is_some());
    let refused = stage.page.evaluate(&stage.progress, "1").await;
    assert!(
        matches!(refused, Err(BrowserError::DialogOpen { .. })),
        "a blocked page is not waited for"
    );
    let answer = DialogAnswer::Accept(Some("somebody".to_owned()));
    stage
        .page
        .handle_dialog(&stage.progress, answer)
        .await
        .unwrap();
    assert!(stage.page.open_dialog().is_none());
    assert_eq!(stage.eval("answer").await, "somebody");
    let closed = event(&mut events, |event| match event {
        PageEvent::DialogClosed { accepted, text } => Some((accepted, text.to_string())),
        _ => None,
    });
    assert_eq!(closed.await, (true, "somebody".to_owned()));
    stage.close().await;
}

#[tokio::test]
async fn a_click_that_opens_a_dialog_counts_as_handled() {
    let stage = Stage::new().await;
    stage
        .show("<button onclick=\"window.answer = confirm('Sure?')\">ask</button>")
        .await;
    stage.click("button").await;
    let dialog = stage.page.wait_for_dialog(&stage.progress).await.unwrap();
    assert_eq!(
        (dialog.kind, &*dialog.message),
        (DialogKind::Confirm, "Sure?")
    );
    stage
        .page
        .handle_dialog(&stage.progress, DialogAnswer::Dismiss)
        .await
        .unwrap();
    assert_eq!(stage.eval("answer").await, false);
    let none = stage
        .page
        .handle_dialog(&stage.progress, DialogAnswer::Dismiss)
        .await;
    assert!(matches!(none, Err(BrowserError::Invalid(_))));
    stage.close().await;
}

#[tokio::test]
async fn leaving_a_page_that_asks_is_a_dialog_too() {
    let stage = Stage::new().await;
    stage
        .show("<script>onbeforeunload = e => { e.preventDefault(); return 'stay' }</script><p>text")
        .await;
    stage.click("p").await;
    stage.server.page("/away", "<p>away");
    let away = stage.server.url("/away");
    let gone = stage
        .page
        .goto(&stage.progress, &away, LoadState::Load)
        .await;
    if engine() == Engine::WebKit {
        // It says yes by itself while it is automated, and tells nobody.
        gone.unwrap();
        assert!(stage.page.open_dialog().is_none());
        return stage.close().await;
    }
    match gone {
        Err(BrowserError::DialogOpen { dialog }) => {
            assert_eq!(dialog.kind, DialogKind::BeforeUnload)
        }
        other => panic!("{other:?}"),
    }
    stage
        .page
        .handle_dialog(&stage.progress, DialogAnswer::Accept(None))
        .await
        .unwrap();
    stage
        .page
        .wait_for_url(&stage.progress, |url| url == away)
        .await
        .unwrap();
    stage.close().await;
}

#[tokio::test]
async fn a_dialog_of_a_frame_of_another_site_can_be_answered() {
    let stage = Stage::new().await;
    stage.server.page(
        "/inner",
        "<script>setTimeout(() => { window.answer = confirm('inner?') })</script>",
    );
    let outer = format!(
        "<iframe src='{}'></iframe>",
        stage.server.other_url("/inner")
    );
    stage.server.page("/outer", &outer);
    // The frame may ask before the page counts as loaded.
    match stage
        .page
        .goto(
            &stage.progress,
            &stage.server.url("/outer"),
            LoadState::Load,
        )
        .await
    {
        Ok(_) | Err(BrowserError::DialogOpen { .. }) => {}
        other => panic!("{other:?}"),
    }
    stage.page.wait_for_dialog(&stage.progress).await.unwrap();
    stage
        .page
        .handle_dialog(&stage.progress, DialogAnswer::Accept(None))
        .await
        .unwrap();
    let inner = stage.page.frames().remove(1);
    let answer = inner
        .evaluate(&stage.progress, browser::World::Main, "answer")
        .await
        .unwrap();
    assert_eq!(answer, true);
    stage.close().await;
}
