//! What pages and contexts tell.

use std::time::Duration;

use browser::{
    BrowserError, ConsoleLevel, ContextEvent, ContextOptions, Engine, LoadState, PageEvent, World,
};

use tokio::sync::broadcast::Receiver;

use crate::support::{Server, Stage, assert_unsupported, engine, event};

#[tokio::test]
async fn console_lines_come_with_level_text_and_place() {
    let stage = Stage::new().await;
    let mut events = stage.page.events();
    stage
        .show("<script>\nconsole.warn('careful', 7, {a: 1}, [1, 'x'], null, undefined)\n</script>")
        .await;
    let line = event(&mut events, |event| match event {
        PageEvent::Console(line) => Some(line),
        _ => None,
    })
    .await;
    assert_eq!(line.level, ConsoleLevel::Warning);
    assert_eq!(line.text, "careful 7 {a: 1} [1, x] null undefined");
    assert_eq!(
        (line.url.as_str(), line.line),
        (stage.server.url("/shown").as_str(), 2)
    );
    assert_eq!(line.frame, Some(stage.page.main_frame().id()));
    stage.close().await;
}

#[tokio::test]
async fn exceptions_that_nobody_catches_come_with_their_stack() {
    let stage = Stage::new().await;
    let mut events = stage.page.events();
    stage
        .show("<script>\nfunction boom() { null.x }\nsetTimeout(boom)\n</script>")
        .await;
    let thrown = event(&mut events, |event| match event {
        PageEvent::Exception(thrown) => Some(thrown),
        _ => None,
    })
    .await;
    let words = match engine() {
        Engine::Firefox => "TypeError: can't access property \"x\" of null",
        Engine::WebKit => "TypeError: null is not an object",
        Engine::Chromium => "TypeError: Cannot read properties of null",
    };
    assert!(thrown.text.starts_with(words), "{}", thrown.text);
    assert!(thrown.stack.contains("at boom"), "{}", thrown.stack);
    assert_eq!(thrown.line, 2);
    stage.close().await;
}

#[tokio::test]
async fn requests_are_told_from_the_first_when_the_context_asks_for_it() {
    let options = ContextOptions {
        network_events: true,
        ..ContextOptions::default()
    };
    let stage = Stage::with(options).await;
    let mut events = stage.page.events();
    stage.server.answer(
        "/data",
        200,
        &[("content-type", "application/json"), ("x-mine", "1")],
        b"{\"a\":1}",
    );
    let unused = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    stage.show(&format!("<script>fetch('/data', {{method: 'POST', body: 'sent'}}); fetch('http://{unused}/').catch(() => 0)</script>")).await;
    let (mut request, mut response, mut finished, mut failed) = (None, None, None, None);
    event(&mut events, |event| {
        match event {
            PageEvent::Request(sent) if sent.url.ends_with("/data") => request = Some(sent),
            PageEvent::Response(answer) if answer.url.ends_with("/data") => response = Some(answer),
            PageEvent::RequestFinished(end)
                if request.as_ref().is_some_and(|sent| sent.id == end.id) =>
            {
                finished = Some(end)
            }
            PageEvent::RequestFailed(end) => failed = Some(end),
            _ => {}
        }
        (finished.is_some() && failed.is_some()).then_some(())
    })
    .await;
    let (request, response, failed) = (request.unwrap(), response.unwrap(), failed.unwrap());
    let sent = match engine() {
        // What a request carries is not in the event.
        Engine::Firefox => None,
        _ => Some("sent"),
    };
    assert_eq!(
        (request.method.as_str(), request.post_data.as_deref()),
        ("POST", sent)
    );
    assert_eq!(request.resource_type, "Fetch");
    assert_eq!(
        (response.status, response.mime.as_str()),
        (200, "application/json")
    );
    assert!(
        response
            .headers
            .contains(&("x-mine".to_owned(), "1".to_owned()))
    );
    assert!(response.timing.is_some() && !response.from_cache);
    assert!(finished.unwrap().encoded_bytes > 7);
    let words = match engine() {
        Engine::Firefox => "NS_ERROR_CONNECTION_REFUSED",
        Engine::WebKit => "Could not connect to 127.0.0.1: Connection refused",
        Engine::Chromium => "net::ERR_CONNECTION_REFUSED",
    };
    assert_eq!(failed.error_text, words);
    assert_eq!(failed.url, format!("http://{unused}/"));
    let body = stage
        .page
        .response_body(&stage.progress, &request.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&body[..], b"{\"a\":1}");
    stage.close().await;
}

#[tokio::test]
async fn the_browsers_own_log_is_told_once_it_is_asked_for() {
    let stage = Stage::new().await;
    let enabled = stage.page.enable_log(&stage.progress).await;
    if engine() == Engine::Firefox {
        assert_unsupported(enabled);
        return stage.close().await;
    }
    enabled.unwrap();
    let mut events = stage.page.events();
    stage.show("<img src=/missing.png>").await;
    let line = event(&mut events, |event| match event {
        PageEvent::Console(line) if line.url.ends_with("/missing.png") => Some(line),
        _ => None,
    })
    .await;
    assert_eq!(line.level, ConsoleLevel::Error);
    assert!(line.text.contains("404"), "{}", line.text);
    stage.close().await;
}

#[tokio::test]
async fn messages_of_the_page_bundle_arrive_with_their_frame() {
    let stage = Stage::new().await;
    stage.show("<iframe srcdoc='<p>inner'></iframe>").await;
    let mut events = stage.page.events();
    for frame in stage.page.frames() {
        frame
            .evaluate(
                &stage.progress,
                World::Isolated,
                "__proscenium_emit('{\"kind\":\"test\"}')",
            )
            .await
            .unwrap();
        let from = event(&mut events, |event| match event {
            PageEvent::PageScript { frame, payload } if &*payload == "{\"kind\":\"test\"}" => {
                Some(frame)
            }
            _ => None,
        });
        assert_eq!(from.await, frame.id());
    }
    stage.close().await;
}

#[tokio::test]
async fn a_page_that_opens_another_is_its_opener() {
    let stage = Stage::new().await;
    stage.server.page("/popup", "<title>popup</title>");
    stage
        .show("<a target=_blank rel=opener href=/popup>open</a>")
        .await;
    let mut events = stage.context.events();
    stage.click("a").await;
    let opened = async {
        loop {
            if let ContextEvent::PageOpened { page, opener } = events.recv().await.unwrap() {
                return (page, opener);
            }
        }
    };
    let (popup, opener) = tokio::time::timeout(Duration::from_secs(10), opened)
        .await
        .unwrap();
    assert_eq!(opener, Some(stage.page.id()));
    let popup_url = stage.server.url("/popup");
    popup
        .wait_for_url(&stage.progress, |url| url == popup_url)
        .await
        .unwrap();
    popup
        .wait_for_load_state(&stage.progress, LoadState::Load)
        .await
        .unwrap();
    assert_eq!(popup.title(&stage.progress).await.unwrap(), "popup");
    let bundle = popup
        .main_frame()
        .evaluate(&stage.progress, World::Isolated, "typeof __proscenium")
        .await
        .unwrap();
    assert_eq!(bundle, "object");
    assert_eq!(stage.context.pages().len(), 2);
    let mut events = popup.events();
    popup.close(&stage.progress).await.unwrap();
    event(&mut events, |event| {
        matches!(event, PageEvent::Closed).then_some(())
    })
    .await;
    assert!(popup.is_closed());
    assert_eq!(stage.context.pages().len(), 1);
    let refused = popup.evaluate(&stage.progress, "1").await;
    assert!(
        matches!(refused, Err(BrowserError::PageClosed)),
        "{refused:?}"
    );
    stage.close().await;
}

#[tokio::test]
async fn a_crash_is_an_event_and_not_a_hang_and_the_page_can_be_revived() {
    // Of its own: it kills processes of the browser.
    let stage = Stage::alone().await;
    stage.show("<p>before").await;
    let mut events = stage.page.events();
    if engine() == Engine::Firefox {
        // No address crashes a page there.
        let waiting = stage
            .page
            .evaluate(&stage.progress, "new Promise(() => {})");
        let killing = async { kill_processes(stage.browser.pid(), "Isolated Web Co") };
        let (waited, ()) = tokio::join!(waiting, killing);
        assert!(
            matches!(
                waited,
                Err(BrowserError::TargetCrashed | BrowserError::ContextDestroyed)
            ),
            "{waited:?}"
        );
        return expect_crashed_and_revive(stage, events).await;
    }
    if engine() == Engine::WebKit {
        kill_processes(stage.browser.pid(), "WebKitWebProces");
        event(&mut events, |event| {
            matches!(event, PageEvent::Crashed).then_some(())
        })
        .await;
        assert!(stage.page.is_crashed());
        let refused = stage.page.evaluate(&stage.progress, "1").await;
        assert!(
            matches!(refused, Err(BrowserError::TargetCrashed)),
            "{refused:?}"
        );
        // The way to drive the browser goes with the page's process: nothing revives it.
        let url = stage.server.url("/shown");
        let revived = stage
            .page
            .goto(&stage.progress, &url, LoadState::Load)
            .await;
        assert!(
            matches!(revived, Err(BrowserError::Disconnected)),
            "{revived:?}"
        );
        return stage.close().await;
    }
    let waiting = stage
        .page
        .evaluate(&stage.progress, "new Promise(() => {})");
    let crashing = stage
        .page
        .goto(&stage.progress, "chrome://crash", LoadState::Load);
    let (waited, crashed) = tokio::join!(waiting, crashing);
    let told = matches!(
        crashed,
        Err(BrowserError::TargetCrashed | BrowserError::NavigationFailed { .. })
    );
    assert!(told, "{crashed:?}");
    assert!(
        matches!(
            waited,
            Err(BrowserError::TargetCrashed | BrowserError::ContextDestroyed)
        ),
        "{waited:?}"
    );
    expect_crashed_and_revive(stage, events).await;
}

async fn expect_crashed_and_revive(stage: Stage, mut events: Receiver<PageEvent>) {
    event(&mut events, |event| {
        matches!(event, PageEvent::Crashed).then_some(())
    })
    .await;
    assert!(stage.page.is_crashed());
    let refused = stage.page.evaluate(&stage.progress, "1").await;
    assert!(
        matches!(refused, Err(BrowserError::TargetCrashed)),
        "{refused:?}"
    );
    stage.show("<p>after").await;
    assert_eq!(stage.eval("document.body.innerText").await, "after");
    stage.close().await;
}

/// Kills the processes of a process group that have this name, as the kernel keeps it: the first 15 bytes.
fn kill_processes(group: u32, name: &str) {
    let group = group.to_string();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let Some((named, rest)) = stat.rsplit_once(") ") else {
            continue;
        };
        let is_ours = rest.split(' ').nth(2) == Some(group.as_str());
        if is_ours && named.ends_with(&format!("({name}")) {
            let pid = entry.file_name().into_string().unwrap();
            let killed = std::process::Command::new("kill")
                .args(["-9", &pid])
                .status();
            assert!(killed.unwrap().success());
        }
    }
}

#[tokio::test]
async fn contexts_share_nothing() {
    let stage = Stage::new().await;
    stage
        .show("<script>document.cookie = 'a=1; path=/'; localStorage.x = 1</script>")
        .await;
    let other = stage
        .browser
        .new_context(&stage.progress, ContextOptions::default())
        .await
        .unwrap();
    let page = other.new_page(&stage.progress).await.unwrap();
    page.goto(
        &stage.progress,
        &stage.server.url("/missing"),
        LoadState::Load,
    )
    .await
    .unwrap();
    let seen = page
        .evaluate(&stage.progress, "[document.cookie, localStorage.length]")
        .await
        .unwrap();
    assert_eq!(seen, serde_json::json!(["", 0]));
    assert_eq!(
        stage.context.cookies(&stage.progress).await.unwrap()[0].name,
        "a"
    );
    other.close(&stage.progress).await.unwrap();
    let refused = page.evaluate(&stage.progress, "1").await;
    assert!(
        matches!(refused, Err(BrowserError::PageClosed)),
        "{refused:?}"
    );
    assert_eq!(stage.eval("localStorage.x").await, "1");
    stage.close().await;
}

#[tokio::test]
async fn everything_goes_through_the_proxy_loopback_included() {
    let proxy = Server::start().await;
    proxy.page(
        "http://127.0.0.1:8009/page",
        "<p>by proxy<img src=http://localhost:8009/picture>",
    );
    let address = format!("127.0.0.1:{}", proxy.port()).parse().ok();
    let options = ContextOptions {
        proxy: address,
        ..ContextOptions::default()
    };
    let stage = Stage::with(options).await;
    let url = "http://127.0.0.1:8009/page";
    stage
        .page
        .goto(&stage.progress, url, LoadState::Load)
        .await
        .unwrap();
    assert_eq!(stage.eval("document.body.innerText").await, "by proxy");
    let asked = proxy.asked();
    assert!(
        asked.contains(&url.to_owned())
            && asked.contains(&"http://localhost:8009/picture".to_owned()),
        "{asked:?}"
    );
    stage.close().await;
}
