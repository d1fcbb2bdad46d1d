//! Follows one run: a line for each step on the screen, its pictures into their folder, its results kept.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;

use browser::Engine;
use replay::{Observer, PlayEvent, StepResult, StepStatus};

use super::baselines::{Album, Looked};
use super::healed;
use super::job::Job;
use super::keep::Written;
use super::result::{Picture, Ran};
use super::screen::{Part, Screen};

/// Prints the steps of one run and keeps their results.
pub(super) struct Lines {
    part: Part,
    total: usize,
    steps: Vec<StepResult>,
    failures: Vec<Picture>,
    screenshots: Vec<PathBuf>,
    pictures: Written,
    picture_problem: Option<String>,
    engine: Engine,
    run: String,
    album: Option<Album>,
    looked: Vec<Looked>,
    baseline_problem: Option<String>,
}

impl Lines {
    pub(super) fn new(job: &Job, pictures: &Written, screen: &Screen, retry: usize) -> Self {
        let total = job.recording.steps.len();
        let name = Some(job.name.as_str())
            .filter(|name| !name.is_empty())
            .unwrap_or("Untitled recording");
        let lines = Self {
            part: screen.part(name, total),
            total,
            steps: Vec::new(),
            failures: Vec::new(),
            screenshots: Vec::new(),
            pictures: pictures.clone(),
            picture_problem: None,
            engine: job.engine,
            run: ids::RunId::new().to_string(),
            album: None,
            looked: Vec::new(),
            baseline_problem: None,
        };
        let again = if retry > 0 {
            format!("  retry {retry}")
        } else {
            String::new()
        };
        lines
            .part
            .say(&format!("{name}  {}{again}", job.recording.url));
        lines
    }

    /// What the files of this run begin with.
    pub(super) fn prefix(&self) -> String {
        format!("{}-{}", self.run, self.engine)
    }

    /// Where the pictures of visual checks belong.
    pub(super) fn baselines_in(&mut self, album: Album) {
        self.album = Some(album);
    }

    /// Puts what was seen into the run's result; answers why a picture of a visual check could not be kept.
    pub(super) fn finish(mut self, ran: &mut Ran) -> Option<String> {
        // A branch that is passed over may be told before the step that it stands behind.
        self.steps.sort_by_key(|step| step.index);
        ran.steps = self.steps;
        ran.pictures = self.failures;
        ran.screenshots = self.screenshots;
        ran.looked = self.looked;
        ran.notes.extend(self.picture_problem);
        self.baseline_problem
    }

    fn finished(&mut self, mut step: StepResult) {
        let width = self.total.to_string().len();
        let (mark, rest) = match &step.status {
            StepStatus::Passed if step.rounds > 1 => (
                "✓",
                format!("{} ms, round {}", step.duration_ms, step.rounds),
            ),
            StepStatus::Passed => ("✓", format!("{} ms", step.duration_ms)),
            StepStatus::Failed => ("✗", format!("{} ms", step.duration_ms)),
            StepStatus::Skipped { reason } => ("–", reason.clone()),
        };
        self.part.say(&format!(
            "  {mark} {:>width$}  {}  {rest}",
            step.index + 1,
            step.title
        ));
        if let Some(healed) = &step.healed {
            self.part.say(&format!(
                "    {:>width$}  healed: {}",
                "",
                healed::clause(healed)
            ));
        }
        for closed in &step.dismissed {
            let line = format!("closed: {closed}, which covered the element");
            self.part.say(&format!("    {:>width$}  {line}", ""));
        }
        let prefix = format!("{}-{:03}-{}", self.prefix(), step.index, step.id);
        let kept = self
            .album
            .as_ref()
            .map(|album| album.keep(&mut step, &self.pictures, &prefix));
        match kept.transpose() {
            Ok(kept) => {
                let (looked, lines) = kept.unwrap_or_default();
                for line in lines {
                    self.part.say(&format!("    {:>width$}  {line}", ""));
                }
                self.looked.extend(looked);
            }
            Err(error) => {
                self.baseline_problem.get_or_insert(format!("{error:#}"));
            }
        }
        // Pictures are large: written at once; only those of failures are kept for the reports.
        if let Some(jpeg) = step.screenshot.take() {
            let path = match self.pictures.write(&format!("{prefix}.jpg"), &jpeg) {
                Ok(path) => {
                    // A step in a loop has one place.
                    if !self.screenshots.contains(&path) {
                        self.screenshots.push(path.clone());
                    }
                    Some(path)
                }
                Err(error) => {
                    self.picture_problem.get_or_insert(format!("{error:#}"));
                    None
                }
            };
            if step.status == StepStatus::Failed {
                self.failures.retain(|known| known.step != step.index);
                self.failures.push(Picture {
                    step: step.index,
                    jpeg,
                    path,
                });
            }
        }
        self.part.done(step.index + 1);
        // A step in a loop has its last result.
        match self
            .steps
            .iter_mut()
            .find(|known| known.index == step.index)
        {
            Some(known) => *known = step,
            None => self.steps.push(step),
        }
    }
}

impl Observer for Lines {
    fn event<'a>(&'a mut self, event: PlayEvent) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        match event {
            PlayEvent::StepStarted { title, .. } => self.part.doing(title),
            PlayEvent::StepFinished(step) => self.finished(*step),
            PlayEvent::Started { .. } | PlayEvent::Finished(_) => {}
        }
        Box::pin(std::future::ready(()))
    }
}
