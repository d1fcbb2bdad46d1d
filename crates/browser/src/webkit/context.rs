//! A context of WebKit: one browser process, its pages, and what it tells of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;
use tracing::{debug, warn};

use crate::Result;
use crate::capability::Capability;
use crate::drive::context::ContextCore;
use crate::drive::core::Core;
use crate::drive::driver::{Answer, ContextDriver, now, unsupported};
use crate::drive::page::DrivenPage;
use crate::error::BrowserError;
use crate::ids::PageId;
use crate::options::{Cookie, Engine};
use crate::webkit::bootstrap::Bootstrap;
use crate::webkit::connection::{Address, BrowserSink, Connection, Sink, parse};
use crate::webkit::cookies;
use crate::webkit::page::WebKitPage;
use crate::webkit::page_events::with;
use crate::webkit::processes;
use crate::webkit::scripts::Branch;
use crate::webkit::variant::Target;
use crate::webkit::window;
use crate::webkit::wire::Wire;

/// A context of WebKit.
pub(crate) struct WebKitContext {
    pub(crate) connection: Connection,
    bootstrap: Arc<Bootstrap>,
    core: OnceLock<Weak<ContextCore>>,
    state: Mutex<State>,
    /// The pages that the browser has, ours or not.
    listed: watch::Sender<BTreeSet<u64>>,
    /// Held while a page is being opened: what appears meanwhile is that page.
    opening: tokio::sync::Mutex<()>,
    /// A window that nobody sees, left when the last page closed: the browser ends with its last window.
    spare: Mutex<Option<Arc<Wire>>>,
    end: Box<dyn Fn() + Send + Sync>,
    /// The screen that its windows are on.
    display: String,
    /// The browser's process id.
    pid: u32,
    /// What the browser calls itself, and its version.
    product: Mutex<(String, String)>,
    /// The context was closed; that the browser went with it is no news.
    closed: AtomicBool,
}

/// When the processes are looked at after one of them has lost its connection.
const PROCESS_ENDS: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_millis(20),
    Duration::from_millis(200),
    Duration::from_secs(1),
];

#[derive(Default)]
struct State {
    pages: HashMap<u64, Arc<Wire>>,
    /// Whether the browser has told of itself.
    paired: bool,
    /// Whether pages are to be listened to.
    inspecting: bool,
    crashed: bool,
}

#[derive(Deserialize)]
struct Created {
    handle: String,
}

#[derive(Deserialize)]
struct Windows {
    contexts: Vec<Created>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChooserDismissed {
    browsing_context_handle: String,
    #[serde(default)]
    selection_cancelled: bool,
}

impl WebKitContext {
    /// The context of a browser that has just been connected to, by its process id and its screen; `end` ends it.
    pub(crate) fn new(
        connection: Connection,
        bootstrap: Bootstrap,
        (pid, display): (u32, String),
        end: Box<dyn Fn() + Send + Sync>,
    ) -> Arc<Self> {
        Arc::new(Self {
            connection,
            bootstrap: Arc::new(bootstrap),
            core: OnceLock::new(),
            state: Mutex::default(),
            listed: watch::Sender::new(BTreeSet::new()),
            opening: tokio::sync::Mutex::new(()),
            spare: Mutex::default(),
            end,
            display,
            pid,
            product: Mutex::default(),
            closed: AtomicBool::new(false),
        })
    }

    /// Asks for the Automation domain and waits until it is there.
    pub(crate) async fn pair(self: &Arc<Self>) -> Result<()> {
        self.connection
            .start_automation(Arc::clone(self) as Arc<dyn BrowserSink>);
        let mut listed = self.listed.subscribe();
        let mut closed = self.connection.closed();
        let paired = async {
            while !self.lock().paired {
                // The sender lives in `self`.
                let _ = listed.changed().await;
            }
        };
        tokio::select! {
            () = paired => Ok(()),
            _ = closed.wait_for(|closed| *closed) => Err(BrowserError::Disconnected),
        }
    }

    /// Opens the window that the first page will have, and asks it for a text.
    pub(crate) async fn warm_up(self: &Arc<Self>, expression: &str) -> Result<String> {
        let wire = self.create().await?;
        let params = json!({
            "browsingContextHandle": wire.handle(),
            "frameHandle": "",
            "function": format!("function() {{ return {expression} }}"),
            "arguments": [],
        });
        let method = "Automation.evaluateJavaScriptFunction";
        let told = wire.automate::<Value>(method, &params).await?;
        self.spare
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(wire);
        let text = told.get("result").and_then(Value::as_str);
        parse(method, text.unwrap_or_default().as_bytes())
    }

    /// What the browser calls itself, and its version.
    pub(crate) fn product(&self) -> (String, String) {
        self.product
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Who is told; once.
    pub(crate) fn set_core(&self, core: &Arc<ContextCore>) {
        // The first one stays; there is never a second.
        let _ = self.core.set(Arc::downgrade(core));
    }

    pub(crate) fn core(&self) -> Option<Arc<ContextCore>> {
        self.core.get()?.upgrade()
    }

    /// Whether the browser still answers, or would if this context had not been closed.
    pub(crate) fn is_connected(&self) -> bool {
        !self.connection.is_closed() || self.closed.load(Ordering::Acquire)
    }

    /// The screen that its windows are on.
    pub(crate) fn display(&self) -> &str {
        &self.display
    }

    /// Device pixels per CSS pixel, which the browser was started with.
    pub(crate) fn scale(&self) -> f64 {
        self.core()
            .and_then(|core| core.options.viewport)
            .map_or(1.0, |viewport| viewport.device_scale_factor)
    }

    /// Opens a window and waits until it can be driven.
    async fn open(self: &Arc<Self>) -> Result<Arc<Core>> {
        let opening = self.opening.lock().await;
        let wire = match self.take_spare() {
            Some(wire) => wire,
            None => self.create().await?,
        };
        let core = self.adopt(&wire, None).await?;
        drop(opening);
        let viewport = core.context.options.viewport.unwrap_or_default();
        window::resize(Arc::clone(&wire), viewport, self.scale()).await?;
        core.context.page_ready(&core);
        Ok(core)
    }

    fn take_spare(&self) -> Option<Arc<Wire>> {
        self.spare
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// Opens a window. The browser's first one exists from the start, without a process, and is used first.
    async fn create(self: &Arc<Self>) -> Result<Arc<Wire>> {
        let created: Created = self
            .connection
            .send(
                &Address::Automation,
                None,
                "Automation.createBrowsingContext",
                &json!({"presentationHint": "Window"}),
            )
            .await?;
        if !std::mem::replace(&mut self.lock().inspecting, true) {
            self.connection.start_inspector();
        }
        let number = self.unclaimed().await?;
        let wire = self.claim(number);
        // Nothing else sets it.
        let _ = wire.handle.set(created.handle.into());
        // The window's first document is still on its way; who navigates before it came meets it.
        let params = json!({"browsingContextHandle": wire.handle(), "pageLoadStrategy": "Normal"});
        let method = "Automation.waitForNavigationToComplete";
        wire.automate::<Value>(method, &params).await?;
        Ok(wire)
    }

    /// Waits for a page that the browser lists and nobody has.
    async fn unclaimed(&self) -> Result<u64> {
        let mut listed = self.listed.subscribe();
        loop {
            let found = {
                let listed = listed.borrow_and_update();
                let state = self.lock();
                let mut unknown = listed
                    .iter()
                    .filter(|number| !state.pages.contains_key(number));
                unknown.next().copied()
            };
            if let Some(number) = found {
                return Ok(number);
            }
            if self.connection.is_closed() || listed.changed().await.is_err() {
                return Err(BrowserError::Disconnected);
            }
        }
    }

    fn claim(&self, number: u64) -> Arc<Wire> {
        let wire = Arc::new(Wire::new(
            self.connection.clone(),
            Arc::clone(&self.bootstrap),
            number,
        ));
        self.lock().pages.insert(number, Arc::clone(&wire));
        wire
    }

    /// Listens to a page and puts everything in place; answered when scripts can be run in it.
    async fn adopt(
        self: &Arc<Self>,
        wire: &Arc<Wire>,
        opener: Option<PageId>,
    ) -> Result<Arc<Core>> {
        let context = self.core().ok_or(BrowserError::PageClosed)?;
        let core = Arc::new(Core::new(
            wire.id.clone(),
            opener,
            context,
            Box::new(WebKitPage::new(Arc::clone(wire), Arc::clone(self))),
            "about:blank",
        ));
        wire.set_core(&core);
        if core.context.options.network_events {
            wire.network.store(true, Ordering::Relaxed);
        }
        let mut target = wire.target.subscribe();
        if target.borrow().is_none() {
            self.connection
                .attach(wire.number, Arc::clone(wire) as Arc<dyn Sink>);
        }
        let mut closed = self.connection.closed();
        tokio::select! {
            // The sender lives in `wire`.
            _ = target.wait_for(Option::is_some) => {}
            _ = closed.wait_for(|closed| *closed) => return Err(BrowserError::Disconnected),
        }
        // What happens from now on is told; what was before is in the tree.
        wire.post("Page.enable", &json!({}));
        let tree = wire.tree().await?;
        wire.lock()
            .main
            .get_or_insert_with(|| tree.frame_tree.frame.id.clone());
        told(wire, &core, &tree.frame_tree);
        wire.lock().attaching = true;
        let prepared = wire.prepare().await;
        wire.lock().attaching = false;
        prepared?;
        // A document that no script has run in yet has no context either, and is not announced.
        let script = json!({"expression": wire.bootstrap.source()});
        wire.send::<Value>("Runtime.evaluate", &script).await?;
        Ok(core)
    }

    /// A page that nobody here opened.
    async fn popup(self: Arc<Self>, number: u64) {
        let opening = self.opening.lock().await;
        if self.lock().pages.contains_key(&number) || !self.listed.borrow().contains(&number) {
            return;
        }
        let opener = self.only_page();
        let wire = self.claim(number);
        let adopted = async {
            let handle = self.unknown_handle().await?;
            // Nothing else sets it.
            let _ = wire.handle.set(handle.into());
            self.adopt(&wire, opener).await
        };
        match adopted.await {
            Ok(core) => core.context.page_ready(&core),
            // It has closed again meanwhile.
            Err(BrowserError::PageClosed | BrowserError::Disconnected) => {}
            Err(error) => warn!(%error, "a page that another one opened cannot be driven"),
        }
        drop(opening);
    }

    /// The browser does not tell who opened a page; where there is only one page, it is that.
    fn only_page(&self) -> Option<PageId> {
        let core = self.core()?;
        let pages = core.pages();
        match pages.as_slice() {
            [one] => Some(one.id.clone()),
            _ => None,
        }
    }

    /// The Automation domain's name of the window that is not known yet.
    async fn unknown_handle(&self) -> Result<String> {
        let method = "Automation.getBrowsingContexts";
        let windows: Windows = self
            .connection
            .send(&Address::Automation, None, method, &json!({}))
            .await?;
        let known: Vec<_> = self.lock().pages.values().cloned().collect();
        windows
            .contexts
            .into_iter()
            .map(|window| window.handle)
            .find(|handle| known.iter().all(|wire| wire.handle() != handle))
            .ok_or(BrowserError::PageClosed)
    }

    /// Closes a page's window; the last one is followed by another that nobody sees.
    pub(crate) async fn close_page(self: &Arc<Self>, wire: &Wire) -> Result<()> {
        let opening = self.opening.lock().await;
        let is_last = self.lock().pages.len() == 1;
        if is_last {
            let spare = self.create().await?;
            self.spare
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .replace(spare);
        }
        let params = json!({"handle": wire.handle()});
        let closed: Result<Value> = self
            .connection
            .send(
                &Address::Automation,
                None,
                "Automation.closeBrowsingContext",
                &params,
            )
            .await;
        drop(opening);
        closed.map(drop)
    }

    /// The page that the Automation domain calls so.
    fn by_handle(&self, handle: &str) -> Option<Arc<Wire>> {
        let state = self.lock();
        state
            .pages
            .values()
            .find(|wire| wire.handle() == handle)
            .cloned()
    }

    /// The browser has gone.
    pub(crate) fn gone(&self) {
        let pages = std::mem::take(&mut self.lock().pages);
        for wire in pages.into_values() {
            if let Some(core) = wire.core() {
                core.closed();
            }
        }
        self.listed.send_modify(BTreeSet::clear);
        if let Some(core) = self.core() {
            core.gone();
        }
    }

    /// The Automation domain went, as it does when a page's process crashes: nothing can be done any more.
    fn crashed(&self) {
        let pages: Vec<_> = {
            let mut state = self.lock();
            if std::mem::replace(&mut state.crashed, true) {
                return;
            }
            state.pages.values().cloned().collect()
        };
        self.connection
            .automation_gone(&BrowserError::TargetCrashed);
        for core in pages.iter().filter_map(|wire| wire.core()) {
            core.crashed();
        }
    }

    /// A process of a page came or went. While input is on its way the Automation domain stays although its page has
    /// crashed, answers as if all were well, and nothing else tells.
    async fn look_after_pages(self: Arc<Self>) {
        // The connection goes a moment before its process, and nothing tells of that.
        for pause in PROCESS_ENDS {
            tokio::time::sleep(pause).await;
            if self.closed.load(Ordering::Acquire) {
                return;
            }
            let has_pages = self.lock().pages.values().any(|wire| wire.core().is_some());
            if has_pages && !processes::any_draws(self.pid) {
                return self.crashed();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the middle of the frames that are there already. A frame whose next document has been told since the tree was
/// drawn shows that one, and what was inside of it is gone.
fn told(wire: &Wire, core: &Arc<Core>, branch: &Branch) {
    let frame = wire.frame_id(&branch.frame.id);
    let has_gone_on = core.read_frame(&frame, |data| data.documents > 0);
    if has_gone_on == Some(true) {
        return;
    }
    wire.navigated(core, &branch.frame);
    for child in &branch.child_frames {
        told(wire, core, child);
    }
}

impl BrowserSink for WebKitContext {
    fn started(self: Arc<Self>, product: String, version: String) {
        *self.product.lock().unwrap_or_else(PoisonError::into_inner) = (product, version);
    }

    fn targets(self: Arc<Self>, connection: u64, targets: &[Target]) {
        let automation = targets.iter().find(|target| target.kind == "Automation");
        let pages = || targets.iter().filter(|target| target.kind == "WebPage");
        let (is_ours, was_paired) = {
            let mut state = self.lock();
            let was_paired = state.paired;
            state.paired |= automation.is_some();
            // The processes of pages have lists of their own, which are empty.
            let is_ours = automation.is_some() || pages().next().is_some();
            (is_ours, was_paired)
        };
        if let Some(automation) = automation.filter(|_| !was_paired) {
            self.connection.pair_automation(connection, automation.id);
        }
        if !is_ours {
            tokio::spawn(self.look_after_pages());
            return;
        }
        if automation.is_none() && was_paired {
            self.crashed();
        }
        let new: BTreeSet<u64> = pages().map(|target| target.id).collect();
        let (gone, unknown): (Vec<_>, Vec<_>) = {
            let mut state = self.lock();
            let gone = state
                .pages
                .extract_if(|number, _| !new.contains(number))
                .map(|(_, wire)| wire)
                .collect();
            let unknown = new
                .iter()
                .filter(|number| state.inspecting && !state.pages.contains_key(number))
                .copied()
                .collect();
            (gone, unknown)
        };
        for wire in gone {
            self.connection
                .detach(wire.number, &BrowserError::PageClosed);
            if let Some(core) = wire.core() {
                core.closed();
            }
        }
        for target in pages() {
            let core = self
                .lock()
                .pages
                .get(&target.id)
                .and_then(|wire| wire.core());
            if let Some(core) = core.filter(|_| !target.title.is_empty()) {
                core.title_changed(&target.title);
            }
        }
        self.listed.send_if_modified(|listed| {
            let changed = *listed != new || !was_paired;
            *listed = new;
            changed
        });
        for number in unknown {
            let coming = self.core().map(|core| core.page_coming());
            let popup = Arc::clone(&self).popup(number);
            tokio::spawn(async move {
                popup.await;
                drop(coming);
            });
        }
    }

    fn automation(self: Arc<Self>, method: &str, params: &Bytes) {
        if method == "Automation.fileChooserDismissed" {
            with(params, |event: ChooserDismissed| {
                if let Some(wire) = self.by_handle(&event.browsing_context_handle) {
                    wire.chooser_dismissed(event.selection_cancelled);
                }
            });
        } else {
            debug!(method, "an event that nobody needs");
        }
    }
}

/// How the middle drives a context.
pub(crate) struct Driver(pub(crate) Arc<WebKitContext>);

impl ContextDriver for Driver {
    fn new_page(&self) -> Answer<DrivenPage> {
        let context = Arc::clone(&self.0);
        Box::pin(async move { context.open().await.map(DrivenPage::new) })
    }

    fn cookies(&self) -> Answer<Vec<Cookie>> {
        let wires: Vec<_> = self.0.lock().pages.values().cloned().collect();
        cookies::read(wires)
    }

    fn set_cookies(&self, cookies: &[Cookie]) -> Answer<()> {
        let wire = self.0.lock().pages.values().next().cloned();
        match wire {
            Some(wire) => cookies::add(wire, cookies),
            None => unsupported(Engine::WebKit, Capability::AllCookies),
        }
    }

    fn cancel_download(&self, _guid: &str) -> Answer<()> {
        unsupported(Engine::WebKit, Capability::CancelDownload)
    }

    fn close(&self) -> Answer<()> {
        let context = Arc::clone(&self.0);
        if self.0.connection.is_closed() {
            return now(Ok(()));
        }
        context.closed.store(true, Ordering::Release);
        (context.end)();
        let mut closed = context.connection.closed();
        Box::pin(async move {
            // The sender lives in the connection.
            let _ = closed.wait_for(|closed| *closed).await;
            Ok(())
        })
    }
}
