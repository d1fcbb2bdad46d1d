//! Renders and the limits of their browsers.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use egress::EgressPolicy;
use ids::RenderId;
use serde_json::json;
use store::{RenderStatus, Store, Subject};
use video::{BrowserLimits, RendererPool};
use work::{RENDER_QUEUE, RenderDesk, RenderJob, Wanted, Worker, WorkerOptions};

use crate::support::{folder, options};

#[tokio::test]
async fn a_page_that_takes_too_much_memory_is_ended_and_its_job_says_so() {
    let place = folder().await;
    let limits = BrowserLimits {
        memory: 500 << 20,
        ..BrowserLimits::default()
    };
    let renderers = RendererPool::new(1, None, limits);
    let desk = RenderDesk::new(place.store.clone(), None);
    let code = "globalThis.kept = []; const more = () => {
        kept.push(new Uint8Array(16 << 20).fill(kept.length)); if (kept.length < 500) setTimeout(more, 1); }; more();";
    let job = json!({ "type": "video", "code": code, "width": 32, "height": 32, "duration": "60s", "timeout": "60s" });
    let wanted = Wanted {
        job: job.to_string().into(),
        user: None,
        intake: None,
    };
    let id = desk.ask(wanted).await.unwrap().id;
    let job = RenderJob::new(place.store.clone(), renderers.clone(), None);
    let options = WorkerOptions::new("test", RENDER_QUEUE, 1);
    let worker = Worker::start(place.store.clone(), vec![Arc::new(job)], options);
    until_over(&place.store, id).await;
    let render = place.store.renders().get(id).await.unwrap();
    let error = render.error.unwrap();
    assert_eq!((error.code.as_str(), error.of_the_code), ("memory", true));
    worker.shutdown().await;
    renderers.close().await;
}

/// A page of this machine, which the network door refuses unless it is told otherwise.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // What is asked for does not matter.
            let _ = stream.read(&mut [0; 4096]);
            let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 7\r\nconnection: close\r\n\r\n<p>here";
            let _ = stream.write_all(page.as_bytes());
        }
    });
    address
}

#[tokio::test]
async fn a_page_by_its_address_goes_through_the_network_door_and_is_made_again_each_time() {
    let place = folder().await;
    let renderers = RendererPool::new(1, None, BrowserLimits::default());
    let desk = RenderDesk::new(place.store.clone(), None);
    let address = serve();
    let url = format!("http://{address}/");
    let asked = async || {
        let job = json!({ "type": "url", "url": url, "width": 200, "height": 100 });
        let wanted = Wanted {
            job: job.to_string().into(),
            user: None,
            intake: None,
        };
        desk.ask(wanted).await.unwrap().id
    };
    let options = || WorkerOptions::new("test", RENDER_QUEUE, 1);

    let refused = asked().await;
    let job = RenderJob::new(place.store.clone(), renderers.clone(), None);
    let worker = Worker::start(place.store.clone(), vec![Arc::new(job)], options());
    until_over(&place.store, refused).await;
    worker.shutdown().await;
    let error = place.store.renders().get(refused).await.unwrap().error;
    let error = error.unwrap();
    assert_eq!(
        (error.code.as_str(), error.of_the_code),
        ("unreachable", true)
    );
    assert!(error.message.contains("--allow-host"), "{}", error.message);

    let policy = EgressPolicy::public_only().allow(address.to_string().parse().unwrap());
    let job = RenderJob::new(place.store.clone(), renderers.clone(), None).through(policy);
    let worker = Worker::start(place.store.clone(), vec![Arc::new(job)], options());
    for _ in 0..2 {
        let id = asked().await;
        until_over(&place.store, id).await;
        let render = place.store.renders().get(id).await.unwrap();
        assert_eq!((render.status, render.cached), (RenderStatus::Done, false));
        let made = render.made.unwrap();
        assert_eq!((made.way.as_str(), made.width), ("screenshot", 200));
    }
    worker.shutdown().await;
    renderers.close().await;
}

#[tokio::test]
async fn a_render_whose_output_cannot_be_kept_fails_with_what_the_store_says() {
    let place = folder().await;
    let renderers = RendererPool::new(1, None, BrowserLimits::default());
    let desk = RenderDesk::new(place.store.clone(), None);
    let wanted = Wanted {
        job: json!({ "code": "1", "width": 32, "height": 32 })
            .to_string()
            .into(),
        user: None,
        intake: None,
    };
    let id = desk.ask(wanted).await.unwrap().id;
    // A file in place of the folder that outputs come in by: no user may write into it.
    let incoming = place.store.folder().join("artifacts").join("incoming");
    let _ = std::fs::remove_dir(&incoming);
    std::fs::write(&incoming, "").unwrap();
    let refused = place.store.blobs().put_file(&incoming).await.unwrap_err();
    assert!(refused.io_kind().is_some(), "{refused:?}");
    assert!(!refused.is_full());

    let job = RenderJob::new(place.store.clone(), renderers.clone(), None);
    let options = WorkerOptions {
        queue: RENDER_QUEUE.to_owned(),
        ..options("test", 1)
    };
    let worker = Worker::start(place.store.clone(), vec![Arc::new(job)], options);
    until_over(&place.store, id).await;
    worker.shutdown().await;
    renderers.close().await;
    let error = place.store.renders().get(id).await.unwrap().error.unwrap();
    assert_eq!(error.code, "could-not-render", "{}", error.message);
    assert!(
        error.message.starts_with("could not write a stored file: "),
        "{}",
        error.message
    );
}

/// How many jobs; the thousand of a long run take minutes: `PROSCENIUM_RENDER_JOBS=1000`.
fn jobs() -> usize {
    let said = std::env::var("PROSCENIUM_RENDER_JOBS");
    said.ok().and_then(|said| said.parse().ok()).unwrap_or(60)
}

/// Small jobs while their browsers are killed again and again.
#[tokio::test]
async fn jobs_whose_browsers_are_killed_are_done_all_the_same_and_once() {
    let place = folder().await;
    let renderers = RendererPool::new(2, None, BrowserLimits::default());
    let desk = RenderDesk::new(place.store.clone(), None);
    let mut ids = Vec::new();
    for number in 0..jobs() {
        let code = format!("document.body.textContent = {number}");
        let job = json!({ "type": "js", "code": code, "width": 64, "height": 32, "output": "png" });
        let wanted = Wanted {
            job: job.to_string().into(),
            user: None,
            intake: None,
        };
        ids.push(desk.ask(wanted).await.unwrap().id);
    }
    let job = RenderJob::new(place.store.clone(), renderers.clone(), None);
    let options = WorkerOptions::new("test", RENDER_QUEUE, 2);
    let worker = Worker::start(place.store.clone(), vec![Arc::new(job)], options);
    let mut killed = 0;
    for (index, id) in ids.iter().enumerate() {
        until_over(&place.store, *id).await;
        if index % 3 == 2 && kill_newest("chrom") {
            killed += 1;
        }
    }
    worker.shutdown().await;
    renderers.close().await;
    assert!(killed > 5, "only {killed} browsers were killed");
    for id in ids {
        let render = place.store.renders().get(id).await.unwrap();
        assert_eq!(render.status, RenderStatus::Done, "{render:?}");
        let log = place.store.events();
        let log = log.after(Subject::Render, id.uuid(), 0, None, 100).await;
        let ends = log.unwrap().into_iter();
        let ends = ends.filter(|event| event.kind == "render.finished").count();
        assert_eq!(ends, 1, "{render:?}");
    }
}

/// Kills the newest process of this name that this process has started; `false` when there is none.
pub(crate) fn kill_newest(name: &str) -> bool {
    let own = std::process::id().to_string();
    let mut pkill = std::process::Command::new("pkill");
    let killed = pkill.args(["-KILL", "--newest", "-P", &own, name]).status();
    killed.unwrap().success()
}

async fn until_over(store: &Store, id: RenderId) {
    let mut events = store.events().follow(Subject::Render, id.uuid(), 0);
    let over = async { while events.next().await.unwrap().kind != "render.finished" {} };
    if tokio::time::timeout(Duration::from_secs(45), over)
        .await
        .is_err()
    {
        let render = store.renders().get(id).await.unwrap();
        let log = store.events();
        let log = log.after(Subject::Render, id.uuid(), 0, None, 50);
        panic!(
            "a render does not end: {render:?} {:#?}",
            log.await.unwrap()
        );
    }
}
