//! Who decides which page is filmed: the one in front. A page that another one opens comes to the front; when the page in
//! front closes, the one that opened it is there again, or the one that was there before.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use browser::{
    BrowserError, CastFrame, Context, ContextEvent, LoadState, Page, PageId, Progress,
    ScreencastOptions, Viewport, World,
};
use futures_util::future::BoxFuture;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::film::bar::{Bar, Words};
use crate::film::camera::{Counts, Roll, Shot, roll};
use crate::film::error::FilmError;
use crate::film::notes::{Happening, Notes, Start};
use crate::film::spool::Reel;

/// A page that was just opened is empty until its first document comes. It is seen empty only when that takes longer.
const ARRIVAL: Duration = Duration::from_millis(500);

/// How long the browser may take for each thing that is asked of it before another page is seen.
const TURN_LIMIT: Duration = Duration::from_secs(15);

/// A page in front draws within this time, or does not because nothing in it can be.
const REDRAW: Duration = Duration::from_millis(500);

/// Two frames on.
const DRAWN: &str =
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";

/// Orders that wait.
const ORDERS: usize = 16;

const DOING: &str = "filming another page";

/// Films the page in front.
pub(crate) struct Director {
    start: Start,
    stop: CancellationToken,
    running: AbortOnDropHandle<Result<Counts, FilmError>>,
    front: Front,
}

/// The page in front, for whoever performs on it. Cheap to clone.
#[derive(Clone)]
pub(crate) enum Front {
    /// It is always this one.
    Only(Page),
    /// It may be another one.
    Directed {
        shown: watch::Receiver<Page>,
        orders: mpsc::Sender<Order>,
    },
}

/// What is asked of the director; answered when the page in front is the right one.
pub(crate) struct Order {
    /// Which one; whichever it is by itself when none is named.
    page: Option<Page>,
    done: oneshot::Sender<()>,
}

/// What the pages are filmed with.
pub(crate) struct Set {
    pub(crate) context: Context,
    pub(crate) options: ScreencastOptions,
    /// What is made of pages for the film; without it they stay as they are, and whoever uses them notices nothing.
    pub(crate) dressing: Option<Dressing>,
}

/// How pages are made for a film.
pub(crate) struct Dressing {
    /// The size that they are laid out in.
    pub(crate) viewport: Viewport,
    pub(crate) bar: Arc<Bar>,
}

struct Task {
    set: Arc<Set>,
    events: Receiver<ContextEvent>,
    orders: mpsc::Receiver<Order>,
    notes: Notes,
    roll: Roll,
    /// What is filmed; nothing when the page has gone.
    shot: Option<Shot>,
    turn: Option<Turn>,
    /// Whoever waits for the turn's end.
    waiting: Vec<oneshot::Sender<()>>,
    shown: watch::Sender<Page>,
    /// Pages that were in front, the latest last.
    before: Vec<Page>,
    /// Pages that were noticed.
    known: HashSet<PageId>,
    /// Of the shots that have ended.
    counts: Counts,
    stop: CancellationToken,
}

/// Another page is about to be seen.
struct Turn {
    page: Page,
    under_way: BoxFuture<'static, Result<Turned, FilmError>>,
}

/// Another page has a picture.
struct Turned {
    shot: Shot,
    first: CastFrame,
    bar: Option<Words>,
}

impl Director {
    /// Starts with a page; the film begins with the first picture that has come. `folder` is where pictures wait, `lag` how
    /// late they are.
    pub(crate) async fn start(
        progress: &Progress,
        page: &Page,
        notes: Notes,
        folder: &Path,
        set: Set,
        lag: Duration,
    ) -> Result<(Self, Reel), FilmError> {
        // Subscribed before looking, or a page could pass unseen.
        let events = set.context.events();
        let known = HashSet::from([page.id()]);
        let options = set.options;
        let (shot, roll, reel) = roll(progress, page, notes.clone(), folder, options, lag).await?;
        let start = roll.started();
        let stop = CancellationToken::new();
        let (orders, ordered) = mpsc::channel(ORDERS);
        let (shown, seen) = watch::channel(page.clone());
        let task = Task {
            set: Arc::new(set),
            events,
            orders: ordered,
            notes,
            roll,
            shot: Some(shot),
            turn: None,
            waiting: Vec::new(),
            shown,
            before: Vec::new(),
            known,
            counts: Counts::default(),
            stop: stop.clone(),
        };
        // The task must not begin before the caller has the start.
        let (ready, go) = oneshot::channel();
        let running = AbortOnDropHandle::new(tokio::spawn(async move {
            let _ = go.await;
            task.run().await
        }));
        let _ = ready.send(());
        let front = Front::Directed {
            shown: seen,
            orders,
        };
        let director = Self {
            start,
            stop,
            running,
            front,
        };
        Ok((director, reel))
    }

    pub(crate) fn started(&self) -> Start {
        self.start
    }

    pub(crate) fn front(&self) -> Front {
        self.front.clone()
    }

    /// Resolves when it has ended by itself, and says why.
    pub(crate) async fn broken(&mut self) -> FilmError {
        match (&mut self.running).await {
            Ok(Err(error)) => error,
            Ok(Ok(_)) => FilmError::browser(DOING, BrowserError::Disconnected),
            Err(error) => FilmError::Performance(Box::new(error)),
        }
    }

    /// Stops, and says what it got.
    pub(crate) async fn stop(self) -> Result<Counts, FilmError> {
        self.stop.cancel();
        match self.running.await {
            Ok(counts) => counts,
            Err(error) => Err(FilmError::Performance(Box::new(error))),
        }
    }
}

impl Front {
    /// The page that is seen.
    pub(crate) fn page(&self) -> Page {
        match self {
            Self::Only(page) => page.clone(),
            Self::Directed { shown, .. } => shown.borrow().clone(),
        }
    }

    /// Waits until another page than this one is seen.
    pub(crate) async fn changed(&self, page: &Page) {
        if let Self::Directed { shown, .. } = self {
            let id = page.id();
            let mut shown = shown.clone();
            if shown.wait_for(|shown| shown.id() != id).await.is_ok() {
                return;
            }
        }
        std::future::pending().await
    }

    /// Waits until the page is seen that is in front by all that has happened. A dialog holds nobody up: its page is seen
    /// when it is answered.
    pub(crate) async fn settle(&self, progress: &Progress) -> Result<(), FilmError> {
        self.ask(progress, None).await
    }

    /// As [`Front::turn_to`], and waits for nothing.
    pub(crate) fn hint(&self, page: &Page) {
        if let Self::Directed { orders, .. } = self {
            let page = Some(page.clone());
            let (done, _) = oneshot::channel();
            // With so many orders before this one there will be a later one.
            let _ = orders.try_send(Order { page, done });
        }
    }

    /// Brings a page to the front and waits until it is seen; as [`Front::settle`].
    pub(crate) async fn turn_to(&self, progress: &Progress, page: &Page) -> Result<(), FilmError> {
        self.ask(progress, Some(page.clone())).await
    }

    async fn ask(&self, progress: &Progress, page: Option<Page>) -> Result<(), FilmError> {
        let Self::Directed { orders, .. } = self else {
            return Ok(());
        };
        let (done, answer) = oneshot::channel();
        let asked = async {
            // A director who has stopped says himself why.
            if orders.send(Order { page, done }).await.is_ok() {
                let _ = answer.await;
            }
        };
        progress
            .race(DOING, asked)
            .await
            .map_err(|why| FilmError::browser(DOING, why.into()))
    }
}

impl Task {
    async fn run(mut self) -> Result<Counts, FilmError> {
        self.look_for_pages();
        loop {
            let coming = self.turn.as_ref().map(|turn| turn.page.clone());
            tokio::select! {
                biased;
                () = self.stop.cancelled() => break,
                event = self.events.recv() => self.on_context(event),
                turned = under_way(&mut self.turn) => self.turned(turned)?,
                Some(order) = self.orders.recv() => self.on_order(order),
                () = held_up(coming), if !self.waiting.is_empty() => self.waiting.clear(),
                picture = next(&mut self.shot) => match picture {
                    Some(picture) => self.roll.keep(&picture)?,
                    None => self.end_shot(),
                },
            }
        }
        let last = match self.shot.take() {
            Some(shot) => shot.end().await,
            None => Counts::default(),
        };
        Ok(self.counts.and(last))
    }

    fn on_context(&mut self, event: Result<ContextEvent, RecvError>) {
        match event {
            Ok(ContextEvent::PageOpened { page, .. }) => self.on_opened(page),
            Ok(ContextEvent::PageClosed { page }) => self.on_closed(&page),
            Ok(_) => {}
            // The context knows which pages there are.
            Err(RecvError::Lagged(_)) => self.look_for_pages(),
            // The context has gone, and its pages with it.
            Err(RecvError::Closed) => self.stop.cancel(),
        }
    }

    fn look_for_pages(&mut self) {
        for page in self.set.context.pages() {
            self.on_opened(page);
        }
        let wanted = self.wanted();
        if wanted.is_closed() {
            self.fall_back(&wanted);
        }
    }

    fn on_opened(&mut self, page: Page) {
        if self.known.insert(page.id()) {
            self.turn(page);
        }
    }

    fn on_closed(&mut self, id: &PageId) {
        let wanted = self.wanted();
        if wanted.id() == *id {
            self.fall_back(&wanted);
        }
    }

    /// Another page is in front in place of this one, which has gone.
    fn fall_back(&mut self, gone: &Page) {
        self.turn = None;
        match self.next_to(gone) {
            Some(page) => self.turn(page),
            None => self.waiting.clear(),
        }
    }

    /// The page that is in front when this one has gone: the one that is seen still, the one that opened it, or the one
    /// that was there before.
    fn next_to(&self, gone: &Page) -> Option<Page> {
        let open = self.set.context.pages();
        let open = || {
            open.iter()
                .filter(|page| page.id() != gone.id() && !page.is_crashed())
        };
        let is_open = |page: &&Page| open().any(|one| one.id() == page.id());
        let shown = self.shown.borrow().clone();
        let opener = || open().find(|page| Some(page.id()) == gone.opener());
        let before = || self.before.iter().rev().find(is_open);
        let found = Some(&shown).filter(is_open).or_else(opener).or_else(before);
        found.or_else(|| open().next_back()).cloned()
    }

    fn on_order(&mut self, order: Order) {
        if let Some(page) = order.page
            && !page.is_closed()
            && page.id() != self.wanted().id()
        {
            self.turn(page);
        }
        // Dropped when nothing is under way, which answers it.
        if self.turn.is_some() {
            self.waiting.push(order.done);
        }
    }

    /// The page that is seen as soon as it has a picture.
    fn wanted(&self) -> Page {
        match &self.turn {
            Some(turn) => turn.page.clone(),
            None => self.shown.borrow().clone(),
        }
    }

    fn turn(&mut self, page: Page) {
        let under_way = Box::pin(look_at(Arc::clone(&self.set), page.clone()));
        self.turn = Some(Turn { page, under_way });
    }

    fn turned(&mut self, turned: Result<Turned, FilmError>) -> Result<(), FilmError> {
        let Some(Turn { page, .. }) = self.turn.take() else {
            return Ok(());
        };
        let turned = match turned {
            Ok(turned) => turned,
            Err(_) if page.is_closed() || page.is_crashed() => {
                self.fall_back(&page);
                return Ok(());
            }
            // The film of somebody else's pages goes on with the one that it has.
            Err(error) if self.set.dressing.is_none() => {
                tracing::debug!(%error, "a page is not filmed");
                self.waiting.clear();
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        self.end_shot();
        let at = self.roll.cut(&turned.first)?;
        self.notes.happened(at, Happening::Cut);
        if let (Some(words), Some(dressing)) = (turned.bar, &self.set.dressing) {
            dressing.bar.show(at, words);
        }
        self.shot = Some(turned.shot);
        let before = self.shown.send_replace(page);
        let id = before.id();
        self.before.retain(|page| page.id() != id);
        self.before.push(before);
        self.waiting.clear();
        Ok(())
    }

    fn end_shot(&mut self) {
        if let Some(shot) = self.shot.take() {
            self.counts = self.counts.and(shot.counts());
        }
    }
}

/// The next picture of what is filmed.
async fn next(shot: &mut Option<Shot>) -> Option<CastFrame> {
    match shot {
        Some(shot) => shot.next().await,
        None => std::future::pending().await,
    }
}

async fn under_way(turn: &mut Option<Turn>) -> Result<Turned, FilmError> {
    match turn {
        Some(turn) => turn.under_way.as_mut().await,
        None => std::future::pending().await,
    }
}

/// Resolves when a dialog keeps the page from being drawn that is about to be seen.
async fn held_up(page: Option<Page>) {
    if let Some(page) = page {
        let mut events = page.events();
        loop {
            if page.open_dialog().is_some() {
                return;
            }
            if let Err(RecvError::Closed) = events.recv().await {
                break;
            }
        }
    }
    // Something else tells.
    std::future::pending().await
}

/// Brings a page to the front, in the film's size, and waits for its first picture.
async fn look_at(set: Arc<Set>, page: Page) -> Result<Turned, FilmError> {
    arrived(&page).await;
    loop {
        match try_to_look_at(&set, &page).await {
            // Nothing is drawn meanwhile.
            Err(_) if page.open_dialog().is_some() => answered(&page).await,
            looked => return looked,
        }
    }
}

async fn try_to_look_at(set: &Set, page: &Page) -> Result<Turned, FilmError> {
    let bar = match &set.dressing {
        Some(dressing) => dress(dressing, page).await?,
        None => None,
    };
    let progress = Progress::with_timeout(TURN_LIMIT);
    let (shot, first) = Shot::begin(&progress, page, set.options).await?;
    Ok(Turned { shot, first, bar })
}

/// Makes a page as the film needs it, and draws the words of its bar.
async fn dress(dressing: &Dressing, page: &Page) -> Result<Option<Words>, FilmError> {
    let progress = Progress::with_timeout(TURN_LIMIT);
    // A window that was opened with a size of its own.
    if let Err(error) = page.set_viewport(&progress, dressing.viewport).await {
        tracing::debug!(%error, "a page keeps its own size; its pictures are made to fit");
    }
    if let Err(error) = page.bring_to_front(&progress).await {
        tracing::debug!(%error, "a page could not be brought to the front");
    }
    // What a window has become larger by is black until its page has been drawn again.
    let drawn = page.main_frame();
    let drawn = drawn.evaluate(&progress, World::Isolated, DRAWN);
    let _ = tokio::time::timeout(REDRAW, drawn).await;
    dressing.bar.draw(&progress, page.url()).await
}

/// Waits until the page shows its first document, for a while.
async fn arrived(page: &Page) {
    let mut events = page.events();
    let arriving = async {
        while is_empty(page) && !page.is_closed() {
            if let Err(RecvError::Closed) = events.recv().await {
                return;
            }
        }
        let progress = Progress::with_timeout(ARRIVAL);
        let loaded = page.wait_for_load_state(&progress, LoadState::DomContentLoaded);
        if let Err(error) = loaded.await {
            tracing::debug!(%error, "a page is seen before its document is");
        }
    };
    // One that stays empty is written by the page that opened it.
    let _ = tokio::time::timeout(ARRIVAL, arriving).await;
}

fn is_empty(page: &Page) -> bool {
    matches!(page.url().as_str(), "" | "about:blank") || page.is_navigating()
}

/// Waits until no dialog is open.
async fn answered(page: &Page) {
    let mut events = page.events();
    while page.open_dialog().is_some() {
        if let Err(RecvError::Closed) = events.recv().await {
            return;
        }
    }
}

impl Counts {
    fn and(self, more: Self) -> Self {
        Self {
            delivered: self.delivered + more.delivered,
            dropped: self.dropped + more.dropped,
        }
    }
}
