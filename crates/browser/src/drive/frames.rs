//! The frames of a page as an engine tells them. Data only: it sends nothing and awaits nothing.

use std::collections::HashMap;
use std::sync::Arc;

use crate::cdp::navigation::LoadState;
use crate::ids::FrameId;

/// The frames of a page.
pub(crate) struct Frames {
    main: FrameId,
    /// Always holds the main frame.
    frames: HashMap<FrameId, FrameData>,
}

/// What is known of a frame.
#[derive(Debug, Clone, Default)]
pub(crate) struct FrameData {
    pub(crate) parent: Option<FrameId>,
    pub(crate) children: Vec<FrameId>,
    pub(crate) url: Arc<str>,
    pub(crate) name: Arc<str>,
    /// Set while the frame shows the browser's error page for this address.
    pub(crate) unreachable: Option<Arc<str>>,
    /// The navigation that the document shown came from.
    pub(crate) navigation: Option<Arc<str>>,
    /// Documents shown so far.
    pub(crate) documents: u64,
    /// Documents and addresses shown so far.
    pub(crate) navigations: u64,
    /// A navigation that has not yet shown its document, and where it goes.
    pub(crate) pending: Option<Arc<str>>,
    /// How far the document shown has come.
    pub(crate) reached: Option<LoadState>,
    /// Whether scripts can be run in the document shown.
    pub(crate) ready: bool,
}

impl FrameData {
    /// Whether the document has come this far. Quiet of the network is not told by frames.
    pub(crate) fn reached(&self, state: LoadState) -> bool {
        let wanted = state.min(LoadState::Load);
        self.reached.is_some_and(|reached| reached >= wanted)
    }
}

impl Frames {
    pub(crate) fn new(main: FrameId, url: &str) -> Self {
        let data = FrameData {
            url: url.into(),
            // The empty document that a page begins with.
            reached: Some(LoadState::Load),
            ..FrameData::default()
        };
        Self {
            frames: HashMap::from([(main.clone(), data)]),
            main,
        }
    }

    pub(crate) fn main(&self) -> &FrameId {
        &self.main
    }

    pub(crate) fn main_frame(&self) -> &FrameData {
        #[expect(clippy::expect_used, reason = "nothing removes the main frame")]
        self.frames.get(&self.main).expect("the main frame stays")
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
            let children = self
                .frames
                .get(id)
                .map(|frame| frame.children.clone())
                .unwrap_or_default();
            ids.extend(children);
            next += 1;
        }
        ids
    }

    /// A frame was added; `false` when it was known.
    pub(crate) fn attach(&mut self, id: &FrameId, parent: &FrameId, url: &str) -> bool {
        if self.frames.contains_key(id) {
            return false;
        }
        let Some(around) = self.frames.get_mut(parent) else {
            return false;
        };
        around.children.push(id.clone());
        let data = FrameData {
            parent: Some(parent.clone()),
            url: url.into(),
            reached: Some(LoadState::Load),
            ..FrameData::default()
        };
        self.frames.insert(id.clone(), data);
        true
    }

    /// A frame was removed, with those inside it; they are returned innermost first.
    pub(crate) fn detach(&mut self, id: &str) -> Vec<FrameId> {
        if self.main.as_str() == id {
            return Vec::new();
        }
        let Some(frame) = self.frames.remove(id) else {
            return Vec::new();
        };
        if let Some(parent) = frame.parent.and_then(|parent| self.frames.get_mut(&parent)) {
            parent.children.retain(|child| child.as_str() != id);
        }
        let mut gone: Vec<FrameId> = Vec::new();
        for child in frame.children {
            gone.extend(self.detach(child.as_str()));
        }
        gone.push(FrameId::from(id));
        gone
    }

    /// The frames inside a frame go, as they do with its document.
    pub(crate) fn detach_children(&mut self, id: &str) -> Vec<FrameId> {
        let children = self
            .frames
            .get(id)
            .map(|frame| frame.children.clone())
            .unwrap_or_default();
        children
            .iter()
            .flat_map(|child| self.detach(child.as_str()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_go_with_the_frame_around_them_but_the_main_frame_stays() {
        let main = FrameId::from("main");
        let mut frames = Frames::new(main.clone(), "about:blank");
        let (outer, inner) = (FrameId::from("outer"), FrameId::from("inner"));
        assert!(frames.attach(&outer, &main, "a"));
        assert!(frames.attach(&inner, &outer, "b"));
        assert!(!frames.attach(&inner, &outer, "b"), "it is known");
        assert!(!frames.attach(&FrameId::from("x"), &FrameId::from("gone"), "c"));
        assert_eq!(frames.ids(), [main.clone(), outer.clone(), inner.clone()]);
        assert_eq!(frames.detach("outer"), [inner, outer]);
        assert!(frames.detach("main").is_empty());
        assert_eq!(frames.ids(), [main]);
    }
}
