//! What all exports to code share: the words of a language, and what stops the test.

mod include;
mod part;
mod script;

use super::losses::Losses;
use crate::{
    Checkpoint, Click, Dialog, Keypress, Modifier, Navigation, NavigationTrigger, Point, Recording,
    RelativeTo, Step, StepKind, Tab, TabEvent,
};

pub(super) use include::Function;
pub(super) use part::{Condition, Part, Said};

pub(super) use script::script;

/// A language, or the library of a language, that steps are written in.
pub(super) trait Language: Default {
    /// How far a block stands in.
    const INDENT: &'static str;
    /// What never holds.
    const FALSE: &'static str;
    /// Stands in a block that has nothing else, where the language wants something.
    const NOTHING: Option<&'static str> = None;

    /// Opens an address.
    fn open(&mut self, url: &str) -> Vec<String>;

    /// What has to be said before a step that brings something about.
    fn expect(&mut self, coming: &Coming<'_>) -> Vec<String>;

    /// The step; why not, when there is no way to say it. Branches, loops and included recordings are no such steps.
    fn step(&mut self, step: &Step, losses: &mut Losses) -> Result<Vec<String>, String>;

    /// The condition of a branch or a loop, as an expression.
    fn condition(
        &mut self,
        step: &Step,
        condition: &Condition<'_>,
        losses: &mut Losses,
    ) -> Result<String, String>;

    /// The list that JavaScript gives in the page, as an expression for a list of texts.
    fn list(&mut self, step: &Step, code: &str, losses: &mut Losses) -> Result<String, String>;

    /// A text with variables in it, as an expression.
    fn text(&self, given: &str) -> String;

    /// What opens, divides or closes a block.
    fn part(&self, part: &Part) -> Said;

    /// The name of the function that stands for an included recording. The words are lower case, letters and digits.
    fn function(&self, words: &[String]) -> String;

    /// Calls such a function where the steps are by now.
    fn call(&self, function: &str) -> String;

    /// Says which step follows.
    fn comment(&self, index: usize, title: &str) -> String;

    /// Ends the test with a failure: what comes next was not done.
    fn stop(&self, why: &str) -> String;

    /// Lines that may fail.
    fn optional(&self, lines: Vec<String>) -> Vec<String>;
}

/// Elements in which the place of a click matters and not only the element.
const PLACES: [&str; 6] = ["canvas", "svg", "img", "video", "embed", "object"];

/// Where in its element a click has to be, when that matters.
pub(super) fn place<'a>(step: &'a Step, click: &'a Click) -> Option<&'a Point> {
    let tag = click.tag_name.as_deref()?.to_ascii_lowercase();
    let is_relative = click.coordinates_relative_to == Some(RelativeTo::Element);
    let matters = PLACES.contains(&tag.as_str()) && !matches!(step.kind, StepKind::Unknown(_));
    click
        .coordinates
        .as_ref()
        .filter(|_| is_relative && matters)
}

/// The number of elements that a check expects: a number, or what `make` says of a text with variables in it.
pub(super) fn count(check: &Checkpoint, make: impl Fn(&str) -> String) -> Result<String, String> {
    let text = expected(check)?;
    let number = text.trim().parse::<u64>();
    Ok(number.map_or_else(|_| make(text), |number| number.to_string()))
}

/// What a check expects.
pub(super) fn expected(check: &Checkpoint) -> Result<&str, String> {
    let value = check.expected_value.as_deref();
    value.ok_or_else(|| "it expects nothing".to_owned())
}

/// The address that a check expects.
pub(super) fn expected_url(check: &Checkpoint) -> Result<&str, String> {
    let url = check.expected_url.as_deref();
    url.or(check.expected_value.as_deref())
        .ok_or_else(|| "it expects no address".to_owned())
}

/// The state that a check box or radio button has after the click, when it is one.
pub(super) fn toggled(click: &Click) -> Option<bool> {
    let is_choice = matches!(click.input_type.as_deref(), Some("checkbox" | "radio"));
    click
        .checked
        .filter(|_| is_choice && click.click_count <= 1)
}

/// What a test is called.
pub(super) fn name(recording: &Recording) -> &str {
    match recording.test_name.as_str() {
        "" => "recording",
        name => name,
    }
}

/// Lines as text, each so far from the margin.
pub(super) fn indented(lines: &[String], margin: &str) -> String {
    lines
        .iter()
        .map(|line| format!("{margin}{line}\n"))
        .collect()
}

/// A recording whose first step goes there by itself would go there twice.
fn goes_there_itself(recording: &Recording) -> bool {
    let first = recording.steps.first().map(|step| &step.kind);
    matches!(first, Some(StepKind::Navigation(Navigation { to, navigation_trigger: NavigationTrigger::Manual, .. })) if *to == recording.url)
}

fn is_double(step: &Step) -> bool {
    let StepKind::Click(click) = &step.kind else {
        return false;
    };
    let doubt = click.validation.as_ref();
    doubt.and_then(|doubt| doubt.is_duplicate) == Some(true)
}

/// The click on a form's button, or Enter in a field, has submitted it before the recorder noted that.
fn has_happened(recording: &Recording, index: usize) -> bool {
    let before = index
        .checked_sub(1)
        .and_then(|before| recording.steps.get(before));
    let is_submit = matches!(recording.steps[index].kind, StepKind::Submit(_));
    is_submit
        && before.is_some_and(|before| match &before.kind {
            StepKind::Click(_) => true,
            StepKind::Keypress(Keypress { key, .. }) => key == "Enter",
            _ => false,
        })
}

/// The dialogs that are answered from this step on.
fn dialogs_after(recording: &Recording, index: usize) -> Vec<&Dialog> {
    let following = recording.steps.get(index..).unwrap_or_default();
    following
        .iter()
        .map_while(|step| match &step.kind {
            StepKind::Dialog(dialog) => Some(dialog),
            _ => None,
        })
        .collect()
}

/// Whether a file that a later step waits for comes from this one: only steps that look at the page are between.
fn gives_download(recording: &Recording, index: usize) -> bool {
    let following = recording.steps.get(index + 1..).unwrap_or_default();
    let mut following = following.iter().skip_while(|step| {
        matches!(
            step.kind,
            StepKind::Dialog(_)
                | StepKind::Checkpoint(_)
                | StepKind::Wait(_)
                | StepKind::Screenshot(_)
        )
    });
    matches!(
        following.next().map(|step| &step.kind),
        Some(StepKind::Download(_))
    )
}

/// What a step brings about that has to be listened for before it.
pub(super) struct Coming<'a> {
    /// The dialogs that are answered behind it.
    pub(super) dialogs: Vec<&'a Dialog>,
    /// A tab that the next step goes to.
    pub(super) opens_tab: bool,
    /// A file that a later step waits for.
    pub(super) gives_download: bool,
}

/// Whether the tab that the next step speaks of is opened by this one.
pub(super) fn opens_tab(recording: &Recording, index: usize) -> bool {
    let next = recording.steps.get(index + 1).map(|step| &step.kind);
    matches!(
        next,
        Some(StepKind::Tab(Tab {
            event: TabEvent::New,
            target_url: None,
            ..
        }))
    )
}

/// A title as the name of a file: letters and digits, and a dash for what is between them.
pub(super) fn file_name(title: &str) -> String {
    let words = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-").to_lowercase();
    match name.is_empty() {
        true => "picture".to_owned(),
        false => name,
    }
}

/// What Playwright and Puppeteer call a key that is held.
pub(super) fn held_key(modifier: &Modifier) -> Result<&'static str, String> {
    match modifier {
        Modifier::Ctrl => Ok("Control"),
        Modifier::Shift => Ok("Shift"),
        Modifier::Alt => Ok("Alt"),
        Modifier::Meta => Ok("Meta"),
        Modifier::Other(word) => Err(format!("{word:?} is no key that is held")),
    }
}
