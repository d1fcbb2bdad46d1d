//! What pages find when they have no network.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::sync::watch;

/// The whole web of a context: files in memory by their addresses. Every other request is refused, and nothing of it
/// leaves the browser.
#[derive(Debug, Clone, Default)]
pub struct OfflineSite {
    files: HashMap<String, OfflineFile>,
    late: Option<LateFiles>,
    script: Option<String>,
    start: Option<String>,
}

/// What is found at one address.
#[derive(Debug, Clone)]
pub struct OfflineFile {
    headers: Vec<(String, String)>,
    /// As it goes over the wire, so that it is encoded once.
    base64: Arc<str>,
    compiled: Option<Compiled>,
}

/// What the browser has made of a script: the first page that loads it leaves it here, and the pages after it are spared
/// compiling. It is of one browser and holds nothing of a page. Clones are handles on the same.
#[derive(Clone, Default)]
pub struct Compiled(Arc<OnceLock<String>>);

/// Files of a site that come when its pages are open already. Requests for addresses that the site does not have wait until
/// then, and are refused when the address is not among them either. Clones are handles on the same files.
#[derive(Clone, Default)]
pub struct LateFiles(Arc<Late>);

#[derive(Default)]
struct Late {
    state: Mutex<State>,
    /// Changes with every request that waits.
    asked: watch::Sender<()>,
}

#[derive(Default)]
struct State {
    arrived: Option<HashMap<String, OfflineFile>>,
    waiting: Vec<(String, Answer)>,
}

/// Answers a request: with a file, or with a refusal.
type Answer = Box<dyn FnOnce(Option<&OfflineFile>) + Send>;

impl OfflineSite {
    /// Puts a file at an address; addresses are compared as they are, without what is behind `#`.
    #[must_use]
    pub fn with_file(mut self, url: impl Into<String>, file: OfflineFile) -> Self {
        self.files.insert(url.into(), file);
        self
    }

    /// What is found nowhere else is looked for among these.
    #[must_use]
    pub fn with_late_files(mut self, files: &LateFiles) -> Self {
        self.late = Some(files.clone());
        self
    }

    /// Runs `script` in the own world of every document before its first script, in frames as well.
    #[must_use]
    pub fn with_script(mut self, script: impl Into<String>) -> Self {
        self.script = Some(script.into());
        self
    }

    /// New pages open this address in place of an empty document, which takes less than to go there from one.
    #[must_use]
    pub fn with_start(mut self, url: impl Into<String>) -> Self {
        self.start = Some(url.into());
        self
    }

    /// Answers a request for an address, at once or when what it asks for is there.
    pub(crate) fn answer(
        &self,
        url: &str,
        answer: impl FnOnce(Option<&OfflineFile>) + Send + 'static,
    ) {
        let address = url.split('#').next().unwrap_or(url);
        match (self.files.get(address), &self.late) {
            (None, Some(late)) => late.answer(address, Box::new(answer)),
            (file, _) => answer(file),
        }
    }

    pub(crate) fn script(&self) -> Option<&str> {
        self.script.as_deref()
    }

    pub(crate) fn start(&self) -> Option<&str> {
        self.start.as_deref()
    }

    /// The browser has compiled what is at this address.
    pub(crate) fn keep_compiled(&self, url: &str, code: String) {
        let file = self.files.get(url);
        if let Some(Compiled(kept)) = file.and_then(|file| file.compiled.as_ref()) {
            // Several pages may have begun before the first one was done: they made the same.
            let _ = kept.set(code);
        }
    }
}

impl OfflineFile {
    /// A file of this type: "text/html; charset=utf-8".
    #[must_use]
    pub fn new(content_type: &str, body: &[u8]) -> Self {
        Self {
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            base64: STANDARD.encode(body).into(),
            compiled: None,
        }
    }

    /// Shares what the browser makes of this script with every page that loads it.
    #[must_use]
    pub fn compiled_in(mut self, compiled: &Compiled) -> Self {
        self.compiled = Some(compiled.clone());
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    pub(crate) fn base64(&self) -> &str {
        &self.base64
    }

    pub(crate) fn compiled(&self) -> Option<&Compiled> {
        self.compiled.as_ref()
    }
}

impl Compiled {
    /// Whether a page has left it.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.0.get().is_some()
    }

    pub(crate) fn get(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

impl fmt::Debug for Compiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Compiled").field(&self.is_there()).finish()
    }
}

impl LateFiles {
    /// The files are there: everything that waits for one of them is answered, and everything else refused.
    pub fn arrive(&self, files: impl IntoIterator<Item = (String, OfflineFile)>) {
        let mut state = self.lock();
        let waiting = std::mem::take(&mut state.waiting);
        let files = state.arrived.insert(files.into_iter().collect());
        let answers: Vec<_> = waiting
            .into_iter()
            .map(|(address, answer)| (files.get(&address).cloned(), answer))
            .collect();
        drop(state);
        for (file, answer) in answers {
            answer(file.as_ref());
        }
    }

    /// Resolves once a page waits for this address.
    pub async fn awaited(&self, url: &str) {
        let mut asked = self.0.asked.subscribe();
        while !self
            .lock()
            .waiting
            .iter()
            .any(|(address, _)| address == url)
        {
            // The sender lives in `self`.
            let _ = asked.changed().await;
        }
    }

    fn answer(&self, address: &str, answer: Answer) {
        let mut state = self.lock();
        let Some(files) = &state.arrived else {
            state.waiting.push((address.to_owned(), answer));
            drop(state);
            self.0.asked.send_replace(());
            return;
        };
        let file = files.get(address).cloned();
        drop(state);
        answer(file.as_ref());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for LateFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LateFiles").finish_non_exhaustive()
    }
}
