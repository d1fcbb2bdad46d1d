//! What viewers ask: who may, and who does it.

use ids::ViewerId;

use super::Actor;
use super::input::Input;
use crate::protocol::{ClientMessage, Command, Notice};

impl Actor {
    pub(super) fn on_command(&mut self, viewer: ViewerId, message: ClientMessage) {
        if !self.viewers.contains_key(&viewer) {
            return;
        }
        let ClientMessage { seq, command } = message;
        if needs_control(&command) && !self.holds_control(viewer) {
            // A pointer that merely moves over the picture is no attempt to take over.
            let quiet = matches!(
                &command,
                Command::Mouse(_)
                    | Command::Wheel(_)
                    | Command::Touch(_)
                    | Command::Hoverpick { .. }
            );
            if !quiet
                || matches!(&command, Command::Mouse(mouse) if mouse.kind == crate::protocol::MouseKind::Down)
            {
                self.refuse(viewer, "not_in_control", "Take the controls first.");
            }
            return;
        }
        match command {
            Command::Mouse(mouse) => self.on_input(viewer, seq, Input::Mouse(mouse)),
            Command::Wheel(wheel) => self.on_input(viewer, seq, Input::Wheel(wheel)),
            Command::Key(key) => self.on_input(viewer, seq, Input::Key(key)),
            Command::Text { text } => self.on_input(viewer, seq, Input::Text(text)),
            Command::Ime(ime) => self.on_input(viewer, seq, Input::Ime(ime)),
            Command::Touch(touch) => self.on_input(viewer, seq, Input::Touch(touch)),
            Command::Nav { action, url } => self.on_nav(viewer, action, url.as_deref()),
            Command::Viewport(request) => self.on_viewport(viewer, &request),
            Command::Tab { action, index, url } => {
                self.on_tab(viewer, action, index, url.as_deref())
            }
            Command::Dialog { action, text } => self.on_dialog_answer(viewer, action, text),
            Command::Files(files) => self.on_files(viewer, files),
            Command::Choose { id, indexes, value } => self.on_choose(id, indexes, value),
            Command::Cast(settings) => self.on_cast(settings),
            Command::Control { action, to } => self.on_control(viewer, action, to),
            Command::Record { action } => {
                self.note(Some(viewer), "record", format!("{action:?}").to_lowercase());
                self.record(action);
            }
            Command::Check(check) => self.on_check(viewer, check),
            Command::Pick { x, y } => self.on_pick(viewer, x, y),
            Command::Hoverpick { x, y } => self.on_hoverpick(x, y),
            Command::Highlight { on } => self.on_highlight(on),
            Command::Copy => self.on_copy(viewer),
            Command::Screenshot => self.take_screenshot(false, None),
            Command::Ping { n } => self.say(Some(viewer), Notice::Pong { n }),
            // The socket handles these before a viewer's messages come here.
            Command::Hello { .. } | Command::Ack => {}
        }
    }
}

/// Looking is free; doing needs the controls.
fn needs_control(command: &Command) -> bool {
    !matches!(
        command,
        Command::Hello { .. }
            | Command::Ack
            | Command::Control { .. }
            | Command::Copy
            | Command::Screenshot
            | Command::Ping { .. }
    )
}
