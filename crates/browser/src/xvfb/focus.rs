//! Keyboard focus on a private screen. No window manager runs there, and without one no window ever has it: a page
//! would be told that nobody looks at it, and would draw none of its fields as focused.

use std::error::Error;

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ChangeWindowAttributesAux, ConnectionExt as _, EventMask, InputFocus, MapState, WindowClass,
};
use x11rb::rust_connection::{ReplyError, RustConnection};

type Trouble = Box<dyn Error + Send + Sync>;

/// Gives the focus to each window that appears, and to the topmost one when a window goes, until the screen has gone.
/// It runs on a thread of its own, which has connected to the server when this returns.
pub(crate) fn keep(display: &str) -> Result<(), Trouble> {
    let (connection, screen) = RustConnection::connect(Some(display))?;
    let root = root(&connection, screen)?;
    let changes = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
    connection
        .change_window_attributes(root, &changes)?
        .check()?;
    let thread = std::thread::Builder::new().name("screen-focus".to_owned());
    let name = display.to_owned();
    thread.spawn(move || {
        if let Err(error) = follow(&connection, root) {
            // The screen has gone, as it does with its browser.
            tracing::debug!(%error, display = name, "the focus of a screen is kept no longer");
        }
    })?;
    Ok(())
}

/// The window that lies above all others, if there is one; waits on the X server.
pub(crate) fn topmost(connection: &RustConnection, root: u32) -> Result<Option<u32>, Trouble> {
    let children = connection.query_tree(root)?.reply()?.children;
    for window in children.into_iter().rev() {
        let about = match connection.get_window_attributes(window)?.reply() {
            Ok(about) => about,
            // It has gone since.
            Err(ReplyError::X11Error(_)) => continue,
            Err(error) => return Err(error.into()),
        };
        let is_window = about.map_state == MapState::VIEWABLE
            && about.class == WindowClass::INPUT_OUTPUT
            && !about.override_redirect;
        if is_window {
            return Ok(Some(window));
        }
    }
    Ok(None)
}

/// The window that all others of the screen are in.
pub(crate) fn root(connection: &RustConnection, screen: usize) -> Result<u32, Trouble> {
    let roots = &connection.setup().roots;
    let screen = roots.get(screen).ok_or("the X server has no screen")?;
    Ok(screen.root)
}

fn follow(connection: &RustConnection, root: u32) -> Result<(), Trouble> {
    loop {
        let next = match connection.wait_for_event()? {
            // Menus take no focus.
            Event::MapNotify(mapped) if !mapped.override_redirect => Some(mapped.window),
            Event::UnmapNotify(_) | Event::DestroyNotify(_) => topmost(connection, root)?,
            _ => None,
        };
        let Some(window) = next else { continue };
        let given = connection.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME)?;
        match given.check() {
            // The window has gone since: another event says so.
            Ok(()) | Err(ReplyError::X11Error(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
