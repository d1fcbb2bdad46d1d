//! Which browsers are installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::BrowserError;
use crate::options::Headless;

/// A kind of browser program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BrowserKind {
    /// Chromium.
    Chromium,
    /// Chromium's headless shell: no window, a third of the memory.
    HeadlessShell,
    /// Google Chrome.
    Chrome,
    /// Microsoft Edge.
    Edge,
    /// Mozilla Firefox.
    Firefox,
}

/// A browser program on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundBrowser {
    /// What it is.
    pub kind: BrowserKind,
    /// The program that is started.
    pub path: PathBuf,
    /// "156.0.8078.79"; `None` when it would not say.
    pub version: Option<String>,
}

/// Program names by kind, best first.
const NAMES: [(BrowserKind, &[&str]); 5] = [
    (
        BrowserKind::HeadlessShell,
        &[
            "chromium-headless-shell",
            "chrome-headless-shell",
            "headless_shell",
        ],
    ),
    (BrowserKind::Chromium, &["chromium", "chromium-browser"]),
    (
        BrowserKind::Chrome,
        &["google-chrome", "google-chrome-stable", "chrome"],
    ),
    (
        BrowserKind::Edge,
        &["microsoft-edge", "microsoft-edge-stable"],
    ),
    (BrowserKind::Firefox, &["firefox-esr", "firefox"]),
];

/// Folders that are searched besides those of `PATH`.
const FOLDERS: [&str; 5] = [
    "/usr/bin",
    "/usr/local/bin",
    "/opt/google/chrome",
    "/opt/chrome-headless-shell-linux64",
    "/snap/bin",
];

/// Looks for browsers at their usual places and on `PATH`, and asks each for its version. Starts each program once,
/// so it takes a few tenths of a second.
pub fn find_browsers() -> Vec<FoundBrowser> {
    let mut found: Vec<FoundBrowser> = Vec::new();
    for (kind, path) in installed() {
        if found.iter().all(|other| other.path != path) {
            let version = version_of(&path);
            found.push(FoundBrowser {
                kind,
                path,
                version,
            });
        }
    }
    found
}

/// The program to start for `headless`, and what kind it is.
pub(crate) fn choose(
    executable: Option<&Path>,
    headless: Headless,
) -> Result<(BrowserKind, PathBuf), BrowserError> {
    if let Some(path) = executable {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let kind = if name.contains("headless") {
            BrowserKind::HeadlessShell
        } else {
            BrowserKind::Chromium
        };
        return Ok((kind, unwrap_launcher(path.to_owned())));
    }
    let wants_shell = headless == Headless::Shell;
    let best = installed()
        .into_iter()
        .find(|(kind, _)| suits(*kind, wants_shell));
    best.ok_or_else(|| BrowserError::NotFound {
        looked_for: NAMES
            .iter()
            .filter(|(kind, _)| suits(*kind, wants_shell))
            .flat_map(|(_, names)| names.iter().map(|name| (*name).to_owned()))
            .collect(),
    })
}

/// Whether a Chromium of this kind will do.
fn suits(kind: BrowserKind, wants_shell: bool) -> bool {
    match kind {
        BrowserKind::HeadlessShell => wants_shell,
        BrowserKind::Chromium | BrowserKind::Chrome | BrowserKind::Edge => true,
        BrowserKind::Firefox => false,
    }
}

/// The Firefox to start.
pub(crate) fn choose_firefox(executable: Option<&Path>) -> Result<PathBuf, BrowserError> {
    if let Some(path) = executable {
        return Ok(path.to_owned());
    }
    let found = installed()
        .into_iter()
        .find(|(kind, _)| *kind == BrowserKind::Firefox);
    found
        .map(|(_, path)| path)
        .ok_or_else(|| BrowserError::NotFound {
            looked_for: vec!["firefox-esr".to_owned(), "firefox".to_owned()],
        })
}

fn installed() -> Vec<(BrowserKind, PathBuf)> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path)
        .chain(FOLDERS.iter().map(PathBuf::from))
        // `/bin` is `/usr/bin` by another name; without this every program would be found twice.
        .filter_map(|folder| folder.canonicalize().ok())
        .collect();
    let mut found: Vec<(BrowserKind, PathBuf)> = Vec::new();
    for (kind, names) in NAMES {
        let programs = names
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        for program in programs
            .filter(|program| program.is_file())
            .map(unwrap_launcher)
        {
            if found.iter().all(|(_, other)| *other != program) {
                found.push((kind, program));
            }
        }
    }
    found
}

/// Debian starts its browsers through shell scripts. The program itself is preferred: a script that stays between us
/// and the browser would take the signal that is meant for it.
fn unwrap_launcher(path: PathBuf) -> PathBuf {
    let Some(name) = path.file_name() else {
        return path;
    };
    let program = Path::new("/usr/lib/chromium").join(name);
    if path.starts_with("/usr/bin") && program.is_file() {
        program
    } else {
        path
    }
}

fn version_of(path: &Path) -> Option<String> {
    let output = Command::new(path)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text
        .split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.'));
    version.map(str::to_owned)
}
