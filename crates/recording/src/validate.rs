//! Whether a document can be performed, and what is odd about it.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::{
    Blocks, CheckType, Checkpoint, Control, ControlCommand, Problem, Recording, Severity, Step,
    StepKind, Store, StoreFrom, WaitFor, Wheel,
};

/// What [`Recording::validate`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// What keeps the recording from being performed.
    pub errors: Vec<Problem>,
    /// What is worth telling.
    pub warnings: Vec<Problem>,
}

impl Report {
    /// Whether the recording can be performed.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    fn add(&mut self, problem: Problem) {
        match problem.severity {
            Severity::Error => self.errors.push(problem),
            Severity::Warning => self.warnings.push(problem),
        }
    }

    fn error(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.add(Problem::error(path, message));
    }

    fn warn(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.add(Problem::warning(path, message));
    }
}

/// More steps than this make a recording slow to perform and hard to keep.
const MANY_STEPS: usize = 500;
/// Smaller page areas are rarely meant.
const SMALL_VIEWPORT: (u32, u32) = (320, 240);

impl Recording {
    /// Looks for everything that keeps the recording from being performed, and for what is odd about it.
    pub fn validate(&self) -> Report {
        let mut report = Report::default();
        self.check_head(&mut report);
        let mut ids = HashSet::new();
        let mut latest = f64::MIN;
        for (index, step) in self.steps.iter().enumerate() {
            let at = |field: &str| format!("actions[{index}].{field}");
            if !ids.insert(step.id.as_str()) {
                report.error(at("id"), format!("the id {:?} is used twice", step.id));
            }
            let (begin, _) = self.span_of(step);
            if begin < latest {
                report.warn(at("timestamp"), "the step began before the step above it");
            }
            latest = latest.max(begin);
            check_step(step, index, &mut report);
        }
        if let Err(problems) = Blocks::of(&self.steps) {
            problems.into_iter().for_each(|problem| report.add(problem));
        }
        report
    }

    fn check_head(&self, report: &mut Report) {
        match Url::parse(&self.url) {
            Ok(url) if matches!(url.scheme(), "http" | "https" | "file" | "about" | "data") => {}
            Ok(url) => report.error(
                "url",
                format!("cannot start at an address of the kind {:?}", url.scheme()),
            ),
            Err(error) => report.error("url", format!("not an absolute address: {error}")),
        }
        if !matches!(self.version.as_str(), "1.0" | "1.0.0") {
            report.warn(
                "version",
                format!(
                    "version {:?} is not known; it is read as 1.0.0",
                    self.version
                ),
            );
        }
        match self.test_name.trim().chars().count() {
            0 => report.warn("testName", "the recording has no name"),
            1..=255 => {}
            _ => report.error("testName", "the name is longer than 255 characters"),
        }
        for (path, missing) in [
            ("id", self.id.is_empty()),
            ("startTime", self.start_time.is_none()),
            ("endTime", self.end_time.is_none()),
            ("viewport", self.viewport.is_none()),
            ("userAgent", self.user_agent.is_none()),
        ] {
            if missing {
                report.warn(path, "missing");
            }
        }
        for (path, time) in [("startTime", &self.start_time), ("endTime", &self.end_time)] {
            if let Some(Err(error)) = time.as_deref().map(str::parse::<Timestamp>) {
                report.warn(path, format!("not a time: {error}"));
            }
        }
        if let Some(size) = &self.viewport {
            if size.width == 0 || size.height == 0 {
                report.error("viewport", "width and height must be positive");
            } else if size.width < SMALL_VIEWPORT.0 || size.height < SMALL_VIEWPORT.1 {
                report.warn(
                    "viewport",
                    format!("{} × {} is unusually small", size.width, size.height),
                );
            } else if size.width > 16_384 || size.height > 16_384 {
                report.error(
                    "viewport",
                    "no browser shows a page larger than 16384 × 16384",
                );
            }
        }
        if let Some(ratio) = self
            .device_pixel_ratio
            .filter(|ratio| !(0.1..=10.0).contains(ratio))
        {
            report.error(
                "devicePixelRatio",
                format!("{ratio} is not between 0.1 and 10"),
            );
        }
        match self.steps.len() {
            0 => report.warn("actions", "the recording has no steps"),
            steps if steps > MANY_STEPS => report.warn(
                "actions",
                format!("{steps} steps are a lot for one recording"),
            ),
            _ => {}
        }
    }
}

fn check_step(step: &Step, index: usize, report: &mut Report) {
    let at = |field: &str| format!("actions[{index}].{field}");
    match &step.kind {
        StepKind::Unknown(unknown) => {
            report.error(
                at("type"),
                format!(
                    "steps of the type {:?} cannot be performed",
                    unknown.type_name
                ),
            );
        }
        StepKind::Click(click) => {
            known(
                report,
                at("button"),
                click.button.as_str(),
                click.button.is_known(),
            );
            for (place, modifier) in click.modifiers.iter().enumerate() {
                known(
                    report,
                    at(&format!("modifiers[{place}]")),
                    modifier.as_str(),
                    modifier.is_known(),
                );
            }
            needs_element(step, report, at("selectors"));
        }
        StepKind::Input(_)
        | StepKind::Select(_)
        | StepKind::Hover(_)
        | StepKind::Submit(_)
        | StepKind::Upload(_) => {
            needs_element(step, report, at("selectors"));
        }
        StepKind::Navigation(navigation) => {
            let trigger = &navigation.navigation_trigger;
            known(
                report,
                at("navigationTrigger"),
                trigger.as_str(),
                trigger.is_known(),
            );
            if let Some(until) = &navigation.wait_until {
                known(report, at("waitUntil"), until.as_str(), until.is_known());
            }
            let by_history = matches!(trigger.as_str(), "back" | "forward");
            if navigation.to.trim().is_empty() && !by_history {
                report.error(at("to"), "the navigation has no address");
            }
        }
        StepKind::Keypress(keypress) => {
            if keypress.key.is_empty() && keypress.code.as_deref().unwrap_or_default().is_empty() {
                report.error(at("key"), "the step names no key");
            }
            for (place, modifier) in keypress.modifiers.iter().enumerate() {
                known(
                    report,
                    at(&format!("modifiers[{place}]")),
                    modifier.as_str(),
                    modifier.is_known(),
                );
            }
        }
        StepKind::Checkpoint(check) => check_checkpoint(step, check, index, report),
        StepKind::Drag(drag) => {
            needs_element(step, report, at("selectors"));
            if drag.target.selectors.is_empty() && drag.target.coordinates.is_none() {
                report.error(
                    at("target"),
                    "the drag has neither an element nor a place to end at",
                );
            }
        }
        StepKind::Dialog(dialog) => known(
            report,
            at("response"),
            dialog.response.as_str(),
            dialog.response.is_known(),
        ),
        StepKind::Tab(tab) => known(
            report,
            at("event"),
            tab.event.as_str(),
            tab.event.is_known(),
        ),
        StepKind::Wait(wait) => {
            known(
                report,
                at("waitFor"),
                wait.wait_for.as_str(),
                wait.wait_for.is_known(),
            );
            match wait.wait_for {
                WaitFor::Element => needs_element(step, report, at("selectors")),
                WaitFor::Duration if wait.duration().is_none() => {
                    report.error(at("value"), "not a duration; write milliseconds or \"5s\"");
                }
                WaitFor::Url
                    if wait
                        .value
                        .as_ref()
                        .and_then(|value| value.as_str())
                        .is_none() =>
                {
                    report.error(at("value"), "the wait names no address");
                }
                WaitFor::Expression | WaitFor::Response
                    if wait
                        .value
                        .as_ref()
                        .and_then(|value| value.as_str())
                        .is_none_or(|text| text.trim().is_empty()) =>
                {
                    let what = if wait.wait_for == WaitFor::Response {
                        "address"
                    } else {
                        "expression"
                    };
                    report.error(at("value"), format!("the wait names no {what}"));
                }
                _ => {}
            }
        }
        StepKind::JavaScript(script) if script.expression.trim().is_empty() => {
            report.error(at("expression"), "the step has no expression");
        }
        StepKind::Wheel(wheel) => {
            for (place, modifier) in wheel.modifiers.iter().enumerate() {
                let word = modifier.as_str();
                known(
                    report,
                    at(&format!("modifiers[{place}]")),
                    word,
                    modifier.is_known(),
                );
            }
            if wheel
                .turns
                .is_some_and(|turns| turns == 0 || turns > Wheel::MOST_TURNS)
            {
                let most = Wheel::MOST_TURNS;
                report.error(at("turns"), format!("must be 1 to {most}"));
            }
            needs_element(step, report, at("selectors"));
        }
        StepKind::Viewport(size) if size.width == 0 || size.height == 0 => {
            report.error(at("width"), "width and height must be positive");
        }
        StepKind::Control(control) => check_control(step, control, index, report),
        StepKind::Store(store) => check_store(step, store, index, report),
        StepKind::Include(include) if include.recording.trim().is_empty() => {
            report.error(at("recording"), "the step does not say which recording");
        }
        StepKind::Scroll(_)
        | StepKind::Include(_)
        | StepKind::ModalLifecycle(_)
        | StepKind::JavaScript(_)
        | StepKind::Download(_)
        | StepKind::Screenshot(_)
        | StepKind::Viewport(_) => {}
    }
}

fn check_checkpoint(step: &Step, check: &Checkpoint, index: usize, report: &mut Report) {
    let at = |field: &str| format!("actions[{index}].{field}");
    known(
        report,
        at("checkType"),
        check.check_type.as_str(),
        check.check_type.is_known(),
    );
    match check.check_type {
        CheckType::UrlMatch | CheckType::UrlContains
            if check.expected_url.is_none() && check.expected_value.is_none() =>
        {
            report.error(at("expectedUrl"), "the check expects no address");
        }
        CheckType::ElementAttribute if is_blank(check.attribute.as_deref()) => {
            report.error(at("attribute"), "the check names no attribute");
        }
        CheckType::ElementCount => {
            let count = check.expected_value.as_deref().unwrap_or_default();
            if !count.is_empty() && count.trim().parse::<u64>().is_err() && !count.contains("${") {
                report.error(at("expectedValue"), "is no number of elements");
            }
        }
        CheckType::Expression if is_blank(check.expression.as_deref()) => {
            report.error(at("expression"), "the check has no expression");
        }
        CheckType::Visual => check_visual(step, check, index, report),
        _ => {}
    }
    if check.check_type.is_about_element() {
        needs_element(step, report, at("selectors"));
    }
    if check.check_type.has_expected_value() && check.expected_value.is_none() {
        report.error(at("expectedValue"), "the check expects no value");
    }
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

fn check_control(step: &Step, control: &Control, index: usize, report: &mut Report) {
    let at = |field: &str| format!("actions[{index}].{field}");
    let command = &control.command;
    known(report, at("command"), command.as_str(), command.is_known());
    let has_expression = control
        .expression
        .as_ref()
        .is_some_and(|text| !text.trim().is_empty());
    if command.has_condition() && !has_expression {
        match control.statement() {
            Some(statement) if statement.check_type == CheckType::Visual => report.error(
                at("checkType"),
                "a picture that somebody has to approve is no condition",
            ),
            Some(statement) => check_checkpoint(step, &statement, index, report),
            None => report.error(at("expression"), "the step has no condition"),
        }
    }
    match command {
        ControlCommand::Times => match &control.count {
            Some(Value::Number(count)) if count.as_u64().is_some() => {}
            Some(Value::String(count))
                if count.trim().parse::<u64>().is_ok() || count.contains("${") => {}
            _ => report.error(at("count"), "the loop does not say how often"),
        },
        ControlCommand::ForEach => {
            if !has_expression && control.items.is_none() {
                report.error(at("items"), "the loop has nothing to go through");
            }
            if control.variable.is_none() {
                report.error(at("variable"), "the loop names no variable for its items");
            }
        }
        _ => {}
    }
    if let Some(name) = &control.variable {
        variable_name(name, at("variable"), report);
    }
}

fn check_store(step: &Step, store: &Store, index: usize, report: &mut Report) {
    let at = |field: &str| format!("actions[{index}].{field}");
    known(
        report,
        at("from"),
        store.from.as_str(),
        store.from.is_known(),
    );
    variable_name(&store.variable, at("variable"), report);
    if matches!(
        store.from,
        StoreFrom::Text | StoreFrom::Value | StoreFrom::Attribute | StoreFrom::Count
    ) {
        needs_element(step, report, at("selectors"));
    }
    let missing = match store.from {
        StoreFrom::Attribute => "the name of the attribute",
        StoreFrom::Expression => "the expression",
        StoreFrom::Literal => "the text",
        _ => return,
    };
    if store.value.is_none() {
        report.error(at("value"), format!("{missing} is missing"));
    }
}

fn variable_name(name: &str, path: String, report: &mut Report) {
    if !crate::Variables::is_name(name) {
        let message =
            format!("{name:?} is no name for a variable: letters, digits and “_”, no digit first");
        report.error(path, message);
    }
}

fn check_visual(step: &Step, check: &Checkpoint, index: usize, report: &mut Report) {
    let at = |field: &str| format!("actions[{index}].{field}");
    let share = |number: &f64| !(0.0..=1.0).contains(number);
    if let Some(threshold) = check.threshold.filter(share) {
        report.error(
            at("threshold"),
            format!(
                "{threshold} is no share of the pixels: 0 lets none differ, 1 all; 0.01 is one in a hundred"
            ),
        );
    }
    if let Some(tolerance) = check.tolerance.filter(share) {
        report.error(
            at("tolerance"),
            format!(
                "{tolerance} is no distance of colours: 0 is the same colour, 1 black and white"
            ),
        );
    }
    for (place, mask) in check.masks.iter().enumerate() {
        if mask.selectors.is_empty() {
            report.error(
                at(&format!("masks[{place}].selectors")),
                "the mask does not say which elements it covers",
            );
        }
    }
    if check.full_page == Some(true) && !step.locators().is_empty() {
        report.warn(
            at("fullPage"),
            "the picture is of the element that the selectors name, not of the whole page",
        );
    }
}

fn known(report: &mut Report, path: String, word: &str, is_known: bool) {
    if !is_known {
        report.error(path, format!("{word:?} is not known"));
    }
}

fn needs_element(step: &Step, report: &mut Report, path: String) {
    if step.locators().is_empty() {
        report.error(path, "the step does not say which element it means");
    }
}
