use std::time::{Duration, Instant};

use store::{RunStatus, StepStatus};

use crate::support::{Place, event, files_of, follow, queue_long_run, site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_in_the_middle_of_a_run_loses_no_finished_step_and_leaves_nothing_behind() {
    let place = Place::new();
    let store = place.store().await;
    let run = queue_long_run(&store, &site()).await;
    let mut events = follow(&store, run);

    let mut first = place.start("worker", &["--workers", "1"]);
    event(&mut events, |event| {
        event.kind == "step.started" && event.payload["index"] == 2
    })
    .await;
    assert!(
        !place.browser_processes().is_empty(),
        "a browser works for the run"
    );
    first.kill();
    let killed = Instant::now();

    // What was finished is there at once, and the browser goes with its worker.
    let steps = store.runs().steps(run).await.unwrap();
    let status: Vec<_> = steps.iter().map(|step| step.status).collect();
    assert_eq!(
        status,
        [StepStatus::Passed, StepStatus::Passed, StepStatus::Running]
    );
    assert_eq!(
        files_of(&store, run).await,
        2,
        "a picture of each finished step"
    );
    place.wait_for_no_browser(Duration::from_secs(10));

    // Another worker takes the run up, from its first step, and the log says why.
    let second = place.start("worker", &["--workers", "1"]);
    let again = event(&mut events, |event| event.kind == "run.requeued").await;
    assert_eq!(again.payload["reason"], "worker lost");
    let started = event(&mut events, |event| event.kind == "run.started").await;
    assert_eq!(started.payload["attempt"], 2);
    assert!(
        killed.elapsed() < Duration::from_secs(60),
        "{:?}",
        killed.elapsed()
    );
    event(&mut events, |event| {
        event.kind == "step.started" && event.payload["index"] == 2
    })
    .await;

    // Cancelled from another process, it stops in the middle of its step.
    store.runs().cancel(run).await.unwrap();
    event(&mut events, |event| event.kind == "run.finished").await;
    let ended = store.runs().get(run).await.unwrap();
    assert_eq!(
        (ended.status, ended.attempt, ended.steps_passed),
        (RunStatus::Cancelled, 2, 2)
    );

    assert!(second.stop().success());
    place.wait_for_no_browser(Duration::from_secs(10));
    assert_eq!(place.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_in_the_middle_of_everything_starts_again_and_says_what_became_of_it() {
    let place = Place::new();
    let mut server = place.start("serve", &["--port", "0", "--workers", "1"]);
    let url = server
        .line_with("listens on")
        .rsplit_once(' ')
        .unwrap()
        .1
        .to_owned();
    let link = server.line_with("/welcome?token=");
    let token = link.rsplit_once('=').unwrap().1;
    let claim = serde_json::json!({ "token": token });
    let (status, _, cookie) =
        crate::support::request(&url, "POST", "/api/v1/auth/claim", "", Some(&claim));
    assert_eq!(status, 200);
    let wanted = serde_json::json!({ "url": site() });
    let (status, session, _) =
        crate::support::request(&url, "POST", "/api/v1/sessions", &cookie, Some(&wanted));
    assert_eq!(status, 201, "{session}");
    let store = place.store().await;
    let run = queue_long_run(&store, &site()).await;
    let mut events = follow(&store, run);
    event(&mut events, |event| {
        event.kind == "step.started" && event.payload["index"] == 2
    })
    .await;
    server.kill();
    place.wait_for_no_browser(Duration::from_secs(10));

    let mut server = place.start("serve", &["--port", "0", "--workers", "1"]);
    let url = server
        .line_with("listens on")
        .rsplit_once(' ')
        .unwrap()
        .1
        .to_owned();
    server.line_with("proscenium link");
    // Its own run is queued again at once: the folder's lock proves that the other server is dead.
    event(&mut events, |event| event.kind == "run.requeued").await;
    event(&mut events, |event| {
        event.kind == "run.started" && event.payload["attempt"] == 2
    })
    .await;
    let path = format!(
        "/api/v1/sessions/{}",
        session["data"]["id"].as_str().unwrap()
    );
    let (_, session, _) = crate::support::request(&url, "GET", &path, &cookie, None);
    assert_eq!(session["data"]["status"], "crashed", "{session}");
    assert!(
        session["data"]["endReason"]
            .as_str()
            .unwrap()
            .contains("server stopped"),
        "{session}"
    );

    // Asked to stop, it gives the run back instead of ending it.
    assert!(server.stop().success());
    let waiting = store.runs().get(run).await.unwrap();
    assert_eq!(waiting.status, RunStatus::Queued);
    place.wait_for_no_browser(Duration::from_secs(10));
    assert_eq!(place.leftovers(), Vec::<String>::new());
    let sessions = place.data.path().join("sessions");
    assert!(!sessions.exists() || crate::support::is_empty(&sessions));
}
