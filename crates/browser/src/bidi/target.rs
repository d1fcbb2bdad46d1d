//! What the driver of a page and the events of its browser share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::bidi::connection::Connection;
use crate::bidi::install::WORLD;
use crate::bidi::standing::Standing;
use crate::cdp::frame::World;
use crate::drive::driver::Handle;
use crate::ids::FrameId;

/// A page of the browser: where its documents' scripts run, and what is switched on.
pub(crate) struct Target {
    pub(crate) connection: Connection,
    pub(crate) context: Arc<str>,
    pub(crate) standing: Standing,
    state: Mutex<State>,
}

#[derive(Default)]
pub(crate) struct State {
    realms: HashMap<FrameId, Realms>,
    pub(crate) network: bool,
    pub(crate) file_choosers: bool,
    /// The inputs of file choosers that were reported, by the numbers that they were reported with.
    pub(crate) choosers: HashMap<i64, Value>,
    /// The element that a frame is inside of: the same one as long as there is the frame.
    pub(crate) owners: HashMap<FrameId, Handle>,
}

/// The realms of the document that a frame shows.
#[derive(Default)]
struct Realms {
    main: Option<Arc<str>>,
    isolated: Option<Arc<str>>,
    /// The document's origin, while it has a place for scripts and an origin that others can have too.
    origin: Option<Arc<str>>,
}

impl Target {
    pub(crate) fn new(connection: Connection, context: &str) -> Self {
        Self {
            standing: Standing::new(connection.clone()),
            connection,
            context: context.into(),
            state: Mutex::default(),
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there are frames in the page.
    pub(crate) fn has_frames(&self) -> bool {
        self.lock().realms.len() > 1
    }

    /// Whether there are frames in the page whose documents may be in another process than its own.
    pub(crate) fn has_foreign_frames(&self) -> bool {
        let state = self.lock();
        let own = state
            .realms
            .get(&FrameId::from(&*self.context))
            .and_then(|realms| realms.origin.clone());
        let is_foreign = |realms: &Realms| realms.origin.is_none() || realms.origin != own;
        state.realms.len() > 1 && state.realms.values().any(is_foreign)
    }

    /// Where a script of a frame is to run.
    pub(crate) fn place(&self, frame: &FrameId, world: World) -> Value {
        let state = self.lock();
        let realms = state.realms.get(frame);
        let realm = realms.and_then(|realms| match world {
            World::Main => realms.main.as_ref(),
            World::Isolated => realms.isolated.as_ref(),
        });
        match (realm, world) {
            (Some(realm), _) => json!({ "realm": realm }),
            // The realm of a popup's first document is not told; the frame's name says as much.
            (None, World::Main) => json!({ "context": frame.as_str() }),
            (None, World::Isolated) => json!({ "context": frame.as_str(), "sandbox": WORLD }),
        }
    }
}

impl State {
    /// A document has a place for scripts.
    pub(crate) fn realm_created(
        &mut self,
        frame: &str,
        realm: &str,
        sandbox: Option<&str>,
        origin: Option<&str>,
    ) {
        let realms = self.realms.entry(FrameId::from(frame)).or_default();
        match sandbox {
            None => {
                realms.main = Some(realm.into());
                realms.origin = origin.filter(|origin| *origin != "null").map(Into::into);
            }
            Some(WORLD) => realms.isolated = Some(realm.into()),
            Some(_) => {}
        }
    }

    /// The place has gone. When it was the one for the bundle, the frame is returned.
    pub(crate) fn realm_destroyed(&mut self, realm: &str) -> Option<FrameId> {
        for (frame, realms) in &mut self.realms {
            if realms.main.as_deref() == Some(realm) {
                realms.main = None;
                realms.origin = None;
                return None;
            }
            if realms.isolated.as_deref() == Some(realm) {
                realms.isolated = None;
                return Some(frame.clone());
            }
        }
        None
    }

    /// Whether the bundle can be called in the document that the frame shows.
    pub(crate) fn has_bundle(&self, frame: &str) -> bool {
        self.realms
            .get(frame)
            .is_some_and(|realms| realms.isolated.is_some())
    }

    pub(crate) fn frame_gone(&mut self, frame: &str) {
        self.realms.remove(frame);
        self.owners.remove(frame);
    }
}
