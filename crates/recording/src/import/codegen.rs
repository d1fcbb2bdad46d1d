//! What Playwright's code generator writes with `--target jsonl`: a line of options, then a line for each action.

mod follow;
mod locator;
mod note;

use serde_json::{Value, json};

use super::Imported;
use super::draft::Draft;
use crate::{
    CheckType, Checkpoint, Click, Dialog, DialogResponse, Download, Hover, Input, Keypress, Limits,
    Map, Modifier, MouseButton, Navigation, NavigationTrigger, ParseError, Point, RelativeTo,
    Select, SelectedOption, Size, Step, StepKind, Tab, TabEvent, Upload, UploadFile, parse,
};
use note::Note;

pub(crate) use follow::Follower;

/// Fields of actions that are read, or that say again what others say.
const CARRIED: [&str; 17] = [
    "name",
    "url",
    "selector",
    "locator",
    "signals",
    "pageGuid",
    "pageAlias",
    "framePath",
    "button",
    "modifiers",
    "clickCount",
    "position",
    "text",
    "substring",
    "key",
    "options",
    "files",
];

/// Whether a text is one of these: lines of JSON, the first of them the options or an action.
pub(super) fn is_one(text: &str) -> bool {
    let Some(first) = text.lines().find(|line| !line.trim().is_empty()) else {
        return false;
    };
    let Ok(Value::Object(first)) = serde_json::from_str(first) else {
        return false;
    };
    first.contains_key("browserName")
        || (first.contains_key("name") && first.contains_key("pageGuid"))
}

pub(super) fn import(text: &str, limits: Limits) -> Result<Imported, ParseError> {
    let mut reader = Reader::new();
    let lines: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    if lines.len() > limits.steps {
        let message = format!(
            "there are {} lines, the limit is {}",
            lines.len(),
            limits.steps
        );
        return Err(ParseError::one("", message));
    }
    let mut all: Vec<(usize, Map)> = Vec::with_capacity(lines.len());
    for (number, line) in lines {
        reader.draft.path = format!("line {}", number + 1);
        match parse::tree(line.as_bytes(), crate::Format::Json, limits) {
            Ok(Value::Object(fields)) => all.push((number, fields)),
            Ok(_) => reader.draft.error("", "a line must be an object"),
            Err(error) => {
                for problem in error.problems {
                    reader.draft.error(&problem.path, problem.message);
                }
            }
        }
    }
    let mut index = 0;
    while let Some((number, fields)) = all.get(index) {
        reader.draft.path = format!("line {}", number + 1);
        index += 1;
        if let Some(note) = note::read(fields) {
            // The lines that stand for it are passed over, unless somebody has changed them since.
            if note.is_before(&all[index..]) {
                index += note.stands_for.len();
                reader.keep(note);
            } else {
                let why = "the lines behind it were changed, and count for more";
                reader.draft.lose("standsFor", why);
            }
        } else if fields.contains_key("name") {
            reader.action(fields.clone(), index == all.len());
        } else {
            reader.options(fields);
        }
    }
    reader.draft.path.clear();
    reader.draft.finish()
}

struct Reader {
    draft: Draft,
    /// Pages in the order of opening, which is how tabs are numbered.
    pages: Vec<String>,
    current: usize,
    /// The action before opened a tab.
    has_popup: bool,
}

impl Reader {
    fn new() -> Self {
        Self {
            draft: Draft::new("Recorded with Playwright"),
            pages: Vec::new(),
            current: 0,
            has_popup: false,
        }
    }

    /// A step that an export wrote as it was. The lines that stand for it are read for the pages they open and turn to.
    fn keep(&mut self, note: Note) {
        let mark = self.draft.mark();
        for line in note.stands_for {
            self.action(line, false);
        }
        self.draft.go_back(&mark);
        if let Some(index) = self.pages.iter().position(|known| *known == note.page) {
            self.current = index;
        }
        self.draft.recording.push(note.step);
    }

    fn options(&mut self, fields: &Map) {
        if let Some(name) = fields.get("browserName").and_then(Value::as_str)
            && name != "chromium"
        {
            self.draft.lose(
                "browserName",
                "the browser is chosen when the recording is performed",
            );
        }
        let context = fields.get("contextOptions").and_then(Value::as_object);
        for (key, value) in context.into_iter().flatten() {
            let head = &mut self.draft.recording;
            match key.as_str() {
                "viewport" => {
                    let side = |name| value.get(name).and_then(Value::as_u64);
                    let size = side("width").zip(side("height"));
                    match size
                        .and_then(|(w, h)| Some(Size::new(w.try_into().ok()?, h.try_into().ok()?)))
                    {
                        Some(size) => head.viewport = Some(size),
                        None => self.draft.lose("contextOptions.viewport", "is no size"),
                    }
                }
                "deviceScaleFactor" => head.device_pixel_ratio = value.as_f64(),
                "isMobile" => head.is_mobile = value.as_bool(),
                "hasTouch" => head.has_touch = value.as_bool(),
                "userAgent" => head.user_agent = value.as_str().map(str::to_owned),
                other => self
                    .draft
                    .lose(&format!("contextOptions.{other}"), "is not carried over"),
            }
        }
        for key in fields.keys() {
            let is_read = matches!(
                key.as_str(),
                "browserName"
                    | "contextOptions"
                    | "launchOptions"
                    | "generateExpectSignal"
                    | "generateAutoExpect"
            );
            if !is_read {
                self.draft.lose(key, "is not carried over");
            }
        }
    }

    fn action(&mut self, fields: Map, is_last: bool) {
        let name = text(&fields, "name").unwrap_or_default();
        for key in fields.keys().filter(|key| !CARRIED.contains(&key.as_str())) {
            // The snapshot shows what the page was, and says nothing that is done; the reference is a number in it.
            if !matches!(
                key.as_str(),
                "ariaSnapshot"
                    | "ref"
                    | "value"
                    | "checked"
                    | "startTime"
                    | "endTime"
                    | "preconditionSelector"
            ) {
                self.draft.lose(key, "is not carried over");
            }
        }
        let page = text(&fields, "pageGuid").or_else(|| text(&fields, "pageAlias"));
        let page = page.unwrap_or_default();
        if name == "openPage" {
            return self.open(page, &fields);
        }
        if name == "closePage" {
            // The generator closes what it opened; the run does so too.
            if !(is_last && self.current == 0) {
                self.turn_to(&page);
                self.draft.add(Step::new(Tab {
                    event: TabEvent::Close,
                    index: Some(self.current),
                    ..Tab::default()
                }));
            }
            return;
        }
        if name == "navigate" && self.draft.is_blank() {
            return match text(&fields, "url") {
                Some(url) => self.draft.recording.url = url,
                None => self
                    .draft
                    .error("url", "a navigation must name its address"),
            };
        }
        self.turn_to(&page);
        self.step(&name, fields);
    }

    fn open(&mut self, page: String, fields: &Map) {
        let url = text(fields, "url").filter(|url| {
            !url.is_empty() && !url.starts_with("about:") && !url.starts_with("chrome:")
        });
        let is_first = self.pages.is_empty();
        if !self.pages.contains(&page) {
            self.pages.push(page);
        }
        if is_first {
            self.draft.recording.url = url.unwrap_or_default();
            return;
        }
        self.current = self.pages.len() - 1;
        let by_page = std::mem::take(&mut self.has_popup);
        self.draft.add(Step::new(Tab {
            event: TabEvent::New,
            index: Some(self.current),
            target_url: url.filter(|_| !by_page),
            ..Tab::default()
        }));
    }

    fn turn_to(&mut self, page: &str) {
        if self.pages.is_empty() {
            self.pages.push(page.to_owned());
        }
        let index = self.pages.iter().position(|known| known == page);
        match index {
            Some(index) if index == self.current => {}
            Some(index) => {
                self.current = index;
                self.draft.add(Step::new(Tab {
                    event: TabEvent::Switch,
                    index: Some(index),
                    ..Tab::default()
                }));
            }
            // A tab that the page opened, and whose opening has no line of its own.
            None => {
                self.pages.push(page.to_owned());
                self.current = self.pages.len() - 1;
                self.draft.add(Step::new(Tab {
                    event: TabEvent::New,
                    index: Some(self.current),
                    ..Tab::default()
                }));
            }
        }
    }

    fn step(&mut self, name: &str, fields: Map) {
        let signals: Vec<Value> = fields
            .get("signals")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let has = |kind: &str| signals.iter().any(|signal| signal["name"] == kind);
        let kind = match kind(name, &fields, has("navigation")) {
            Ok(Some(kind)) => kind,
            Ok(None) => {
                let why = "there is no such step here";
                return self
                    .draft
                    .keep("playwright", "name", name, why, Value::Object(fields));
            }
            Err((field, why)) => return self.draft.error(field, why),
        };
        let mut step = Step::new(kind);
        if fields.contains_key("locator") || fields.contains_key("selector") {
            match locator::read(&fields) {
                Ok(found) => {
                    step.selectors = found.selectors;
                    step.frames = found.frames;
                }
                Err(why) => {
                    return self.draft.keep(
                        "playwright",
                        "locator",
                        name,
                        &why,
                        Value::Object(fields),
                    );
                }
            }
        }
        self.draft.add(step);
        self.has_popup = has("popup");
        if has("dialog") {
            // The generated code dismisses what it did not see answered.
            self.draft.add(Step::new(Dialog {
                response: DialogResponse::Dismiss,
                ..Dialog::default()
            }));
        }
        if has("download") {
            self.draft.add(Step::new(Download::default()));
        }
        if has("expect") {
            self.draft
                .lose("signals", "what was expected after it is not checked");
        }
    }
}

/// What the action does; `None` when there is no such step here.
fn kind(
    name: &str,
    fields: &Map,
    navigates: bool,
) -> Result<Option<StepKind>, (&'static str, &'static str)> {
    let needed = |field: &'static str| text(fields, field).ok_or((field, "must be text"));
    let checked = |is: bool| -> StepKind {
        Click {
            input_type: Some("checkbox".to_owned()),
            checked: Some(is),
            ..Click::default()
        }
        .into()
    };
    let check = |check_type: CheckType, expected: Option<String>| -> StepKind {
        Checkpoint {
            check_type,
            expected_value: expected,
            ..Checkpoint::default()
        }
        .into()
    };
    Ok(Some(match name {
        "navigate" => Navigation {
            to: needed("url")?,
            navigation_trigger: NavigationTrigger::Manual,
            ..Navigation::default()
        }
        .into(),
        "click" => {
            let at = fields
                .get("position")
                .and_then(|at| Some(Point::new(at.get("x")?.as_f64()?, at.get("y")?.as_f64()?)));
            Click {
                coordinates_relative_to: at.as_ref().map(|_| RelativeTo::Element),
                coordinates: at,
                button: MouseButton::from(text(fields, "button").as_deref().unwrap_or("left")),
                click_count: count(fields),
                modifiers: modifiers(fields),
                expects_navigation: navigates.then_some(true),
                ..Click::default()
            }
            .into()
        }
        "hover" => Hover::default().into(),
        "check" => checked(true),
        "uncheck" => checked(false),
        "fill" => Input {
            value: needed("text")?,
            ..Input::default()
        }
        .into(),
        "press" => Keypress {
            key: needed("key")?,
            modifiers: modifiers(fields),
            ..Keypress::default()
        }
        .into(),
        "select" => select(fields)?,
        "setInputFiles" => Upload {
            files: list(fields, "files")?
                .into_iter()
                .map(|path| UploadFile {
                    name: path.rsplit(['/', '\\']).next().unwrap_or(&path).to_owned(),
                    path: Some(path),
                    ..UploadFile::default()
                })
                .collect(),
            ..Upload::default()
        }
        .into(),
        "assertText" if fields.get("substring") == Some(&json!(true)) => {
            check(CheckType::ContainsText, Some(needed("text")?))
        }
        "assertText" => check(CheckType::ElementText, Some(needed("text")?)),
        "assertValue" => check(CheckType::ElementHasValue, Some(needed("value")?)),
        "assertVisible" => check(CheckType::ElementVisible, None),
        "assertChecked" => Checkpoint {
            check_type: CheckType::ElementChecked,
            negated: (fields.get("checked") == Some(&json!(false))).then_some(true),
            ..Checkpoint::default()
        }
        .into(),
        _ => return Ok(None),
    }))
}

fn select(fields: &Map) -> Result<StepKind, (&'static str, &'static str)> {
    let options = list(fields, "options")?;
    Ok(match options.as_slice() {
        [one] => Select {
            selected_value: Some(one.clone()),
            ..Select::default()
        },
        many => Select {
            is_multiple: Some(true),
            selected_options: many
                .iter()
                .map(|value| SelectedOption {
                    value: Some(value.clone()),
                    ..SelectedOption::default()
                })
                .collect(),
            ..Select::default()
        },
    }
    .into())
}

fn list(fields: &Map, name: &'static str) -> Result<Vec<String>, (&'static str, &'static str)> {
    let items = fields.get(name).and_then(Value::as_array);
    let items = items.ok_or((name, "must be a list of texts"))?;
    items
        .iter()
        .map(|item| {
            item.as_str()
                .map(str::to_owned)
                .ok_or((name, "must be a list of texts"))
        })
        .collect()
}

fn count(fields: &Map) -> u32 {
    let count = fields.get("clickCount").and_then(Value::as_u64);
    count
        .and_then(|count| u32::try_from(count).ok())
        .unwrap_or(1)
        .max(1)
}

/// Playwright writes the keys that are held as a sum.
fn modifiers(fields: &Map) -> Vec<Modifier> {
    let held = fields.get("modifiers").and_then(Value::as_u64).unwrap_or(0);
    [
        (2, Modifier::Ctrl),
        (8, Modifier::Shift),
        (1, Modifier::Alt),
        (4, Modifier::Meta),
    ]
    .into_iter()
    .filter(|(bit, _)| held & bit != 0)
    .map(|(_, modifier)| modifier)
    .collect()
}

fn text(fields: &Map, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}
