//! Checks as expectations of Playwright, and as conditions.

use super::Playwright;
use super::locator::locator;
use crate::export::code as shared;
use crate::export::javascript::{expression, number};
use crate::export::losses::Losses;
use crate::export::{element::text, state};
use crate::{CheckType, Checkpoint, Step};

impl Playwright {
    pub(super) fn check(
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
        let expected = || shared::expected(check).map(expression);
        let url = || shared::expected_url(check).map(expression);
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
            CheckType::ElementHasValue if state::is_of_label(check) => format!(
                "await {expect}({}.locator(\"option:checked\")){not}.toHaveText({});",
                self.find(step, losses)?,
                expected()?
            ),
            CheckType::ElementHasValue => format!(
                "await {expect}({}){not}.toHaveValue({});",
                self.find(step, losses)?,
                expected()?
            ),
            CheckType::ElementPresent => format!(
                "await {expect}({}.first()){not}.toBeAttached();",
                self.find(step, losses)?
            ),
            CheckType::ElementChecked => {
                format!(
                    "await {expect}({}){not}.toBeChecked();",
                    self.find(step, losses)?
                )
            }
            CheckType::ElementEnabled => {
                format!(
                    "await {expect}({}){not}.toBeEnabled();",
                    self.find(step, losses)?
                )
            }
            CheckType::ElementEditable => {
                format!(
                    "await {expect}({}){not}.toBeEditable();",
                    self.find(step, losses)?
                )
            }
            CheckType::ElementAttribute if check.mode.as_deref() == Some("contains") => format!(
                "await {expect}.poll(() => {}.getAttribute({})){not}.toContain({});",
                self.find(step, losses)?,
                attribute(check)?,
                expected()?
            ),
            CheckType::ElementAttribute => format!(
                "await {expect}({}){not}.toHaveAttribute({}, {});",
                self.find(step, losses)?,
                attribute(check)?,
                expected()?
            ),
            CheckType::ElementCount => format!(
                "await {expect}({}){not}.toHaveCount({});",
                self.find(step, losses)?,
                shared::count(check, number)?
            ),
            CheckType::Expression => format!(
                "await {expect}.poll(() => truth({}, {})).toBe({});",
                self.document(step, losses)?,
                code(check)?,
                not.is_empty()
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

    /// The statement as an expression that is true or false at once. About an element that is not there nothing holds.
    pub(super) fn statement(
        &self,
        step: &Step,
        check: &Checkpoint,
        losses: &mut Losses,
    ) -> Result<String, String> {
        let page = self.page();
        let negated = check.negated == Some(true);
        let (not, equals) = if negated { ("!", "!==") } else { ("", "===") };
        let expected = || shared::expected(check).map(expression);
        let url = || shared::expected_url(check).map(expression);
        Ok(match &check.check_type {
            CheckType::UrlMatch => format!("{page}.url() {equals} {}", url()?),
            CheckType::UrlContains => format!("{not}{page}.url().includes({})", url()?),
            CheckType::PageTitle => format!("(await {page}.title()) {equals} {}", expected()?),
            CheckType::PageLoad => {
                format!("{not}((await {page}.evaluate(\"document.readyState\")) !== \"loading\")")
            }
            CheckType::ElementVisible if negated => {
                format!("!(await {}.isVisible())", self.find(step, losses)?)
            }
            CheckType::ElementVisible => {
                format!("await {}.isVisible()", self.find(step, losses)?)
            }
            CheckType::ElementText => format!(
                "await says({}, (text) => text {equals} {})",
                self.find(step, losses)?,
                expected()?
            ),
            CheckType::ContainsText => format!(
                "await says({}, (text) => {not}text.includes({}))",
                self.find(step, losses)?,
                expected()?
            ),
            CheckType::ElementHasValue => format!(
                "await has({}, (text) => text {equals} {})",
                self.find(step, losses)?,
                expected()?
            ),
            CheckType::ElementPresent => {
                format!("{not}((await {}.count()) > 0)", self.find(step, losses)?)
            }
            CheckType::ElementCount => format!(
                "(await {}.count()) {equals} {}",
                self.find(step, losses)?,
                shared::count(check, number)?
            ),
            CheckType::Expression => format!(
                "{not}(await truth({}, {}))",
                self.document(step, losses)?,
                code(check)?
            ),
            CheckType::ElementChecked
            | CheckType::ElementEnabled
            | CheckType::ElementEditable
            | CheckType::ElementAttribute => {
                let judge = state::judge(check).unwrap_or_default();
                let found = self.find(step, losses)?;
                let wanted = check.expected_value.as_deref();
                let wanted = wanted.map_or_else(|| "null".to_owned(), expression);
                format!("await judged({found}, (element, wanted) => {not}({judge}), {wanted})")
            }
            CheckType::Visual => return Err("a picture is no condition".to_owned()),
            CheckType::Other(word) => return Err(format!("{word:?} is not known")),
        })
    }
}

fn attribute(check: &Checkpoint) -> Result<String, String> {
    let name = check.attribute.as_deref().map(text);
    name.ok_or_else(|| "it names no attribute".to_owned())
}

fn code(check: &Checkpoint) -> Result<String, String> {
    let code = check.expression.as_deref().map(text);
    code.ok_or_else(|| "it has no expression".to_owned())
}
