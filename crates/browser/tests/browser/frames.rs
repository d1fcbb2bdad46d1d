//! Frames, those in other processes included.

use browser::{ContextOptions, Engine, LoadState, PageEvent, Viewport, World};

use crate::support::{Stage, assert_unsupported, engine, event, until};

/// A page of one site with a frame of another.
async fn two_sites() -> Stage {
    let stage = Stage::new().await;
    stage.server.page("/inner", "<title>inner</title><button id=b onclick=\"this.textContent = event.isTrusted\">press</button>");
    let frame = format!(
        "<p>outer</p><iframe name=other src='{}' width=300 height=200></iframe>",
        stage.server.other_url("/inner")
    );
    stage.show(&frame).await;
    stage
}

#[tokio::test]
async fn a_frame_of_another_site_is_a_frame_like_any_other() {
    let stage = two_sites().await;
    let frames = stage.page.frames();
    assert_eq!(frames.len(), 2);
    let inner = &frames[1];
    inner
        .wait_for_load_state(&stage.progress, LoadState::Load)
        .await
        .unwrap();
    assert_eq!(
        (inner.url(), inner.name()),
        (stage.server.other_url("/inner"), "other".to_owned())
    );
    assert_eq!(inner.parent().unwrap().id(), stage.page.main_frame().id());
    let title = inner
        .evaluate(&stage.progress, World::Main, "document.title")
        .await
        .unwrap();
    assert_eq!(title, "inner");
    let bundle = inner
        .evaluate(&stage.progress, World::Isolated, "typeof __proscenium")
        .await
        .unwrap();
    assert_eq!(bundle, "object");
    let owner = inner.owner_element(&stage.progress).await.unwrap();
    let child = stage
        .page
        .main_frame()
        .child_frame(&stage.progress, &owner)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(child.id(), inner.id());
    stage.close().await;
}

#[tokio::test]
async fn input_reaches_a_frame_of_another_site() {
    let stage = two_sites().await;
    let inner = stage.page.frames().remove(1);
    inner
        .wait_for_load_state(&stage.progress, LoadState::Load)
        .await
        .unwrap();
    let place = "(() => { const r = document.querySelector('iframe').getBoundingClientRect(); return [r.x, r.y] })()";
    let origin = stage.eval(place).await;
    let at = browser::Point::new(
        origin[0].as_f64().unwrap() + 30.0,
        origin[1].as_f64().unwrap() + 20.0,
    );
    // The browser learns where a frame of another process is only when both have drawn.
    until(async || {
        stage
            .page
            .mouse()
            .click(&stage.progress, at, browser::ClickOptions::default())
            .await
            .unwrap();
        let text = inner
            .evaluate(
                &stage.progress,
                World::Main,
                "document.getElementById('b').textContent",
            )
            .await
            .unwrap();
        text == "true"
    })
    .await;
    stage.close().await;
}

#[tokio::test]
async fn a_frame_keeps_its_identity_when_it_changes_process_and_back() {
    let stage = two_sites().await;
    stage.server.page("/local", "<title>local</title>");
    let inner = stage.page.frames().remove(1);
    for (url, title) in [
        (stage.server.url("/local"), "local"),
        (stage.server.other_url("/inner"), "inner"),
    ] {
        stage
            .eval(&format!("document.querySelector('iframe').src = '{url}'"))
            .await;
        until(async || inner.url() == url).await;
        inner
            .wait_for_load_state(&stage.progress, LoadState::Load)
            .await
            .unwrap();
        let shown = inner
            .evaluate(&stage.progress, World::Isolated, "document.title")
            .await
            .unwrap();
        assert_eq!(shown, title);
        assert_eq!(stage.page.frames().len(), 2);
    }
    let mut events = stage.page.events();
    stage
        .eval("document.querySelector('iframe').remove()")
        .await;
    let gone = event(&mut events, |event| match event {
        PageEvent::FrameDetached { frame } => Some(frame),
        _ => None,
    });
    assert_eq!(gone.await, inner.id());
    assert!(inner.is_detached());
    assert_eq!(stage.page.frames().len(), 1);
    stage.close().await;
}

#[tokio::test]
async fn the_main_frame_stays_the_same_across_sites() {
    let stage = Stage::new().await;
    stage.server.page("/a", "<p>a");
    stage.goto("/a").await;
    let frame = stage.page.main_frame();
    stage
        .page
        .goto(
            &stage.progress,
            &stage.server.other_url("/a"),
            LoadState::Load,
        )
        .await
        .unwrap();
    assert_eq!(stage.page.main_frame().id(), frame.id());
    assert_eq!(
        frame
            .evaluate(&stage.progress, World::Main, "location.hostname")
            .await
            .unwrap(),
        "localhost"
    );
    stage.close().await;
}

#[tokio::test]
async fn a_frame_inside_a_frame_of_another_site_comes_and_goes() {
    let stage = Stage::new().await;
    stage.server.page("/leaf", "<title>leaf</title>");
    let leaf = stage.server.url("/leaf");
    stage
        .server
        .page("/middle", &format!("<iframe src='{leaf}'></iframe>"));
    stage
        .show(&format!(
            "<iframe src='{}'></iframe>",
            stage.server.other_url("/middle")
        ))
        .await;
    until(async || stage.page.frames().len() == 3 && stage.page.frames()[2].url() == leaf).await;
    let deepest = stage.page.frames().remove(2);
    let title = deepest
        .evaluate(&stage.progress, World::Isolated, "document.title")
        .await
        .unwrap();
    assert_eq!(title, "leaf");
    stage.server.page("/plain", "<p>plain");
    stage.goto("/plain").await;
    until(async || stage.page.frames().len() == 1).await;
    stage.close().await;
}

#[tokio::test]
async fn emulation_reaches_frames_of_other_sites() {
    let options = ContextOptions {
        viewport: Some(Viewport {
            width: 412,
            height: 915,
            device_scale_factor: 2.0,
            mobile: true,
            touch: true,
        }),
        user_agent: Some("Teapot/1.0".to_owned()),
        locale: Some("de-DE".to_owned()),
        timezone: Some("Asia/Tokyo".to_owned()),
        ..ContextOptions::default()
    };
    let phone = options.viewport.unwrap();
    let touch = engine() == Engine::Chromium;
    let options = if engine() != Engine::Chromium {
        // A phone's screen cannot be had there; the rest can.
        assert_unsupported(Stage::try_with(options.clone()).await);
        ContextOptions {
            viewport: Some(Viewport {
                mobile: false,
                touch: false,
                ..phone
            }),
            ..options
        }
    } else {
        options
    };
    let (options, language, number) = if engine() == Engine::WebKit {
        // The language is that of a locale, which the machine of a test need not have.
        let unknown = ContextOptions {
            locale: Some("tlh-DE".to_owned()),
            ..ContextOptions::default()
        };
        assert_unsupported(Stage::try_with(unknown).await);
        let options = ContextOptions {
            locale: None,
            viewport: Some(Viewport {
                width: 512,
                mobile: false,
                touch: false,
                ..phone
            }),
            ..options
        };
        (options, "en-US", "1.5")
    } else {
        (options, "de-DE", "1,5")
    };
    let width = options.viewport.unwrap().width;
    let stage = Stage::with(options).await;
    stage.server.page("/inner", "<p>inner");
    stage
        .show(&format!(
            "<meta name=viewport content='width=device-width'><iframe src='{}'></iframe>",
            stage.server.other_url("/inner")
        ))
        .await;
    let script = "[navigator.userAgent, navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone, \
        (1.5).toLocaleString(), navigator.maxTouchPoints > 0]";
    for frame in stage.page.frames() {
        let seen = frame
            .evaluate(&stage.progress, World::Main, script)
            .await
            .unwrap();
        assert_eq!(
            seen,
            serde_json::json!(["Teapot/1.0", language, "Asia/Tokyo", number, touch]),
            "{frame:?}"
        );
    }
    assert_eq!(
        stage
            .eval("[innerWidth, innerHeight, devicePixelRatio]")
            .await,
        serde_json::json!([width, 915, 2])
    );
    let resized = stage
        .page
        .set_viewport(&stage.progress, Viewport::desktop(1000, 600))
        .await;
    if engine() == Engine::WebKit {
        // How many device pixels a CSS pixel has is said to the process when it starts.
        assert_unsupported(resized);
        return stage.close().await;
    }
    resized.unwrap();
    assert_eq!(
        stage
            .eval("[innerWidth, innerHeight, devicePixelRatio]")
            .await,
        serde_json::json!([1000, 600, 1])
    );
    stage.close().await;
}
