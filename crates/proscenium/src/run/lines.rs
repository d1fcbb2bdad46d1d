//! What a person sees while a recording is performed: a line for each step, and a bar on a terminal. All on stderr.

use std::future::Future;
use std::io::{IsTerminal, Write};
use std::pin::Pin;
use std::time::Duration;

use browser::Engine;
use indicatif::{ProgressBar, ProgressStyle};
use recording::Recording;
use replay::{Observer, PlayEvent, StepResult, StepStatus};

use super::keep::Written;

/// Prints the steps of one run and keeps their results.
pub(super) struct Lines {
    bar: Option<ProgressBar>,
    total: usize,
    steps: Vec<StepResult>,
    pictures: Written,
    picture_problem: Option<String>,
    engine: Engine,
    run: String,
}

impl Lines {
    pub(super) fn new(recording: &Recording, pictures: &Written, engine: Engine) -> Self {
        let total = recording.steps.len();
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(total as u64);
            let style = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        let run = ids::RunId::new().to_string();
        let lines = Self {
            bar,
            total,
            steps: Vec::new(),
            pictures: pictures.clone(),
            picture_problem: None,
            engine,
            run,
        };
        let name = Some(recording.test_name.as_str())
            .filter(|name| !name.is_empty())
            .unwrap_or("Untitled recording");
        lines.say(&format!("{name}  {}", recording.url));
        lines
    }

    /// The results, and why a picture could not be written.
    pub(super) fn finish(self) -> (Vec<StepResult>, Option<String>) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        (self.steps, self.picture_problem)
    }

    fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.println(line),
            // Nobody may be listening any more; the run goes on all the same.
            None => drop(writeln!(std::io::stderr(), "{line}")),
        }
    }

    fn finished(&mut self, mut step: StepResult) {
        let width = self.total.to_string().len();
        let (mark, rest) = match &step.status {
            StepStatus::Passed => ("✓", format!("{} ms", step.duration_ms)),
            StepStatus::Failed => ("✗", format!("{} ms", step.duration_ms)),
            StepStatus::Skipped { reason } => ("–", reason.clone()),
        };
        self.say(&format!(
            "  {mark} {:>width$}  {}  {rest}",
            step.index + 1,
            step.title
        ));
        // Pictures are large: written at once, not kept until the end.
        if let Some(picture) = step.screenshot.take() {
            let name = format!(
                "{}-{}-{:03}-{}.jpg",
                self.run, self.engine, step.index, step.id
            );
            if let Err(error) = self.pictures.write(&name, &picture) {
                self.picture_problem.get_or_insert(format!("{error:#}"));
            }
        }
        if let Some(bar) = &self.bar {
            bar.set_position(step.index as u64 + 1);
        }
        self.steps.push(step);
    }
}

impl Observer for Lines {
    fn event<'a>(&'a mut self, event: PlayEvent) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        match event {
            PlayEvent::StepStarted { title, .. } => {
                if let Some(bar) = &self.bar {
                    bar.set_message(title);
                }
            }
            PlayEvent::StepFinished(step) => self.finished(*step),
            PlayEvent::Started { .. } | PlayEvent::Finished(_) => {}
        }
        Box::pin(std::future::ready(()))
    }
}
