//! A step as a sentence for people: `Click “Add to cart” button`, `Type ${EMAIL} in “Email”`, `Open shop.example/cart`.

mod flow;

use crate::address::document_address;
use crate::{
    CheckType, Checkpoint, Click, Dialog, DialogResponse, Drag, Input, Keypress, ModalLifecycle,
    MouseButton, Navigation, NavigationTrigger, Scroll, ScrollTarget, Select, Selector, Step,
    StepKind, Tab, TabEvent, Upload, Wait, WaitFor,
};

/// Longest quoted text of a title, in characters.
const LONGEST: usize = 60;

impl Step {
    /// What the step does, as a sentence. A sensitive value is never part of it.
    pub fn title(&self) -> String {
        if let Some(name) = self
            .name
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            return clip(name);
        }
        match &self.kind {
            StepKind::Click(click) => self.click(click),
            StepKind::Input(input) => self.input(input),
            StepKind::Select(select) => self.select(select),
            StepKind::Navigation(navigation) => navigate(navigation),
            StepKind::Hover(hover) => format!(
                "Hover {}",
                self.target(hover.text.as_deref(), hover.tag_name.as_deref())
            ),
            StepKind::Scroll(scroll) => scrolled(scroll),
            StepKind::Wheel(wheel) => {
                format!(
                    "Turn wheel over {}",
                    self.target(None, wheel.tag_name.as_deref())
                )
            }
            StepKind::Keypress(keypress) => format!("Press {}", chord(keypress)),
            StepKind::Submit(_) => self.quoted(None).map_or("Submit form".to_owned(), |name| {
                format!("Submit {name} form")
            }),
            StepKind::Checkpoint(check) => self.check(check),
            StepKind::ModalLifecycle(modal) => modal_title(modal),
            StepKind::Drag(drag) => self.drag(drag),
            StepKind::Upload(upload) => uploaded(upload),
            StepKind::Download(download) => match &download.file_name {
                Some(name) => format!("Wait for download {}", quote(name)),
                None => "Wait for download".to_owned(),
            },
            StepKind::Screenshot(picture) => match picture.full_page {
                Some(true) => "Take picture of the whole page".to_owned(),
                _ => "Take picture".to_owned(),
            },
            StepKind::Dialog(dialog) => dialog_title(dialog),
            StepKind::Tab(tab) => tab_title(tab),
            StepKind::Wait(wait) => self.wait(wait),
            StepKind::JavaScript(_) => "Run JavaScript".to_owned(),
            StepKind::Viewport(viewport) => {
                format!("Resize page to {} × {}", viewport.width, viewport.height)
            }
            StepKind::Control(control) => self.control(control),
            StepKind::Store(store) => self.store(store),
            StepKind::Include(include) => format!(
                "Perform {}",
                quote(
                    include
                        .recording_name
                        .as_deref()
                        .unwrap_or(&include.recording)
                )
            ),
            StepKind::Unknown(unknown) => format!("Unknown step {}", quote(&unknown.type_name)),
        }
    }

    fn click(&self, click: &Click) -> String {
        let toggled = matches!(click.input_type.as_deref(), Some("checkbox" | "radio"));
        let verb = match (&click.button, click.click_count, click.checked) {
            (MouseButton::Right, ..) => "Right-click",
            (MouseButton::Middle, ..) => "Middle-click",
            (MouseButton::Back, ..) => "Back-click",
            (MouseButton::Forward, ..) => "Forward-click",
            (_, 2, _) => "Double-click",
            (_, 3.., _) => "Triple-click",
            (_, _, Some(true)) if toggled => "Check",
            (_, _, Some(false)) if toggled => "Uncheck",
            _ => "Click",
        };
        format!(
            "{verb} {}",
            self.target(click.text.as_deref(), click.tag_name.as_deref())
        )
    }

    fn input(&self, input: &Input) -> String {
        let field = self
            .quoted(None)
            .unwrap_or_else(|| noun(input.tag_name.as_deref().or(Some("input"))).to_owned());
        let value = match &input.variable_name {
            Some(name) => format!("${{{name}}}"),
            None if input.is_sensitive == Some(true) && !input.value.contains("${") => {
                "••••".to_owned()
            }
            None if input.value.starts_with("${") && input.value.ends_with('}') => {
                clip(&input.value)
            }
            None => quote(&input.value),
        };
        match input.input_type.as_deref() {
            Some("checkbox" | "radio") => format!("Set {field}"),
            Some("file") => format!("Upload to {field}"),
            _ if input.value.is_empty() && input.variable_name.is_none() => {
                format!("Clear {field}")
            }
            _ => format!("Type {value} in {field}"),
        }
    }

    fn select(&self, select: &Select) -> String {
        let option = match &select.variable_name {
            Some(name) => format!("${{{name}}}"),
            None => [&select.selected_text, &select.selected_value]
                .into_iter()
                .flatten()
                .find(|text| !text.trim().is_empty())
                .map_or("an option".to_owned(), |text| quote(text)),
        };
        let field = self.quoted(None).unwrap_or_else(|| "list".to_owned());
        format!("Choose {option} in {field}")
    }

    fn drag(&self, drag: &Drag) -> String {
        let what = self
            .quoted(drag.text.as_deref())
            .unwrap_or_else(|| noun(drag.tag_name.as_deref()).to_owned());
        let named = drag
            .target
            .text
            .as_deref()
            .map(quote)
            .or_else(|| name_from(&drag.target.selectors));
        match (named, &drag.target.coordinates) {
            (Some(target), _) => format!("Drag {what} to {target}"),
            (None, Some(point)) => format!("Drag {what} to {:.0}, {:.0}", point.x, point.y),
            (None, None) => format!("Drag {what}"),
        }
    }

    fn wait(&self, wait: &Wait) -> String {
        let value = wait.value.as_ref().map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        });
        let value = value.unwrap_or_default();
        match &wait.wait_for {
            WaitFor::Duration if value.ends_with(|c: char| c.is_ascii_digit()) => {
                format!("Wait {value} ms")
            }
            WaitFor::Duration => format!("Wait {}", clip(&value)),
            WaitFor::Element => format!(
                "Wait for {}",
                self.quoted(None).unwrap_or_else(|| "an element".to_owned())
            ),
            WaitFor::Url => format!("Wait for address {}", quote(&value)),
            WaitFor::Load => "Wait for the page to load".to_owned(),
            WaitFor::Expression => format!("Wait until {}", clip(&value)),
            WaitFor::Response => format!("Wait for an answer from {}", quote(&value)),
            WaitFor::Other(word) => format!("Wait for {}", clip(word)),
        }
    }

    fn check(&self, check: &Checkpoint) -> String {
        let no = if check.negated == Some(true) {
            "not "
        } else {
            ""
        };
        let verb = |yes: &str, not: &str| {
            if check.negated == Some(true) {
                not.to_owned()
            } else {
                yes.to_owned()
            }
        };
        let is_or_contains = || match check.mode.as_deref() {
            Some("contains") => verb("contains", "does not contain"),
            _ => verb("is", "is not"),
        };
        let element = self
            .quoted(None)
            .unwrap_or_else(|| "the element".to_owned());
        let url = quote(
            check
                .expected_url
                .as_deref()
                .or(check.expected_value.as_deref())
                .unwrap_or_default(),
        );
        let value = quote(check.expected_value.as_deref().unwrap_or_default());
        match &check.check_type {
            CheckType::UrlMatch => format!("Check address is {no}{url}"),
            CheckType::UrlContains => format!(
                "Check address {} {url}",
                verb("contains", "does not contain")
            ),
            CheckType::ElementVisible => format!("Check {element} is {no}visible"),
            CheckType::ElementText => format!("Check text of {element} is {no}{value}"),
            CheckType::ContainsText => format!(
                "Check {element} {} {value}",
                verb("contains", "does not contain")
            ),
            CheckType::ElementHasValue => format!("Check value of {element} is {no}{value}"),
            CheckType::ElementPresent => {
                format!("Check {element} is {no}in the page")
            }
            CheckType::ElementChecked => format!("Check {element} is {no}checked"),
            CheckType::ElementEnabled => format!("Check {element} is {no}enabled"),
            CheckType::ElementEditable => format!("Check {element} is {no}editable"),
            CheckType::ElementAttribute => {
                let name = match check.attribute.as_deref().unwrap_or_default() {
                    "" => "attribute".to_owned(),
                    name => quote(name),
                };
                format!("Check {name} of {element} {} {value}", is_or_contains())
            }
            CheckType::ElementCount => {
                let what = self.quoted(None).unwrap_or_else(|| "elements".to_owned());
                let count = check.expected_value.as_deref().unwrap_or_default();
                let count = if count.is_empty() { "…" } else { count };
                format!("Check number of {what} is {no}{count}")
            }
            CheckType::Expression => {
                let code = quote(check.expression.as_deref().unwrap_or_default());
                format!("Check {code} is {no}true")
            }
            CheckType::PageTitle => format!("Check title {} {value}", is_or_contains()),
            CheckType::PageLoad => format!("Check page is {no}loaded"),
            CheckType::Visual => {
                let what = match self.quoted(None) {
                    Some(name) => name,
                    None if !self.locators().is_empty() => "the element".to_owned(),
                    None if check.full_page == Some(true) => "the whole page".to_owned(),
                    None => "the page".to_owned(),
                };
                format!("Check {what} {}", verb("looks the same", "looks different"))
            }
            CheckType::Other(word) => format!("Check {}", quote(word)),
        }
    }

    /// `“Add to cart” button`, or the bare noun.
    fn target(&self, text: Option<&str>, tag: Option<&str>) -> String {
        let noun = noun(tag);
        match self.quoted(text) {
            Some(name) if noun == "element" => name,
            Some(name) => format!("{name} {noun}"),
            None => noun.to_owned(),
        }
    }

    /// The best name for the step's element, in quotes.
    fn quoted(&self, text: Option<&str>) -> Option<String> {
        text.filter(|text| !text.trim().is_empty())
            .map(quote)
            .or_else(|| name_from(&self.locators()))
    }
}

/// A name that a person would recognise, from the selectors: what the element is called before how it is addressed.
fn name_from(selectors: &[Selector]) -> Option<String> {
    const READABLE: [&str; 11] = [
        "aria-label",
        "label",
        "placeholder",
        "role",
        "text-content",
        "text",
        "alt",
        "title",
        "name",
        "data-testid",
        "id",
    ];
    let named = READABLE.iter().find_map(|strategy| {
        let selector = selectors
            .iter()
            .find(|selector| selector.strategy == *strategy)?;
        let value = selector.value.text();
        let value = match *strategy {
            // role values look like button[name="Save"]
            "role" => value.split_once("[name=\"")?.1.split('"').next()?,
            "id" | "name" | "data-testid" => value.trim_start_matches(['#', '.']),
            _ => &value,
        };
        (!value.trim().is_empty()).then(|| quote(value))
    });
    // `#email` is written by hand where a recorder would have written an id.
    let by_id = || {
        selectors
            .iter()
            .filter(|selector| selector.strategy == "css")
            .find_map(|selector| {
                let value = selector.value.text();
                let id = value.strip_prefix('#')?;
                let is_plain = !id.is_empty()
                    && id
                        .chars()
                        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                is_plain.then(|| quote(id))
            })
    };
    named.or_else(by_id)
}

fn noun(tag: Option<&str>) -> &'static str {
    match tag.map(str::to_ascii_lowercase).as_deref() {
        Some("a") => "link",
        Some("button") => "button",
        Some("input" | "textarea") => "field",
        Some("select") => "list",
        Some("img" | "picture" | "svg") => "image",
        Some("canvas") => "canvas",
        Some("form") => "form",
        _ => "element",
    }
}

fn navigate(navigation: &Navigation) -> String {
    match &navigation.navigation_trigger {
        NavigationTrigger::Back => "Go back".to_owned(),
        NavigationTrigger::Forward => "Go forward".to_owned(),
        NavigationTrigger::Manual => format!("Open {}", bare(&navigation.to)),
        _ => format!("Arrive at {}", bare(&navigation.to)),
    }
}

/// The address as people read it: without scheme, `www.` and a lone slash.
fn bare(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    clip(document_address(rest).trim_end_matches('/'))
}

fn scrolled(scroll: &Scroll) -> String {
    let what = match &scroll.element {
        ScrollTarget::Window => "page".to_owned(),
        ScrollTarget::Element(selector) => {
            name_from(&selector.to_selectors()).unwrap_or_else(|| "element".to_owned())
        }
    };
    format!(
        "Scroll {what} to {:.0}, {:.0}",
        scroll.scroll_x, scroll.scroll_y
    )
}

fn chord(keypress: &Keypress) -> String {
    let mut keys: Vec<String> = Vec::new();
    for modifier in &keypress.modifiers {
        let mut name = modifier.as_str().to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        keys.push(name);
    }
    let key = if keypress.key == " " {
        "Space"
    } else {
        &keypress.key
    };
    keys.push(if key.chars().count() == 1 {
        key.to_uppercase()
    } else {
        key.to_owned()
    });
    clip(&keys.join("+"))
}

fn modal_title(modal: &ModalLifecycle) -> String {
    let name = modal
        .modal_id
        .as_deref()
        .map_or("Modal".to_owned(), |id| format!("Modal {}", quote(id)));
    match modal
        .event
        .as_deref()
        .or(modal.to_state.as_deref())
        .unwrap_or_default()
    {
        "modal-opened" | "open" | "opened" | "visible" => format!("{name} opens"),
        "modal-closed" | "closed" | "hidden" => format!("{name} closes"),
        _ => format!("{name} changes"),
    }
}

fn uploaded(upload: &Upload) -> String {
    match upload.files.as_slice() {
        [] => "Clear chosen files".to_owned(),
        [one] => format!("Upload {}", quote(&one.name)),
        many => format!("Upload {} files", many.len()),
    }
}

fn dialog_title(dialog: &Dialog) -> String {
    let verb = if dialog.response == DialogResponse::Dismiss {
        "Dismiss"
    } else {
        "Accept"
    };
    let kind = dialog.dialog_type.as_deref().unwrap_or("dialog");
    match dialog
        .message
        .as_deref()
        .filter(|message| !message.trim().is_empty())
    {
        Some(message) => format!("{verb} {kind} {}", quote(message)),
        None => format!("{verb} {kind}"),
    }
}

fn tab_title(tab: &Tab) -> String {
    let number = tab.index.map(|index| index.saturating_add(1));
    match (&tab.event, number) {
        (TabEvent::New, _) => tab
            .target_url
            .as_deref()
            .map_or("Open tab".to_owned(), |url| {
                format!("Open tab {}", bare(url))
            }),
        (TabEvent::Switch, Some(number)) => format!("Switch to tab {number}"),
        (TabEvent::Switch, None) => "Switch tab".to_owned(),
        (TabEvent::Close, Some(number)) => format!("Close tab {number}"),
        (TabEvent::Close, None) => "Close tab".to_owned(),
        (TabEvent::Other(word), _) => format!("Tab {}", quote(word)),
    }
}

/// Text on one line, shortened, in typographic quotes.
fn quote(text: &str) -> String {
    format!("“{}”", clip(text))
}

fn clip(text: &str) -> String {
    // A text of megabytes is cut before its white space is put in order.
    let line = text
        .chars()
        .take(LONGEST * 8)
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let head: String = line.chars().take(LONGEST - 1).collect();
    format!("{}…", head.trim_end())
}
