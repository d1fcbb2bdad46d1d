//! A project of Selenium IDE. What a command says less well than the step did is kept beside it, in a disabled command
//! that Selenium passes over and the importer here reads back.

mod act;
mod flow;
mod held;
mod included;
mod locator;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::losses::Losses;
use super::{ExportError, Exported, essence, state};
use crate::{
    CheckType, FrameRef, NavigationTrigger, Recording, ScrollTarget, SelectionChange, Step,
    StepKind, StoreFrom, WaitFor, import,
};

use act::dialog_command;
use included::Others;
use locator::{frame_command, locator};

/// How long Selenium waits for an element when the step does not say, in milliseconds; the time limit of its suites.
const PATIENCE: u64 = 30_000;

pub(super) fn export(
    recording: &Recording,
    recordings: &BTreeMap<String, Recording>,
) -> Result<Exported, ExportError> {
    let name = if recording.test_name.is_empty() {
        "recording"
    } else {
        &recording.test_name
    };
    let mut writer = Writer {
        losses: Losses::default(),
        commands: Vec::new(),
        frames: Vec::new(),
        base: recording.url.clone(),
        others: Others::new(recordings, name),
    };
    writer.losses.head(recording);
    writer.add("open", recording.url.as_str(), "");
    if recording.viewport.is_some() {
        let (width, height) = recording.page_size();
        writer.losses.lose(
            "viewport",
            "the size of the page is taken for that of the window around it",
        );
        writer.add("setWindowSize", &format!("{width}x{height}"), "");
    }
    if recording
        .steps
        .iter()
        .any(|step| matches!(step.kind, StepKind::Tab(_)))
    {
        writer.add("storeWindowHandle", "root", "");
    }
    for (index, step) in recording.steps.iter().enumerate() {
        writer.losses.at(index);
        writer.step(recording, step);
    }
    // The tests that it runs are in no suite: by themselves they say nothing.
    let mut tests =
        vec![json!({ "id": "test-1", "name": name, "commands": numbered(1, writer.commands) })];
    tests.extend(writer.others.tests);
    let project = json!({
        "id": "project-1",
        "version": "2.0",
        "name": name,
        "url": recording.url,
        "urls": [],
        "plugins": [],
        "tests": tests,
        "suites": [{
            "id": "suite-1", "name": "Default Suite", "persistSession": false, "parallel": false, "timeout": 300,
            "tests": ["test-1"],
        }],
    });
    Ok(Exported {
        text: serde_json::to_string_pretty(&project)? + "\n",
        losses: writer.losses.into_list(),
    })
}

/// Commands with ids that no other command of the project has.
fn numbered(test: usize, mut commands: Vec<Value>) -> Vec<Value> {
    for (index, command) in commands.iter_mut().enumerate() {
        command["id"] = match test {
            1 => format!("command-{}", index + 1),
            test => format!("command-{test}-{}", index + 1),
        }
        .into();
    }
    commands
}

struct Writer<'a> {
    losses: Losses,
    commands: Vec<Value>,
    /// Frames that the commands are in.
    frames: Vec<FrameRef>,
    base: String,
    others: Others<'a>,
}

impl Writer<'_> {
    fn add(&mut self, command: &str, target: &str, value: &str) {
        self.commands.push(json!({ "id": "", "comment": "", "command": command, "target": target, "value": value }));
    }

    fn step(&mut self, recording: &Recording, step: &Step) {
        let begin = self.commands.len();
        let before = self.frames.clone();
        if let Err(why) = self.said(step) {
            self.commands.truncate(begin);
            self.frames = before;
            let kind = step.kind.type_name();
            self.losses.lose(
                "type",
                format!("{kind}: {why}; only this program reads it back, and Selenium stops there"),
            );
            let message = format!("Step {kind} cannot be said here: {why}");
            self.add(
                "executeScript",
                &format!("throw new Error({})", json!(message)),
                "",
            );
            return self.note(begin, step);
        }
        if let Some(name) = &step.name
            && let Some(command) = self.commands[begin..].last_mut()
        {
            command["comment"] = name.as_str().into();
        }
        // A tab is known by the commands before it; on its own no command says which one it is.
        if matches!(step.kind, StepKind::Tab(_)) {
            return;
        }
        // The project itself says which recording it is.
        if matches!(step.kind, StepKind::Include(_)) {
            return self.include_losses(step);
        }
        if !self.is_exact(recording, step, begin, &before) {
            self.note(begin, step);
        }
    }

    /// Whether the importer makes a step of the same essence out of the commands from `begin` on.
    fn is_exact(
        &self,
        recording: &Recording,
        step: &Step,
        begin: usize,
        frames: &[FrameRef],
    ) -> bool {
        // A size before it, or the first of the commands would set that of the recording.
        let mut commands = vec![
            json!({ "command": "open", "target": recording.url }),
            json!({ "command": "setWindowSize", "target": "1x1" }),
        ];
        commands.extend(frames.iter().filter_map(frame_command));
        commands.extend(self.commands[begin..].iter().cloned());
        let project = json!({ "url": self.base, "tests": [{ "name": "x", "commands": commands }] });
        let read = import(project.to_string()).ok();
        read.is_some_and(|read| matches!(read.recording.steps.as_slice(), [one] if essence::of(one) == essence::of(step)))
    }

    /// Puts the whole step before the commands that stand for it, with those commands as they are: one that somebody
    /// changes later counts for more than the note.
    fn note(&mut self, begin: usize, step: &Step) {
        let stands_for: Vec<Value> = self.commands[begin..]
            .iter()
            .map(|command| json!([command["command"], command["target"], command["value"]]))
            .collect();
        let step = step.to_value().unwrap_or_default();
        let stands_for = Value::from(stands_for);
        let note = json!({
            "id": "", "comment": "", "command": "//proscenium", "target": step.to_string(), "value": stands_for.to_string(),
        });
        self.commands.insert(begin, note);
    }

    fn said(&mut self, step: &Step) -> Result<(), String> {
        let of_page = matches!(
            step.kind,
            StepKind::Navigation(_) | StepKind::Tab(_) | StepKind::Dialog(_) | StepKind::Include(_)
        );
        if !of_page {
            self.enter(&step.frame_path())?;
        }
        match &step.kind {
            StepKind::Click(click) => self.click(step, click),
            StepKind::Input(input)
                if !matches!(
                    input.input_type.as_deref(),
                    Some("file" | "checkbox" | "radio")
                ) =>
            {
                let value = input
                    .variable_name
                    .as_ref()
                    .map_or_else(|| input.value.clone(), |name| format!("${{{name}}}"));
                self.on_element(step, "type", &value)
            }
            StepKind::Select(select)
                if select.selected_options.is_empty() && select.variable_name.is_none() =>
            {
                let option = match (
                    &select.selected_value,
                    &select.selected_text,
                    select.selected_index,
                ) {
                    (Some(value), ..) => format!("value={value}"),
                    (None, Some(label), _) => format!("label={label}"),
                    (None, None, Some(index)) => format!("index={index}"),
                    (None, None, None) => return Err("it names no option".to_owned()),
                };
                let command = match &select.change {
                    None => "select",
                    Some(SelectionChange::Add) => "addSelection",
                    Some(SelectionChange::Remove) => "removeSelection",
                    Some(SelectionChange::Other(word)) => {
                        return Err(format!("{word:?} is no change of a selection"));
                    }
                };
                self.on_element(step, command, &option)
            }
            StepKind::Navigation(to) if to.navigation_trigger == NavigationTrigger::Manual => {
                self.frames.clear();
                self.add("open", &to.to, "");
                Ok(())
            }
            StepKind::Navigation(to)
                if !matches!(
                    to.navigation_trigger,
                    NavigationTrigger::Back | NavigationTrigger::Forward
                ) =>
            {
                self.enter(&[])?;
                self.holds(step, &held::address(&to.to), true, false);
                Ok(())
            }
            StepKind::Hover(_) => self.on_element(step, "mouseOver", ""),
            StepKind::Scroll(scroll) if scroll.element == ScrollTarget::Window => {
                self.add(
                    "executeScript",
                    &format!("window.scrollTo({}, {})", scroll.scroll_x, scroll.scroll_y),
                    "",
                );
                Ok(())
            }
            StepKind::Keypress(press) => self.press(step, press),
            StepKind::Checkpoint(check) => {
                let expected = check.expected_value.as_deref().unwrap_or_default();
                // What `verify` finds does not end the test there.
                let soft = check.soft == Some(true);
                let stated = |hard: &'static str, soft_one: &'static str| match soft {
                    true => soft_one,
                    false => hard,
                };
                match (&check.check_type, check.negated == Some(true)) {
                    (CheckType::ElementText, false) => {
                        self.on_element(step, stated("assertText", "verifyText"), expected)
                    }
                    (CheckType::ElementText, true) => {
                        self.on_element(step, stated("assertNotText", "verifyNotText"), expected)
                    }
                    (CheckType::ElementHasValue, false) if state::is_of_label(check) => self
                        .on_element(
                            step,
                            stated("assertSelectedLabel", "verifySelectedLabel"),
                            expected,
                        ),
                    (CheckType::ElementHasValue, false) => {
                        self.on_element(step, stated("assertValue", "verifyValue"), expected)
                    }
                    (CheckType::ElementPresent, false) => self.on_element(
                        step,
                        stated("assertElementPresent", "verifyElementPresent"),
                        "",
                    ),
                    (CheckType::ElementPresent, true) => self.on_element(
                        step,
                        stated("assertElementNotPresent", "verifyElementNotPresent"),
                        "",
                    ),
                    (CheckType::ElementChecked, false) => {
                        self.on_element(step, stated("assertChecked", "verifyChecked"), "")
                    }
                    (CheckType::ElementChecked, true) => {
                        self.on_element(step, stated("assertNotChecked", "verifyNotChecked"), "")
                    }
                    (CheckType::ElementEditable, false) => {
                        self.on_element(step, stated("assertEditable", "verifyEditable"), "")
                    }
                    (CheckType::ElementEditable, true) => {
                        self.on_element(step, stated("assertNotEditable", "verifyNotEditable"), "")
                    }
                    (CheckType::ElementVisible, not) if soft => {
                        self.losses
                            .lose("soft", "an element that is there is taken for visible");
                        let command = if not {
                            "verifyElementNotPresent"
                        } else {
                            "verifyElementPresent"
                        };
                        self.on_element(step, command, "")
                    }
                    (CheckType::ElementVisible, not) => {
                        let command = if not {
                            "waitForElementNotVisible"
                        } else {
                            "waitForElementVisible"
                        };
                        self.on_element(
                            step,
                            command,
                            &step.timeout.unwrap_or(PATIENCE).to_string(),
                        )
                    }
                    (CheckType::PageTitle, false) if check.mode.is_none() => {
                        self.add(stated("assertTitle", "verifyTitle"), expected, "");
                        Ok(())
                    }
                    (_, not) => {
                        let condition = held::check(step, check)?;
                        self.holds(step, &condition, !not, soft);
                        Ok(())
                    }
                }
            }
            StepKind::Drag(drag) if let Some(presses) = act::presses(step, drag) => {
                for (command, at) in presses {
                    self.on_element(step, command, &at)?;
                }
                Ok(())
            }
            StepKind::Drag(drag) => {
                self.losses.straight(drag);
                let ways: Vec<String> = drag
                    .target
                    .selectors
                    .iter()
                    .filter_map(locator)
                    .map(|(locator, _)| locator)
                    .collect();
                let target = ways
                    .first()
                    .ok_or("where it ends cannot be said there")?
                    .clone();
                self.on_element(step, "dragAndDropToObject", &target)
            }
            StepKind::Dialog(dialog) => {
                let (command, value) = dialog_command(dialog)?;
                if dialog.check_message == Some(true) {
                    let says = dialog.message.as_deref().unwrap_or_default();
                    self.add(act::dialog_check(dialog), says, "");
                }
                self.add(command, "", value);
                Ok(())
            }
            StepKind::Tab(tab) => self.tab(&tab.event, tab.index, tab.target_url.as_deref()),
            StepKind::Wait(wait) => match wait.wait_for {
                WaitFor::Duration => {
                    let time = wait.duration().ok_or("it is no duration")?;
                    self.add("pause", &time.as_millis().to_string(), "");
                    Ok(())
                }
                WaitFor::Element => self.on_element(
                    step,
                    "waitForElementVisible",
                    &step.timeout.unwrap_or(PATIENCE).to_string(),
                ),
                _ => {
                    let condition = held::wait(wait)?;
                    self.holds(step, &condition, true, false);
                    Ok(())
                }
            },
            StepKind::JavaScript(script) => {
                self.add(
                    "executeScript",
                    &format!("return {}", script.expression),
                    "",
                );
                Ok(())
            }
            StepKind::Viewport(size) => {
                self.losses.lose(
                    "width",
                    "the size of the page is taken for that of the window around it",
                );
                self.add(
                    "setWindowSize",
                    &format!("{}x{}", size.width, size.height),
                    "",
                );
                Ok(())
            }
            StepKind::Control(control) => {
                let (command, target, value) = flow::control(control)?;
                self.add(command, &target, &value);
                Ok(())
            }
            StepKind::Store(store) => match flow::store(store)? {
                Some((command, target)) => {
                    self.add(command, &target, &store.variable);
                    Ok(())
                }
                None if store.from == StoreFrom::Value => {
                    self.on_element(step, "storeValue", &store.variable)
                }
                None if store.from == StoreFrom::Count => {
                    self.on_element(step, "storeElementCount", &store.variable)
                }
                None => self.on_element(step, "storeText", &store.variable),
            },
            StepKind::Include(include) => self.include(include),
            _ => Err("there is no such command there".to_owned()),
        }
    }

    /// Looks until the condition is as wanted, and ends the test when it never was; a soft one goes on.
    fn holds(&mut self, step: &Step, condition: &str, wanted: bool, soft: bool) {
        let script = held::until(condition, wanted, step.timeout.unwrap_or(PATIENCE));
        self.add("executeAsyncScript", &script, held::ANSWER);
        self.add(if soft { "verify" } else { "assert" }, held::ANSWER, "true");
    }

    /// Goes where the element is: out of all frames, and into each on the way.
    fn enter(&mut self, path: &[FrameRef]) -> Result<(), String> {
        if self.frames == path {
            return Ok(());
        }
        let into: Option<Vec<Value>> = path.iter().map(frame_command).collect();
        let into = into.ok_or("a frame on the way cannot be named there")?;
        if !self.frames.is_empty() {
            self.add("selectFrame", "relative=top", "");
        }
        self.commands.extend(into);
        self.frames = path.to_vec();
        Ok(())
    }

    fn on_element(&mut self, step: &Step, command: &str, value: &str) -> Result<(), String> {
        let all = step.locators();
        let ways: Vec<(String, &str)> = all.iter().filter_map(locator).collect();
        let Some((target, _)) = ways.first() else {
            return Err("none of its selectors can be said there".to_owned());
        };
        if ways.len() < all.len() {
            let left = all.len() - ways.len();
            self.losses.lose(
                "selectors",
                format!("{left} of {} cannot be said there", all.len()),
            );
        }
        let targets: Vec<Value> = ways
            .iter()
            .map(|(locator, kind)| json!([locator, kind]))
            .collect();
        self.commands.push(json!({
            "id": "", "comment": "", "command": command, "target": target, "targets": targets, "value": value,
        }));
        Ok(())
    }
}
