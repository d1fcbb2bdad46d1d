//! Firefox as a browser: a process for each context that is open.
//!
//! Of all windows of a process one has the focus. Contexts that shared a process took it from each other: the pages of
//! one lost their focus, with every event that belongs to that, whenever something happened in another.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::watch;

use crate::Result;
use crate::bidi::process::FirefoxProcess;
use crate::bidi::seat::Seated;
use crate::capability::Capability;
use crate::drive::context::DrivenContext;
use crate::error::BrowserError;
use crate::launch::process::SandboxState;
use crate::options::{ContextOptions, Engine, LaunchOptions};
use crate::progress::Progress;

/// Permissions that pages have here by preference (`prefs.rs`), in the DevTools protocol's words.
const GRANTED: [&str; 2] = ["clipboardReadWrite", "clipboardSanitizedWrite"];

/// A process that nobody needs is kept so long for the next context: another one takes two seconds to start.
const SPARE_LIMIT: Duration = Duration::from_secs(10);

/// Firefox. When the last clone goes, its processes are killed and their profiles removed.
#[derive(Clone)]
pub(crate) struct Firefox {
    inner: Arc<Inner>,
}

struct Inner {
    options: LaunchOptions,
    /// The process that was started first. Its end is that of the browser.
    first: FirefoxProcess,
    others: Mutex<Vec<FirefoxProcess>>,
}

impl Firefox {
    pub(crate) async fn launch(progress: &Progress, options: LaunchOptions) -> Result<Self> {
        let first = FirefoxProcess::launch(progress, options.clone()).await?;
        let inner = Inner {
            options,
            first,
            others: Mutex::default(),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Opens a context in a process that has none; where all of them have one, in another process.
    pub(crate) async fn new_context(
        &self,
        progress: &Progress,
        options: ContextOptions,
    ) -> Result<DrivenContext> {
        refuse_what_cannot_be(&options)?;
        if !self.is_connected() {
            return Err(BrowserError::Disconnected);
        }
        let (process, seat) = match self.inner.vacant() {
            Some(vacant) => vacant,
            None => self.inner.another(progress).await?,
        };
        process.new_context(progress, options, seat).await
    }

    pub(crate) fn version(&self) -> &str {
        self.inner.first.version()
    }

    #[expect(clippy::unused_self, reason = "the other engines have to ask")]
    pub(crate) fn product(&self) -> &'static str {
        "Firefox"
    }

    pub(crate) fn user_agent(&self) -> &str {
        self.inner.first.user_agent()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.inner.first.pid()
    }

    pub(crate) fn profile_dir(&self) -> &Path {
        self.inner.first.profile_dir()
    }

    #[expect(clippy::unused_self, reason = "the other engines have to ask")]
    pub(crate) fn sandbox(&self) -> SandboxState {
        // Firefox sandboxes its content processes as root too.
        SandboxState::On
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.inner.first.is_connected()
    }

    pub(crate) fn disconnected(&self) -> impl Future<Output = ()> + Send + 'static {
        self.inner.first.disconnected()
    }

    pub(crate) fn contexts(&self) -> Vec<DrivenContext> {
        let processes = self.inner.processes();
        let contexts = processes.iter().map(|process| process.contexts());
        contexts.flatten().collect()
    }

    pub(crate) async fn close(&self) {
        let others = std::mem::take(&mut *self.inner.others());
        let processes = others.iter().chain([&self.inner.first]);
        futures_util::future::join_all(processes.map(|process| process.close())).await;
    }
}

impl Inner {
    fn others(&self) -> MutexGuard<'_, Vec<FirefoxProcess>> {
        self.others.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All processes that live.
    fn processes(&self) -> Vec<FirefoxProcess> {
        let mut others = self.others();
        others.retain(|process| process.is_connected());
        [&self.first].into_iter().chain(&*others).cloned().collect()
    }

    /// A process without a context, and its seat.
    fn vacant(&self) -> Option<(FirefoxProcess, Seated)> {
        let processes = self.processes();
        processes.into_iter().find_map(|process| {
            let seat = process.seat.take()?;
            Some((process, seat))
        })
    }

    /// A new process and its seat.
    async fn another(self: &Arc<Self>, progress: &Progress) -> Result<(FirefoxProcess, Seated)> {
        let process = FirefoxProcess::launch(progress, self.options.clone()).await?;
        let seat = process.seat.take().ok_or(BrowserError::Disconnected)?;
        let pid = process.pid();
        tokio::spawn(close_spare(Arc::downgrade(self), process.seat.watch(), pid));
        self.others().push(process.clone());
        Ok((process, seat))
    }

    /// Takes a process out that has no context. With its seat taken nobody opens one in it any more.
    fn take_out(&self, pid: u32) -> Option<(FirefoxProcess, Seated)> {
        let mut others = self.others();
        let at = others.iter().position(|process| process.pid() == pid)?;
        let seat = others.get(at)?.seat.take()?;
        Some((others.swap_remove(at), seat))
    }
}

fn refuse_what_cannot_be(options: &ContextOptions) -> Result<()> {
    let unsupported = |capability: Capability| {
        Err(BrowserError::Unsupported {
            engine: Engine::Firefox,
            capability,
        })
    };
    if let Some(viewport) = options.viewport {
        viewport.check(Engine::Firefox)?;
    }
    if options
        .permissions
        .iter()
        .any(|name| !GRANTED.contains(&name.as_str()))
    {
        return unsupported(Capability::Permissions);
    }
    if options.offline.is_some() {
        return unsupported(Capability::OfflinePages);
    }
    if options.stage_script.is_some() {
        return unsupported(Capability::FramesOnCommand);
    }
    if options.color_scheme.is_some() {
        return unsupported(Capability::ColorScheme);
    }
    if options.transparent {
        return unsupported(Capability::TransparentPages);
    }
    Ok(())
}

/// Closes a process that was started for one context as soon as nobody took it for another one for a while.
async fn close_spare(browser: Weak<Inner>, mut taken: watch::Receiver<bool>, pid: u32) {
    // The sender goes with the process.
    while taken.wait_for(|taken| !taken).await.is_ok() {
        let again = taken.wait_for(|taken| *taken);
        match tokio::time::timeout(SPARE_LIMIT, again).await {
            Ok(Ok(_)) => continue,
            Ok(Err(_)) => return,
            Err(_) => {}
        }
        let Some((spare, _seat)) = browser.upgrade().and_then(|browser| browser.take_out(pid))
        else {
            // Somebody has taken it after all, or all of it has been closed.
            continue;
        };
        tracing::debug!(pid, "nobody needs this Firefox any more");
        return spare.close().await;
    }
}
