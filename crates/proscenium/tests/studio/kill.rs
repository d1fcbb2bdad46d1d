use std::time::{Duration, Instant};

use serde_json::{Value, json};
use store::{RunStatus, StepStatus};

use crate::support::{
    Owner, Place, event, files_of, follow, hanging, queue_hanging_run, site, steps_of,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_in_the_middle_of_a_run_loses_no_finished_step_and_leaves_nothing_behind() {
    let place = Place::new();
    let store = place.store().await;
    let run = queue_hanging_run(&store, &site()).await;
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
    let owner = Owner::of(&mut server);
    let session = owner.post("/sessions", &json!({ "url": site() }));
    let store = place.store().await;
    let run = queue_hanging_run(&store, &site()).await;
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
    let owner = Owner { url, ..owner };
    let session = owner.get(&format!("/sessions/{}", session["id"].as_str().unwrap()));
    assert_eq!(session["status"], "crashed", "{session}");
    assert!(
        session["endReason"]
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

/// The server performs no runs itself; a worker of its own does.
fn server_and_worker(place: &Place) -> (crate::support::Process, crate::support::Process, Owner) {
    let mut server = place.start("serve", &["--port", "0", "--workers", "0"]);
    let owner = Owner::of(&mut server);
    (server, place.start("worker", &["--workers", "1"]), owner)
}

/// The kinds of a run's events, with what tells them apart.
fn log_of(owner: &Owner, run: &str) -> Vec<String> {
    let log = owner.get(&format!("{run}/events"));
    let line = |event: &Value| {
        let (kind, payload) = (event["kind"].as_str().unwrap(), &event["payload"]);
        match kind {
            "run.started" | "run.requeued" => format!("{kind} {}", payload["attempt"]),
            "step.finished" => {
                format!(
                    "{kind} {} {}",
                    payload["index"],
                    payload["status"].as_str().unwrap()
                )
            }
            "step.started" => format!("{kind} {}", payload["index"]),
            _ => kind.to_owned(),
        }
    };
    log.as_array().unwrap().iter().map(line).collect()
}

/// What the log of [`hanging`] says when its first attempt broke off in the last step and the second has got there too.
const TWO_ATTEMPTS: [&str; 13] = [
    "run.queued",
    "run.started 1",
    "step.started 0",
    "step.finished 0 passed",
    "step.started 1",
    "step.finished 1 passed",
    "step.started 2",
    "run.requeued 1",
    "run.started 2",
    "step.started 0",
    "step.finished 0 passed",
    "step.started 1",
    "step.finished 1 passed",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_process_killed_beside_its_server_loses_no_finished_step_and_leaves_nothing_behind()
 {
    let place = Place::new();
    let (server, mut first, owner) = server_and_worker(&place);
    let run = owner.run(&hanging(&site()));
    let in_the_middle = |run: &Value| {
        run["status"] == "running" && steps_of(run) == ["passed", "passed", "running"]
    };
    owner.until(&run, in_the_middle);
    let (working, files) = (place.browser_processes(), place.leftovers());
    assert!(
        working.len() > 1 && files.len() > 1,
        "a browser works for the run, in a profile, and the run has a folder: {working:#?} {files:?}"
    );
    first.kill();
    let killed = Instant::now();

    // What was finished is there at once.
    assert!(in_the_middle(&owner.get(&run)));
    // Nobody starts anew: the kernel ends the browser, the server that goes on removes what it left.
    place.wait_for_no_browser(Duration::from_secs(10));
    place.wait_for_no_leftovers(Duration::from_secs(10));

    let second = place.start("worker", &["--workers", "1"]);
    let again = owner.until(&run, |run| run["attempt"] == 2);
    let taken_up = killed.elapsed();
    assert!(taken_up < Duration::from_secs(60), "{taken_up:?}");
    assert_eq!(again["status"], "running", "{again:#}");
    owner.until(&run, in_the_middle);
    assert_eq!(log_of(&owner, &run)[..13], TWO_ATTEMPTS);

    owner.post(&format!("{run}/cancel"), &json!({}));
    owner.until(&run, |run| run["status"] == "cancelled");
    assert!(second.stop().success());
    place.wait_for_no_browser(Duration::from_secs(10));
    assert_eq!(place.leftovers(), Vec::<String>::new());
    assert!(server.stop().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_is_asked_to_stop_gives_its_run_back_with_its_finished_steps() {
    let place = Place::new();
    let (server, first, owner) = server_and_worker(&place);
    let run = owner.run(&hanging(&site()));
    owner.until(&run, |run| {
        run["status"] == "running" && steps_of(run) == ["passed", "passed", "running"]
    });
    let asked = Instant::now();
    assert!(first.stop().success());
    assert!(
        asked.elapsed() < Duration::from_secs(10),
        "{:?}",
        asked.elapsed()
    );
    assert_eq!(place.browser_processes(), Vec::<String>::new());
    assert_eq!(place.leftovers(), Vec::<String>::new());

    // Nobody works: it waits, and shows how far it came.
    let waiting = owner.get(&run);
    assert_eq!(waiting["status"], "queued", "{waiting:#}");
    assert_eq!(steps_of(&waiting), ["passed", "passed", "pending"]);
    assert_eq!(
        (
            &waiting["attempt"],
            &waiting["stepsPassed"],
            &waiting["stepsSkipped"]
        ),
        (&json!(1), &json!(2), &json!(0))
    );
    let log = owner.get(&format!("{run}/events?kind=run.requeued"));
    assert_eq!(
        log[0]["payload"]["reason"],
        "the worker was stopped; the run will be done again from its first step"
    );

    let second = place.start("worker", &["--workers", "1"]);
    let again = owner.until(&run, |run| {
        run["attempt"] == 2 && steps_of(run) == ["passed", "passed", "running"]
    });
    assert_eq!(again["stepsPassed"], 2, "{again:#}");
    assert_eq!(
        log_of(&owner, &run)[..13],
        TWO_ATTEMPTS,
        "the first attempt's steps stay in the log"
    );
    owner.post(&format!("{run}/cancel"), &json!({}));
    owner.until(&run, |run| run["status"] == "cancelled");
    assert!(second.stop().success() && server.stop().success());
    place.wait_for_no_browser(Duration::from_secs(10));
    assert_eq!(place.leftovers(), Vec::<String>::new());
}
