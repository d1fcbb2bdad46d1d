//! Checks and waits that no command says: a script that looks until it is so, and a command that says whether it was.

use super::super::code;
use super::super::element::{self, text};
use super::super::state;
use crate::{CheckType, Checkpoint, Step, Variables, Wait, WaitFor};

/// What the script's answer is stored as.
pub(super) const ANSWER: &str = "holds";

/// Selenium gives a script 30 seconds; one that answers later is an error without an answer.
const LONGEST: u64 = 25_000;

/// The script that looks until the condition is as wanted, for at most so many milliseconds.
pub(super) fn until(condition: &str, wanted: bool, patience: u64) -> String {
    let patience = patience.min(LONGEST);
    format!(
        "return new Promise((say) => {{ const end = Date.now() + {patience}; \
         const look = async () => {{ let so = false; \
         try {{ so = Boolean(await ({condition})) === {wanted}; }} catch {{}} \
         if (so || Date.now() > end) say(so); else setTimeout(look, 50); }}; look(); }})"
    )
}

/// What a check compares, as JavaScript of the page or frame that is selected.
pub(super) fn check(step: &Step, check: &Checkpoint) -> Result<String, String> {
    let expected = || code::expected(check).map(value);
    let url = || code::expected_url(check).map(value);
    let says = |step: &Step| {
        place(step).map(|at| format!("({at}.innerText).replace(/\\s+/g, \" \").trim()"))
    };
    Ok(match &check.check_type {
        CheckType::UrlMatch => format!("location.href === {}", url()?),
        CheckType::UrlContains => format!("location.href.includes({})", url()?),
        CheckType::PageTitle if check.mode.as_deref() == Some("contains") => {
            format!("document.title.includes({})", expected()?)
        }
        CheckType::PageTitle => format!("document.title === {}", expected()?),
        CheckType::PageLoad => "document.readyState === \"complete\"".to_owned(),
        CheckType::ContainsText => format!("{}.includes({})", says(step)?, expected()?),
        CheckType::ElementHasValue if !state::is_of_label(check) => {
            format!("({}.value) === {}", place(step)?, expected()?)
        }
        CheckType::ElementCount => format!(
            "{} === {}",
            count(step)?,
            code::count(check, |text| format!("Number({})", value(text)))?
        ),
        CheckType::Expression => check.expression.clone().ok_or("it has no expression")?,
        _ if let Some(judge) = state::judge(check) => {
            let wanted = check.expected_value.as_deref();
            let wanted = wanted.map_or_else(|| "null".to_owned(), value);
            format!("((element, wanted) => {judge})({}, {wanted})", place(step)?)
        }
        _ => return Err("there is no such check there".to_owned()),
    })
}

/// What a wait waits for, in the same way.
pub(super) fn wait(wait: &Wait) -> Result<String, String> {
    let said = || {
        let said = wait.value.as_ref().and_then(|value| value.as_str());
        said.ok_or_else(|| "it does not say what for".to_owned())
    };
    Ok(match &wait.wait_for {
        WaitFor::Url => address_contains(said()?),
        WaitFor::Expression => said()?.to_owned(),
        _ => return Err("there is no such wait there".to_owned()),
    })
}

/// The address is this one.
pub(super) fn address(url: &str) -> String {
    format!("location.href === {}", value(url))
}

fn address_contains(part: &str) -> String {
    format!("location.href.includes({})", value(part))
}

/// A text as JavaScript: Selenium puts a stored value where a script says `${NAME}`.
fn value(given: &str) -> String {
    Variables::text_in_javascript(given)
}

/// The step's element; a script that finds none throws, which is what it looks at again.
fn place(step: &Step) -> Result<String, String> {
    let found = step.locators().iter().find_map(|selector| {
        let css = element::css(selector);
        css.map(|css| format!("document.querySelector({})", text(&css)))
            .or_else(|| {
                element::xpath(selector).map(|xpath| {
                    format!(
                        "document.evaluate({}, document, null, 9, null).singleNodeValue",
                        text(&xpath)
                    )
                })
            })
    });
    found.ok_or_else(|| "none of its selectors can be said there".to_owned())
}

/// How many elements the step's first selector finds.
fn count(step: &Step) -> Result<String, String> {
    let found = step.locators().iter().find_map(|selector| {
        let css = element::css(selector);
        css.map(|css| format!("document.querySelectorAll({}).length", text(&css)))
            .or_else(|| {
                element::xpath(selector).map(|xpath| {
                    let counted = text(&format!("count({xpath})"));
                    format!("document.evaluate({counted}, document, null, 1, null).numberValue")
                })
            })
    });
    found.ok_or_else(|| "none of its selectors can be said there".to_owned())
}
