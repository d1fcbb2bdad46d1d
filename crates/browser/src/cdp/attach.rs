//! What a session is told before its page or frame runs its first script. Everything is written at once and in order;
//! nothing is awaited in between.

use crate::cdp::emulation::Emulation;
use crate::cdp::protocol::emulation::SetFocusEmulationEnabled;
use crate::cdp::protocol::network;
use crate::cdp::protocol::page::{
    AddScriptToEvaluateOnNewDocument, Enable, SetInterceptFileChooserDialog,
    SetLifecycleEventsEnabled,
};
use crate::cdp::protocol::runtime::{self, AddBinding};
use crate::cdp::protocol::target::{FilterEntry, SetAutoAttach};
use crate::cdp::protocol::{input, log};
use crate::cdp::session::Session;
use crate::options::OwnWorld;

/// The name of Proscenium's own world in every frame.
pub(crate) const WORLD: &str = "proscenium";

/// The function by which the page bundle sends messages; it exists only in the isolated world.
pub(crate) const BINDING: &str = "__proscenium_emit";

/// The function by which the page's title arrives.
pub(crate) const TITLE_BINDING: &str = "__proscenium_title";

/// Tells the title.
const TITLE: &str = include_str!("title.js");

/// The page bundle, built from the `page` folder of the repository.
const BUNDLE: &str = include_str!("../page_bundle.js");

/// What every session of a page has switched on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Switches {
    pub(crate) network: bool,
    pub(crate) log: bool,
    pub(crate) file_choosers: bool,
    pub(crate) own_world: OwnWorld,
}

/// Tells a page's or frame's session what it needs to know. The caller lets the target run afterwards.
pub(crate) fn prepare(session: &Session, emulation: &Emulation, switches: Switches) {
    session.post(&Enable::default());
    session.post(&SetLifecycleEventsEnabled { enabled: true });
    if switches.own_world == OwnWorld::Present {
        prepare_world(session);
    }
    session.post(&runtime::Enable {});
    session.post(&auto_attach("iframe"));
    emulation.apply(session);
    if switches.network {
        session.post(&network_on());
    }
    if switches.log {
        session.post(&log::Enable {});
    }
    if switches.file_choosers {
        session.post(&SetInterceptFileChooserDialog {
            enabled: true,
            ..SetInterceptFileChooserDialog::default()
        });
    }
}

/// Every document gets our own world, with what we run in it.
fn prepare_world(session: &Session) {
    for name in [BINDING, TITLE_BINDING] {
        session.post(&AddBinding {
            name: name.to_owned(),
            execution_context_name: Some(WORLD.to_owned()),
        });
    }
    for source in [BUNDLE, TITLE] {
        session.post(&AddScriptToEvaluateOnNewDocument {
            source: source.to_owned(),
            world_name: Some(WORLD.to_owned()),
            run_immediately: Some(true),
            ..AddScriptToEvaluateOnNewDocument::default()
        });
    }
}

/// What only the session of a whole page takes.
pub(crate) fn prepare_page(session: &Session, emulation: &Emulation) {
    session.post(&SetFocusEmulationEnabled { enabled: true });
    session.post(&input::SetInterceptDrags { enabled: true });
    emulation.apply_screen(session);
}

/// Attaches to new targets of one type before they run anything. It must be asked for on every session.
pub(crate) fn auto_attach(kind: &str) -> SetAutoAttach {
    SetAutoAttach {
        auto_attach: true,
        wait_for_debugger_on_start: true,
        flatten: Some(true),
        filter: Some(only(kind)),
    }
}

/// A filter that lets through targets of one type.
pub(crate) fn only(kind: &str) -> Vec<FilterEntry> {
    vec![
        FilterEntry {
            r#type: Some(kind.to_owned()),
            exclude: None,
        },
        FilterEntry {
            r#type: None,
            exclude: Some(true),
        },
    ]
}

/// Network events, with bodies kept long enough to be asked for and post data only when it is small.
pub(crate) fn network_on() -> network::Enable {
    network::Enable {
        max_post_data_size: Some(64 * 1024),
        ..network::Enable::default()
    }
}
