//! Flows of Chrome's `DevTools` Recorder, the format of `@puppeteer/replay`.

mod wait;

use serde::Deserialize;
use serde_json::{Value, json};

use super::Imported;
use crate::{
    Click, FrameRef, Hover, Input, Keypress, LegacySelector, Limits, Map, Modifier, MouseButton,
    Navigation, NavigationTrigger, ParseError, Point, Problem, Recording, RelativeTo, Scroll,
    ScrollTarget, Selector, Size, Step, StepKind, Tab, TabEvent, Unknown, ViewportChange, Wait,
    WaitFor,
};

/// The size that a flow has which names none; that of Puppeteer's default viewport.
const DEFAULT_SIZE: (u32, u32) = (800, 600);

/// Fields of steps that are carried over, or say nothing that a run has to know: the orientation is in the size, and a
/// navigation that was seen is waited for anyway.
const CARRIED: [&str; 28] = [
    "type",
    "target",
    "frame",
    "selectors",
    "timeout",
    "assertedEvents",
    "value",
    "url",
    "key",
    "offsetX",
    "offsetY",
    "button",
    "duration",
    "deviceType",
    "x",
    "y",
    "width",
    "height",
    "deviceScaleFactor",
    "isMobile",
    "hasTouch",
    "isLandscape",
    "operator",
    "count",
    "visible",
    "properties",
    "attributes",
    "expression",
];

/// Steps that have a counterpart; any other is kept whole.
const KNOWN: [&str; 12] = [
    "setViewport",
    "navigate",
    "keyDown",
    "keyUp",
    "click",
    "doubleClick",
    "hover",
    "change",
    "scroll",
    "waitForElement",
    "waitForExpression",
    "close",
];

#[derive(Deserialize)]
struct Viewport {
    width: u32,
    height: u32,
    #[serde(rename = "deviceScaleFactor")]
    scale: Option<f64>,
    #[serde(rename = "isMobile")]
    mobile: Option<bool>,
    #[serde(rename = "hasTouch")]
    touch: Option<bool>,
}

pub(super) fn import(document: Value, limits: Limits) -> Result<Imported, ParseError> {
    let Value::Object(mut flow) = document else {
        return Err(ParseError::one("", "a flow must be an object"));
    };
    let title = flow
        .shift_remove("title")
        .and_then(|title| title.as_str().map(str::to_owned))
        .unwrap_or_else(|| "Imported flow".to_owned());
    let Some(Value::Array(steps)) = flow.shift_remove("steps") else {
        return Err(ParseError::one("steps", "must be a list"));
    };
    if steps.len() > limits.steps {
        let (many, most) = (steps.len(), limits.steps);
        return Err(ParseError::one(
            "steps",
            format!("there are {many} steps, the limit is {most}"),
        ));
    }
    let (width, height) = DEFAULT_SIZE;
    let mut reader = Reader {
        recording: Recording::new(title, "", Size::new(width, height), ""),
        timeout: flow.get("timeout").and_then(Value::as_u64),
        path: String::new(),
        losses: Vec::new(),
        errors: Vec::new(),
        held: Vec::new(),
        target: None,
    };
    for name in flow.keys().filter(|name| *name != "timeout") {
        reader.lose(name, "is not carried over");
    }
    reader.recording.user_agent = None;
    reader.recording.start_time = None;
    let mut index = 0;
    while let Some(step) = steps.get(index) {
        reader.path = format!("steps[{index}]");
        index += 1;
        if let Some((kept, stand_in)) = kept(step) {
            // The steps that stand for it are passed over, unless somebody has changed them since.
            if steps[index..].starts_with(&stand_in) {
                index += stand_in.len();
                reader.recording.push(kept);
            } else {
                reader.lose(
                    "parameters",
                    "the steps behind it were changed, and count for more",
                );
            }
            continue;
        }
        let Value::Object(step) = step.clone() else {
            reader
                .errors
                .push(Problem::error(&reader.path, "a step must be an object"));
            continue;
        };
        reader.step(step);
    }
    if !reader.errors.is_empty() {
        return Err(ParseError {
            problems: reader.errors,
        });
    }
    if reader.recording.url.is_empty() {
        return Err(ParseError::one(
            "steps",
            "no step navigates, so nothing says where it starts",
        ));
    }
    Ok(Imported {
        recording: reader.recording,
        losses: reader.losses,
    })
}

/// A step that an export wrote as it was, and the steps that stand for it.
fn kept(step: &Value) -> Option<(Step, Vec<Value>)> {
    let is_own = step["type"] == "customStep" && step["name"] == "proscenium";
    let parameters = step.get("parameters").filter(|_| is_own)?;
    let mut kept = Step::from_value(parameters.get("step")?.clone()).ok()?;
    kept.id.clear();
    Some((kept, parameters.get("standsFor")?.as_array()?.clone()))
}

struct Reader {
    recording: Recording,
    timeout: Option<u64>,
    path: String,
    losses: Vec<Problem>,
    errors: Vec<Problem>,
    /// Modifier keys that are down.
    held: Vec<Modifier>,
    /// The page that the last step was for.
    target: Option<String>,
}

impl Reader {
    fn step(&mut self, mut fields: Map) {
        let kind = text(&fields, "type").unwrap_or_default();
        let target = text(&fields, "target").unwrap_or_else(|| "main".to_owned());
        let is_first = self.recording.url.is_empty() && self.recording.steps.is_empty();
        if KNOWN.contains(&kind.as_str()) {
            for name in fields
                .keys()
                .filter(|name| !CARRIED.contains(&name.as_str()))
            {
                self.lose(name, "is not carried over");
            }
        }
        match kind.as_str() {
            "" => self.error("type", "a step must say its type"),
            "setViewport" => {
                let viewport = match serde_json::from_value::<Viewport>(Value::Object(fields)) {
                    Ok(viewport) => viewport,
                    Err(error) => return self.error("", &error.to_string()),
                };
                if is_first {
                    self.begin_on(&viewport);
                } else {
                    self.add(Step::new(ViewportChange {
                        width: viewport.width,
                        height: viewport.height,
                        device_scale_factor: viewport.scale,
                        mobile: viewport.mobile,
                        touch: viewport.touch,
                        ..ViewportChange::default()
                    }));
                }
            }
            "navigate" => match text(&fields, "url") {
                None => self.error("url", "a navigation must name its address"),
                Some(url) if is_first => {
                    self.target = Some(target);
                    self.recording.url = url;
                }
                Some(to) => {
                    self.turn_to(target);
                    self.add(Step::new(Navigation {
                        to,
                        navigation_trigger: NavigationTrigger::Manual,
                        ..Navigation::default()
                    }));
                }
            },
            "keyUp" => {
                if let Some(modifier) = text(&fields, "key").as_deref().and_then(modifier) {
                    self.held.retain(|held| *held != modifier);
                }
            }
            "keyDown" => match text(&fields, "key") {
                None => self.error("key", "a key press must name its key"),
                Some(key) => match modifier(&key) {
                    Some(modifier) => self.held.push(modifier),
                    None => {
                        self.turn_to(target);
                        let modifiers = self.held.clone();
                        self.add(Step::new(Keypress {
                            key,
                            modifiers,
                            ..Keypress::default()
                        }));
                    }
                },
            },
            _ => {
                self.turn_to(target);
                if !self.held.is_empty()
                    && !matches!(kind.as_str(), "click" | "doubleClick")
                    && KNOWN.contains(&kind.as_str())
                {
                    self.lose(
                        "type",
                        "it is performed without the keys that are held down",
                    );
                }
                let frames = self.frames(&fields);
                let selectors = self.selectors(&fields);
                let timeout = fields
                    .get("timeout")
                    .and_then(Value::as_u64)
                    .or(self.timeout);
                let waits_for_navigation = fields
                    .get("assertedEvents")
                    .and_then(Value::as_array)
                    .is_some_and(|events| events.iter().any(|event| event["type"] == "navigation"));
                if let Some(kind) = self.kind(&kind, &mut fields, waits_for_navigation, &selectors)
                {
                    let mut step = Step::new(kind);
                    step.selectors = selectors;
                    step.frames = frames;
                    step.timeout = timeout;
                    self.add(step);
                }
            }
        }
    }

    fn kind(
        &mut self,
        name: &str,
        fields: &mut Map,
        expects_navigation: bool,
        selectors: &[Selector],
    ) -> Option<StepKind> {
        let kind = match name {
            "click" | "doubleClick" => {
                let button = match text(fields, "button").as_deref() {
                    None | Some("primary") => MouseButton::Left,
                    Some("auxiliary") => MouseButton::Middle,
                    Some("back") => MouseButton::Back,
                    Some("forward") => MouseButton::Forward,
                    Some("secondary") => MouseButton::Right,
                    Some(other) => MouseButton::Other(other.to_owned()),
                };
                if fields
                    .get("duration")
                    .and_then(Value::as_f64)
                    .is_some_and(|ms| ms > 200.0)
                {
                    self.lose("duration", "a long press is performed as a click");
                }
                if text(fields, "deviceType").is_some_and(|kind| kind != "mouse") {
                    self.lose("deviceType", "it is performed with the mouse");
                }
                let offset = |name: &str| fields.get(name).and_then(Value::as_f64);
                let at = offset("offsetX").zip(offset("offsetY"));
                StepKind::from(Click {
                    coordinates: at.map(|(x, y)| Point::new(x, y)),
                    coordinates_relative_to: at.map(|_| RelativeTo::Element),
                    button,
                    click_count: if name == "doubleClick" { 2 } else { 1 },
                    modifiers: self.held.clone(),
                    expects_navigation: expects_navigation.then_some(true),
                    ..Click::default()
                })
            }
            "hover" => Hover::default().into(),
            "change" => match fields.get("value") {
                Some(Value::String(value)) => Input {
                    value: value.clone(),
                    ..Input::default()
                }
                .into(),
                _ => {
                    self.error("value", "a change must say the value, as text");
                    return None;
                }
            },
            "scroll" => {
                let to = |name: &str| fields.get(name).and_then(Value::as_f64).unwrap_or(0.0);
                let element = match selectors
                    .iter()
                    .find(|one| one.strategy == "css" || one.strategy == "xpath")
                {
                    None if selectors.is_empty() => ScrollTarget::Window,
                    found => ScrollTarget::Element(Box::new(legacy(found))),
                };
                Scroll {
                    scroll_x: to("x"),
                    scroll_y: to("y"),
                    element,
                    ..Scroll::default()
                }
                .into()
            }
            "waitForElement" if let Some(kind) = wait::element(fields) => kind,
            "waitForExpression" => match text(fields, "expression") {
                Some(expression) => Wait {
                    wait_for: WaitFor::Expression,
                    value: Some(expression.into()),
                    ..Wait::default()
                }
                .into(),
                None => {
                    self.error("expression", "a wait must say its expression, as text");
                    return None;
                }
            },
            "close" => Tab {
                event: TabEvent::Close,
                ..Tab::default()
            }
            .into(),
            other => {
                let why = "there is no such step here; it is kept, and a run stops at it";
                self.lose("type", &format!("{other}: {why}"));
                // Under a name of its own: what a step has here may mean something else there.
                let original = Value::Object(std::mem::take(fields));
                StepKind::Unknown(Unknown {
                    type_name: format!("devtools-{other}"),
                    fields: Map::from_iter([("original".to_owned(), original)]),
                })
            }
        };
        Some(kind)
    }

    fn begin_on(&mut self, viewport: &Viewport) {
        let head = &mut self.recording;
        head.viewport = Some(Size::new(viewport.width, viewport.height));
        head.device_pixel_ratio = viewport.scale;
        head.is_mobile = viewport.mobile.filter(|is| *is);
        head.has_touch = viewport.touch.filter(|is| *is);
    }

    /// A step for another page begins with going there.
    fn turn_to(&mut self, target: String) {
        let before = self.target.replace(target.clone());
        if before.is_none_or(|before| before == target) {
            return;
        }
        let tab = if target == "main" {
            Tab {
                event: TabEvent::Switch,
                index: Some(0),
                ..Tab::default()
            }
        } else {
            Tab {
                event: TabEvent::Switch,
                target_url: Some(target),
                ..Tab::default()
            }
        };
        self.add(Step::new(tab));
    }

    /// The path of child-frame numbers; a frame is told by its place among the frames of its document.
    fn frames(&mut self, fields: &Map) -> Vec<FrameRef> {
        let numbers = fields.get("frame").and_then(Value::as_array);
        let mut path = Vec::new();
        for number in numbers.into_iter().flatten() {
            match number.as_u64().and_then(|number| number.checked_add(1)) {
                Some(place) => {
                    let xpath = format!("(//iframe | //frame)[{place}]");
                    path.push(FrameRef {
                        selectors: vec![Selector::new("xpath", xpath)],
                        ..FrameRef::default()
                    });
                }
                None => self.error("frame", "must be a list of numbers"),
            }
        }
        path
    }

    fn selectors(&mut self, fields: &Map) -> Vec<Selector> {
        let given = fields.get("selectors").and_then(Value::as_array);
        let mut all = Vec::new();
        for (place, alternative) in given.into_iter().flatten().enumerate() {
            let chain: Vec<&str> = match alternative {
                Value::String(one) => vec![one.as_str()],
                Value::Array(parts) => parts.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            match chain.as_slice() {
                [] => self.error(
                    &format!("selectors[{place}]"),
                    "must be text or a list of texts",
                ),
                [one] => all.extend(selector(one)),
                parts if parts.iter().all(|part| is_css(part)) => {
                    all.push(Selector::new("css", parts.join(" >>> ")));
                }
                [.., last] => {
                    // Names and texts are looked for in every open shadow root anyway.
                    self.lose(
                        &format!("selectors[{place}]"),
                        "only the last part of the chain is used",
                    );
                    all.extend(selector(last));
                }
            }
        }
        // A label finds a field, a text a button: each says what it means better than a place does.
        all.sort_by_key(|one| matches!(one.strategy.as_str(), "css" | "xpath"));
        all
    }

    fn add(&mut self, mut step: Step) {
        step.url.clone_from(&self.recording.url);
        self.recording.push(step);
    }

    fn lose(&mut self, field: &str, why: &str) {
        self.losses.push(Problem::warning(self.place(field), why));
    }

    fn error(&mut self, field: &str, why: &str) {
        self.errors.push(Problem::error(self.place(field), why));
    }

    fn place(&self, field: &str) -> String {
        match (self.path.as_str(), field) {
            ("", field) => field.to_owned(),
            (path, "") => path.to_owned(),
            (path, field) => format!("{path}.{field}"),
        }
    }
}

fn text(fields: &Map, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn modifier(key: &str) -> Option<Modifier> {
    match key {
        "Control" | "ControlLeft" | "ControlRight" => Some(Modifier::Ctrl),
        "Shift" | "ShiftLeft" | "ShiftRight" => Some(Modifier::Shift),
        "Alt" | "AltLeft" | "AltRight" => Some(Modifier::Alt),
        "Meta" | "MetaLeft" | "MetaRight" => Some(Modifier::Meta),
        _ => None,
    }
}

fn is_css(part: &str) -> bool {
    !["aria/", "text/", "xpath/"]
        .iter()
        .any(|prefix| part.starts_with(prefix))
}

/// One selector of the file as selectors of ours, best first.
fn selector(value: &str) -> Vec<Selector> {
    if let Some(name) = value.strip_prefix("aria/") {
        return aria(name);
    }
    if let Some(said) = value.strip_prefix("text/") {
        return vec![Selector::new("text-content", said)];
    }
    if let Some(xpath) = value.strip_prefix("xpath/") {
        return vec![Selector::new("xpath", xpath)];
    }
    let css = value.strip_prefix("pierce/").unwrap_or(value);
    vec![Selector::new("css", css)]
}

/// `Name` or `Name[role="button"]`. A name without its role is a field's label, an `aria-label` or what a control says.
fn aria(query: &str) -> Vec<Selector> {
    let with_role = query
        .strip_suffix("\"]")
        .and_then(|rest| rest.rsplit_once("[role=\""));
    match with_role {
        Some(("", role)) => vec![Selector::new("role", role)],
        Some((name, role)) => vec![Selector::new(
            "role",
            format!("{role}[name={}]", json!(name)),
        )],
        None => ["label", "aria-label", "text"]
            .map(|strategy| Selector::new(strategy, query))
            .to_vec(),
    }
}

/// One visible element, which is what the step waits for here too.
fn legacy(selector: Option<&Selector>) -> LegacySelector {
    let value = selector.map(|selector| selector.value.text().into_owned());
    match selector.map(|selector| selector.strategy.as_str()) {
        Some("xpath") => LegacySelector {
            xpath: value,
            ..LegacySelector::default()
        },
        _ => LegacySelector {
            css: value,
            ..LegacySelector::default()
        },
    }
}
