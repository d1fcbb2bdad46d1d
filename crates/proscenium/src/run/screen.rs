//! What a person watches while recordings are performed, on standard error: bars on a terminal, lines elsewhere.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// Standard error, shared by all recordings that are performed at the same time.
#[derive(Clone)]
pub(super) struct Screen {
    bars: Option<MultiProgress>,
    /// Several recordings speak at once: each line says whose it is.
    is_shared: bool,
}

impl Screen {
    pub(super) fn new(workers: usize) -> Self {
        Self {
            bars: std::io::stderr().is_terminal().then(MultiProgress::new),
            is_shared: workers > 1,
        }
    }

    /// A place for one recording of `steps` steps.
    pub(super) fn part(&self, name: &str, steps: usize) -> Part {
        let bar = self.bars.as_ref().map(|bars| {
            let template = "{spinner} {pos}/{len} {elapsed} {prefix} {wide_msg}";
            self.bar(bars, ProgressBar::new(steps as u64), template)
        });
        if let Some(bar) = bar.as_ref().filter(|_| self.is_shared) {
            bar.set_prefix(format!("[{name}]"));
        }
        Part {
            screen: self.clone(),
            bar,
            prefix: if self.is_shared {
                format!("[{name}] ")
            } else {
                String::new()
            },
        }
    }

    /// Shows that something takes its time, until it is dropped.
    pub(super) fn busy(&self, what: &'static str) -> Busy {
        Busy(self.bars.as_ref().map(|bars| {
            let bar = self.bar(
                bars,
                ProgressBar::new_spinner(),
                "{spinner} {elapsed} {msg}",
            );
            bar.set_message(what);
            bar
        }))
    }

    fn bar(&self, bars: &MultiProgress, bar: ProgressBar, template: &str) -> ProgressBar {
        let bar = bars.add(bar);
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    pub(super) fn say(&self, line: &str) {
        let written = match &self.bars {
            Some(bars) => bars.println(line),
            None => writeln!(std::io::stderr(), "{line}"),
        };
        // Nobody may be listening any more; the run goes on all the same.
        drop(written);
    }
}

/// The part of the screen that one recording has.
pub(super) struct Part {
    screen: Screen,
    bar: Option<ProgressBar>,
    prefix: String,
}

impl Part {
    pub(super) fn say(&self, line: &str) {
        self.screen.say(&format!("{}{line}", self.prefix));
    }

    /// What is being done.
    pub(super) fn doing(&self, title: String) {
        if let Some(bar) = &self.bar {
            bar.set_message(title);
        }
    }

    pub(super) fn done(&self, steps: usize) {
        if let Some(bar) = &self.bar {
            bar.set_position(steps as u64);
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Something that takes its time.
pub(super) struct Busy(Option<ProgressBar>);

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
