//! Checks as expectations of Playwright, and as conditions.

use super::Playwright;
use super::locator::locator;
use crate::export::code;
use crate::export::javascript::expression;
use crate::export::losses::Losses;
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
        let expected = || code::expected(check).map(expression);
        let url = || code::expected_url(check).map(expression);
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
            CheckType::Visual => return Err("a picture is no condition".to_owned()),
            CheckType::Other(word) => return Err(format!("{word:?} is not known")),
        })
    }
}
