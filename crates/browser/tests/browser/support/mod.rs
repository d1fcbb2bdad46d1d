//! A browser, a context for each test, and a small web server of two origins: `127.0.0.1` and `localhost`.

pub(crate) mod server;

use std::sync::LazyLock;
use std::time::Duration;

use browser::{
    Browser, BrowserError, ClickOptions, Context, ContextOptions, Engine, LaunchOptions, LoadState,
    Page, PageEvent, Point, Progress,
};
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;
use tokio::sync::broadcast::Receiver;

pub(crate) use server::Server;

pub(crate) fn progress() -> Progress {
    Progress::with_timeout(Duration::from_secs(15))
}

/// Which engine the tests run on: `PROSCENIUM_TEST_ENGINE`, or Chromium.
pub(crate) fn engine() -> Engine {
    match std::env::var("PROSCENIUM_TEST_ENGINE") {
        Ok(name) => name.parse().unwrap(),
        Err(_) => Engine::Chromium,
    }
}

/// Where what tests share lives: it outlives the runtime of the test that came first.
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

async fn opened(browser: &Browser, options: ContextOptions) -> browser::Result<Context> {
    let of = browser.clone();
    let opening = async move { of.new_context(&progress(), options).await };
    if engine() == Engine::Firefox {
        // Another process of a browser that the tests share outlives this one's runtime.
        return RUNTIME.spawn(opening).await.unwrap();
    }
    opening.await
}

async fn launched() -> Browser {
    let launch = LaunchOptions {
        engine: engine(),
        ..LaunchOptions::default()
    };
    Browser::launch(&progress(), launch).await.unwrap()
}

/// A browser, a context, a page and a server.
pub(crate) struct Stage {
    pub(crate) browser: Browser,
    pub(crate) context: Context,
    pub(crate) page: Page,
    pub(crate) server: Server,
    pub(crate) progress: Progress,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::with(ContextOptions::default()).await
    }

    pub(crate) async fn with(options: ContextOptions) -> Self {
        Self::of(shared_browser().await, options).await
    }

    /// With a browser of its own, for a test that ends it or opens more in it.
    pub(crate) async fn alone() -> Self {
        Self::of(launched().await, ContextOptions::default()).await
    }

    /// As `with`, for a context that may be refused.
    pub(crate) async fn try_with(options: ContextOptions) -> browser::Result<()> {
        let context = opened(&shared_browser().await, options).await?;
        context.close(&progress()).await
    }

    pub(crate) async fn launched(launch: LaunchOptions, options: ContextOptions) -> Self {
        Self::of(Browser::launch(&progress(), launch).await.unwrap(), options).await
    }

    pub(crate) async fn of(browser: Browser, options: ContextOptions) -> Self {
        let progress = progress();
        let context = opened(&browser, options).await.unwrap();
        let page = context.new_page(&progress).await.unwrap();
        Self {
            browser,
            context,
            page,
            server: Server::start().await,
            progress,
        }
    }

    /// Shows a document of the first origin.
    pub(crate) async fn show(&self, html: &str) {
        self.server.page("/shown", html);
        self.goto("/shown").await;
    }

    pub(crate) async fn goto(&self, path: &str) {
        self.page
            .goto(&self.progress, &self.server.url(path), LoadState::Load)
            .await
            .unwrap();
    }

    /// Evaluates in the main frame.
    pub(crate) async fn eval(&self, expression: &str) -> serde_json::Value {
        self.page
            .evaluate(&self.progress, expression)
            .await
            .unwrap()
    }

    /// The middle of an element.
    pub(crate) async fn centre(&self, selector: &str) -> Point {
        let script = format!(
            "(() => {{ const r = document.querySelector('{selector}').getBoundingClientRect(); \
                return [r.x + r.width / 2, r.y + r.height / 2] }})()"
        );
        let at = self.eval(&script).await;
        Point::new(at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
    }

    pub(crate) async fn click(&self, selector: &str) {
        let at = self.centre(selector).await;
        self.page
            .mouse()
            .click(&self.progress, at, ClickOptions::default())
            .await
            .unwrap();
    }

    /// Asks the page until the expression is true.
    pub(crate) async fn holds(&self, expression: &str) {
        until(async || self.eval(expression).await == true).await;
    }

    pub(crate) async fn close(self) {
        if engine() == Engine::Firefox {
            self.context.close(&self.progress).await.unwrap();
        } else {
            self.browser.close().await;
        }
    }
}

/// That an engine says that it cannot do something, and does not only fail.
pub(crate) fn assert_unsupported<T: std::fmt::Debug>(result: browser::Result<T>) {
    match result {
        Err(BrowserError::Unsupported {
            engine: named,
            capability,
        }) => {
            assert_eq!(named, engine());
            assert_ne!(
                capability.on(named),
                browser::Support::Full,
                "{capability:?}"
            );
        }
        other => panic!("{other:?}"),
    }
}

/// Waits for the first event that `wanted` makes something of.
pub(crate) async fn event<T>(
    events: &mut Receiver<PageEvent>,
    mut wanted: impl FnMut(PageEvent) -> Option<T>,
) -> T {
    let waiting = async {
        loop {
            if let Some(found) = wanted(events.recv().await.unwrap()) {
                return found;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), waiting)
        .await
        .expect("the event comes")
}

/// Asks again, a few milliseconds apart, until it is so: for what no event tells.
pub(crate) async fn until(mut so: impl AsyncFnMut() -> bool) {
    let asking = async {
        while !so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), asking)
        .await
        .expect("it becomes so");
}
