//! A whole server on a data folder of its own, and the people who use it.

mod actors;
mod shelf;
mod site;

use std::sync::Arc;

use axum::Router;
use browser::{BrowserPool, LaunchOptions};
use delivery::Delivery;
use egress::EgressPolicy;
use serde_json::{Value, json};
use server::{App, Journal, Options};
use session::{SessionConfig, SessionManager};
use store::Store;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use video::{BrowserLimits, RendererPool};
use work::{
    FILM_QUEUE, FilmJob, Handler, Keep, RENDER_QUEUE, RUN_QUEUE, RenderJob, RunJob, Worker,
    WorkerOptions,
};

pub(crate) use actors::{Anonymous, Answer, Owner};
pub(crate) use shelf::Shelf;
pub(crate) use site::Site;

/// A server without a port: requests go to its service directly.
pub(crate) struct Server {
    pub(crate) store: Store,
    pub(crate) router: Router,
    pub(crate) app: App,
    sessions: SessionManager,
    journal: Journal,
    worker: Worker,
    browsers: BrowserPool,
    renderers: RendererPool,
    dir: TempDir,
}

impl Server {
    /// A server whose pages may reach this machine, as the sites of the tests are on it; it performs no runs.
    pub(crate) async fn start() -> Self {
        Self::with_workers(0).await
    }

    pub(crate) async fn with_workers(workers: usize) -> Self {
        Self::delivering(workers, None).await
    }

    /// A server that says how long files stay; a test removes them when it wants.
    pub(crate) async fn keeping(workers: usize, keep: Keep) -> Self {
        Self::set_up(workers, None, keep).await
    }

    /// A server that brings outputs to where everybody sees them.
    pub(crate) async fn delivering(workers: usize, delivery: Option<Delivery>) -> Self {
        Self::set_up(workers, delivery, Keep::default()).await
    }

    async fn set_up(workers: usize, delivery: Option<Delivery>, keep: Keep) -> Self {
        let egress = EgressPolicy::public_only().allow("127.0.0.1".parse().unwrap());
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).await.unwrap();
        let browsers = BrowserPool::new(LaunchOptions::default());
        let run: Arc<dyn Handler> =
            Arc::new(RunJob::new(store.clone(), browsers.clone(), egress.clone()));
        let renderers = RendererPool::new(workers, None, BrowserLimits::default());
        let render = RenderJob::new(store.clone(), renderers.clone(), delivery.clone());
        let film = FilmJob::new(store.clone(), egress.clone(), None).delivering(delivery.clone());
        let handlers = vec![run, Arc::new(render), Arc::new(film)];
        let options = |queue: &str| WorkerOptions::new("test", queue, workers);
        let worker = Worker::start(store.clone(), handlers.clone(), options(RUN_QUEUE));
        worker.serve(store.clone(), handlers.clone(), options(RENDER_QUEUE));
        worker.serve(store.clone(), handlers, options(FILM_QUEUE));
        let sessions = SessionManager::new(SessionConfig {
            egress: egress.clone(),
            max_sessions: 2,
            ..SessionConfig::default()
        });
        let journal = server::start_journal(store.clone(), &sessions);
        let options = Options {
            names: vec!["studio.example".to_owned()],
            workers: u32::try_from(workers).unwrap(),
            egress,
            delivery,
            keep,
            renderers: Some(renderers.clone()),
            executable: None,
        };
        let app = App::new(
            store.clone(),
            sessions.clone(),
            worker.running().clone(),
            options,
            CancellationToken::new(),
        );
        Self {
            router: server::router(app.clone()),
            app,
            store,
            sessions,
            journal,
            worker,
            browsers,
            renderers,
            dir,
        }
    }

    /// Another server on the same data folder, without people of its own.
    pub(crate) async fn neighbour(&self) -> App {
        let options = Options {
            names: Vec::new(),
            workers: 0,
            egress: EgressPolicy::public_only(),
            delivery: None,
            keep: Keep::default(),
            renderers: None,
            executable: None,
        };
        App::new(
            Store::open(self.dir.path()).await.unwrap(),
            self.sessions.clone(),
            self.worker.running().clone(),
            options,
            CancellationToken::new(),
        )
    }

    /// Begins to film what a server without workers has taken.
    pub(crate) fn film_worker(&self) -> Worker {
        let egress = EgressPolicy::public_only();
        let film: Arc<dyn Handler> = Arc::new(FilmJob::new(self.store.clone(), egress, None));
        let options = WorkerOptions::new("late", FILM_QUEUE, 1);
        Worker::start(self.store.clone(), vec![film], options)
    }

    /// Somebody who has not signed in.
    pub(crate) fn anonymous(&self) -> Anonymous {
        Anonymous::new(self.router.clone())
    }

    /// The owner, signed in by a one-time link.
    pub(crate) async fn owner(&self) -> Owner {
        let link = server::issue_link(
            &self.store,
            "http://localhost",
            std::time::Duration::from_secs(60),
        )
        .await;
        let token = link.unwrap().rsplit_once('=').unwrap().1.to_owned();
        let answer = self
            .anonymous()
            .post("/api/v1/auth/claim", json!({ "token": token }))
            .await;
        assert_eq!(answer.status, 200, "{answer:?}");
        Owner::signed_in(self.router.clone(), answer.cookie().unwrap())
    }

    /// A session whose first page has arrived.
    pub(crate) async fn session(&self, owner: &Owner, wanted: Value) -> Value {
        let answer = owner.post("/api/v1/sessions", wanted).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let session = answer.data();
        self.arrived(session["id"].as_str().unwrap()).await;
        session
    }

    /// Waits until a page of the session has arrived.
    pub(crate) async fn arrived(&self, session: &str) {
        let id: ids::SessionId = session.parse().unwrap();
        let mut events = self
            .store
            .events()
            .follow(store::Subject::Session, id.uuid(), 0);
        while events.next().await.unwrap().kind != "navigation" {}
    }

    /// Waits until the log of a render tells of an event of this kind, and gives the payload.
    pub(crate) async fn told(&self, render: &str, kind: &str) -> Value {
        self.told_again(render, kind, 1).await
    }

    /// Waits until it has told of it so many times, and gives the last payload.
    pub(crate) async fn told_again(&self, render: &str, kind: &str, times: usize) -> Value {
        let id: ids::RenderId = render.parse().unwrap();
        let events = self.store.events();
        let mut events = events.follow(store::Subject::Render, id.uuid(), 0);
        let mut told = 0;
        loop {
            let event = events.next().await.unwrap();
            told += usize::from(event.kind == kind);
            if told == times {
                return event.payload;
            }
        }
    }

    /// Waits until the log of a schedule tells of an event of this kind, and gives the payload.
    pub(crate) async fn scheduled(&self, id: ids::ScheduleId, kind: &str) -> Value {
        self.scheduled_again(id, kind, 1).await
    }

    /// Waits until it has told of it so many times, and gives the last payload.
    pub(crate) async fn scheduled_again(
        &self,
        id: ids::ScheduleId,
        kind: &str,
        times: usize,
    ) -> Value {
        let events = self.store.events();
        let mut events = events.follow(store::Subject::Schedule, id.uuid(), 0);
        let mut told = 0;
        loop {
            let event = events.next().await.unwrap();
            told += usize::from(event.kind == kind);
            if told == times {
                return event.payload;
            }
        }
    }

    /// Waits until the log of a film tells of an event of this kind, and gives the payload.
    pub(crate) async fn film_told(&self, film: &str, kind: &str) -> Value {
        self.film_told_again(film, kind, 1).await
    }

    /// Waits until it has told of it so many times, and gives the last payload.
    pub(crate) async fn film_told_again(&self, film: &str, kind: &str, times: usize) -> Value {
        let id: ids::FilmId = film.parse().unwrap();
        let events = self.store.events();
        let mut events = events.follow(store::Subject::Film, id.uuid(), 0);
        let mut told = 0;
        loop {
            let event = events.next().await.unwrap();
            told += usize::from(event.kind == kind);
            if told == times {
                return event.payload;
            }
        }
    }

    /// Ends sessions, workers and browsers, and writes down what is left. The data folder lives as long as the result.
    pub(crate) async fn stop(self) -> TempDir {
        tokio::join!(self.sessions.shutdown(), self.worker.shutdown());
        self.browsers.close().await;
        self.renderers.close().await;
        self.journal.finish().await;
        self.dir
    }
}

/// A recording that types a name, presses a button and checks the text.
pub(crate) fn greeting(url: &str, expected: &str) -> Value {
    let selectors =
        |id: &str| json!([{ "strategy": "id", "value": id, "priority": 1, "confidence": 90 }]);
    json!({
        "id": "rec_1", "version": "1.0.0", "testName": "Greeting", "url": url,
        "startTime": "2026-01-01T00:00:00Z", "viewport": { "width": 1280, "height": 720 },
        "actions": [
            { "id": "act_001", "type": "input", "timestamp": 0, "url": url, "selectors": selectors("name"),
              "tagName": "input", "value": "Ada", "inputType": "text" },
            { "id": "act_002", "type": "click", "timestamp": 5, "url": url, "selectors": selectors("greet"),
              "tagName": "button", "button": "left", "clickCount": 1 },
            { "id": "act_003", "type": "checkpoint", "timestamp": 9, "url": url, "checkType": "elementText",
              "selectors": selectors("out"), "expectedValue": expected },
        ],
    })
}

/// Keeps a recording and answers with its id.
pub(crate) async fn kept(owner: &Owner, document: &Value) -> String {
    let answer = owner.post("/api/v1/recordings", document.clone()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.data()["id"].as_str().unwrap().to_owned()
}
