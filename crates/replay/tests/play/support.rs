//! A site on loopback, a browser, and what became of a run.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use browser::{Browser, Context, ContextOptions, Engine, LaunchOptions, Progress, Viewport};
use recording::Recording;
use replay::{
    ErrorCode, Outcome, PlayEvent, PlayOptions, RunStatus, ScreenshotMode, StepResult, StepStatus,
    Timing, play,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::{OnceCell, mpsc};

/// Far more than any step needs; the machine may be busy.
const PATIENT: Duration = Duration::from_secs(30);

/// Pages by path, served until the test ends. `{other}` in a page is the same server under another site's name.
pub(crate) struct Site {
    pub(crate) url: String,
}

impl Site {
    pub(crate) async fn serve(pages: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = format!("http://127.0.0.1:{port}");
        let pages: HashMap<String, String> = pages
            .iter()
            .map(|(path, html)| {
                (
                    (*path).to_owned(),
                    html.replace("{other}", &format!("http://localhost:{port}")),
                )
            })
            .collect();
        let pages = Arc::new(pages);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&pages)));
            }
        });
        Self { url }
    }
}

async fn answer(mut stream: TcpStream, pages: Arc<HashMap<String, String>>) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut more = [0; 1024];
        match stream.read(&mut more).await? {
            0 => return Ok(()),
            read => head.extend_from_slice(&more[..read]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let target = head.split(' ').nth(1).unwrap_or("/");
    let path = target.split(['?', '#']).next().unwrap_or("/");
    if path == "/never" {
        // An answer that never comes, until the browser gives up.
        let mut rest = [0; 16];
        while stream.read(&mut rest).await? > 0 {}
        return Ok(());
    }
    if path.starts_with("/slow") {
        // A script from far away.
        tokio::time::sleep(Duration::from_millis(600)).await;
    }
    let (status, body) = match pages.get(path) {
        Some(body) => ("200 OK", body.as_str()),
        None => ("404 Not Found", "<title>Not found</title>nothing here"),
    };
    let kind = if path.ends_with(".js") {
        "text/javascript"
    } else {
        "text/html; charset=utf-8"
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await
}

/// Which engine the tests run on: `PROSCENIUM_TEST_ENGINE`, or Chromium.
pub(crate) fn engine() -> Engine {
    match std::env::var("PROSCENIUM_TEST_ENGINE") {
        Ok(name) => name.parse().unwrap(),
        Err(_) => Engine::Chromium,
    }
}

pub(crate) fn progress() -> Progress {
    Progress::with_timeout(PATIENT)
}

/// Where what the tests of one process share lives: it outlives the runtime of the test that came first.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A browser for a test. Firefox takes two seconds to start, so that the tests of one process share one.
async fn shared_browser() -> Browser {
    static BROWSER: OnceCell<Browser> = OnceCell::const_new();
    if engine() != Engine::Firefox {
        return launched().await;
    }
    let starting = RUNTIME.spawn(BROWSER.get_or_init(launched));
    starting.await.unwrap().clone()
}

async fn launched() -> Browser {
    let launch = LaunchOptions {
        engine: engine(),
        ..LaunchOptions::default()
    };
    Browser::launch(&progress(), launch).await.unwrap()
}

/// A browser with one context, closed at the end.
pub(crate) struct Stage {
    pub(crate) browser: Browser,
    pub(crate) context: Context,
}

impl Stage {
    pub(crate) async fn open() -> Self {
        Self::of(shared_browser().await).await
    }

    /// With a browser of its own, for a test that ends it.
    pub(crate) async fn alone() -> Self {
        Self::of(launched().await).await
    }

    pub(crate) async fn of(browser: Browser) -> Self {
        let options = ContextOptions {
            viewport: Some(Viewport::desktop(800, 600)),
            ..ContextOptions::default()
        };
        let of = browser.clone();
        let opening = async move { of.new_context(&progress(), options).await.unwrap() };
        let context = if engine() == Engine::Firefox {
            // Another process of a browser that the tests share outlives this one's runtime.
            RUNTIME.spawn(opening).await.unwrap()
        } else {
            opening.await
        };
        Self { browser, context }
    }
}

/// What became of a run, and the page it left.
pub(crate) struct Run {
    pub(crate) outcome: Outcome,
    pub(crate) steps: Vec<StepResult>,
    pub(crate) context: Context,
    _browser: Browser,
}

impl Drop for Run {
    fn drop(&mut self) {
        if engine() == Engine::Firefox {
            // The browser stays for the other tests; what this one opened goes.
            let context = self.context.clone();
            drop(RUNTIME.spawn(async move { context.close(&progress()).await }));
        }
    }
}

/// A run about to be made.
pub(crate) struct Plan {
    pub(crate) site: Site,
    pub(crate) options: PlayOptions,
    pub(crate) progress: Progress,
    start: String,
    steps: Value,
    /// A document in place of the steps; `{site}` in it is the address of the site.
    pub(crate) document: Option<String>,
}

/// Performs `steps` on a site with one page.
pub(crate) async fn on_page(html: &str, steps: Value) -> Run {
    plan(&[("/", html)], steps).await.run().await
}

/// A run on a site of several pages, beginning at `/`.
pub(crate) async fn plan(pages: &[(&str, &str)], steps: Value) -> Plan {
    let options = PlayOptions {
        timing: Timing::Instant,
        screenshots: ScreenshotMode::Never,
        step_timeout: PATIENT,
        ..PlayOptions::default()
    };
    Plan {
        site: Site::serve(pages).await,
        options,
        progress: Progress::with_timeout(Duration::from_secs(120)),
        start: "/".to_owned(),
        steps,
        document: None,
    }
}

impl Plan {
    pub(crate) fn with(mut self, change: impl FnOnce(&mut PlayOptions)) -> Self {
        change(&mut self.options);
        self
    }

    pub(crate) fn recording(&self) -> Recording {
        if let Some(text) = &self.document {
            let text = text.replace("{site}", &self.site.url);
            return Recording::parse(text, recording::Format::Json).unwrap();
        }
        let steps = self.steps.to_string().replace("{site}", &self.site.url);
        let steps: Value = serde_json::from_str(&steps).unwrap();
        Recording::from_value(json!({
            "testName": "test", "url": format!("{}{}", self.site.url, self.start), "actions": steps,
        }))
        .unwrap()
    }

    pub(crate) async fn run(self) -> Run {
        self.on(Stage::open().await).await
    }

    pub(crate) async fn on(self, stage: Stage) -> Run {
        let recording = self.recording();
        let (mut observer, mut events) = mpsc::channel(8);
        let playing = async {
            let (recording, options) = (&recording, &self.options);
            let outcome = play(
                &self.progress,
                &stage.context,
                recording,
                options,
                &mut observer,
            )
            .await;
            drop(observer);
            outcome
        };
        // Loops tell of a step several times; the last time counts.
        let taking = async {
            let mut last: BTreeMap<usize, StepResult> = BTreeMap::new();
            while let Some(event) = events.recv().await {
                if let PlayEvent::StepFinished(step) = event {
                    last.insert(step.index, *step);
                }
            }
            last
        };
        let (outcome, last) = tokio::join!(playing, taking);
        let steps: Vec<StepResult> = last.into_values().collect();
        assert_eq!(
            steps.len(),
            recording.steps.len(),
            "every step has a result"
        );
        let Stage { browser, context } = stage;
        Run {
            outcome,
            steps,
            context,
            _browser: browser,
        }
    }
}

impl Run {
    #[track_caller]
    pub(crate) fn passes(&self) -> &Self {
        let failed: Vec<_> = self
            .steps
            .iter()
            .filter(|step| step.error.is_some())
            .collect();
        assert_eq!(
            self.outcome.status,
            RunStatus::Passed,
            "{:?}\n{failed:#?}",
            self.outcome.error
        );
        self
    }

    /// The run failed in its step `index`, for the reason `code`.
    #[track_caller]
    pub(crate) fn fails_at(&self, index: usize, code: ErrorCode) -> &StepResult {
        let step = &self.steps[index];
        let found = step.error.as_ref().map(|error| error.code);
        assert_eq!(
            (step.status.clone(), found),
            (StepStatus::Failed, Some(code)),
            "{step:#?}"
        );
        assert_eq!(self.outcome.status, RunStatus::Failed);
        assert_eq!(
            self.outcome.error.as_ref().and_then(|error| error.step),
            Some(index)
        );
        step
    }

    /// The value of an expression in the newest tab.
    pub(crate) async fn value(&self, expression: &str) -> Value {
        let page = self.context.pages().pop().unwrap();
        page.evaluate(&Progress::with_timeout(PATIENT), expression)
            .await
            .unwrap()
    }

    /// What the page noted in `seen`.
    pub(crate) async fn seen(&self) -> Vec<String> {
        serde_json::from_value(self.value("globalThis.seen ?? []").await).unwrap()
    }
}

/// A selector by CSS, as the recorder would write it.
pub(crate) fn css(value: &str) -> Value {
    json!([{ "strategy": "css", "value": value }])
}

/// A page that notes events in `seen`.
pub(crate) fn noting(body: &str) -> String {
    format!(
        "<!doctype html><title>Test</title><script>const seen = globalThis.seen = []; const note = (text) => seen.push(String(text));</script>{body}"
    )
}
