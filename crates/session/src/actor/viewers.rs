//! Who watches, and who holds the controls.

use std::sync::Arc;
use std::time::Duration;

use ids::ViewerId;
use tokio::sync::mpsc;

use super::{Actor, Internal};
use crate::handle::{Sent, ViewerLink};
use crate::input_clock::InputClock;
use crate::protocol::{Beat, ControlAction, ControlState, Level, Notice};

/// Notices that may wait for a viewer; one that is further behind is given up and may come back.
const NOTICES: usize = 1024;
/// A viewer whose connection is lost keeps its place and the controls for this long.
const GRACE: Duration = Duration::from_secs(10);

/// Somebody who watches, or did a moment ago.
pub(super) struct Viewer {
    pub(super) name: String,
    pub(super) clock: Arc<InputClock>,
    pub(super) sent: Arc<Sent>,
    pub(super) last_beat: Beat,
    /// `None` while the connection is lost.
    notices: Option<mpsc::Sender<Notice>>,
    /// Tells this connection from an earlier one of the same viewer.
    connection: u64,
}

impl Viewer {
    pub(super) fn is_here(&self) -> bool {
        self.notices.is_some()
    }
}

/// Who holds the controls.
#[derive(Debug, Default)]
pub(super) struct Control {
    pub(super) holder: Option<ViewerId>,
}

impl Actor {
    pub(super) fn join(&mut self, name: Option<String>, resume: Option<ViewerId>) -> ViewerLink {
        let known = resume.filter(|id| self.viewers.contains_key(id));
        let id = known.unwrap_or_else(ViewerId::new);
        self.connections += 1;
        let connection = self.connections;
        let (notices_in, notices) = mpsc::channel(NOTICES);
        let (clock, sent) = (Arc::new(InputClock::default()), Arc::new(Sent::default()));
        let before = self.viewers.remove(&id);
        let name = name
            .filter(|name| !name.trim().is_empty())
            .or_else(|| before.map(|viewer| viewer.name));
        let name = name.unwrap_or_else(|| format!("Viewer {connection}"));
        let viewer = Viewer {
            name: name.chars().take(80).collect(),
            clock: Arc::clone(&clock),
            sent: Arc::clone(&sent),
            last_beat: Beat::default(),
            notices: Some(notices_in.clone()),
            connection,
        };
        self.viewers.insert(id, viewer);
        if self.control.holder.is_none() {
            self.control.holder = Some(id);
        }
        let internal = self.internal.clone();
        self.spawn(async move {
            notices_in.closed().await;
            // The session may end meanwhile, and then everybody is gone.
            let _ = internal
                .send(Internal::ViewerGone {
                    viewer: id,
                    connection,
                })
                .await;
        });
        // The welcome names this viewer and its place at the controls; the others learn of it with the next state.
        let state = super::state::for_viewer(&self.build_state(), id);
        self.dirty = true;
        let steps = self.shelf.views();
        self.say(
            Some(id),
            Notice::Welcome {
                viewer: id,
                session: Box::new(state),
                steps,
                stats: Beat::default(),
            },
        );
        ViewerLink {
            id,
            frames: Arc::new(self.screen.hub.subscribe()),
            notices,
            inbox: self.inbox.clone(),
            clock,
            sent,
        }
    }

    pub(super) fn on_viewer_gone(&mut self, id: ViewerId, connection: u64) {
        let Some(viewer) = self
            .viewers
            .get_mut(&id)
            .filter(|viewer| viewer.connection == connection)
        else {
            return;
        };
        viewer.notices = None;
        self.dirty = true;
        if self.control.holder == Some(id) {
            self.release_input();
        }
        let internal = self.internal.clone();
        self.spawn(async move {
            tokio::time::sleep(GRACE).await;
            let _ = internal
                .send(Internal::GraceOver {
                    viewer: id,
                    connection,
                })
                .await;
        });
    }

    pub(super) fn on_grace_over(&mut self, id: ViewerId, connection: u64) {
        let stale = self
            .viewers
            .get(&id)
            .is_none_or(|viewer| viewer.connection != connection || viewer.is_here());
        if stale {
            return;
        }
        self.viewers.remove(&id);
        if self.control.holder == Some(id) {
            self.control.holder = None;
        }
        self.dirty = true;
    }

    /// Tells one viewer, or all.
    pub(super) fn say(&mut self, to: Option<ViewerId>, notice: Notice) {
        match to {
            Some(id) => self.say_to(id, notice),
            None => {
                for id in self.viewers.keys().copied().collect::<Vec<_>>() {
                    self.say_to(id, notice.clone());
                }
            }
        }
    }

    fn say_to(&mut self, id: ViewerId, notice: Notice) {
        let Some(viewer) = self.viewers.get_mut(&id) else {
            return;
        };
        let Some(notices) = &viewer.notices else {
            return;
        };
        if notices.try_send(notice).is_err() {
            // Too far behind, or gone: the connection ends and may be taken up again.
            viewer.notices = None;
        }
    }

    pub(super) fn refuse(&mut self, viewer: ViewerId, code: &str, message: impl Into<String>) {
        self.say(Some(viewer), Notice::error(code, message));
    }

    pub(super) fn control_state(&self) -> ControlState {
        let holder = self.control.holder;
        let name = holder
            .and_then(|id| self.viewers.get(&id))
            .map(|viewer| viewer.name.clone());
        ControlState {
            viewer: holder,
            name,
        }
    }

    pub(super) fn holds_control(&self, viewer: ViewerId) -> bool {
        self.control.holder == Some(viewer)
    }

    pub(super) fn on_control(
        &mut self,
        viewer: ViewerId,
        action: ControlAction,
        to: Option<ViewerId>,
    ) {
        match action {
            ControlAction::Take if self.holds_control(viewer) => {}
            ControlAction::Take => match self.holder_here() {
                None => self.hand_to(viewer, Some(viewer)),
                Some(holder) => self.ask_for_control(viewer, holder),
            },
            ControlAction::Release | ControlAction::Give if !self.holds_control(viewer) => {
                self.refuse(
                    viewer,
                    "not_in_control",
                    "Somebody else holds the controls.",
                );
            }
            ControlAction::Release => self.hand_to(viewer, None),
            ControlAction::Give => {
                match to.filter(|to| self.viewers.get(to).is_some_and(Viewer::is_here)) {
                    Some(to) => self.hand_to(viewer, Some(to)),
                    None => self.refuse(
                        viewer,
                        "no_such_viewer",
                        "This viewer is not here any more.",
                    ),
                }
            }
        }
    }

    /// The holder, unless the connection is lost: who takes the controls then need not ask.
    fn holder_here(&self) -> Option<ViewerId> {
        self.control
            .holder
            .filter(|holder| self.viewers.get(holder).is_some_and(Viewer::is_here))
    }

    fn hand_to(&mut self, by: ViewerId, to: Option<ViewerId>) {
        self.release_input();
        self.control.holder = to;
        self.dirty = true;
        let name = self
            .control_state()
            .name
            .unwrap_or_else(|| "nobody".to_owned());
        self.note(Some(by), "control", name);
    }

    fn ask_for_control(&mut self, asking: ViewerId, holder: ViewerId) {
        let name = self
            .viewers
            .get(&asking)
            .map_or_else(String::new, |viewer| viewer.name.clone());
        let notice = Notice::Notice {
            level: Level::Info,
            code: "control_request".to_owned(),
            text: format!("{name} asks for the controls."),
            detail: Some(asking.to_string()),
        };
        self.say(Some(holder), notice);
        let told = Notice::note(
            Level::Info,
            "control_asked",
            "The holder of the controls was asked.",
        );
        self.say(Some(asking), told);
    }
}
