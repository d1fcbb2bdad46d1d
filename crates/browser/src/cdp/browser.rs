//! A running browser.

use std::path::Path;
use std::sync::Arc;

use crate::Result;
use crate::cdp::context::Context;
use crate::launch::process::SandboxState;
use crate::options::{ContextOptions, LaunchOptions};
use crate::progress::Progress;

/// A running browser. Cheap to clone; when the last clone goes, the browser is killed and its profile removed.
#[derive(Clone)]
pub struct Browser {
    inner: Arc<()>,
}

impl Browser {
    /// Starts a browser and waits until it answers.
    pub async fn launch(progress: &Progress, options: LaunchOptions) -> Result<Self> {
        unimplemented!()
    }

    /// Opens an isolated context: own cookies, cache, storage, proxy and downloads.
    pub async fn new_context(
        &self,
        progress: &Progress,
        options: ContextOptions,
    ) -> Result<Context> {
        unimplemented!()
    }

    /// "156.0.8078.79".
    pub fn version(&self) -> &str {
        unimplemented!()
    }

    /// "HeadlessChrome".
    pub fn product(&self) -> &str {
        unimplemented!()
    }

    /// The browser's own `User-Agent`.
    pub fn user_agent(&self) -> &str {
        unimplemented!()
    }

    /// The process id of the browser, which is also the id of its process group.
    pub fn pid(&self) -> u32 {
        unimplemented!()
    }

    /// The folder with its profile, removed when it ends.
    pub fn profile_dir(&self) -> &Path {
        unimplemented!()
    }

    /// Whether the browser's sandbox is on.
    pub fn sandbox(&self) -> SandboxState {
        unimplemented!()
    }

    /// Whether the browser still answers.
    pub fn is_connected(&self) -> bool {
        unimplemented!()
    }

    /// Resolves when the browser has gone: closed, killed or crashed.
    pub fn disconnected(&self) -> impl Future<Output = ()> + Send + 'static {
        async { unimplemented!() }
    }

    /// The contexts that are open.
    pub fn contexts(&self) -> Vec<Context> {
        unimplemented!()
    }

    /// Ends the browser: every process of its group, and its profile.
    pub async fn close(&self) {
        unimplemented!()
    }
}
