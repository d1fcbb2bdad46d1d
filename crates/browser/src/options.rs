//! How a browser and its contexts are to be set up.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use crate::capability::Capability;
use crate::error::BrowserError;
use crate::offline::OfflineSite;

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Engine {
    /// Chromium, Chrome, Edge and chromium-headless-shell.
    #[default]
    Chromium,
    /// Firefox, over WebDriver BiDi.
    Firefox,
    /// WebKitGTK, over its remote inspector.
    WebKit,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}

impl FromStr for Engine {
    type Err = BrowserError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_ascii_lowercase().as_str() {
            "chromium" | "chrome" | "edge" => Ok(Self::Chromium),
            "firefox" => Ok(Self::Firefox),
            "webkit" | "safari" => Ok(Self::WebKit),
            _ => Err(BrowserError::Invalid(format!(
                "unknown browser {text:?}; known: chromium, firefox, webkit"
            ))),
        }
    }
}

/// Whether the browser shows a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Headless {
    /// `chromium-headless-shell` when it is installed (a third of the memory, half of the time), else as `New`.
    #[default]
    Shell,
    /// The full browser without a window.
    New,
    /// The full browser with a window on `DISPLAY`.
    Headed,
}

/// Who decides when pages draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Drawing {
    /// The browser, as often as its screen shows something new.
    #[default]
    Freely,
    /// The caller, by [`Page::draw`](crate::Page::draw): nothing is drawn in between. Only `chromium-headless-shell` can.
    OnCommand,
}

/// What draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Graphics {
    /// Whatever the browser finds.
    #[default]
    Found,
    /// The processor: the same pixels on every machine. Chromium only.
    Software,
    /// The GPU, through ANGLE. Chromium only, and where [`try_gpu`](crate::try_gpu) sees one that works.
    Hardware(Driver),
}

/// Which driver of the system a GPU is reached through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Driver {
    /// OpenGL ES by EGL.
    Egl,
    /// Vulkan.
    Vulkan,
}

impl std::fmt::Display for Driver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Egl => "EGL",
            Self::Vulkan => "Vulkan",
        })
    }
}

/// How to start a browser.
#[derive(Debug, Clone, Default)]
pub struct LaunchOptions {
    /// Which engine.
    pub engine: Engine,
    /// The program to start; found by itself when `None`.
    pub executable: Option<PathBuf>,
    /// Whether it shows a window.
    pub headless: Headless,
    /// Who decides when its pages draw.
    pub drawing: Drawing,
    /// What its pages are drawn with.
    pub graphics: Graphics,
    /// More command line arguments. A `--disable-features` here is merged with the crate's own.
    pub extra_args: Vec<String>,
    /// The socket of a [`Loudspeaker`](crate::Loudspeaker) that its pages are heard on; without one Chromium is silent.
    pub loudspeaker: Option<PathBuf>,
}

/// How to set up a context. The default is an isolated profile in memory with the browser's own values.
#[derive(Debug, Clone, Default)]
pub struct ContextOptions {
    /// Size and kind of the screen that pages see.
    pub viewport: Option<Viewport>,
    /// Replaces the `User-Agent`.
    pub user_agent: Option<String>,
    /// BCP 47 tag for `navigator.language`, `Accept-Language`, dates and numbers: "de-DE".
    pub locale: Option<String>,
    /// IANA name: "Europe/Berlin".
    pub timezone: Option<String>,
    /// HTTP proxy for all traffic, loopback included.
    pub proxy: Option<SocketAddr>,
    /// Where downloads are saved; a folder inside the profile, removed with it, when `None`.
    pub downloads_dir: Option<PathBuf>,
    /// Opens pages whose certificate is bad.
    pub ignore_https_errors: bool,
    /// Reports requests as page events from the first one on, as [`Page::enable_network`](crate::Page::enable_network).
    pub network_events: bool,
    /// Permissions that every page has without asking, in the protocol's words: "clipboardReadWrite".
    pub permissions: Vec<String>,
    /// Pages have no network: this is all that they reach, and every other request is refused.
    pub offline: Option<Arc<OfflineSite>>,
    /// Runs in the own world of every document before its first script, in frames as well: how pages that are drawn on
    /// command ([`Drawing::OnCommand`]) get a clock that waits for the drawing.
    pub stage_script: Option<Arc<str>>,
    /// Which of its two looks a page is asked for (`prefers-color-scheme`).
    pub color_scheme: Option<ColorScheme>,
    /// What no page paints over is transparent in pictures, where it would be white.
    pub transparent: bool,
    /// Whether every document has our own world beside the page's.
    pub own_world: OwnWorld,
}

/// One of the two looks that many pages have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColorScheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl ColorScheme {
    /// Its name in CSS.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Whether documents have [`World::Isolated`](crate::World::Isolated) beside the page's own world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OwnWorld {
    /// With the page bundle in it.
    #[default]
    Present,
    /// Only the page's own world can be asked, which saves each document the bundle. The HTTP status of documents and their
    /// titles are not told.
    Absent,
}

/// The screen that a page sees, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub device_scale_factor: f64,
    /// Whether the meta viewport tag counts and scrollbars overlay.
    pub mobile: bool,
    /// Whether the page sees a touch screen.
    pub touch: bool,
}

impl Viewport {
    /// A desktop screen of this size at one device pixel per CSS pixel.
    pub const fn desktop(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: false,
            touch: false,
        }
    }

    /// Whether pages of this engine can see this screen at all, as far as it is known before they try.
    ///
    /// # Errors
    /// `Unsupported` with what is missing.
    pub fn check(&self, engine: Engine) -> Result<(), BrowserError> {
        let phone = self.mobile || self.touch;
        let dense = !matches!(self.device_scale_factor, 1.0 | 2.0);
        let missing = match engine {
            Engine::Firefox | Engine::WebKit if phone => Some(Capability::PhoneScreen),
            Engine::WebKit if dense => Some(Capability::DeviceScale),
            _ => None,
        };
        match missing {
            Some(capability) => Err(BrowserError::Unsupported { engine, capability }),
            None => Ok(()),
        }
    }
}

impl Default for Viewport {
    fn default() -> Self {
        Self::desktop(1280, 720)
    }
}

/// A cookie, for reading and for setting.
#[derive(Debug, Clone, PartialEq)]
pub struct Cookie {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
    /// Host or `.domain`.
    pub domain: String,
    /// Path; "/" mostly.
    pub path: String,
    /// Unix seconds; `None` for a session cookie.
    pub expires: Option<f64>,
    /// Hidden from scripts.
    pub http_only: bool,
    /// Only over HTTPS.
    pub secure: bool,
    /// "Strict", "Lax" or "None".
    pub same_site: Option<String>,
}
