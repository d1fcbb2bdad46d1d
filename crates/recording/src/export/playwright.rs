//! A test of `@playwright/test`.

mod check;
mod download;
mod file;
mod flow;
mod input;
mod locator;
mod page;

use super::code::{Coming, Condition, Language, Part, Said, file_name};
use super::element::{self, text};
use super::javascript::{self, comment, expression};
use super::losses::Losses;
use crate::{NavigationTrigger, ScrollTarget, Step, StepKind};
use input::{answer, chord, clicked, options};
use locator::locator;
use page::page;

pub(super) use file::export;

#[derive(Default)]
struct Playwright {
    /// The tab that is worked in: 0 is `page`, 1 is `page1`.
    tab: usize,
    tabs: usize,
    /// How many files have been listened for, and the last one that a step has waited for.
    downloads: usize,
    awaited: usize,
}

impl Language for Playwright {
    const INDENT: &'static str = "  ";
    const FALSE: &'static str = "false";

    fn open(&mut self, url: &str) -> Vec<String> {
        vec![format!("await {}.goto({});", self.page(), expression(url))]
    }

    fn expect(&mut self, coming: &Coming<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        // One at a time: a second listener would answer the first dialog too.
        let handler = coming
            .dialogs
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
        if coming.gives_download {
            self.downloads += 1;
            lines.push(format!(
                "const download{} = {}.waitForEvent(\"download\");",
                self.downloads,
                self.page()
            ));
        }
        if coming.opens_tab {
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
            StepKind::Select(select) if select.change.is_some() => {
                return Err("a selection is only ever made whole there".to_owned());
            }
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
                losses.straight(drag);
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
            StepKind::Download(download) => return self.downloaded(download, losses),
            StepKind::Screenshot(picture) => {
                let whole = if picture.full_page == Some(true) {
                    ", fullPage: true"
                } else {
                    ""
                };
                let path = text(&format!("{}.png", file_name(&step.title())));
                format!("await {page}.screenshot({{ path: {path}{whole} }});")
            }
            StepKind::Wheel(wheel) => return self.wheel(step, wheel, losses),
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
            StepKind::Store(store) => return self.store(step, store, losses),
            StepKind::Control(_) | StepKind::Include(_) => {
                return Err("it is no step by itself".to_owned());
            }
            StepKind::Unknown(_) => return Err("the step is of no known type".to_owned()),
        };
        Ok(vec![line])
    }

    fn condition(
        &mut self,
        step: &Step,
        condition: &Condition<'_>,
        losses: &mut Losses,
    ) -> Result<String, String> {
        self.condition_of(step, condition, losses)
    }

    fn list(&mut self, step: &Step, code: &str, losses: &mut Losses) -> Result<String, String> {
        let document = self.document(step, losses)?;
        Ok(format!("await list({document}, {})", text(code)))
    }

    fn text(&self, given: &str) -> String {
        expression(given)
    }

    fn part(&self, part: &Part) -> Said {
        javascript::part(part)
    }

    fn function(&self, words: &[String]) -> String {
        javascript::function(words)
    }

    fn call(&self, function: &str) -> String {
        format!("await {function}({});", self.page())
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
}
