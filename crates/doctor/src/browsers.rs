//! Is there a browser, and does it start?

use std::time::{Duration, Instant};

use browser::{Browser, BrowserKind, FoundBrowser, LaunchOptions, Progress};

use super::Check;

const LAUNCH_LIMIT: Duration = Duration::from_secs(20);
const GET_CHROMIUM: &str = "apt install chromium (Debian), or Google Chrome from https://www.google.com/chrome (Ubuntu and others)";

/// One line for each kind of browser that matters.
pub(super) async fn installed() -> Vec<Check> {
    // Each program is started once to ask for its version, which blocks.
    let found = tokio::task::spawn_blocking(browser::find_browsers)
        .await
        .unwrap_or_default();
    let shell = found
        .iter()
        .find(|browser| browser.kind == BrowserKind::HeadlessShell);
    let full: Vec<&FoundBrowser> = found
        .iter()
        .filter(|browser| {
            !matches!(
                browser.kind,
                BrowserKind::HeadlessShell | BrowserKind::Firefox
            )
        })
        .collect();
    let firefox = found
        .iter()
        .find(|browser| browser.kind == BrowserKind::Firefox);
    let mut checks: Vec<Check> = full
        .iter()
        .map(|browser| Check::ok(name(browser.kind), described(browser)))
        .collect();
    if full.is_empty() && shell.is_none() {
        checks.push(Check::missing(
            "Browser",
            "neither Chromium nor Chrome nor Edge was found",
            GET_CHROMIUM,
        ));
    } else if full.is_empty() {
        checks.push(Check::warning(
            "Chromium",
            "only the headless shell is there: no window can be shown",
            GET_CHROMIUM,
        ));
    }
    checks.push(match shell {
        Some(shell) => Check::ok(name(shell.kind), described(shell)),
        None => Check::warning(
            name(BrowserKind::HeadlessShell),
            "not found: runs and sessions take the full browser without a window, with more memory; code cannot be rendered, and no film made with --perfect",
            "apt install chromium-headless-shell (Debian 12 and later)",
        ),
    });
    checks.push(match firefox {
        Some(firefox) => Check::ok(name(firefox.kind), described(firefox)),
        None => Check::warning(
            name(BrowserKind::Firefox),
            "not found: runs on Firefox cannot be performed",
            "apt install firefox-esr",
        ),
    });
    checks.push(webkit());
    checks
}

/// WebKit needs a browser and a screen; asked for its version it would need the screen too.
fn webkit() -> Check {
    const NAME: &str = "WebKit";
    const GET: &str = "apt install webkit2gtk-driver xvfb";
    match (browser::find_webkit(), browser::find_xvfb()) {
        (Some(program), Some(_)) => Check::ok(NAME, program.display().to_string()),
        (None, _) => Check::warning(
            NAME,
            "MiniBrowser was not found: runs on WebKit cannot be performed",
            GET,
        ),
        (Some(_), None) => Check::warning(
            NAME,
            "Xvfb was not found, and WebKit draws on a screen only: runs on it cannot be performed",
            GET,
        ),
    }
}

/// Starts the browser that a run would start, and ends it again.
pub(super) async fn launches() -> Check {
    const NAME: &str = "Browser starts";
    let progress = Progress::with_timeout(LAUNCH_LIMIT);
    let begun = Instant::now();
    match Browser::launch(&progress, LaunchOptions::default()).await {
        Ok(browser) => {
            let took = begun.elapsed().as_millis();
            let detail = format!("{} {} in {took} ms", browser.product(), browser.version());
            browser.close().await;
            Check::ok(NAME, detail)
        }
        Err(error) => Check::missing(
            NAME,
            causes(&error),
            "start it by hand to see what it says: chromium --headless about:blank",
        ),
    }
}

fn name(kind: BrowserKind) -> &'static str {
    match kind {
        BrowserKind::Chromium => "Chromium",
        BrowserKind::HeadlessShell => "Headless shell",
        BrowserKind::Chrome => "Chrome",
        BrowserKind::Edge => "Edge",
        BrowserKind::Firefox => "Firefox",
    }
}

fn described(browser: &FoundBrowser) -> String {
    let version = browser
        .version
        .as_deref()
        .unwrap_or("of an unknown version");
    format!("{version} at {}", browser.path.display())
}

/// An error with what caused it, on one line.
pub(super) fn causes(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}
