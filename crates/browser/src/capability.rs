//! What each engine can do, in one place: errors take their words from here, `doctor` and the documentation print it.

use std::fmt;

use crate::Result;
use crate::error::BrowserError;
use crate::options::Engine;

/// Something that not every engine can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capability {
    /// Scripts of ours run beside the page's, out of its reach.
    IsolatedWorld,
    /// A phone's layout and touch screen in place of a desktop's.
    PhoneScreen,
    /// Another number of device pixels per CSS pixel.
    DeviceScale,
    /// A viewport of any size.
    AnyViewport,
    /// Screenshots with one pixel per CSS pixel of a denser screen.
    CssScaleScreenshots,
    /// Screenshots as WebP.
    WebpScreenshots,
    /// Fingers.
    Touch,
    /// Dragging something that the page marks as draggable.
    HtmlDragAndDrop,
    /// Showing what an input method composes, before it is done.
    Composition,
    /// Mouse buttons besides left, middle and right.
    SideButtons,
    /// Keys are held while the wheel turns.
    WheelModifiers,
    /// More than one step through the history at once.
    HistoryJumps,
    /// The frame of an element where other frames are in shadow trees.
    FramesInShadowTrees,
    /// Pages have permissions without asking, whatever their address.
    Permissions,
    /// Entries of the browser's own log: failed resources, interventions.
    BrowserLog,
    /// What a request carries is told with it.
    RequestBodies,
    /// Downloads are told as they begin and end.
    DownloadEvents,
    /// Giving up a download.
    CancelDownload,
    /// The question before leaving a page waits for an answer.
    BeforeUnload,
    /// A page whose process has crashed is told of and can be opened again.
    CrashRecovery,
    /// All cookies of a context, whichever pages are open.
    AllCookies,
    /// Any language, whether or not the system has its locale.
    AnyLocale,
    /// What listens to an element is known.
    Listeners,
    /// Pages draw when they are told to, and at no other time.
    FramesOnCommand,
    /// Pages without a network, which get their files from memory.
    OfflinePages,
    /// Pages are asked for their light or their dark look.
    ColorScheme,
    /// Pictures in which what no page paints over is transparent.
    TransparentPages,
    /// The browser keeps its pages from the machine.
    Sandbox,
    /// A window on the screen of a person.
    Windows,
}

/// How far an engine can do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// It can.
    Full,
    /// It can, with this limit.
    Partial(&'static str),
    /// It cannot; what happens instead.
    None(&'static str),
}

const REFUSED: Support = Support::None("refused as unsupported");

impl Capability {
    /// Every capability, in the order of the table.
    pub const ALL: [Self; 29] = [
        Self::IsolatedWorld,
        Self::Sandbox,
        Self::Windows,
        Self::Listeners,
        Self::PhoneScreen,
        Self::DeviceScale,
        Self::AnyViewport,
        Self::CssScaleScreenshots,
        Self::WebpScreenshots,
        Self::Touch,
        Self::HtmlDragAndDrop,
        Self::Composition,
        Self::SideButtons,
        Self::WheelModifiers,
        Self::HistoryJumps,
        Self::FramesInShadowTrees,
        Self::BeforeUnload,
        Self::Permissions,
        Self::AnyLocale,
        Self::AllCookies,
        Self::BrowserLog,
        Self::RequestBodies,
        Self::DownloadEvents,
        Self::CancelDownload,
        Self::CrashRecovery,
        Self::FramesOnCommand,
        Self::OfflinePages,
        Self::ColorScheme,
        Self::TransparentPages,
    ];

    /// What programs call it, in camelCase.
    pub const fn key(self) -> &'static str {
        match self {
            Self::IsolatedWorld => "isolatedWorld",
            Self::Listeners => "listeners",
            Self::Sandbox => "sandbox",
            Self::Windows => "windows",
            Self::PhoneScreen => "phoneScreen",
            Self::DeviceScale => "deviceScale",
            Self::AnyViewport => "anyViewport",
            Self::CssScaleScreenshots => "cssScaleScreenshots",
            Self::WebpScreenshots => "webpScreenshots",
            Self::Touch => "touch",
            Self::HtmlDragAndDrop => "htmlDragAndDrop",
            Self::Composition => "composition",
            Self::SideButtons => "sideButtons",
            Self::WheelModifiers => "wheelModifiers",
            Self::HistoryJumps => "historyJumps",
            Self::FramesInShadowTrees => "framesInShadowTrees",
            Self::BeforeUnload => "beforeUnload",
            Self::Permissions => "permissions",
            Self::AnyLocale => "anyLocale",
            Self::AllCookies => "allCookies",
            Self::BrowserLog => "browserLog",
            Self::RequestBodies => "requestBodies",
            Self::DownloadEvents => "downloadEvents",
            Self::CancelDownload => "cancelDownload",
            Self::CrashRecovery => "crashRecovery",
            Self::FramesOnCommand => "framesOnCommand",
            Self::OfflinePages => "offlinePages",
            Self::ColorScheme => "colorScheme",
            Self::TransparentPages => "transparentPages",
        }
    }

    /// What it is called in errors and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::IsolatedWorld => "scripts out of the page's reach",
            Self::PhoneScreen => "the screen of a phone",
            Self::DeviceScale => "another device scale factor",
            Self::AnyViewport => "viewports of any size",
            Self::HistoryJumps => "more than one step through the history at once",
            Self::FramesInShadowTrees => "frames beside others that are in shadow trees",
            Self::CssScaleScreenshots => "pictures at CSS scale of a denser screen",
            Self::WebpScreenshots => "WebP screenshots",
            Self::Touch => "touch screens",
            Self::HtmlDragAndDrop => "HTML drag and drop",
            Self::Composition => "showing what an input method composes",
            Self::SideButtons => "mouse buttons besides left, middle and right",
            Self::WheelModifiers => "keys that are held while the wheel turns",
            Self::Permissions => "permissions for every address",
            Self::BrowserLog => "entries of the browser's own log",
            Self::RequestBodies => "bodies of requests in network events",
            Self::DownloadEvents => "news of downloads",
            Self::CancelDownload => "giving up a download",
            Self::BeforeUnload => "the question before leaving a page",
            Self::CrashRecovery => "reviving a crashed page",
            Self::AllCookies => "cookies of pages that are not open",
            Self::AnyLocale => "languages that the system has no locale for",
            Self::Listeners => "knowing what listens to an element",
            Self::FramesOnCommand => "drawing frames on command",
            Self::OfflinePages => "pages without a network, from memory",
            Self::ColorScheme => "the light or the dark look of pages",
            Self::TransparentPages => "pictures with a transparent background",
            Self::Sandbox => "the browser's sandbox",
            Self::Windows => "a window on a person's screen",
        }
    }

    /// How far an engine can do it.
    pub const fn on(self, engine: Engine) -> Support {
        match engine {
            Engine::Chromium => match self {
                Self::Sandbox => Support::Partial("off as root"),
                Self::FramesOnCommand => Support::Partial("in chromium-headless-shell"),
                _ => Support::Full,
            },
            Engine::Firefox => self.on_firefox(),
            Engine::WebKit => self.on_webkit(),
        }
    }

    /// Refuses what an engine cannot do at all, for those who would find it out too late.
    ///
    /// # Errors
    /// [`BrowserError::Unsupported`].
    pub const fn must_be_on(self, engine: Engine) -> Result<()> {
        let capability = self;
        match self.on(engine) {
            Support::None(_) => Err(BrowserError::Unsupported { engine, capability }),
            _ => Ok(()),
        }
    }

    const fn on_firefox(self) -> Support {
        match self {
            Self::PhoneScreen
            | Self::CssScaleScreenshots
            | Self::HtmlDragAndDrop
            | Self::Composition
            | Self::BrowserLog
            | Self::CancelDownload
            | Self::FramesOnCommand
            | Self::OfflinePages
            | Self::ColorScheme
            | Self::TransparentPages => REFUSED,
            Self::Permissions => Support::Partial("the clipboard; others are refused"),
            Self::RequestBodies => Support::None("left out"),
            Self::Listeners => Support::None("steps wait until the page's scripts are there"),
            _ => Support::Full,
        }
    }

    const fn on_webkit(self) -> Support {
        match self {
            Self::PhoneScreen
            | Self::WebpScreenshots
            | Self::Touch
            | Self::HtmlDragAndDrop
            | Self::Composition
            | Self::SideButtons
            | Self::WheelModifiers
            | Self::Permissions
            | Self::CancelDownload
            | Self::HistoryJumps
            | Self::FramesInShadowTrees
            | Self::AnyLocale
            | Self::FramesOnCommand
            | Self::OfflinePages
            | Self::TransparentPages
            | Self::Windows => REFUSED,
            Self::AnyViewport => Support::Partial("447 to 2560 × 2160 pixels"),
            Self::IsolatedWorld => {
                Support::Partial("in the page's world, in a closure that the page cannot reach")
            }
            Self::DeviceScale => Support::Partial("1 and 2, from the beginning"),
            Self::BeforeUnload => Support::None("it is answered with yes"),
            Self::DownloadEvents => Support::None("files are saved without a word"),
            Self::AllCookies => Support::None("those that the open pages see"),
            Self::CrashRecovery => Support::None("the browser of the context ends"),
            Self::Sandbox => Support::None("the distribution's build has none"),
            Self::CssScaleScreenshots
            | Self::BrowserLog
            | Self::RequestBodies
            | Self::ColorScheme
            | Self::Listeners => Support::Full,
        }
    }

    /// The table as Markdown: a row for each capability, a column for each engine.
    pub fn table() -> String {
        let mut lines = vec![
            "| | Chromium | Firefox | WebKit |".to_owned(),
            "|---|---|---|---|".to_owned(),
        ];
        for capability in Self::ALL {
            let cells = [Engine::Chromium, Engine::Firefox, Engine::WebKit]
                .map(|engine| capability.on(engine).to_string());
            lines.push(format!("| {} | {} |", capability.name(), cells.join(" | ")));
        }
        lines.join("\n") + "\n"
    }
}

impl fmt::Display for Support {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("yes"),
            Self::Partial(limit) => write!(f, "partly: {limit}"),
            Self::None(instead) => write!(f, "no: {instead}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_shows_the_table() {
        let page = include_str!("../../../docs/engines.md");
        assert!(
            page.contains(&Capability::table()),
            "put what `proscenium doctor --engines` prints into docs/engines.md"
        );
    }

    #[test]
    fn the_table_has_a_row_for_each_capability_and_each_is_named_once() {
        assert_eq!(
            Capability::table().lines().count(),
            Capability::ALL.len() + 2
        );
        let mut names = Capability::ALL.map(Capability::name);
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }
}
