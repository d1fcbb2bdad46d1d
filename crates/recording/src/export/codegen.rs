//! What Playwright's code generator writes with `--target jsonl`: a line of options, then a line for each action. What a
//! line says less well than the step did stands in a line of its own before it, which the importer here reads back.

mod act;
mod locator;
mod signal;

use serde_json::{Value, json};

use super::losses::Losses;
use super::{ExportError, Exported, essence, rest};
use crate::import::codegen::Follower;
use crate::{Recording, Step, StepKind, TabEvent};

pub(super) fn export(recording: &Recording) -> Result<Exported, ExportError> {
    let mut writer = Writer {
        losses: Losses::default(),
        lines: vec![options(recording)],
        follower: Follower::new(),
    };
    writer.losses.tags(recording);
    writer.losses.pauses(recording);
    writer.losses.declarations(recording);
    if !recording.test_name.is_empty() {
        writer.losses.lose("testName", "is not carried over");
    }
    writer.begin(&recording.url);
    let mut index = 0;
    while index < recording.steps.len() {
        index = writer.step(recording, index);
    }
    let mut text = String::new();
    for line in writer.lines {
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    Ok(Exported {
        text,
        losses: writer.losses.into_list(),
    })
}

/// The line of options, with what the recording says of its browser.
fn options(recording: &Recording) -> Value {
    let mut context = json!({});
    if recording.viewport.is_some() {
        let (width, height) = recording.page_size();
        context["viewport"] = json!({ "width": width, "height": height });
    }
    if let Some(scale) = recording.device_pixel_ratio {
        context["deviceScaleFactor"] = scale.into();
    }
    if let Some(is_mobile) = recording.is_mobile {
        context["isMobile"] = is_mobile.into();
    }
    if let Some(has_touch) = recording.has_touch {
        context["hasTouch"] = has_touch.into();
    }
    if let Some(agent) = &recording.user_agent {
        context["userAgent"] = agent.as_str().into();
    }
    json!({ "browserName": "chromium", "launchOptions": { "headless": false }, "contextOptions": context })
}

struct Writer {
    losses: Losses,
    lines: Vec<Value>,
    /// What an import of the lines so far has come to.
    follower: Follower,
}

impl Writer {
    fn begin(&mut self, url: &str) {
        for action in [
            json!({ "name": "openPage", "url": "about:blank" }),
            json!({ "name": "navigate", "url": url }),
        ] {
            let line = on_page(action, Vec::new(), 0);
            self.follower.read(&line);
            self.lines.push(line);
        }
    }

    /// Writes the step at `index`, with those beside it that have no line of their own, and gives the place of the next.
    fn step(&mut self, recording: &Recording, index: usize) -> usize {
        let steps = &recording.steps;
        let turn = self.turn(&steps[index]);
        let main = match (turn, steps.get(index + 1).map(|step| &step.kind)) {
            (Some(_), Some(kind)) if !matches!(kind, StepKind::Tab(_)) => index + 1,
            _ => index,
        };
        let step = &steps[main];
        self.losses.at(main);
        let said = act::said(step, self.follower.pages(), &mut self.losses);
        let action = match said {
            Ok(action) => action,
            Err(why) => {
                let kind = step.kind.type_name();
                let why = format!("{kind}: {why}; only this program reads it back");
                self.losses.lose("type", why);
                let page = turn.unwrap_or_else(|| self.follower.page());
                for step in &steps[index..=main] {
                    self.note(step, page, None);
                }
                return main + 1;
            }
        };
        let page = turn.or_else(|| self.page_of(step));
        let page = page.unwrap_or_else(|| self.follower.page());
        let signals = signal::signals(recording, main, self.follower.pages());
        let line = on_page(action, signals, page);
        let read = self.follower.read(&line);
        // A dialog is seen in the signals of the action that opened it.
        let end = index + read.len();
        let group = steps.get(index..end).unwrap_or_default();
        if end > main && is_same(group, &read) && !is_end(steps, main) {
            self.lines.push(line);
            return end;
        }
        if let Some(read) = read.iter().find(|read| !is_turn(read)) {
            rest::tell(step, read, &mut self.losses);
        }
        if let Some(read) = read.first().filter(|read| main > index && is_turn(read)) {
            self.losses.at(index);
            rest::tell(&steps[index], read, &mut self.losses);
        }
        if main > index {
            self.note(&steps[index], page, None);
        }
        self.note(step, page, Some(&line));
        self.lines.push(line);
        main + 1
    }

    /// The page that a step turns to: there is no line for it, it is seen in the page of the next line.
    fn turn(&self, step: &Step) -> Option<usize> {
        match &step.kind {
            StepKind::Tab(tab) if is_turn(step) => tab.index,
            _ => None,
        }
        .filter(|index| *index < self.follower.pages())
    }

    /// The page that a step of tabs speaks of.
    fn page_of(&self, step: &Step) -> Option<usize> {
        match &step.kind {
            StepKind::Tab(tab) if tab.event == TabEvent::New => Some(self.follower.pages()),
            StepKind::Tab(tab) if tab.event == TabEvent::Close => tab.index,
            _ => None,
        }
    }

    /// The whole step, with the line that stands for it as it is: one that somebody changes later counts for more.
    fn note(&mut self, step: &Step, page: usize, line: Option<&Value>) {
        let step = step.to_value().unwrap_or_default();
        let stands_for: Vec<&Value> = line.into_iter().collect();
        let note = json!({ "name": "proscenium", "step": step, "standsFor": stands_for });
        self.follower.turn_to(page);
        self.lines.push(on_page(note, Vec::new(), page));
    }
}

/// The action as a line: with what it caused, and the page that it was done in.
fn on_page(mut action: Value, signals: Vec<Value>, page: usize) -> Value {
    // An action that was imported whole has all of it already, maybe of another page.
    if action.get("pageGuid").is_none() {
        action["signals"] = signals.into();
        action["pageAlias"] = alias(page).into();
    }
    action["pageGuid"] = format!("page@{}", page + 1).into();
    action
}

/// What the generator calls a page in code.
fn alias(page: usize) -> String {
    match page {
        0 => "page".to_owned(),
        number => format!("page{number}"),
    }
}

fn is_turn(step: &Step) -> bool {
    matches!(&step.kind, StepKind::Tab(tab) if tab.event == TabEvent::Switch)
}

/// Whether the step closes a tab at the end: a file of the generator ends so, and no step is meant.
fn is_end(steps: &[Step], index: usize) -> bool {
    let closes =
        |step: &Step| matches!(&step.kind, StepKind::Tab(tab) if tab.event == TabEvent::Close);
    index + 1 == steps.len() && closes(&steps[index])
}

fn is_same(steps: &[Step], read: &[Step]) -> bool {
    let pairs = || steps.iter().zip(read);
    steps.len() == read.len() && pairs().all(|(a, b)| essence::of(a) == essence::of(b))
}
