//! Several renderers beside each other: as many jobs at once as there are browsers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use browser::{Graphics, Progress};
use futures_util::future::try_join_all;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::RenderError;
use crate::job::RenderJob;
use crate::limits::{BrowserEnd, BrowserLimits, Ends};
use crate::rendered::Rendered;
use crate::renderer::{FramesDone, Renderer};
use crate::side_by_side;

/// The most pages that a renderer opens ahead; each takes some 50 MiB while it waits.
const MOST_AHEAD: usize = 3;

/// Several renderers, each with a browser of its own that is kept warm. Clones are handles on the same ones.
#[derive(Debug, Clone)]
pub struct RendererPool {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    size: usize,
    places: Arc<Semaphore>,
    /// The last one that was given back is lent first: the others' browsers may stay asleep.
    idle: Mutex<Vec<Renderer>>,
    ends: Ends,
}

/// How the pool stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolState {
    /// Jobs that can be rendered at once.
    pub size: usize,
    /// Jobs that are rendered now.
    pub busy: usize,
    /// Browsers that were started since the process began.
    pub started: u64,
    /// Browsers that were replaced, by why.
    pub replaced: Vec<(BrowserEnd, u64)>,
    /// Whether its browsers draw frames on command, which all but pictures of addresses takes; nothing before the first was
    /// started.
    pub on_command: Option<bool>,
    /// Browsers that were started, by what draws in them: a GPU's name, or "software".
    pub drawn_by: BTreeMap<String, u64>,
}

impl RendererPool {
    /// A pool that renders `size` jobs at once; a browser is started when a job needs it, and searched for when no program
    /// is named.
    #[must_use]
    pub fn new(size: usize, executable: Option<PathBuf>, limits: BrowserLimits) -> Self {
        Self::drawn_with(size, executable, limits, Graphics::Software)
    }

    /// The same, drawn with this.
    #[must_use]
    pub fn drawn_with(
        size: usize,
        executable: Option<PathBuf>,
        limits: BrowserLimits,
        graphics: Graphics,
    ) -> Self {
        let ends = Ends::default();
        let ahead = ahead(size);
        let renderer = || {
            let executable = executable.clone();
            Renderer::limited(executable, limits, ends.clone(), ahead).drawn_with(graphics)
        };
        let inner = Inner {
            size,
            places: Arc::new(Semaphore::new(size)),
            idle: Mutex::new((0..size).map(|_| renderer()).collect()),
            ends,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Starts the browsers that no job uses yet, before the first job comes. A job that is there already starts its own.
    ///
    /// # Errors
    /// When one is not there or does not start.
    pub async fn warm(&self, progress: &Progress) -> Result<(), RenderError> {
        let lent: Vec<Lent> = (0..self.inner.size)
            .map_while(|_| self.lend_now())
            .collect();
        let warming = lent.into_iter().map(|renderer| async move {
            // It goes back, and may be lent, as soon as it is warm.
            renderer.get().warm(progress).await
        });
        try_join_all(warming).await.map(drop)
    }

    /// Renders a job as [`Renderer::render`] does, as soon as a browser is free. A job that several pages may draw has as many
    /// as there are free places at that moment, the first included: its result says how many.
    ///
    /// # Errors
    /// As [`Renderer::render`].
    pub async fn render(
        &self,
        progress: &Progress,
        job: &RenderJob,
        target: &Path,
        tell: &mut (dyn FnMut(FramesDone) + Send),
    ) -> Result<Rendered, RenderError> {
        let lent = self.lend(progress).await?;
        // Nobody waits for more than one: a job that did would keep the place that another waits for.
        let more: Vec<Lent> = (1..side_by_side::pages(job))
            .map_while(|_| self.lend_now())
            .collect();
        let bounded = RenderJob {
            parallel: 1 + u32::try_from(more.len()).unwrap_or(u32::MAX),
            ..job.clone()
        };
        let rendered = lent.get().render(progress, &bounded, target, tell).await;
        drop(more);
        rendered
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self) -> PoolState {
        let ends = &self.inner.ends;
        PoolState {
            size: self.inner.size,
            busy: self.inner.size - self.inner.places.available_permits().min(self.inner.size),
            started: ends.starts(),
            replaced: BrowserEnd::ALL.map(|end| (end, ends.of(end))).to_vec(),
            on_command: ends.draws_on_command(),
            drawn_by: ends.drawn_by(),
        }
    }

    /// Ends the browsers that no job uses; those in use end with their renderer.
    pub async fn close(&self) {
        self.inner.places.close();
        let idle = std::mem::take(&mut *self.idle());
        for renderer in idle {
            renderer.close().await;
        }
    }

    async fn lend(&self, progress: &Progress) -> Result<Lent, RenderError> {
        let place = tokio::select! {
            place = Arc::clone(&self.inner.places).acquire_owned() => place,
            () = progress.cancel_token().cancelled() => return Err(RenderError::Cancelled),
        };
        let place = place.map_err(|_closed| RenderError::Cancelled)?;
        self.lent(place).ok_or(RenderError::Cancelled)
    }

    /// One that is free at this moment.
    fn lend_now(&self) -> Option<Lent> {
        let place = Arc::clone(&self.inner.places).try_acquire_owned().ok()?;
        self.lent(place)
    }

    fn lent(&self, place: OwnedSemaphorePermit) -> Option<Lent> {
        let renderer = self.idle().pop()?;
        Some(Lent {
            renderer: Some(renderer),
            pool: self.clone(),
            _place: place,
        })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Renderer>> {
        self.inner
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many pages each of so many renderers opens ahead of its jobs: opening one keeps a core busy for longer than a small
/// job, so one by one they would be late.
fn ahead(renderers: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    (cores / renderers.max(1)).clamp(1, MOST_AHEAD)
}

/// A renderer on loan; it goes back when this is dropped, also when a job is broken off.
struct Lent {
    renderer: Option<Renderer>,
    pool: RendererPool,
    _place: OwnedSemaphorePermit,
}

impl Lent {
    fn get(&self) -> &Renderer {
        self.renderer
            .as_ref()
            .expect("it is taken out only when this is dropped")
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(renderer) = self
            .renderer
            .take()
            .filter(|_| !self.pool.inner.places.is_closed())
        {
            self.pool.idle().push(renderer);
        }
    }
}
