//! Checks that wait, and statements that decide.

use super::text::{by, expression};
use crate::export::code;
use crate::export::element::{self, text};
use crate::export::losses::Losses;
use crate::export::state;
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
        CheckType::ElementHasValue if !state::is_of_label(check) => format!(
            "driver.find_element({}).get_property(\"value\") == {}",
            find()?,
            expected()?
        ),
        CheckType::ElementPresent => format!("driver.find_elements({})", find()?),
        CheckType::ElementCount => format!(
            "len(driver.find_elements({})) == {}",
            find()?,
            code::count(check, |text| format!("int({})", expression(text)))?
        ),
        CheckType::Expression => {
            let code = check.expression.as_deref().ok_or("it has no expression")?;
            format!("truth(driver, {})", text(code))
        }
        _ if let Some(judge) = state::judge(check) => {
            let judged = judged(&find()?, &judge, check);
            return Ok(format!("holds(driver, lambda driver: {judged})"));
        }
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
        CheckType::ElementHasValue if !state::is_of_label(check) => format!(
            "has(driver, {}, lambda text: text {equals} {})",
            find()?,
            expected()?
        ),
        CheckType::ElementPresent => format!("{not}bool(driver.find_elements({}))", find()?),
        CheckType::ElementCount => format!(
            "len(driver.find_elements({})) {equals} {}",
            find()?,
            code::count(check, |text| format!("int({})", expression(text)))?
        ),
        CheckType::Expression => {
            let code = check.expression.as_deref().ok_or("it has no expression")?;
            format!("{not}truth(driver, {})", text(code))
        }
        _ if let Some(judge) = state::judge(check) => judged(&find()?, &judge, check),
        _ => return Err("there is no such condition there".to_owned()),
    })
}

/// What is asked of the element in the page; one that is not there is neither so nor not so.
fn judged(by: &str, judge: &str, check: &Checkpoint) -> String {
    let not = if check.negated == Some(true) { "!" } else { "" };
    let script = text(&format!(
        "const [element, wanted] = arguments; return {not}({judge});"
    ));
    let wanted = check.expected_value.as_deref();
    let wanted = wanted.map_or_else(|| "None".to_owned(), expression);
    format!(
        "any(driver.execute_script({script}, one, {wanted}) for one in driver.find_elements({by})[:1])"
    )
}
