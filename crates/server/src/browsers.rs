//! Which browser this machine has.

use std::path::PathBuf;

use browser::{BrowserKind, FoundBrowser};

/// A browser of this machine.
#[derive(Clone, Debug)]
pub(crate) struct InstalledBrowser {
    pub(crate) name: String,
    pub(crate) version: Option<String>,
    pub(crate) path: PathBuf,
}

/// All browsers of this machine, the preferred one first.
pub(crate) async fn all() -> Vec<InstalledBrowser> {
    // Looking walks the path and may start programs: not on a thread that serves requests.
    let found = tokio::task::spawn_blocking(browser::find_browsers)
        .await
        .unwrap_or_default();
    found.into_iter().map(InstalledBrowser::from).collect()
}

/// The browser that sessions and runs use.
pub(crate) async fn installed(chosen: Option<PathBuf>) -> Option<InstalledBrowser> {
    let mut found = all().await;
    match chosen {
        Some(path) => {
            let known = found.into_iter().find(|browser| browser.path == path);
            Some(known.unwrap_or(InstalledBrowser {
                name: "custom".to_owned(),
                version: None,
                path,
            }))
        }
        None if found.is_empty() => None,
        None => Some(found.swap_remove(0)),
    }
}

impl From<FoundBrowser> for InstalledBrowser {
    fn from(found: FoundBrowser) -> Self {
        let name = match found.kind {
            BrowserKind::Chromium => "Chromium",
            BrowserKind::HeadlessShell => "Chromium headless shell",
            BrowserKind::Chrome => "Google Chrome",
            BrowserKind::Edge => "Microsoft Edge",
            BrowserKind::Firefox => "Mozilla Firefox",
        };
        Self {
            name: name.to_owned(),
            version: found.version,
            path: found.path,
        }
    }
}
