//! How a recording is to be performed.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use recording::{Recording, Variables};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::files::Files;
use crate::visual::{Approving, Baselines, NoBaselines};

/// The pace between steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Timing {
    /// The pauses of the person who recorded.
    #[default]
    Realistic,
    /// A quarter of them.
    Fast,
    /// None: each step begins when the page is ready for it.
    Instant,
}

/// When pictures of steps are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScreenshotMode {
    /// After every step.
    Always,
    /// When a step fails.
    #[default]
    OnFailure,
    /// Not at all; a failure leaves no picture either.
    Never,
}

/// Whether steps are healed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Healing {
    /// A step is healed when it is clear which element took the recorded one's place.
    #[default]
    On,
    /// A step whose selectors find nothing fails.
    Off,
}

impl From<bool> for Healing {
    fn from(wanted: bool) -> Self {
        if wanted { Self::On } else { Self::Off }
    }
}

/// What becomes of a banner or a dialog that lies over a step's element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Overlays {
    /// The step waits until it has gone, and fails when it does not go.
    #[default]
    Leave,
    /// What does not go by itself is closed by its own button, and the step's result says so.
    Dismiss,
}

impl From<bool> for Overlays {
    fn from(dismiss: bool) -> Self {
        if dismiss { Self::Dismiss } else { Self::Leave }
    }
}

/// A word that names no mode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not one of {known}")]
pub struct UnknownWord {
    word: String,
    known: &'static str,
}

macro_rules! words {
    ($name:ident, $known:literal, $($variant:ident = $word:literal),*) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $word,)* })
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(UnknownWord { word: word.to_owned(), known: $known }),
                }
            }
        }
    };
}

words!(
    Timing,
    "realistic, fast, instant",
    Realistic = "realistic",
    Fast = "fast",
    Instant = "instant"
);
words!(
    ScreenshotMode,
    "always, on-failure, never",
    Always = "always",
    OnFailure = "on-failure",
    Never = "never"
);

/// How a recording is to be performed.
#[derive(Debug, Clone)]
pub struct PlayOptions {
    /// The pace between steps.
    pub timing: Timing,
    /// 2 plays twice as fast. Does nothing to instant timing.
    pub speed: f64,
    /// The longest pause between two steps.
    pub max_delay: Duration,
    /// How long a step may take that does not say it itself.
    pub step_timeout: Duration,
    /// How long everything may take.
    pub run_timeout: Duration,
    /// Goes on after a failed step; the run has failed all the same.
    pub continue_on_error: bool,
    /// Values for `${NAME}`; they are kept out of everything that is reported.
    pub variables: Variables,
    /// Another deployment of the recorded site: addresses of the recording's own origin are taken there.
    pub base_url: Option<Url>,
    /// The context's page is already where the recording begins, and is not opened again.
    pub is_open: bool,
    /// When pictures are taken.
    pub screenshots: ScreenshotMode,
    /// Whether requests are watched, so that a failure can tell which of them failed.
    pub watch_network: bool,
    /// Whether a step whose selectors find nothing may act on the one element that is clearly the recorded one. The
    /// result of such a step says so, and so does the run's.
    pub healing: Healing,
    /// What becomes of a banner or a dialog that lies over a step's element.
    pub overlays: Overlays,
    /// Where the files of upload steps are.
    pub files: Files,
    /// The recordings that steps include, by the word by which those name them.
    pub recordings: BTreeMap<String, Recording>,
    /// The pictures that visual checks compare with.
    pub baselines: Arc<dyn Baselines>,
    /// What becomes of a picture that is new or different.
    pub approving: Approving,
}

impl Default for PlayOptions {
    fn default() -> Self {
        Self {
            timing: Timing::default(),
            speed: 1.0,
            max_delay: Duration::from_secs(30),
            step_timeout: Duration::from_secs(30),
            run_timeout: Duration::from_secs(600),
            continue_on_error: false,
            variables: Variables::new(),
            base_url: None,
            is_open: false,
            screenshots: ScreenshotMode::default(),
            watch_network: true,
            healing: Healing::default(),
            overlays: Overlays::default(),
            files: Files::default(),
            recordings: BTreeMap::new(),
            baselines: Arc::new(NoBaselines),
            approving: Approving::default(),
        }
    }
}
