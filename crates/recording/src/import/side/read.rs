//! Commands become steps. What a recording has no word for is kept whole and named.

use std::collections::HashMap;

use serde_json::Value;
use url::Url;

use super::command::Command;
use super::dialog::Coming;
use super::locator::selector;
use super::run::Link;
use super::{TOOL, Test};
use crate::import::draft::Draft;
use crate::{
    FrameRef, Input, Keypress, Limits, Navigation, Selector, Size, Step, StepKind, Tab, TabEvent,
    ViewportChange,
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

pub(super) struct Reader<'a> {
    pub(super) draft: Draft,
    base: String,
    limits: Limits,
    /// How tests are included, by their number; one that cannot be is written out.
    pub(super) links: &'a [Option<Link>],
    /// Frames that the commands are in.
    frames: Vec<FrameRef>,
    /// Tabs by the variable that holds their window.
    windows: HashMap<String, usize>,
    tabs: usize,
    /// A dialog that commands have spoken of.
    pub(super) coming: Coming,
    /// How many of them commands have been in.
    entered: usize,
    tab: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(draft: Draft, base: &str, limits: Limits, links: &'a [Option<Link>]) -> Self {
        Self {
            draft,
            base: base.to_owned(),
            limits,
            links,
            frames: Vec::new(),
            windows: HashMap::new(),
            tabs: 1,
            coming: Coming::default(),
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
            let following = &tests[test].commands[at..range.end];
            if self.dialog(command, following.first()) {
                continue;
            }
            let before = self.draft.recording.steps.len();
            match command.command.as_str() {
                "run" => self.run(tests, command, depth),
                "mouseDown" | "mouseDownAt" => at += self.press(command, following),
                _ => self.command(command),
            }
            if self.draft.recording.steps.len() > before {
                let next = tests[test].commands[..range.end].get(at);
                self.may_have_opened(command, next);
            }
        }
    }

    /// Whether the commands are in no frame of the page.
    pub(super) fn is_in_page(&self) -> bool {
        self.frames.is_empty()
    }

    /// Whether the commands so far have left frames and windows as they were.
    pub(super) fn is_where_it_began(&self) -> bool {
        self.frames.is_empty() && self.windows.is_empty() && self.tabs == 1
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

    /// The command's locators; those that are of no known kind are named.
    pub(super) fn selectors(&mut self, command: &Command) -> Vec<Selector> {
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

    pub(super) fn add(&mut self, command: &Command, kind: impl Into<StepKind>) {
        self.push(command, Step::new(kind));
    }

    pub(super) fn push(&mut self, command: &Command, mut step: Step) {
        if !matches!(
            step.kind,
            StepKind::Navigation(_) | StepKind::Tab(_) | StepKind::Dialog(_) | StepKind::Include(_)
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

    pub(super) fn keep(&mut self, command: &Command, why: &str) {
        self.draft
            .keep(TOOL, "command", &command.command, why, command.to_value());
    }
}

/// The key that `${KEY_…}` stands for, as browsers name it.
fn key_name(key: &str) -> Option<&'static str> {
    crate::keys::SELENIUM
        .iter()
        .find(|(selenium, _)| *selenium == key)
        .map(|(_, name)| *name)
}
