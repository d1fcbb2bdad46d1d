//! A test of `@playwright/test`.

mod locator;

use serde_json::json;

use super::Exported;
use super::code::{self, Language};
use super::element::{self, text};
use super::javascript::{comment, expression};
use super::losses::Losses;
use crate::{
    CheckType, Checkpoint, Click, Dialog, DialogResponse, Input, Keypress, Modifier, MouseButton,
    NavigationTrigger, Recording, ScrollTarget, Select, SimulationType, Step, StepKind, Tab,
    TabEvent, Wait, WaitFor,
};
use locator::locator;

pub(super) fn export(recording: &Recording) -> Exported {
    let mut language = Playwright::default();
    let (lines, losses) = code::body(recording, &mut language);
    let body: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    let (width, height) = recording.page_size();
    let mut options = vec![format!("viewport: {{ width: {width}, height: {height} }}")];
    options.extend(
        recording
            .device_pixel_ratio
            .map(|ratio| format!("deviceScaleFactor: {ratio}")),
    );
    options.extend(
        recording
            .is_mobile
            .filter(|is| *is)
            .map(|_| "isMobile: true".to_owned()),
    );
    options.extend(
        recording
            .has_touch
            .filter(|is| *is)
            .map(|_| "hasTouch: true".to_owned()),
    );
    let values = if body.contains("value(") { VALUES } else { "" };
    let name = if recording.test_name.is_empty() {
        "recording"
    } else {
        &recording.test_name
    };
    let test = format!(
        "import {{ expect, test }} from \"@playwright/test\";\n\ntest.use({{ {} }});\n{values}\ntest({}, async ({{ page }}) => {{\n{body}}});\n",
        options.join(", "),
        text(name),
    );
    Exported { text: test, losses }
}

/// Values of variables come from where `proscenium run` takes them.
const VALUES: &str = r#"
function value(name: string): string {
  const given = process.env[`PROSCENIUM_VAR_${name}`];
  if (given === undefined) throw new Error(`set PROSCENIUM_VAR_${name}`);
  return given;
}
"#;

#[derive(Default)]
struct Playwright {
    /// The tab that is worked in: 0 is `page`, 1 is `page1`.
    tab: usize,
    tabs: usize,
}

impl Language for Playwright {
    fn open(&mut self, url: &str) -> Vec<String> {
        vec![format!("await {}.goto({});", self.page(), expression(url))]
    }

    fn expect(&mut self, dialogs: &[&Dialog], opens_tab: bool) -> Vec<String> {
        let mut lines = Vec::new();
        // One at a time: a second listener would answer the first dialog too.
        let handler = dialogs
            .iter()
            .rev()
            .fold(None, |next: Option<String>, dialog| {
                let answer = answer(dialog);
                Some(match next {
                    None => format!("{}.once(\"dialog\", (dialog) => {answer})", self.page()),
                    Some(next) => format!(
                        "{}.once(\"dialog\", (dialog) => {{ {next}; return {answer}; }})",
                        self.page()
                    ),
                })
            });
        lines.extend(handler.map(|handler| format!("{handler};")));
        if opens_tab {
            lines.push(format!(
                "const popup{} = {}.waitForEvent(\"popup\");",
                self.tabs + 1,
                self.page()
            ));
        }
        lines
    }

    fn step(&mut self, step: &Step, losses: &mut Losses) -> Result<Vec<String>, String> {
        let page = self.page();
        let line = match &step.kind {
            StepKind::Click(click) => format!(
                "await {}{};",
                self.find(step, losses)?,
                clicked(step, click)?
            ),
            StepKind::Input(input) => return self.input(step, input, losses),
            StepKind::Select(select) => format!(
                "await {}.selectOption({});",
                self.find(step, losses)?,
                options(select)?
            ),
            StepKind::Navigation(to) => match &to.navigation_trigger {
                NavigationTrigger::Manual => format!("await {page}.goto({});", expression(&to.to)),
                NavigationTrigger::Back => format!("await {page}.goBack();"),
                NavigationTrigger::Forward => format!("await {page}.goForward();"),
                NavigationTrigger::Other(word) => return Err(format!("{word:?} is not known")),
                _ => format!("await {page}.waitForURL({});", expression(&to.to)),
            },
            StepKind::Hover(_) => format!("await {}.hover();", self.find(step, losses)?),
            StepKind::Scroll(scroll) => {
                let place = format!("[{}, {}]", scroll.scroll_x, scroll.scroll_y);
                match &scroll.element {
                    ScrollTarget::Window => format!(
                        "await {page}.evaluate(([x, y]) => window.scrollTo(x, y), {place});"
                    ),
                    ScrollTarget::Element(legacy) => {
                        let ways = if step.selectors.is_empty() {
                            legacy.to_selectors()
                        } else {
                            step.locators()
                        };
                        let found = element::best(&ways, losses, locator)?;
                        format!(
                            "await {page}.{found}.evaluate((element, [x, y]) => element.scrollTo(x, y), {place});"
                        )
                    }
                }
            }
            StepKind::Keypress(press) => {
                let chord = text(&chord(press)?);
                if step.locators().is_empty() {
                    format!("await {page}.keyboard.press({chord});")
                } else {
                    format!("await {}.press({chord});", self.find(step, losses)?)
                }
            }
            StepKind::Submit(_) => format!(
                "await {}.evaluate((form: HTMLFormElement) => form.requestSubmit());",
                self.find(step, losses)?
            ),
            StepKind::Checkpoint(check) => self.check(step, check, losses)?,
            StepKind::Drag(drag) => {
                if drag.target.selectors.is_empty() {
                    return Err("it ends at a place and not at an element".to_owned());
                }
                let target = element::best(&drag.target.selectors, losses, locator)?;
                let frames = self.frames(step, losses)?;
                format!(
                    "await {}.dragTo({page}{frames}.{target});",
                    self.find(step, losses)?
                )
            }
            StepKind::Upload(upload) => {
                let files: Option<Vec<String>> = upload
                    .files
                    .iter()
                    .map(|file| file.path.as_deref().map(expression))
                    .collect();
                let files = files.ok_or("a file is stored with the recording and has no path")?;
                format!(
                    "await {}.setInputFiles([{}]);",
                    self.find(step, losses)?,
                    files.join(", ")
                )
            }
            // Said before the step that opens it.
            StepKind::Dialog(_) => return Ok(Vec::new()),
            StepKind::Tab(tab) => return self.turn(tab),
            StepKind::Wait(wait) => self.wait(step, wait, losses)?,
            StepKind::JavaScript(script) => {
                format!("await {page}.evaluate({});", text(&script.expression))
            }
            StepKind::Viewport(size) => {
                if size.device_scale_factor.is_some()
                    || size.mobile.is_some()
                    || size.touch.is_some()
                {
                    losses.lose("deviceScaleFactor", "only the size can change in a test");
                }
                format!(
                    "await {page}.setViewportSize({{ width: {}, height: {} }});",
                    size.width, size.height
                )
            }
            StepKind::ModalLifecycle(_) => return Err("a modal is no step there".to_owned()),
            StepKind::Control(_) | StepKind::Store(_) | StepKind::Include(_) => {
                return Err("branches, loops and stored values are not written as code".to_owned());
            }
            StepKind::Unknown(_) => return Err("the step is of no known type".to_owned()),
        };
        Ok(vec![line])
    }

    fn comment(&self, index: usize, title: &str) -> String {
        comment(index, title)
    }

    fn stop(&self, why: &str) -> String {
        format!("throw new Error({});", text(why))
    }

    fn optional(&self, lines: Vec<String>) -> Vec<String> {
        let inner = lines.into_iter().map(|line| format!("  {line}"));
        std::iter::once("try {".to_owned())
            .chain(inner)
            .chain([
                "} catch {".to_owned(),
                "  // The step may fail.".to_owned(),
                "}".to_owned(),
            ])
            .collect()
    }
}

impl Playwright {
    fn page(&self) -> String {
        page(self.tab)
    }

    /// `page.frame….element`
    fn find(&self, step: &Step, losses: &mut Losses) -> Result<String, String> {
        let frames = self.frames(step, losses)?;
        Ok(format!(
            "{}{frames}.{}",
            self.page(),
            element::first(step, losses, locator)?
        ))
    }

    fn frames(&self, step: &Step, losses: &mut Losses) -> Result<String, String> {
        let frames = element::frames(step, losses, locator)?;
        Ok(frames
            .iter()
            .map(|frame| format!(".{frame}.contentFrame()"))
            .collect())
    }

    fn input(
        &self,
        step: &Step,
        input: &Input,
        losses: &mut Losses,
    ) -> Result<Vec<String>, String> {
        let found = self.find(step, losses)?;
        let value = match &input.variable_name {
            Some(name) => format!("value({})", text(name)),
            None => expression(&input.value),
        };
        Ok(match (input.input_type.as_deref(), input.checked) {
            (Some("file"), _) => return Err("the files are not known".to_owned()),
            (Some("checkbox" | "radio"), Some(checked)) => {
                vec![format!("await {found}.setChecked({checked});")]
            }
            _ if input.simulation_type == Some(SimulationType::Type) => {
                let delay = input
                    .typing_delay
                    .map_or_else(String::new, |ms| format!(", {{ delay: {ms} }}"));
                vec![
                    format!("await {found}.clear();"),
                    format!("await {found}.pressSequentially({value}{delay});"),
                ]
            }
            _ => vec![format!("await {found}.fill({value});")],
        })
    }

    fn check(
        &self,
        step: &Step,
        check: &Checkpoint,
        losses: &mut Losses,
    ) -> Result<String, String> {
        let page = self.page();
        let not = if check.negated == Some(true) {
            ".not"
        } else {
            ""
        };
        let expect = if check.soft == Some(true) {
            "expect.soft"
        } else {
            "expect"
        };
        let expected = || code::expected(check).map(expression);
        let url = || code::expected_url(check).map(expression);
        Ok(match &check.check_type {
            CheckType::UrlMatch => format!("await {expect}({page}){not}.toHaveURL({});", url()?),
            CheckType::UrlContains => format!(
                "await {expect}({page}){not}.toHaveURL((url) => url.href.includes({}));",
                url()?
            ),
            CheckType::PageTitle if check.mode.as_deref() == Some("contains") => {
                format!(
                    "await {expect}.poll(() => {page}.title()){not}.toContain({});",
                    expected()?
                )
            }
            CheckType::PageTitle => {
                format!("await {expect}({page}){not}.toHaveTitle({});", expected()?)
            }
            CheckType::PageLoad if not.is_empty() => {
                format!("await {page}.waitForLoadState(\"domcontentloaded\");")
            }
            CheckType::PageLoad => {
                return Err("that a page is not loaded cannot be waited for".to_owned());
            }
            CheckType::ElementVisible => format!(
                "await {expect}({}){not}.toBeVisible();",
                self.find(step, losses)?
            ),
            CheckType::ElementText => format!(
                "await {expect}({}){not}.toHaveText({});",
                self.find(step, losses)?,
                expected()?
            ),
            CheckType::ContainsText => format!(
                "await {expect}({}){not}.toContainText({});",
                self.find(step, losses)?,
                expected()?
            ),
            CheckType::ElementHasValue => format!(
                "await {expect}({}){not}.toHaveValue({});",
                self.find(step, losses)?,
                expected()?
            ),
            CheckType::Visual => {
                losses.lose(
                    "",
                    "the picture is made by the other tool, in its first run",
                );
                let (what, options) = self.picture(step, check, losses)?;
                format!("await {expect}({what}){not}.toHaveScreenshot({options});")
            }
            CheckType::Other(word) => return Err(format!("{word:?} is not known")),
        })
    }

    /// What `toHaveScreenshot` looks at, and how closely.
    fn picture(
        &self,
        step: &Step,
        check: &Checkpoint,
        losses: &mut Losses,
    ) -> Result<(String, String), String> {
        let page = self.page();
        // What is lost of the frames is said once, where the element is found.
        let frames = self.frames(step, &mut Losses::default())?;
        let mut options = vec![
            format!(
                "maxDiffPixelRatio: {}",
                check.threshold.unwrap_or(Checkpoint::DEFAULT_THRESHOLD)
            ),
            format!(
                "threshold: {}",
                check.tolerance.unwrap_or(Checkpoint::DEFAULT_TOLERANCE)
            ),
        ];
        let mut masks = Vec::new();
        for (place, mask) in check.masks.iter().enumerate() {
            match mask.selectors.iter().find_map(locator) {
                Some(found) => masks.push(format!("{page}{frames}.{found}")),
                None => losses.lose(
                    &format!("masks[{place}]"),
                    "is left out: none of its selectors can be said there",
                ),
            }
        }
        if !masks.is_empty() {
            options.push(format!("mask: [{}]", masks.join(", ")));
        }
        let what = if step.locators().is_empty() {
            if check.full_page == Some(true) {
                options.push("fullPage: true".to_owned());
            }
            page
        } else {
            self.find(step, losses)?
        };
        Ok((what, format!("{{ {} }}", options.join(", "))))
    }

    fn wait(&self, step: &Step, wait: &Wait, losses: &mut Losses) -> Result<String, String> {
        let page = self.page();
        let word = wait.value.as_ref().and_then(|value| value.as_str());
        Ok(match &wait.wait_for {
            WaitFor::Duration => {
                let time = wait.duration().ok_or("it is no duration")?;
                format!("await {page}.waitForTimeout({});", time.as_millis())
            }
            WaitFor::Element => format!("await {}.waitFor();", self.find(step, losses)?),
            WaitFor::Url => format!(
                "await {page}.waitForURL((url) => url.href.includes({}));",
                expression(word.ok_or("it names no address")?)
            ),
            WaitFor::Load => format!(
                "await {page}.waitForLoadState({});",
                text(word.unwrap_or("load"))
            ),
            WaitFor::Expression => format!(
                "await {page}.waitForFunction({});",
                text(word.ok_or("it has no expression")?)
            ),
            // There the wait has to begin before the step that asks.
            WaitFor::Response => {
                return Err("an answer that may have come is not waited for".to_owned());
            }
            WaitFor::Other(word) => return Err(format!("{word:?} is not known")),
        })
    }

    fn turn(&mut self, tab: &Tab) -> Result<Vec<String>, String> {
        match (&tab.event, tab.index) {
            (TabEvent::New, _) => {
                let from = self.page();
                self.tabs += 1;
                self.tab = self.tabs;
                let page = self.page();
                Ok(match &tab.target_url {
                    None => vec![format!("const {page} = await popup{};", self.tab)],
                    Some(url) => vec![
                        format!("const {page} = await {from}.context().newPage();"),
                        format!("await {page}.goto({});", expression(url)),
                    ],
                })
            }
            (TabEvent::Switch, Some(index)) if index <= self.tabs => {
                self.tab = index;
                Ok(vec![format!("await {}.bringToFront();", self.page())])
            }
            (TabEvent::Close, index) if index.is_none_or(|index| index <= self.tabs) => {
                let closed = index.unwrap_or(self.tab);
                if closed == self.tab {
                    self.tab = closed.saturating_sub(1);
                }
                Ok(vec![format!("await {}.close();", page(closed))])
            }
            _ => Err("it is not clear which tab is meant".to_owned()),
        }
    }
}

fn page(tab: usize) -> String {
    if tab == 0 {
        "page".to_owned()
    } else {
        format!("page{tab}")
    }
}

fn clicked(step: &Step, click: &Click) -> Result<String, String> {
    if let Some(checked) = code::toggled(click) {
        return Ok(format!(".setChecked({checked})"));
    }
    let mut options = Vec::new();
    match &click.button {
        MouseButton::Left => {}
        MouseButton::Right => options.push("button: \"right\"".to_owned()),
        MouseButton::Middle => options.push("button: \"middle\"".to_owned()),
        MouseButton::Other(word) => return Err(format!("{word:?} is no button")),
    }
    if !click.modifiers.is_empty() {
        let held: Vec<&str> = click
            .modifiers
            .iter()
            .map(modifier)
            .collect::<Result<_, _>>()?;
        options.push(format!("modifiers: {}", json!(held)));
    }
    if let Some(at) = code::place(step, click) {
        options.push(format!("position: {{ x: {}, y: {} }}", at.x, at.y));
    }
    if click.click_count > 2 {
        options.push(format!("clickCount: {}", click.click_count));
    }
    let method = if click.click_count == 2 {
        "dblclick"
    } else {
        "click"
    };
    Ok(if options.is_empty() {
        format!(".{method}()")
    } else {
        format!(".{method}({{ {} }})", options.join(", "))
    })
}

fn options(select: &Select) -> Result<String, String> {
    let one = |value: &Option<String>, label: &Option<String>, index: Option<i64>| match (
        value, label, index,
    ) {
        (Some(value), ..) => Ok(format!("{{ value: {} }}", expression(value))),
        (None, Some(label), _) => Ok(format!("{{ label: {} }}", expression(label))),
        (None, None, Some(index)) => Ok(format!("{{ index: {index} }}")),
        (None, None, None) => Err("it names no option".to_owned()),
    };
    if let Some(name) = &select.variable_name {
        return Ok(format!("value({})", text(name)));
    }
    if select.selected_options.is_empty() {
        return one(
            &select.selected_value,
            &select.selected_text,
            select.selected_index,
        );
    }
    let all: Result<Vec<String>, String> = select
        .selected_options
        .iter()
        .map(|option| one(&option.value, &option.text, option.index))
        .collect();
    Ok(format!("[{}]", all?.join(", ")))
}

fn answer(dialog: &Dialog) -> String {
    match (&dialog.response, &dialog.prompt_value) {
        (DialogResponse::Dismiss, _) => "dialog.dismiss()".to_owned(),
        (_, Some(text)) => format!("dialog.accept({})", expression(text)),
        _ => "dialog.accept()".to_owned(),
    }
}

fn chord(press: &Keypress) -> Result<String, String> {
    let mut keys: Vec<&str> = press
        .modifiers
        .iter()
        .map(modifier)
        .collect::<Result<_, _>>()?;
    let key = if press.key.is_empty() {
        press.code.as_deref().unwrap_or_default()
    } else {
        &press.key
    };
    keys.push(if key == " " { "Space" } else { key });
    Ok(keys.join("+"))
}

fn modifier(modifier: &Modifier) -> Result<&'static str, String> {
    match modifier {
        Modifier::Ctrl => Ok("Control"),
        Modifier::Shift => Ok("Shift"),
        Modifier::Alt => Ok("Alt"),
        Modifier::Meta => Ok("Meta"),
        Modifier::Other(word) => Err(format!("{word:?} is no key that is held")),
    }
}
