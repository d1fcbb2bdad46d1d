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
async fn find() -> Vec<FoundBrowser> {
    // Looking walks the path and may start programs: not on a thread that serves requests.
    tokio::task::spawn_blocking(browser::find_browsers)
        .await
        .unwrap_or_default()
}

/// The browser that sessions use, and runs that name no other: a Chromium.
pub(crate) async fn installed(chosen: Option<PathBuf>) -> Option<InstalledBrowser> {
    let mut found = find().await.into_iter();
    match chosen {
        Some(path) => {
            let known = found.find(|browser| browser.path == path);
            Some(
                known
                    .map(InstalledBrowser::from)
                    .unwrap_or(InstalledBrowser {
                        name: "custom".to_owned(),
                        version: None,
                        path,
                    }),
            )
        }
        None => found
            .find(|browser| browser.kind != BrowserKind::Firefox)
            .map(InstalledBrowser::from),
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
