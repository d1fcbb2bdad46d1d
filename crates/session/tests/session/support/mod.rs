//! A manager, a session, a person who watches it, and pages to watch.

pub(crate) mod server;

use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

use browser::Engine;
use egress::EgressPolicy;
use serde_json::{Value, json};
use session::protocol::{ClientMessage, Notice, RecordingPhase, State};
use session::{
    FrameMessage, Outgoing, SessionConfig, SessionHandle, SessionManager, StartSession, ViewerLink,
};

pub(crate) use server::Server;

/// How long anything may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);

pub(crate) struct Studio {
    pub(crate) manager: SessionManager,
    pub(crate) session: SessionHandle,
    pub(crate) server: Server,
    pub(crate) viewer: Person,
    pub(crate) folder: tempfile::TempDir,
}

/// The engine that the tests are about: `PROSCENIUM_TEST_ENGINE`, or Chromium.
pub(crate) fn engine() -> Engine {
    match std::env::var("PROSCENIUM_TEST_ENGINE") {
        Ok(name) => name.parse().unwrap(),
        Err(_) => Engine::Chromium,
    }
}

/// Somebody who watches a session.
pub(crate) struct Person {
    pub(crate) link: ViewerLink,
    /// What was heard while something else was waited for.
    heard: VecDeque<Notice>,
    seq: u32,
}

impl Studio {
    /// A session that shows this document.
    pub(crate) async fn show(html: &str) -> Self {
        let server = Server::start().await;
        server.page("/", html);
        Self::open(server, "/").await
    }

    pub(crate) async fn open(server: Server, path: &str) -> Self {
        let request = StartSession {
            url: Some(server.url(path)),
            ..StartSession::default()
        };
        let mut studio = Self::with(
            server,
            SessionConfig {
                egress: EgressPolicy::everything(),
                ..SessionConfig::default()
            },
            request,
        )
        .await;
        studio.loaded().await;
        studio
    }

    pub(crate) async fn with(server: Server, config: SessionConfig, request: StartSession) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = SessionConfig {
            folder: Some(folder.path().to_owned()),
            ..config
        };
        let manager = SessionManager::new(config);
        let request = StartSession {
            engine: engine(),
            ..request
        };
        let session = manager.start(request).await.unwrap();
        let viewer = Person::join(&session, "Ada").await;
        Self {
            manager,
            session,
            server,
            viewer,
            folder,
        }
    }

    /// Waits until the active tab shows its page.
    pub(crate) async fn loaded(&mut self) {
        self.state(|state| {
            state
                .tabs
                .iter()
                .any(|tab| tab.active && !tab.loading && tab.url != "about:blank")
        })
        .await;
        self.holds("document.readyState === 'complete'").await;
    }

    /// Waits until the session's state is as wanted.
    pub(crate) async fn state(&self, wanted: impl Fn(&State) -> bool) -> State {
        let mut states = self.session.watch();
        let found = tokio::time::timeout(LIMIT, states.wait_for(|state| wanted(state))).await;
        let Ok(found) = found else {
            panic!("the state stays {:#?}", self.session.state());
        };
        State::clone(&found.unwrap())
    }

    pub(crate) async fn eval(&self, expression: &str) -> Value {
        self.session.evaluate(expression).await.unwrap()
    }

    /// Asks the page again and again until the expression is true.
    pub(crate) async fn holds(&self, expression: &str) {
        let asking = async {
            while self.session.evaluate(expression).await.ok() != Some(Value::Bool(true)) {
                tokio::time::sleep(Duration::from_millis(15)).await;
            }
        };
        let so = tokio::time::timeout(LIMIT, asking).await;
        assert!(so.is_ok(), "never true: {expression}");
    }

    /// Begins to record; every page records by then.
    pub(crate) async fn start_recording(&mut self) {
        self.viewer
            .say(json!({"t": "record", "action": "start"}))
            .await;
        self.state(|state| state.recording.state == RecordingPhase::Recording)
            .await;
    }

    /// Ends the recording; what was done before is in it.
    pub(crate) async fn stop_recording(&mut self) {
        self.viewer
            .say(json!({"t": "record", "action": "stop"}))
            .await;
        self.session.settle().await;
    }

    /// The middle of an element of the page.
    pub(crate) async fn middle(&self, selector: &str) -> (f64, f64) {
        let at = self
            .eval(&format!(
                "(() => {{ const r = document.querySelector({}).getBoundingClientRect(); \
                 return [r.x + r.width / 2, r.y + r.height / 2] }})()",
                json!(selector)
            ))
            .await;
        (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
    }

    pub(crate) async fn click(&mut self, selector: &str) {
        let at = self.middle(selector).await;
        self.viewer.click(at).await;
    }

    /// Kills the processes that draw pages.
    pub(crate) fn crash(&self) {
        let browser = self.session.browser_pid().to_string();
        let profile = profile_of(&Path::new("/proc").join(&browser));
        for process in std::fs::read_dir("/proc").unwrap().flatten() {
            let read =
                |name: &str| std::fs::read_to_string(process.path().join(name)).unwrap_or_default();
            // The fields behind the name in brackets: state, parent, group.
            let stat = read("stat");
            let group = stat
                .rsplit(')')
                .next()
                .and_then(|rest| rest.split_whitespace().nth(2))
                .map(str::to_owned);
            let draws = match engine() {
                Engine::Chromium => read("cmdline").contains("--type=renderer"),
                Engine::Firefox => read("comm").contains("Web Co"),
                Engine::WebKit => read("comm").contains("WebKitWebProces"),
            };
            // On WebKit the session has a process of its own beside the first, in the same profile.
            let ours = profile.is_some() && profile_of(&process.path()) == profile;
            if draws && (ours || group.as_deref() == Some(&browser)) {
                kill(&process.file_name().to_string_lossy());
            }
        }
    }

    pub(crate) fn kill_browser(&self) {
        kill(&self.session.browser_pid().to_string());
    }

    pub(crate) async fn close(self) -> tempfile::TempDir {
        self.manager.shutdown().await;
        self.folder
    }
}

impl Person {
    pub(crate) async fn join(session: &SessionHandle, name: &str) -> Self {
        let link = session.join(Some(name.to_owned()), None).await.unwrap();
        Self {
            link,
            heard: VecDeque::new(),
            seq: 0,
        }
    }

    pub(crate) async fn say(&mut self, message: Value) {
        let message: ClientMessage = serde_json::from_value(message).unwrap();
        assert!(self.link.inlet().send(message).await, "the session listens");
    }

    /// Says an input and gives back its number.
    pub(crate) async fn input(&mut self, mut message: Value) -> u32 {
        self.seq += 1;
        message["seq"] = json!(self.seq);
        self.say(message).await;
        self.seq
    }

    pub(crate) async fn mouse(&mut self, kind: &str, (x, y): (f64, f64)) -> u32 {
        let buttons = u8::from(kind != "up");
        self.input(
            json!({"t": "mouse", "kind": kind, "x": x, "y": y, "buttons": buttons, "clicks": 1}),
        )
        .await
    }

    pub(crate) async fn click(&mut self, at: (f64, f64)) -> u32 {
        self.input(json!({"t": "mouse", "kind": "move", "x": at.0, "y": at.1}))
            .await;
        self.mouse("down", at).await;
        self.mouse("up", at).await
    }

    pub(crate) async fn key(&mut self, key: &str, code: &str, text: Option<&str>) {
        for kind in ["down", "up"] {
            let text = text.filter(|_| kind == "down");
            self.input(json!({"t": "key", "kind": kind, "key": key, "code": code, "text": text}))
                .await;
        }
    }

    /// The first notice, heard or to come, that `wanted` makes something of.
    pub(crate) async fn hear<T>(&mut self, mut wanted: impl FnMut(&Notice) -> Option<T>) -> T {
        let known = self
            .heard
            .iter()
            .enumerate()
            .find_map(|(at, notice)| Some((at, wanted(notice)?)));
        if let Some((at, found)) = known {
            self.heard.drain(..=at);
            return found;
        }
        self.heard.clear();
        let listening = async {
            loop {
                match self.link.next().await {
                    Some(Outgoing::Notice(notice)) => match wanted(&notice) {
                        Some(found) => return found,
                        None => self.heard.push_back(notice),
                    },
                    Some(Outgoing::Frame(frame)) => self.link.inlet().ack(frame.seq()),
                    None => panic!("the session ended; heard {:#?}", self.heard),
                }
            }
        };
        let found = tokio::time::timeout(LIMIT, listening).await;
        match found {
            Ok(found) => {
                self.heard.clear();
                found
            }
            Err(_) => panic!("never heard; but {:#?}", self.heard),
        }
    }

    /// The next picture, acknowledged.
    pub(crate) async fn see(&mut self) -> FrameMessage {
        let looking = async {
            loop {
                match self.link.next().await.expect("the session goes on") {
                    Outgoing::Frame(frame) => {
                        self.link.inlet().ack(frame.seq());
                        return frame;
                    }
                    Outgoing::Notice(notice) => self.heard.push_back(notice),
                }
            }
        };
        tokio::time::timeout(LIMIT, looking)
            .await
            .expect("a picture comes")
    }
}

/// The folder that everything of a WebKit browser is in, by what one of its processes was told.
fn profile_of(process: &Path) -> Option<String> {
    let environment = std::fs::read_to_string(process.join("environ")).ok()?;
    let home = environment
        .split('\0')
        .find_map(|one| one.strip_prefix("HOME="))?;
    let (profile, _) = home.rsplit_once("/context-")?;
    Some(profile.to_owned())
}

fn kill(pid: &str) {
    std::process::Command::new("kill")
        .args(["-9", pid])
        .status()
        .unwrap();
}
