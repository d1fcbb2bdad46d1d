//! Checks that wait, and statements that decide.

use super::text::{by, expression};
use crate::export::code;
use crate::export::element;
use crate::export::losses::Losses;
use crate::{CheckType, Checkpoint, Step};

/// A condition is looked at where the driver is, which is the page.
pub(super) fn in_page(step: &Step) -> Result<(), String> {
    if step.frame_path().is_empty() {
        return Ok(());
    }
    Err("it is about a frame".to_owned())
}

pub(super) fn checked(
    step: &Step,
    check: &Checkpoint,
    losses: &mut Losses,
) -> Result<String, String> {
    losses.soft(check);
    let expected = || code::expected(check).map(expression);
    let url = || code::expected_url(check).map(expression);
    let mut find = || element::first(step, losses, by);
    let judge = match &check.check_type {
        CheckType::UrlMatch => format!("driver.current_url == {}", url()?),
        CheckType::UrlContains => format!("{} in driver.current_url", url()?),
        CheckType::PageTitle if check.mode.as_deref() == Some("contains") => {
            format!("{} in driver.title", expected()?)
        }
        CheckType::PageTitle => format!("driver.title == {}", expected()?),
        CheckType::ElementVisible => format!(
            "any(one.is_displayed() for one in driver.find_elements({}))",
            find()?
        ),
        CheckType::ElementText => format!(
            "\" \".join(driver.find_element({}).text.split()) == {}",
            find()?,
            expected()?
        ),
        CheckType::ContainsText => format!(
            "{} in \" \".join(driver.find_element({}).text.split())",
            expected()?,
            find()?
        ),
        CheckType::ElementHasValue => format!(
            "driver.find_element({}).get_property(\"value\") == {}",
            find()?,
            expected()?
        ),
        _ => return Err("there is no such check there".to_owned()),
    };
    let not = if check.negated == Some(true) {
        "not "
    } else {
        ""
    };
    Ok(format!("holds(driver, lambda driver: {not}({judge}))"))
}

/// The statement as an expression that is true or false at once. About an element that is not there nothing holds.
pub(super) fn statement(
    step: &Step,
    check: &Checkpoint,
    losses: &mut Losses,
) -> Result<String, String> {
    let negated = check.negated == Some(true);
    let (not, equals) = if negated { ("not ", "!=") } else { ("", "==") };
    let is_in = if negated { "not in" } else { "in" };
    let expected = || code::expected(check).map(expression);
    let url = || code::expected_url(check).map(expression);
    let mut find = || element::first(step, losses, by);
    Ok(match &check.check_type {
        CheckType::UrlMatch => format!("driver.current_url {equals} {}", url()?),
        CheckType::UrlContains => format!("{} {is_in} driver.current_url", url()?),
        CheckType::PageTitle => format!("driver.title {equals} {}", expected()?),
        CheckType::ElementVisible => format!(
            "{not}any(one.is_displayed() for one in driver.find_elements({}))",
            find()?
        ),
        CheckType::ElementText => format!(
            "says(driver, {}, lambda text: text {equals} {})",
            find()?,
            expected()?
        ),
        CheckType::ContainsText => format!(
            "says(driver, {}, lambda text: {} {is_in} text)",
            find()?,
            expected()?
        ),
        CheckType::ElementHasValue => format!(
            "has(driver, {}, lambda text: text {equals} {})",
            find()?,
            expected()?
        ),
        _ => return Err("there is no such condition there".to_owned()),
    })
}
