//! The frames of a page as the events of its sessions tell them. Data only: it sends nothing and awaits nothing.

use std::collections::HashMap;
use std::sync::Arc;

use crate::cdp::frame::World;
use crate::cdp::navigation::LoadState;
use crate::cdp::session::Session;
use crate::ids::FrameId;

/// The frames of a page.
pub(crate) struct FrameTree {
    main: FrameId,
    /// Always holds the main frame.
    frames: HashMap<FrameId, FrameData>,
}

/// What is known of a frame.
pub(crate) struct FrameData {
    pub(crate) parent: Option<FrameId>,
    children: Vec<FrameId>,
    /// The session of the process that the frame lives in. It changes when a navigation moves the frame.
    pub(crate) session: Session,
    pub(crate) url: Arc<str>,
    pub(crate) name: Arc<str>,
    /// Set while the frame shows the browser's error page for this address.
    pub(crate) unreachable: Option<Arc<str>>,
    /// The document shown.
    pub(crate) loader: Arc<str>,
    /// Documents and addresses shown so far.
    pub(crate) navigations: u64,
    pub(crate) pending: Pending,
    life: Life,
    main_world: Option<ContextRef>,
    isolated_world: Option<ContextRef>,
}

/// A navigation that has not yet shown its document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pending {
    /// The page has scheduled one as a task of its own.
    pub(crate) scheduled: bool,
    /// The page has asked the browser for one.
    pub(crate) requested: bool,
    /// The browser has begun this one.
    pub(crate) started: Option<Arc<str>>,
}

impl Pending {
    pub(crate) fn any(&self) -> bool {
        self.scheduled || self.requested || self.started.is_some()
    }
}

/// How far a document has come. Its events may arrive before the news that the frame shows it.
#[derive(Default)]
struct Life {
    loader: Arc<str>,
    reached: u8,
}

/// A JavaScript context of a frame.
#[derive(Clone)]
pub(crate) struct ContextRef {
    pub(crate) session: Session,
    pub(crate) id: i64,
    pub(crate) unique_id: Arc<str>,
}

impl FrameTree {
    pub(crate) fn new(main: FrameId, session: Session) -> Self {
        let mut frames = HashMap::new();
        frames.insert(main.clone(), FrameData::new(None, session));
        Self { main, frames }
    }

    pub(crate) fn main(&self) -> &FrameId {
        &self.main
    }

    pub(crate) fn main_frame(&self) -> &FrameData {
        &self.frames[&self.main]
    }

    pub(crate) fn get(&self, id: &str) -> Option<&FrameData> {
        self.frames.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut FrameData> {
        self.frames.get_mut(id)
    }

    /// Every frame, parents before children.
    pub(crate) fn ids(&self) -> Vec<FrameId> {
        let mut ids = vec![self.main.clone()];
        let mut next = 0;
        while let Some(id) = ids.get(next) {
            next += 1;
            if let Some(frame) = self.frames.get(id) {
                ids.extend(frame.children.iter().cloned());
            }
        }
        ids
    }

    /// A frame was added, or came back into its parent's process. Returns whether it is new.
    pub(crate) fn attach(
        &mut self,
        id: &FrameId,
        parent: Option<&FrameId>,
        session: &Session,
    ) -> bool {
        if let Some(frame) = self.frames.get_mut(id) {
            frame.move_to(session);
            return false;
        }
        if let Some(parent) = parent.and_then(|parent| self.frames.get_mut(parent)) {
            parent.children.push(id.clone());
        }
        self.frames
            .insert(id.clone(), FrameData::new(parent.cloned(), session.clone()));
        true
    }

    /// A frame and those inside it are gone. Returns them, innermost first.
    pub(crate) fn detach(&mut self, id: &str) -> Vec<FrameId> {
        let Some(frame) = self.frames.get(id) else {
            return Vec::new();
        };
        let parent = frame.parent.clone();
        let mut gone = self.detach_children(id);
        if let Some(parent) = parent.and_then(|parent| self.frames.get_mut(&parent)) {
            parent.children.retain(|child| child.as_str() != id);
        }
        if *id != *self.main.as_str() {
            self.frames.remove(id);
            gone.push(id.into());
        }
        gone
    }

    /// The frames inside a frame are gone, because it shows another document.
    pub(crate) fn detach_children(&mut self, id: &str) -> Vec<FrameId> {
        let children = self
            .frames
            .get_mut(id)
            .map(|frame| std::mem::take(&mut frame.children))
            .unwrap_or_default();
        children
            .iter()
            .flat_map(|child| self.detach(child.as_str()))
            .collect()
    }

    /// The frames that live in a session.
    pub(crate) fn in_session(&self, session: &str) -> Vec<FrameId> {
        let inside = self
            .frames
            .iter()
            .filter(|(_, frame)| frame.session.id() == session);
        inside.map(|(id, _)| id.clone()).collect()
    }

    /// Forgets contexts of a session: one of them, or all.
    pub(crate) fn forget_contexts(&mut self, session: &str, unique_id: Option<&str>) {
        let is_it = |context: &ContextRef| {
            context.session.id() == session && unique_id.is_none_or(|id| id == &*context.unique_id)
        };
        for frame in self.frames.values_mut() {
            for slot in [&mut frame.main_world, &mut frame.isolated_world] {
                if slot.as_ref().is_some_and(is_it) {
                    *slot = None;
                }
            }
        }
    }

    /// The frame that a context of a session belongs to.
    pub(crate) fn frame_of_context(&self, session: &str, context: i64) -> Option<&FrameId> {
        let is_it = |slot: &Option<ContextRef>| {
            slot.as_ref()
                .is_some_and(|found| found.session.id() == session && found.id == context)
        };
        let found = self
            .frames
            .iter()
            .find(|(_, frame)| is_it(&frame.main_world) || is_it(&frame.isolated_world));
        found.map(|(id, _)| id)
    }
}

impl FrameData {
    fn new(parent: Option<FrameId>, session: Session) -> Self {
        Self {
            parent,
            children: Vec::new(),
            session,
            url: "".into(),
            name: "".into(),
            unreachable: None,
            loader: "".into(),
            navigations: 0,
            pending: Pending::default(),
            life: Life::default(),
            main_world: None,
            isolated_world: None,
        }
    }

    /// The frame lives in another process from now on; its contexts there are still to come.
    pub(crate) fn move_to(&mut self, session: &Session) {
        if self.session != *session {
            self.session = session.clone();
            self.main_world
                .take_if(|context| context.session != *session);
            self.isolated_world
                .take_if(|context| context.session != *session);
        }
    }

    /// The frame shows a document.
    pub(crate) fn show(&mut self, loader: &str, url: &str, name: &str, unreachable: Option<&str>) {
        self.loader = loader.into();
        self.url = url.into();
        self.name = name.into();
        self.unreachable = unreachable.map(Into::into);
        self.navigations += 1;
        self.pending = Pending::default();
    }

    pub(crate) fn context(&self, world: World) -> Option<&ContextRef> {
        match world {
            World::Main => self.main_world.as_ref(),
            World::Isolated => self.isolated_world.as_ref(),
        }
    }

    pub(crate) fn set_context(&mut self, world: World, context: ContextRef) {
        match world {
            World::Main => self.main_world = Some(context),
            World::Isolated => self.isolated_world = Some(context),
        }
    }

    /// A document of this frame has come so far.
    pub(crate) fn has_reached(&mut self, loader: &str, state: LoadState) {
        if &*self.life.loader != loader {
            self.life = Life {
                loader: loader.into(),
                reached: 0,
            };
        }
        self.life.reached |= bit(state);
    }

    /// Whether the document shown has come so far.
    pub(crate) fn reached(&self, state: LoadState) -> bool {
        if state == LoadState::Commit {
            return !self.loader.is_empty();
        }
        self.life.loader == self.loader && self.life.reached & bit(state) != 0
    }
}

fn bit(state: LoadState) -> u8 {
    match state {
        LoadState::Commit => 1,
        LoadState::DomContentLoaded => 2,
        LoadState::Load => 4,
        LoadState::NetworkIdle => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cdp::connection::Connection;

    fn id(text: &str) -> FrameId {
        text.into()
    }

    fn session(name: &str) -> Session {
        let (connection, _) = Connection::new(crate::cdp::pipe::Wire::Json);
        Session::new(connection, name.into())
    }

    fn tree() -> FrameTree {
        let mut tree = FrameTree::new(id("main"), session("page"));
        tree.attach(&id("a"), Some(&id("main")), &session("page"));
        tree.attach(&id("b"), Some(&id("a")), &session("page"));
        tree.attach(&id("c"), Some(&id("main")), &session("page"));
        tree
    }

    #[test]
    fn a_frame_takes_those_inside_it_along() {
        let mut tree = tree();
        assert_eq!(tree.detach("a"), [id("b"), id("a")]);
        assert_eq!(tree.ids(), [id("main"), id("c")]);
    }

    #[test]
    fn the_main_frame_stays_whatever_is_detached() {
        let mut tree = tree();
        tree.detach("main");
        assert_eq!(tree.ids(), [id("main")]);
    }

    #[test]
    fn a_frame_stays_the_same_when_it_moves_to_another_process() {
        let mut tree = tree();
        tree.get_mut("a").unwrap().move_to(&session("oopif"));
        assert_eq!(tree.in_session("oopif"), [id("a")]);
        assert!(
            !tree.attach(&id("a"), Some(&id("main")), &session("page")),
            "it is not new"
        );
        assert!(tree.in_session("oopif").is_empty());
        assert_eq!(tree.ids().len(), 4);
    }

    #[test]
    fn a_document_counts_as_loaded_only_once_it_is_shown() {
        let mut tree = tree();
        let frame = tree.get_mut("main").unwrap();
        frame.show("1", "http://a/", "", None);
        frame.has_reached("1", LoadState::Load);
        assert!(frame.reached(LoadState::Load));
        frame.has_reached("2", LoadState::DomContentLoaded);
        assert!(!frame.reached(LoadState::Load));
        frame.show("2", "http://b/", "", None);
        assert!(frame.reached(LoadState::DomContentLoaded) && !frame.reached(LoadState::Load));
    }
}
