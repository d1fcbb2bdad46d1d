//! A running browser.

use std::path::Path;

use futures_util::future::BoxFuture;

use crate::Result;
use crate::bidi;
use crate::capability::Capability;
use crate::cdp;
use crate::context::Context;
use crate::drive::context::DrivenContext;
use crate::error::BrowserError;
use crate::launch::process::SandboxState;
use crate::options::{ContextOptions, Drawing, Engine, Headless, LaunchOptions};
use crate::progress::Progress;
use crate::webkit;

/// A running browser. Cheap to clone; when the last clone goes, the browser is killed and its profile removed.
#[derive(Clone)]
pub struct Browser(Program);

/// The browser by its engine.
#[derive(Clone)]
enum Program {
    Chromium(cdp::browser::Browser),
    Firefox(bidi::browser::Firefox),
    WebKit(webkit::browser::WebKit),
}

/// Does the same on whatever is inside.
macro_rules! each {
    ($program:expr, $inner:ident => $body:expr) => {
        match &$program {
            Program::Chromium($inner) => $body,
            Program::Firefox($inner) => $body,
            Program::WebKit($inner) => $body,
        }
    };
}

impl Browser {
    /// Starts a browser and waits until it answers.
    pub async fn launch(progress: &Progress, options: LaunchOptions) -> Result<Self> {
        if options.drawing == Drawing::OnCommand && options.engine != Engine::Chromium {
            return Err(BrowserError::Unsupported {
                engine: options.engine,
                capability: Capability::FramesOnCommand,
            });
        }
        if options.headless == Headless::Headed && options.engine == Engine::WebKit {
            // Its pages are on a screen of their own, where its pictures come from.
            return Err(BrowserError::Unsupported {
                engine: options.engine,
                capability: Capability::Windows,
            });
        }
        Ok(Self(match options.engine {
            Engine::Chromium => {
                Program::Chromium(cdp::browser::Browser::launch(progress, options).await?)
            }
            Engine::Firefox => {
                Program::Firefox(bidi::browser::Firefox::launch(progress, options).await?)
            }
            Engine::WebKit => {
                Program::WebKit(webkit::browser::WebKit::launch(progress, options).await?)
            }
        }))
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Program::Chromium(_) => Engine::Chromium,
            Program::Firefox(_) => Engine::Firefox,
            Program::WebKit(_) => Engine::WebKit,
        }
    }

    /// Opens an isolated context: own cookies, cache, storage, proxy and downloads.
    pub async fn new_context(
        &self,
        progress: &Progress,
        options: ContextOptions,
    ) -> Result<Context> {
        Ok(match &self.0 {
            Program::Chromium(browser) => {
                Context::cdp(browser.new_context(progress, options).await?)
            }
            Program::Firefox(browser) => {
                Context::driven(browser.new_context(progress, options).await?)
            }
            Program::WebKit(browser) => {
                Context::driven(browser.new_context(progress, options).await?)
            }
        })
    }

    /// "156.0.8078.79".
    pub fn version(&self) -> &str {
        each!(self.0, browser => browser.version())
    }

    /// "HeadlessChrome", "Firefox", "MiniBrowser".
    pub fn product(&self) -> &str {
        each!(self.0, browser => browser.product())
    }

    /// What draws WebGL, by its own name, as pages see it unmasked; nothing when the browser does not say.
    pub async fn renderer(&self, progress: &Progress) -> Result<Option<String>> {
        match &self.0 {
            Program::Chromium(browser) => browser.renderer(progress).await,
            Program::Firefox(_) | Program::WebKit(_) => Ok(None),
        }
    }

    /// The browser's own `User-Agent`.
    pub fn user_agent(&self) -> &str {
        each!(self.0, browser => browser.user_agent())
    }

    /// The process id of the browser, which is also the id of its process group.
    pub fn pid(&self) -> u32 {
        each!(self.0, browser => browser.pid())
    }

    /// The folder with its profile, removed when it ends.
    pub fn profile_dir(&self) -> &Path {
        each!(self.0, browser => browser.profile_dir())
    }

    /// Whether the browser's sandbox is on.
    pub fn sandbox(&self) -> SandboxState {
        each!(self.0, browser => browser.sandbox())
    }

    /// Whether the browser still answers.
    pub fn is_connected(&self) -> bool {
        each!(self.0, browser => browser.is_connected())
    }

    /// Resolves when the browser has gone: closed, killed or crashed.
    pub fn disconnected(&self) -> BoxFuture<'static, ()> {
        match &self.0 {
            Program::Chromium(browser) => Box::pin(browser.disconnected()),
            Program::Firefox(browser) => Box::pin(browser.disconnected()),
            Program::WebKit(browser) => Box::pin(browser.disconnected()),
        }
    }

    /// The contexts that are open.
    pub fn contexts(&self) -> Vec<Context> {
        match &self.0 {
            Program::Chromium(browser) => {
                browser.contexts().into_iter().map(Context::cdp).collect()
            }
            Program::Firefox(browser) => driven(browser.contexts()),
            Program::WebKit(browser) => driven(browser.contexts()),
        }
    }

    /// Ends the browser: every process of its group, and its profile.
    pub async fn close(&self) {
        each!(self.0, browser => browser.close().await);
    }
}

fn driven(contexts: Vec<DrivenContext>) -> Vec<Context> {
    contexts.into_iter().map(Context::driven).collect()
}

impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser")
            .field("pid", &self.pid())
            .field("version", &self.version())
            .finish_non_exhaustive()
    }
}
