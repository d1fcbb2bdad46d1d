//! A browser per test file, a context per test, and a small web server of two origins: `127.0.0.1` and `localhost`.

#![expect(dead_code, reason = "each test file uses its own part")]

pub mod server;

use std::time::Duration;

use browser::{
    Browser, Context, ContextOptions, LaunchOptions, LoadState, Page, PageEvent, Progress,
};
use tokio::sync::broadcast::Receiver;

pub use server::Server;

pub fn progress() -> Progress {
    Progress::with_timeout(Duration::from_secs(15))
}

/// A browser, a context, a page and a server.
pub struct Stage {
    pub browser: Browser,
    pub context: Context,
    pub page: Page,
    pub server: Server,
    pub progress: Progress,
}

impl Stage {
    pub async fn new() -> Self {
        Self::with(LaunchOptions::default(), ContextOptions::default()).await
    }

    pub async fn with(launch: LaunchOptions, options: ContextOptions) -> Self {
        let progress = progress();
        let browser = Browser::launch(&progress, launch).await.unwrap();
        let context = browser.new_context(&progress, options).await.unwrap();
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
    pub async fn show(&self, html: &str) {
        self.server.page("/shown", html);
        self.goto("/shown").await;
    }

    pub async fn goto(&self, path: &str) {
        self.page
            .goto(&self.progress, &self.server.url(path), LoadState::Load)
            .await
            .unwrap();
    }

    /// Evaluates in the main frame.
    pub async fn eval(&self, expression: &str) -> serde_json::Value {
        self.page
            .evaluate(&self.progress, expression)
            .await
            .unwrap()
    }

    pub async fn close(self) {
        self.browser.close().await;
    }
}

/// Waits for the first event that `wanted` makes something of.
pub async fn event<T>(
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
