//! Does a browser draw frames when it is told to, as renders and films with a clock that waits need it?

use std::time::{Duration, Instant};

use browser::{
    Browser, BrowserError, ContextOptions, Drawing, Headless, ImageFormat, LaunchOptions, Progress,
    Tick,
};

use super::Check;
use super::browsers::causes;

const LIMIT: Duration = Duration::from_secs(20);

/// Starts the browser that a render would start and asks for one frame.
pub(super) async fn on_command() -> Check {
    let begun = Instant::now();
    check(draw().await, begun.elapsed())
}

async fn draw() -> Result<(), BrowserError> {
    let progress = Progress::with_timeout(LIMIT);
    let options = LaunchOptions {
        headless: Headless::Shell,
        drawing: Drawing::OnCommand,
        ..LaunchOptions::default()
    };
    let browser = Browser::launch(&progress, options).await?;
    let drawn = one_frame(&progress, &browser).await;
    browser.close().await;
    drawn
}

async fn one_frame(progress: &Progress, browser: &Browser) -> Result<(), BrowserError> {
    let context = browser.new_context(progress, ContextOptions::default());
    let page = context.await?.new_page(progress).await?;
    let tick = Tick {
        time: 60_000.0,
        interval: 1000.0 / 60.0,
        picture: Some(ImageFormat::Png),
    };
    page.draw(progress, tick).await.map(drop)
}

fn check(drawn: Result<(), BrowserError>, took: Duration) -> Check {
    const NAME: &str = "Frames on command";
    const HELP: &str = "apt install chromium-headless-shell (Debian 12 and later)";
    const WITHOUT: &str = "code cannot be rendered, and no film made with --perfect";
    match drawn {
        Ok(()) => Check::ok(NAME, format!("one was drawn in {} ms", took.as_millis())),
        Err(BrowserError::NotFound { .. } | BrowserError::Unsupported { .. }) => {
            Check::warning(NAME, format!("no browser here draws them: {WITHOUT}"), HELP)
        }
        Err(error) => Check::warning(NAME, format!("{}: {WITHOUT}", causes(&error)), HELP),
    }
}

#[cfg(test)]
mod tests {
    use browser::{Capability, Engine};

    use super::*;
    use crate::Status;

    #[test]
    fn a_browser_that_cannot_says_what_does_not_work_and_the_way_out() {
        let unsupported = BrowserError::Unsupported {
            engine: Engine::Chromium,
            capability: Capability::FramesOnCommand,
        };
        let told = check(Err(unsupported), Duration::ZERO);
        assert_eq!(told.status, Status::Warning);
        assert!(told.detail.contains("cannot be rendered"), "{told:?}");
        assert!(told.help.unwrap().contains("chromium-headless-shell"));
    }
}
