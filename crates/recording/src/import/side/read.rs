//! Commands become steps. What a recording has no word for is kept whole and named.

use std::collections::HashMap;

use serde_json::{Value, json};
use url::Url;

use super::command::Command;
use super::locator::selector;
use super::{DEEPEST, TOOL, Test};
use crate::import::draft::Draft;
use crate::{
    CheckType, Checkpoint, Click, Dialog, DialogResponse, Drag, DragTarget, FrameRef, Hover, Input,
    JavaScript, Keypress, Limits, Navigation, Point, RelativeTo, Select, Selector, Size, Step,
    StepKind, Tab, TabEvent, ViewportChange, Wait, WaitFor,
};

/// Fields of commands that say nothing that a run has to know.
const SILENT: [&str; 8] = [
    "id",
    "isBreakpoint",
    "fallbackTargets",
    "targetFallback",
    "windowTimeout",
    "values",
    "valueFallback",
    "skip",
];

/// The disabled command that an export of this program keeps a step in.
const NOTE: &str = "//proscenium";

pub(super) struct Reader {
    pub(super) draft: Draft,
    base: String,
    limits: Limits,
    /// Frames that the commands are in.
    frames: Vec<FrameRef>,
    /// Tabs by the variable that holds their window.
    windows: HashMap<String, usize>,
    tabs: usize,
    /// How many of them commands have been in.
    entered: usize,
    tab: usize,
}

impl Reader {
    pub(super) fn new(draft: Draft, base: &str, limits: Limits) -> Self {
        Self {
            draft,
            base: base.to_owned(),
            limits,
            frames: Vec::new(),
            windows: HashMap::new(),
            tabs: 1,
            entered: 1,
            tab: 0,
        }
    }

    /// All commands of a test; `depth` counts the tests that run each other.
    pub(super) fn test(&mut self, tests: &[Test], index: usize, depth: usize) {
        self.commands(tests, index, 0..tests[index].commands.len(), depth);
    }

    fn commands(
        &mut self,
        tests: &[Test],
        test: usize,
        range: std::ops::Range<usize>,
        depth: usize,
    ) {
        let mut at = range.start;
        while at < range.end {
            let command = &tests[test].commands[at];
            self.draft.path = format!("tests[{test}].commands[{at}]");
            if self.draft.recording.steps.len() >= self.limits.steps {
                return self.draft.error(
                    "",
                    format!("there are more steps than {}", self.limits.steps),
                );
            }
            at += 1;
            if command.command == NOTE {
                at += self.note(command, &tests[test].commands[at..range.end]);
                continue;
            }
            match command.command.as_str() {
                "times" => at = self.times(tests, test, at, range.end, depth),
                "run" => self.run(tests, command, depth),
                _ => self.command(command),
            }
        }
    }

    /// A loop over a plain number is written out. Gives the place behind it, or behind its head when it stays.
    fn times(
        &mut self,
        tests: &[Test],
        test: usize,
        body: usize,
        end: usize,
        depth: usize,
    ) -> usize {
        let commands = &tests[test].commands;
        let head = &commands[body - 1];
        let mut open = 1_usize;
        let close = (body..end).find(|at| {
            match commands[*at].command.as_str() {
                "if" | "times" | "while" | "do" | "forEach" => open += 1,
                "end" | "repeatIf" => open -= 1,
                _ => {}
            }
            open == 0
        });
        match (head.target.trim().parse::<usize>(), close) {
            (Ok(times), Some(close)) if times.saturating_mul(close - body) <= self.limits.steps => {
                for _ in 0..times {
                    self.commands(tests, test, body..close, depth);
                }
                close + 1
            }
            _ => {
                self.keep(head, "a loop is written out only when it says how often");
                body
            }
        }
    }

    /// The commands of another test, in its place.
    fn run(&mut self, tests: &[Test], command: &Command, depth: usize) {
        let named = tests.iter().position(|test| test.name == command.target);
        match named {
            Some(test) if depth < DEEPEST => self.test(tests, test, depth + 1),
            Some(_) => self.keep(command, "tests that run each other in circles have no end"),
            None => self.keep(command, "the project has no test of that name"),
        }
    }

    fn command(&mut self, command: &Command) {
        let name = command.command.as_str();
        if let Some(disabled) = name.strip_prefix("//") {
            return self
                .draft
                .lose("command", format!("{disabled} is disabled"));
        }
        if command.extra.get("skip") == Some(&Value::Bool(true)) {
            return self.draft.lose("skip", format!("{name} is skipped"));
        }
        for key in command
            .extra
            .keys()
            .filter(|key| !SILENT.contains(&key.as_str()))
        {
            self.draft.lose(key, "is not carried over");
        }
        match name {
            "" => {}
            "echo" | "debugger" => self
                .draft
                .lose("command", format!("{name} does nothing to the page")),
            "setSpeed" => self.draft.lose(
                "command",
                "the pace is chosen when the recording is performed",
            ),
            "mouseOut" => self.draft.lose(
                "command",
                "the pointer leaves with the next step that moves it",
            ),
            "open" => self.open(command),
            "setWindowSize" => self.window_size(command),
            "selectFrame" => self.frame(command),
            "storeWindowHandle" => {
                self.windows.insert(command.target.clone(), self.tab);
            }
            "selectWindow" => self.window(command),
            "close" => self.add(
                command,
                Tab {
                    event: TabEvent::Close,
                    index: Some(self.tab),
                    ..Tab::default()
                },
            ),
            "sendKeys" => self.keys(command),
            _ => match self.step(command) {
                Ok(Some(step)) => self.push(command, step),
                Ok(None) => self.keep(command, "there is no such step here"),
                Err(why) => self.keep(command, &why),
            },
        }
    }

    /// A step that an export wrote as a disabled command comes back. Gives the number of commands that stand for it,
    /// which are passed over, unless somebody has changed them since.
    fn note(&mut self, command: &Command, following: &[Command]) -> usize {
        let read = serde_json::from_str(&command.target)
            .map_err(|error| error.to_string())
            .and_then(|value| Step::from_value(value).map_err(|problem| problem.to_string()));
        let stand_in: Vec<[String; 3]> = serde_json::from_str(&command.value).unwrap_or_default();
        let is_same = following.len() >= stand_in.len()
            && stand_in
                .iter()
                .zip(following)
                .all(|(kept, now)| *kept == [now.command.as_str(), &now.target, &now.value]);
        match read {
            Ok(mut step) if is_same => {
                for command in &following[..stand_in.len()] {
                    match command.command.as_str() {
                        "selectFrame" => self.frame(command),
                        "open" => self.frames.clear(),
                        _ => {}
                    }
                }
                if let StepKind::Tab(tab) = &step.kind
                    && tab.event == TabEvent::New
                {
                    self.windows.insert(format!("tab{}", self.tabs), self.tabs);
                    self.tab = self.tabs;
                    self.tabs += 1;
                    self.entered = self.tabs;
                }
                step.id.clear();
                self.draft.recording.push(step);
                stand_in.len()
            }
            Ok(_) => {
                self.draft.lose(
                    "target",
                    "the commands behind it were changed, and count for more",
                );
                0
            }
            Err(why) => {
                self.draft.lose("target", format!("is no step: {why}"));
                0
            }
        }
    }

    fn open(&mut self, command: &Command) {
        let address = match Url::parse(&self.base).and_then(|base| base.join(&command.target)) {
            Ok(address) => address.to_string(),
            Err(_) if command.target.contains("${") => format!("{}{}", self.base, command.target),
            Err(_) => command.target.clone(),
        };
        self.frames.clear();
        if self.draft.is_blank() {
            self.draft.recording.url = address;
            return;
        }
        self.add(
            command,
            Navigation {
                to: address,
                ..Navigation::default()
            },
        );
    }

    fn window_size(&mut self, command: &Command) {
        let size = command.target.split_once(['x', 'X']);
        let size = size.and_then(|(width, height)| {
            Some((
                width.trim().parse::<u32>().ok()?,
                height.trim().parse::<u32>().ok()?,
            ))
        });
        let Some((width, height)) = size else {
            return self.keep(command, "is no size");
        };
        self.draft.lose(
            "target",
            "the size of the window is taken for that of the page in it",
        );
        // Selenium IDE sets the size behind the first page.
        if self.draft.recording.steps.is_empty() && self.draft.recording.viewport.is_none() {
            self.draft.recording.viewport = Some(Size::new(width, height));
            return;
        }
        self.add(
            command,
            ViewportChange {
                width,
                height,
                ..ViewportChange::default()
            },
        );
    }

    fn frame(&mut self, command: &Command) {
        match command.target.as_str() {
            "relative=parent" => drop(self.frames.pop()),
            "relative=top" => self.frames.clear(),
            target => {
                let by_place = target
                    .strip_prefix("index=")
                    .and_then(|index| index.parse::<usize>().ok());
                let selectors = match by_place {
                    Some(index) => vec![Selector::new(
                        "xpath",
                        format!("(//iframe | //frame)[{}]", index.saturating_add(1)),
                    )],
                    None => self.selectors(command),
                };
                if selectors.is_empty() {
                    return self.keep(command, "names no frame");
                }
                self.frames.push(FrameRef {
                    selectors,
                    ..FrameRef::default()
                });
            }
        }
    }

    fn window(&mut self, command: &Command) {
        let held = command.target.strip_prefix("handle=").map(|handle| {
            let name = handle
                .strip_prefix("${")
                .and_then(|rest| rest.strip_suffix('}'));
            name.unwrap_or(handle)
        });
        let Some(index) = held.and_then(|name| self.windows.get(name)).copied() else {
            return self.keep(command, "no command above says which window that is");
        };
        self.frames.clear();
        self.tab = index;
        // A window that nobody was in yet is one that a command above opened.
        let event = if index >= self.entered {
            self.entered = index + 1;
            TabEvent::New
        } else {
            TabEvent::Switch
        };
        self.add(
            command,
            Tab {
                event,
                index: Some(index),
                ..Tab::default()
            },
        );
    }

    /// Text and keys of the keyboard, in the order in which they are sent.
    fn keys(&mut self, command: &Command) {
        let selectors = self.selectors(command);
        if selectors.is_empty() {
            return self.keep(command, "names no element");
        }
        let mut rest = command.value.as_str();
        while !rest.is_empty() {
            let key = rest
                .strip_prefix("${KEY_")
                .and_then(|tail| tail.split_once('}'));
            let kind: StepKind = match key {
                Some((key, tail)) => {
                    rest = tail;
                    match key_name(key) {
                        Some(key) => Keypress {
                            key: key.to_owned(),
                            ..Keypress::default()
                        }
                        .into(),
                        None => return self.keep(command, "one of its keys is not known here"),
                    }
                }
                None => {
                    let end = rest
                        .get(1..)
                        .and_then(|tail| tail.find("${KEY_"))
                        .map_or(rest.len(), |at| at + 1);
                    let (text, tail) = rest.split_at(end);
                    rest = tail;
                    self.draft.lose(
                        "command",
                        "the field is emptied before the text is typed, which sendKeys does not do",
                    );
                    Input {
                        value: text.to_owned(),
                        simulation_type: Some(crate::SimulationType::Type),
                        ..Input::default()
                    }
                    .into()
                }
            };
            let mut step = Step::new(kind);
            step.selectors.clone_from(&selectors);
            self.push(command, step);
        }
    }

    /// A command that is one step; `None` when there is no such step here.
    fn step(&mut self, command: &Command) -> Result<Option<Step>, String> {
        let value = || command.value.clone();
        let check = |check_type: CheckType, negated: bool, expected: Option<String>| -> StepKind {
            Checkpoint {
                check_type,
                expected_value: expected,
                negated: negated.then_some(true),
                ..Checkpoint::default()
            }
            .into()
        };
        let dialog =
            |kind: &str, response: DialogResponse, prompt_value: Option<String>| -> StepKind {
                Dialog {
                    dialog_type: Some(kind.to_owned()),
                    response,
                    prompt_value,
                    ..Dialog::default()
                }
                .into()
            };
        let name = command.command.as_str();
        // What `verify` finds is told at the end there, and ends the run here.
        let statement = match name.strip_prefix("verify") {
            Some(statement) => {
                self.draft.lose(
                    "command",
                    "what does not hold ends the run, which verify does not do",
                );
                format!("assert{statement}")
            }
            None => name.to_owned(),
        };
        let mut timeout = None;
        let mut needs_element = true;
        let kind: StepKind = match statement.as_str() {
            "click" | "clickAt" | "doubleClick" | "doubleClickAt" => {
                let at = if name.ends_with("At") {
                    Some(point(&command.value).ok_or("its place is no pair of numbers")?)
                } else {
                    None
                };
                Click {
                    coordinates_relative_to: at.as_ref().map(|_| RelativeTo::Element),
                    coordinates: at,
                    click_count: if name.starts_with("double") { 2 } else { 1 },
                    ..Click::default()
                }
                .into()
            }
            "check" | "uncheck" => Click {
                input_type: Some("checkbox".to_owned()),
                checked: Some(name == "check"),
                ..Click::default()
            }
            .into(),
            "mouseOver" => Hover::default().into(),
            "dragAndDropToObject" => Drag {
                target: DragTarget {
                    selectors: vec![selector(&command.value).ok_or("names no element to drop on")?],
                    ..DragTarget::default()
                },
                ..Drag::default()
            }
            .into(),
            "type" => Input {
                value: value(),
                ..Input::default()
            }
            .into(),
            "select" => option(&command.value)
                .ok_or("its option is not named by label, value or place")?
                .into(),
            "assertText" => check(CheckType::ElementText, false, Some(value())),
            "assertNotText" => check(CheckType::ElementText, true, Some(value())),
            "assertValue" => check(CheckType::ElementHasValue, false, Some(value())),
            "assertElementPresent" | "assertElementNotPresent" => {
                self.draft
                    .lose("command", "an element is there when it is visible");
                check(CheckType::ElementVisible, statement.contains("Not"), None)
            }
            "assertTitle" => {
                needs_element = false;
                check(CheckType::PageTitle, false, Some(command.target.clone()))
            }
            "waitForElementVisible" | "waitForElementPresent" => {
                if name.ends_with("Present") {
                    self.draft
                        .lose("command", "an element is there when it is visible");
                }
                timeout = command.value.trim().parse().ok();
                Wait {
                    wait_for: WaitFor::Element,
                    ..Wait::default()
                }
                .into()
            }
            "waitForElementNotVisible" | "waitForElementNotPresent" => {
                if name.ends_with("Present") {
                    self.draft
                        .lose("command", "an element is there when it is visible");
                }
                timeout = command.value.trim().parse().ok();
                check(CheckType::ElementVisible, true, None)
            }
            "waitForText" => check(CheckType::ElementText, false, Some(value())),
            "pause" => {
                needs_element = false;
                let time = [&command.target, &command.value]
                    .into_iter()
                    .find_map(|text| text.trim().parse::<u64>().ok());
                Wait {
                    value: Some(json!(time.ok_or("is no time in milliseconds")?)),
                    ..Wait::default()
                }
                .into()
            }
            "acceptAlert" => dialog("alert", DialogResponse::Accept, None),
            "acceptConfirmation" => dialog("confirm", DialogResponse::Accept, None),
            "dismissConfirmation" => dialog("confirm", DialogResponse::Dismiss, None),
            "dismissPrompt" => dialog("prompt", DialogResponse::Dismiss, None),
            // The answer stood in `target` before it stood in `value`.
            "answerPrompt" => {
                let answer = if command.value.is_empty() {
                    command.target.clone()
                } else {
                    value()
                };
                dialog("prompt", DialogResponse::Accept, Some(answer))
            }
            "executeScript" | "runScript" if command.value.is_empty() => {
                needs_element = false;
                JavaScript {
                    expression: expression(&command.target),
                    ..JavaScript::default()
                }
                .into()
            }
            _ => return Ok(None),
        };
        let needs_element = needs_element && !matches!(kind, StepKind::Dialog(_));
        let mut step = Step::new(kind);
        step.timeout = timeout;
        if needs_element {
            step.selectors = self.selectors(command);
            if step.selectors.is_empty() {
                return Err("its element is not named in a way that is known here".to_owned());
            }
        }
        Ok(Some(step))
    }

    /// The command's locators; those that are of no known kind are named.
    fn selectors(&mut self, command: &Command) -> Vec<Selector> {
        let mut found = Vec::new();
        for locator in command.locators() {
            match selector(locator) {
                Some(selector) => found.push(selector),
                None => self
                    .draft
                    .lose("target", format!("{locator:?} is no known locator")),
            }
        }
        found
    }

    fn add(&mut self, command: &Command, kind: impl Into<StepKind>) {
        self.push(command, Step::new(kind));
    }

    fn push(&mut self, command: &Command, mut step: Step) {
        if !matches!(
            step.kind,
            StepKind::Navigation(_) | StepKind::Tab(_) | StepKind::Dialog(_)
        ) {
            step.frames.clone_from(&self.frames);
        }
        if !command.comment.trim().is_empty() {
            step.name = Some(command.comment.clone());
        }
        self.draft.add(step);
        // The commands stay in the window that they are in until one selects the other.
        if command.opens_window {
            self.windows
                .insert(command.window_handle_name.clone(), self.tabs);
            self.tabs += 1;
        }
    }

    fn keep(&mut self, command: &Command, why: &str) {
        self.draft
            .keep(TOOL, "command", &command.command, why, command.to_value());
    }
}

/// `label=…`, `value=…` or `index=…`; a text without any of them is a label.
fn option(text: &str) -> Option<Select> {
    match text.split_once('=') {
        Some(("label", label)) => Some(Select {
            selected_text: Some(label.to_owned()),
            ..Select::default()
        }),
        Some(("value", value)) => Some(Select {
            selected_value: Some(value.to_owned()),
            ..Select::default()
        }),
        Some(("index", index)) => Some(Select {
            selected_index: Some(index.parse().ok()?),
            ..Select::default()
        }),
        Some(("id" | "regexp", _)) => None,
        _ => Some(Select {
            selected_text: Some(text.to_owned()),
            ..Select::default()
        }),
    }
}

fn point(text: &str) -> Option<Point> {
    let (x, y) = text.split_once(',')?;
    Some(Point::new(
        x.trim().parse().ok().filter(|x: &f64| x.is_finite())?,
        y.trim().parse().ok().filter(|y: &f64| y.is_finite())?,
    ))
}

/// A script is the body of a function there and an expression here.
fn expression(script: &str) -> String {
    match script
        .strip_prefix("return ")
        .filter(|rest| !rest.contains([';', '\n']))
    {
        Some(value) => value.to_owned(),
        None => format!("(() => {{ {script}\n}})()"),
    }
}

/// The key that `${KEY_…}` stands for, as browsers name it.
fn key_name(key: &str) -> Option<&'static str> {
    crate::keys::SELENIUM
        .iter()
        .find(|(selenium, _)| *selenium == key)
        .map(|(_, name)| *name)
}
