//! The stored options of a run, as the player takes them.

use std::collections::BTreeMap;
use std::time::Duration;

use browser::{BrowserError, Engine};
use recording::Variables;
use replay::{Files, Healing, Overlays, PlayOptions, ScreenshotMode, Timing};
use store::RunOptions;

use super::filming::Wanted;

/// What is performed with what.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) engine: Engine,
    pub(super) play: PlayOptions,
    pub(super) video: Wanted,
}

/// Options for the player, or what is wrong with the stored ones. What is absent takes the server's defaults: no person
/// waits for the run, so it goes fast, and it leaves a picture of every step.
pub(super) fn of(
    stored: &RunOptions,
    values: &BTreeMap<String, String>,
    files: Files,
) -> Result<Options, String> {
    let engine = match stored.browser.as_deref() {
        None => Engine::default(),
        Some(name) => name
            .parse()
            .map_err(|error: BrowserError| error.to_string())?,
    };
    let timing = match stored.timing_mode.as_deref() {
        None | Some("fast") => Timing::Fast,
        Some("realistic") => Timing::Realistic,
        Some("instant") => Timing::Instant,
        Some(other) => return Err(format!("there is no timing mode “{other}”")),
    };
    let screenshots = match stored.screenshot_mode.as_deref() {
        None | Some("always") => ScreenshotMode::Always,
        Some("onFailure") => ScreenshotMode::OnFailure,
        Some("never") => ScreenshotMode::Never,
        Some(other) => return Err(format!("there is no screenshot mode “{other}”")),
    };
    let video = Wanted::of(stored.video.as_deref()).ok_or_else(|| {
        let word = stored.video.as_deref().unwrap_or_default();
        format!("there is no video mode “{word}”")
    })?;
    let base_url = match stored.base_url.as_deref() {
        Some(text) => Some(
            text.parse()
                .map_err(|error| format!("“{text}” is no address: {error}"))?,
        ),
        None => None,
    };
    let mut variables = Variables::new();
    for (name, value) in values {
        variables.set(name.as_str(), value.as_str());
    }
    let defaults = PlayOptions::default();
    let play = PlayOptions {
        timing,
        speed: stored.speed.unwrap_or(defaults.speed),
        step_timeout: stored
            .step_timeout_ms
            .map_or(defaults.step_timeout, Duration::from_millis),
        run_timeout: stored
            .run_timeout_ms
            .map_or(defaults.run_timeout, Duration::from_millis),
        continue_on_error: stored.continue_on_error,
        healing: stored.heal.map_or(defaults.healing, Healing::from),
        overlays: stored
            .dismiss_overlays
            .map_or(defaults.overlays, Overlays::from),
        variables,
        base_url,
        screenshots,
        files,
        ..defaults
    };
    Ok(Options {
        engine,
        play,
        video,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Engine, Options, of};
    use replay::{Files, ScreenshotMode, Timing};
    use store::RunOptions;

    #[test]
    fn what_is_absent_takes_the_servers_defaults() {
        let Options { engine, play, .. } =
            of(&RunOptions::default(), &BTreeMap::new(), Files::default()).unwrap();
        assert_eq!(engine, Engine::Chromium);
        assert_eq!(
            (play.timing, play.screenshots),
            (Timing::Fast, ScreenshotMode::Always)
        );
        assert_eq!(
            (play.step_timeout.as_secs(), play.run_timeout.as_secs()),
            (30, 600)
        );
    }

    #[test]
    fn a_word_that_means_nothing_is_named() {
        let stored = RunOptions {
            timing_mode: Some("warp".to_owned()),
            ..RunOptions::default()
        };
        assert!(
            of(&stored, &BTreeMap::new(), Files::default())
                .unwrap_err()
                .contains("warp")
        );
        let stored = RunOptions {
            browser: Some("netscape".to_owned()),
            ..RunOptions::default()
        };
        let error = of(&stored, &BTreeMap::new(), Files::default()).unwrap_err();
        assert!(error.contains("netscape"), "{error}");
    }
}
